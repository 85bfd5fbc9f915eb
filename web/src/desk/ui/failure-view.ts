import { html, nothing, type TemplateResult } from "lit";
import type { DeskFailure } from "../failure";
import type { Catalogue } from "../i18n";
import { languageOf } from "./badges";

/** What went wrong, in the reader's language; the service's own words, in the language in which it wrote them, behind it. */
export function failureView({ failures }: Catalogue, failure: DeskFailure | null, retry?: () => void): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  const { detail, errors = [] } = failure.problem;
  return html`
    <div class="failure" role="alert">
      <p>${failureText(failures, failure)}</p>
      ${detail || errors.length
        ? html`<details><summary>${failures.details}</summary><div lang=${languageOf(errors[0]?.problem ?? detail)}>${
            errors.length ? html`<ul>${errors.map(({ where, problem }) => html`<li>${where}: ${problem}</li>`)}</ul>` : html`<p>${detail}</p>`
          }</div></details>`
        : nothing}
      ${retry ? html`<button type="button" class="button quiet" @click=${retry}>${failures.retry}</button>` : nothing}
    </div>
  `;
}

export function failureText(failures: Catalogue["failures"], { status }: DeskFailure): string {
  if (status === 0) return failures.offline;
  const said = failures[status as keyof typeof failures];
  return said ?? failures.other;
}
