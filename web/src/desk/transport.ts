import { DeskFailure, readProblem } from "./failure";

const TIMEOUT_MS = 60_000;

/** What the transport needs of whoever keeps the session. */
export interface SessionKeeper {
  readonly csrfToken: string | null;
  /** Whether the session is known to have ended, and nobody has signed in since. */
  readonly expired: boolean;
  /** Resolves once somebody has signed in again; rejects if it is somebody else. */
  signInAgain(): Promise<void>;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Sends requests with the session's token; after a session's end it waits for a new one and sends the same request again. */
export class Transport {
  keeper: SessionKeeper | null = null;

  /** @throws DeskFailure */
  async json<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const response = await this.#send(method, path, body);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /** @throws DeskFailure */
  async text(path: string): Promise<string> {
    return (await this.#send("GET", path)).text();
  }

  /** The same without waiting for a new session: for signing in, and for signs of life. */
  async once<T>(method: Method, path: string, body?: unknown, keepalive = false): Promise<T> {
    const response = await this.#fetch(method, path, body, keepalive);
    if (!response.ok) throw await DeskFailure.of(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /**
   * Send files as the form field `files`.
   * @param password opens them where they are locked
   * @param onProgress is told how much has been sent, 0 to 1; fetch cannot tell
   * @throws DeskFailure
   */
  async upload<T>(method: "POST" | "PUT", path: string, files: readonly File[], onProgress: (ratio: number) => void, password = ""): Promise<T> {
    for (;;) {
      await this.#begun();
      const token = this.keeper?.csrfToken;
      const sent = await this.#upload(method, path, files, onProgress, password);
      if (sent.status >= 200 && sent.status < 300) return JSON.parse(sent.body) as T;
      if (sent.status !== 401 || !this.keeper) throw new DeskFailure(readProblem(sent.body, sent.status));
      await this.#ended(token);
    }
  }

  async #send(method: Method, path: string, body?: unknown): Promise<Response> {
    for (;;) {
      await this.#begun();
      const token = this.keeper?.csrfToken;
      const response = await this.#fetch(method, path, body);
      if (response.ok) return response;
      if (response.status !== 401 || !this.keeper) throw await DeskFailure.of(response);
      await this.#ended(token);
    }
  }

  /** Between a new session's cookie and its token a request would be refused: it waits until both are there. */
  async #begun(): Promise<void> {
    if (this.keeper?.expired) await this.keeper.signInAgain();
  }

  /** Waits for a new session, unless somebody has signed in since the request went out with `token`. */
  async #ended(token: string | null | undefined): Promise<void> {
    if (this.keeper?.csrfToken === token) await this.keeper?.signInAgain();
  }

  async #fetch(method: Method, path: string, body?: unknown, keepalive = false): Promise<Response> {
    const headers: Record<string, string> = { accept: "application/json", "accept-language": document.documentElement.lang };
    if (body !== undefined) headers["content-type"] = "application/json";
    if (method !== "GET" && this.keeper?.csrfToken) headers["x-csrf-token"] = this.keeper.csrfToken;
    try {
      return await fetch(path, {
        method,
        headers,
        credentials: "same-origin",
        cache: "no-store",
        keepalive,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw DeskFailure.unreachable();
    }
  }

  #upload(method: string, path: string, files: readonly File[], onProgress: (ratio: number) => void, password: string): Promise<{ status: number; body: string }> {
    const form = new FormData();
    if (password) form.append("password", password);
    for (const file of files) form.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader("accept-language", document.documentElement.lang);
    if (this.keeper?.csrfToken) request.setRequestHeader("x-csrf-token", this.keeper.csrfToken);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    return new Promise((resolve, reject) => {
      request.onload = () => resolve({ status: request.status, body: request.responseText });
      request.onerror = request.onabort = () => reject(DeskFailure.unreachable());
      request.send(form);
    });
  }
}

/** `?a=1&b=2` of what is given; empty values are left out. */
export function query(values: object): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}
