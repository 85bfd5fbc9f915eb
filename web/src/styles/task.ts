import { css } from "lit";

/** The eligibility check and the inquiries, over the chat. */
export const task = css`
  .task .source-body { display: block; }
  .task h3 { margin-bottom: 0.5em; }
  .task form { margin-top: 0.8em; }
  .task .head { margin-top: 0.9em; padding: 0; font-weight: 700; font-size: 0.94em; }
  .task fieldset { margin-top: 1em; }
  .task .progress, .task .failure { margin-top: 0.8em; }
  .input { margin-top: 0.6em; }
  .input label:not(.unseen) { display: block; font-size: 0.92em; font-weight: 600; line-height: 1.5; }
  .input input, .input select, .input textarea {
    width: 100%; min-height: 2.4em; margin-top: 0.2em; padding: 0.3em 0.6em; border: 1px solid var(--_edge); border-radius: 0.4em; background: var(--_paper); color: var(--_ink); font: inherit;
  }
  .input textarea { resize: vertical; }
  .input :is(input, select, textarea):focus-visible { outline-offset: 0; border-radius: 0.4em; }
  .task > .source-body > form.profile { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11em, 100%), 1fr)); gap: 0 0.8em; align-items: start; }
  .task > .source-body > form.profile > .buttons { grid-column: 1 / -1; }
  .task .results { scroll-margin-top: 0.6em; margin: 1.2em 0 0.2em; font-size: 1em; color: var(--_ink); }
  .judgement { margin-top: 0.6em; padding: 0.6em 0.8em; border: 1px solid var(--_line); border-inline-start: 3px solid var(--_edge); border-radius: 0.5em; font-size: 0.94em; }
  .judgement.eligible { border-inline-start-color: var(--_good); }
  .judgement.not_eligible { border-inline-start-color: var(--_caution); }
  .judgement > summary { cursor: pointer; line-height: 1.5; }
  .verdict { font-weight: 700; }
  .verdict.eligible { color: var(--_good); border-color: var(--_good); }
  .verdict.not_eligible { color: var(--_caution); border-color: var(--_caution); }
  .judgement table { width: 100%; margin-top: 0.6em; border-collapse: collapse; line-height: 1.5; }
  .judgement thead.unseen { display: block; }
  .judgement :is(th, td) { padding: 0.35em 0.3em; border-top: 1px solid var(--_line); text-align: start; vertical-align: top; }
  .judgement tbody th { width: 6.8em; font-weight: 600; white-space: nowrap; font-size: 0.94em; }
  .met th { color: var(--_good); }
  .not_met th { color: var(--_caution); }
  .ask th { color: var(--_accent); }
  .not_stated { color: var(--_muted); }
  .others { margin-top: 0.6em; }
  .consent { margin-top: 0.8em; padding: 0.6em 0.8em; border: 1px solid var(--_line); border-radius: 0.5em; font-size: 0.9em; }
  .reference { display: flex; flex-wrap: wrap; gap: 0.6em; align-items: baseline; margin: 0.5em 0; }
  code { font: 700 1.2em/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; letter-spacing: 0.04em; }
  .card-head code { font-size: 1em; }
  .receipt:focus-visible, .inquiry:focus-visible, .results:focus-visible { outline-offset: 4px; }
  .inquiry { margin-top: 0.9em; }
  .receipts .number { white-space: nowrap; }
`;
