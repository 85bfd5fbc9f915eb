import { css } from "lit";

/** The source over the chat. */
export const source = css`
  .source { position: absolute; inset: 0; display: flex; flex-direction: column; background: var(--_paper); }
  dialog.panel > .source { position: absolute; }
  .source .bar { padding-inline-start: 0.4em; }
  .back svg { width: 1.2em; height: 1.2em; }
  .source-body { position: relative; flex: 1; min-height: 0; overflow-y: auto; display: flex; flex-direction: column; padding: 1em; overscroll-behavior: contain; scrollbar-width: thin; }
  .source-body:focus-visible { outline-offset: -3px; }
  .source-body > * { flex: none; }
  .source h3 { font-size: 1.08em; line-height: 1.45; }
  .source h3 .number {
    display: inline-block; min-width: 1.7em; margin-inline-end: 0.5em; padding: 0 0.4em; border-radius: 0.4em; background: var(--_soft); color: var(--_accent); font-size: 0.85em; text-align: center;
  }
  .source dl { margin-top: 0.6em; font-size: 0.92em; }
  .source h4 { margin: 1em 0 0.35em; font-size: 0.9em; color: var(--_muted); }
  .quote { padding: 0.6em 0.9em; border-inline-start: 3px solid var(--_accent); border-radius: 0 0.4em 0.4em 0; background: var(--_mark); white-space: pre-line; line-height: 1.6; }
  .foreign { margin-top: 0.8em; font-size: 0.92em; }
  .document-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1em; }
  .document-head a { display: inline-flex; align-items: center; gap: 0.2em; font-size: 0.92em; padding: 0.2em 0; }
  .document-head svg { width: 1.05em; height: 1.05em; }
  iframe.document { flex: 1 0 18em; width: 100%; border: 1px solid var(--_line); border-radius: 0.5em; background: var(--_ground); }
  @media (max-height: 22em) {
    .source { position: fixed; overflow-y: auto; }
    .source-body { flex: none; overflow: visible; }
    iframe.document { flex-basis: 14em; }
  }
`;
