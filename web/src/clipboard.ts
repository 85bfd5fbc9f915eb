import type { ChatClient } from "./client";
import type { Exchange } from "./memory";
import type { Catalogue } from "./i18n";

/** An answer as plain text, with the sources it cites. */
export function answerAsText({ question, claims, answer }: Exchange, t: Catalogue, client: ChatClient): string {
  const sentences = claims.map(({ text, citations }) => [text, citations.map((number) => `[${number}]`).join("")].join(" ").trim());
  const lines = [question, "", ...(sentences.length ? sentences : [answer?.text ?? ""])];
  if (answer?.citations.length) {
    lines.push("", t.sources);
    for (const { number, title, publisher, published, page, url } of answer.citations) {
      const facts = [title, publisher, published ? t.date(published) : t.undated, t.page(page)].filter(Boolean).join(", ");
      lines.push(`[${number}] ${facts}`);
      const address = client.resolve(url);
      if (address) lines.push(`    ${address.href}`);
    }
  }
  return lines.join("\n");
}

/** Put text on the clipboard; also where the page is not served securely. Says whether it worked. */
export async function copyText(text: string, root: ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    const focused = root.activeElement as HTMLElement | null;
    (root.querySelector("dialog") ?? root).append(field);
    field.select();
    // The only way left where the newer one is refused.
    const copied = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return copied;
  }
}
