import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { EligibilityDialogue } from "../eligibility";
import { hasConditions, isOver, summary } from "../eligibility";
import type { Criterion, Judgement, Profile, ProfileField, Question } from "../eligibility.contract";
import { FIRST_FIELDS, profileInput, readProfile } from "./profile";
import { languageOf, type View } from "./view";

/** The check: a short form, then each program with its conditions, and what would settle or change the result. */
export function eligibilityView(view: View, dialogue: EligibilityDialogue): TemplateResult {
  const { t } = view;
  const { profile, judgements, busy, failure } = dialogue;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    void dialogue.check(readProfile(form, FIRST_FIELDS, profile, "profile-"), new Map(), t, ".results");
  };
  return html`
    <p>${t.eligibility.intro}</p>
    <form class="profile" @submit=${submit}>
      ${FIRST_FIELDS.map((field) => profileInput(view, field, profile, t.eligibility.fields[field], "profile-"))}
      <p class="buttons"><button type="submit" class="button" ?disabled=${busy}>${judgements ? t.eligibility.checkAgain : t.eligibility.check}</button></p>
    </form>
    ${busy ? html`<p class="progress"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${t.eligibility.checking}</p>` : nothing}
    ${failure ? html`<p class="failure">${t.failures[failure]}</p>` : nothing}
    ${judgements ? resultsView(view, dialogue, judgements) : nothing}
  `;
}

function resultsView(view: View, dialogue: EligibilityDialogue, judgements: Judgement[]): TemplateResult {
  const { t } = view;
  const stated = judgements.filter(hasConditions);
  const open = stated.filter((judgement) => !isOver(judgement));
  const over = stated.filter(isOver);
  const unstated = judgements.filter((judgement) => !hasConditions(judgement) && !isOver(judgement));
  // A program that moves up because of an answer stays as open as it was.
  const cards = (some: Judgement[]): unknown => repeat(some, ({ record_id }) => record_id, (judgement) => judgementView(view, dialogue, judgement));
  return html`
    <h4 tabindex="-1" class="results">${t.eligibility.results}</h4>
    <p>${summary(judgements, t)}</p>
    ${cards(open)}
    ${over.length ? html`<details class="more"><summary>${t.eligibility.over(over.length)}</summary>${cards(over)}</details>` : nothing}
    ${unstated.length
      ? html`<details class="more">
          <summary>${t.eligibility.unstated(unstated.length)}</summary>
          <ul class="lines">${unstated.map(({ title }) => html`<li lang=${languageOf(title)}>${title}</li>`)}</ul>
        </details>`
      : nothing}
    <p class="small">${t.eligibility.caution}</p>
  `;
}

function judgementView(view: View, dialogue: EligibilityDialogue, judgement: Judgement): TemplateResult {
  const { t } = view;
  const { title, verdict, type, status, deadline, criteria, changes } = judgement;
  return html`
    <details class="judgement ${verdict}" id="judged-${judgement.record_id}">
      <summary>
        <span class="badge verdict ${verdict}">${t.eligibility.verdicts[verdict]}</span>
        <span class="title" lang=${languageOf(title)}>${title}</span>
        <span class="facts">${[
          t.recordTypes[type], status && t.recordStatuses[status], deadline && `${t.deadline} ${t.date(deadline)}`,
        ].filter(Boolean).join(" · ")}</span>
      </summary>
      <table>
        <caption class="unseen">${title}</caption>
        <thead class="unseen"><tr><th scope="col">${t.eligibility.state}</th><th scope="col">${t.eligibility.condition}</th></tr></thead>
        <tbody>${criteria.map((criterion) => criterionRow(view, criterion))}</tbody>
      </table>
      ${changes.length
        ? html`<p class="head">${t.eligibility.changes}</p><ul class="lines">${changes.map((change) => html`<li>${change}</li>`)}</ul>`
        : nothing}
      ${judgement.questions.length ? questionsForm(view, dialogue, judgement) : nothing}
    </details>
  `;
}

const MARKS = { met: "✓", not_met: "✕", ask: "?", not_stated: "–" } as const;

function criterionRow(view: View, { text, state, citations }: Criterion): TemplateResult {
  const { t, actions } = view;
  return html`
    <tr class=${state}>
      <th scope="row"><span aria-hidden="true">${MARKS[state]}</span> ${t.eligibility.states[state]}</th>
      <td>
        <span lang=${languageOf(text)}>${text}</span>
        ${citations.map(
          (citation) => html`<button
            type="button" class="link" aria-haspopup="dialog" aria-label="${t.source}: ${text}"
            @click=${(event: Event) => actions.openSource(citation, t.language, event.currentTarget)}
          >${t.source}</button>`,
        )}
      </td>
    </tr>
  `;
}

/** What would settle this program, as inputs. What is told of the company counts for all; the rest for this document only. */
function questionsForm(view: View, dialogue: EligibilityDialogue, judgement: Judgement): TemplateResult {
  const { t } = view;
  const { record_id, document_id, criteria, questions } = judgement;
  const prefix = `${record_id}-`;
  const asked = questions.flatMap((question) => askedOf(view, question, dialogue.profile));
  const others = criteria.filter(({ state, fields }) => state === "ask" && fields.includes("other"));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const fields: ProfileField[] = asked.map(({ field }) => field);
    const profile = readProfile(form, fields, dialogue.profile, prefix);
    const own: Profile = others.length ? readProfile(form, ["other"], {}, prefix) : {};
    void dialogue.check(profile, new Map(others.length ? [[document_id, own.other]] : []), t, `#judged-${record_id} summary`);
  };
  return html`
    <form class="profile" @submit=${submit}>
      <fieldset>
        <legend class="head">${t.eligibility.questions}</legend>
        ${asked.filter(({ field }, at) => asked.findIndex((other) => other.field === field) === at).map(({ text, field }) => profileInput(view, field, dialogue.profile, text, prefix))}
        ${others.length
          ? html`<div class="others">
              <ul class="lines">${others.map(({ text }) => html`<li lang=${languageOf(text)}>${text}</li>`)}</ul>
              ${profileInput(view, "other", otherOf(dialogue, document_id), t.eligibility.othersMet, prefix)}
            </div>`
          : nothing}
        <p class="buttons"><button type="submit" class="button quiet" ?disabled=${dialogue.busy}>${t.eligibility.checkAgain}</button></p>
      </fieldset>
    </form>
  `;
}

/** A country says its own income class; only one that the service does not know is asked for its class. */
function askedOf({ t }: View, { text, field }: Question, { target_country }: Profile): Question[] {
  if (field === "other") return [];
  if (field !== "country_income") return [{ text, field }];
  return target_country ? [{ text: t.eligibility.fields.country_income, field }] : [{ text, field: "target_country" }];
}

function otherOf(dialogue: EligibilityDialogue, documentId: string): Profile {
  const other = dialogue.other(documentId);
  return other === undefined ? {} : { other };
}
