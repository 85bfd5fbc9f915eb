import { html, type TemplateResult } from "lit";
import type { EligibilityDialogue } from "../eligibility";
import type { HandOver } from "../handover";
import type { Catalogue } from "../i18n";
import { eligibilityView } from "./eligibility";
import { icons } from "./icons";
import { inquiryView, lookUpView } from "./inquiry";
import type { Task, View } from "./view";

export interface Layering {
  /** Whether a source lies over it. */
  covered: boolean;
  /** Whether it is closed and about to go. */
  leaves: boolean;
}

/** What lies over the chat: the eligibility check, an inquiry, or looking one up. */
export function taskView(view: View, task: Task, dialogue: EligibilityDialogue, handOver: HandOver, { covered, leaves }: Layering): TemplateResult {
  const { t, actions } = view;
  return html`
    <section class="source task ${leaves ? "leaving" : ""}" part="task" role="dialog" aria-modal="true" aria-label=${titleOf(t, task)} ?inert=${covered}>
      <div class="bar">
        <button type="button" class="tool labelled back" @click=${() => actions.closeTask()}>${icons.back}<span>${t.backToChat}</span></button>
      </div>
      <div class="source-body" tabindex="0" role="group" aria-label=${titleOf(t, task)}>
        <h3>${titleOf(t, task)}</h3>
        ${task === "eligibility" ? eligibilityView(view, dialogue) : task === "inquiry" ? inquiryView(view, handOver) : lookUpView(view, handOver)}
      </div>
    </section>
  `;
}

/** What a task is called, on its button and over its panel. */
export const titleOf = (t: Catalogue, task: Task): string =>
  ({ eligibility: t.eligibility.open, inquiry: t.inquiry.open, look: t.inquiry.look })[task];

/** The tasks as buttons; those that need an officer are left out where there is none. */
export function taskButtons(view: View): TemplateResult[] {
  const tasks: Task[] = view.officers ? ["eligibility", "inquiry", "look"] : ["eligibility"];
  return tasks.map(
    (task) => html`<button type="button" class="chip task-${task}" aria-haspopup="dialog" @click=${() => view.actions.openTask(task)}>${titleOf(view.t, task)}</button>`,
  );
}
