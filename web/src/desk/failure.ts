/** RFC 9457, as far as the desk reads it. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  errors?: { where: string; problem: string }[];
  /** On 409: the version now. */
  version?: number;
}

/** A request that did not do what was asked. `status` is 0 where nothing came back. */
export class DeskFailure extends Error {
  readonly status: number;

  constructor(
    readonly problem: Problem,
    /** On 429: seconds to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${problem.status} ${problem.title}`);
    this.status = problem.status;
  }

  static unreachable(): DeskFailure {
    return new DeskFailure({ title: "unreachable", status: 0, detail: "" });
  }

  static async of(response: Response): Promise<DeskFailure> {
    const waiting = Number(response.headers.get("retry-after"));
    const problem = readProblem(await response.text().catch(() => ""), response.status);
    return new DeskFailure(problem, waiting > 0 ? waiting : null);
  }
}

/** The problem in a body; one that only names the status where the body is none. */
export function readProblem(body: string, status: number): Problem {
  try {
    const from = JSON.parse(body) as Partial<Problem> | null;
    return {
      title: String(from?.title ?? ""),
      status,
      detail: String(from?.detail ?? ""),
      ...(Array.isArray(from?.errors) ? { errors: from.errors.map(({ where, problem }) => ({ where: String(where), problem: String(problem) })) } : {}),
      ...(typeof from?.version === "number" ? { version: from.version } : {}),
    };
  } catch {
    return { title: "", status, detail: "" };
  }
}
