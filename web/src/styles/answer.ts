import { css } from "lit";

/** Questions, answers and what belongs to them. */
export const answer = css`
  .exchange + .exchange { margin-top: 1.6em; }
  .exchange:last-of-type:not(:first-of-type) { min-height: calc(100cqh - 1em); }
  .question {
    width: fit-content; max-width: 88%; margin-inline-start: auto; padding: 0.5em 0.9em; border-radius: 1em 1em 0.25em 1em;
    background: var(--_accent); color: var(--_on-accent); font-size: 1em; font-weight: 500; line-height: 1.55;
  }
  .said-by-reader { white-space: pre-wrap; }
  .answer { margin-top: 0.8em; padding: 0.8em 1em; border: 1px solid var(--_line); border-radius: 0.25em 1em 1em 1em; background: var(--_paper); }
  .status { width: fit-content; margin-bottom: 0.4em; font-size: 0.88em; font-weight: 700; color: var(--_caution); }
  .claim + .claim { margin-top: 0.55em; }
  .whole { white-space: nowrap; }
  .from, .gloss { display: block; font-size: 0.86em; line-height: 1.6; color: var(--_muted); }
  .gloss { margin-top: 0.15em; }
  .plain { white-space: pre-line; }
  .cite {
    display: inline-block; min-width: 1.95em; height: 1.95em; margin-inline-start: 0.4em; padding: 0 0.45em; border: 1px solid transparent; border-radius: 0.5em; vertical-align: 0.08em;
    background: var(--_soft); color: var(--_accent); font-size: 0.78em; font-weight: 700; line-height: 1.8em; text-align: center; font-variant-numeric: tabular-nums;
  }
  figcaption .cite { margin-inline-start: 0; }
  .cite.waiting { color: var(--_muted); }
  .claims + .progress, .claims + .failure { margin-top: 0.7em; }
  .progress { display: flex; align-items: center; gap: 0.6em; color: var(--_muted); font-size: 0.92em; }
  .dots { display: inline-flex; gap: 0.25em; }
  .dots i { width: 0.4em; height: 0.4em; border-radius: 50%; background: var(--_accent); animation: dots 1.2s infinite ease-in-out; }
  .dots i:nth-child(2) { animation-delay: 0.15s; }
  .dots i:nth-child(3) { animation-delay: 0.3s; }
  @keyframes dots { 0%, 60%, 100% { opacity: 0.3; } 30% { opacity: 1; } }
  .failure { padding: 0.6em 0.8em; border-radius: 0.5em; background: var(--_caution-ground); color: var(--_caution); font-size: 0.94em; }

  .notices { margin-top: 0.9em; padding: 0.6em 0.8em; border-inline-start: 3px solid var(--_caution); border-radius: 0 0.5em 0.5em 0; background: var(--_caution-ground); font-size: 0.9em; line-height: 1.55; }
  .notices li + li { margin-top: 0.4em; }
  .notices .more { margin-top: 0.2em; }
  .notices .more > summary { padding-inline: 0; color: var(--_caution); }
  .notices .more > ul { margin-top: 0.3em; }
  .notices .kind { color: var(--_caution); margin-inline-end: 0.25em; }
  .passages { margin-top: 0.9em; }
  .passage { margin-top: 0.5em; padding: 0.6em 0.8em; border: 1px solid var(--_line); border-radius: 0.5em; font-size: 0.92em; }
  .passage figcaption { margin-top: 0.35em; line-height: 1.5; }
  .facts { display: block; font-size: 0.86em; color: var(--_muted); }
  .title { font-weight: 600; }

  .sources { margin-top: 0.8em; font-size: 0.92em; }
  .sources summary { width: fit-content; padding: 0.2em 0.3em; color: var(--_accent); font-weight: 600; cursor: pointer; }
  .document { padding-top: 0.6em; }
  .document + .document { margin-top: 0.6em; border-top: 1px solid var(--_line); }
  .document .title { line-height: 1.5; }
  .document ul { margin-top: 0.2em; }
  .source-link .facts { display: inline; margin-inline-start: 0.3em; }
  .source-link { display: flex; gap: 0.6em; width: 100%; padding: 0.35em 0.3em; border: 0; border-radius: 0.4em; background: transparent; text-align: start; line-height: 1.5; }
  .source-link .number { color: var(--_accent); font-weight: 700; font-variant-numeric: tabular-nums; }
  .contact { margin-top: 0.8em; font-size: 0.94em; }

  .tools { display: flex; flex-wrap: wrap; align-items: center; gap: 0.1em; margin: 0.5em -0.5em -0.4em; font-size: 0.9em; }
  .said { padding-inline: 0.4em; font-size: 0.92em; color: var(--_muted); }
  .feedback { margin-top: 0.7em; padding: 0.8em; border: 1px solid var(--_line); border-radius: 0.5em; font-size: 0.92em; }
  .feedback legend { padding: 0; font-weight: 700; }
  .tick { display: flex; gap: 0.5em; align-items: baseline; padding: 0.2em 0; }
  .tick input { accent-color: var(--_accent); width: 1.05em; height: 1.05em; margin: 0; transform: translateY(0.12em); flex: none; }
  .words { display: block; margin-top: 0.4em; }
  .words textarea { display: block; width: 100%; margin-top: 0.2em; padding: 0.4em 0.6em; border: 1px solid var(--_edge); border-radius: 0.4em; background: var(--_paper); resize: vertical; }

  .suggestions { display: flex; flex-direction: column; align-items: flex-start; gap: 0.4em; margin-top: 0.9em; }
  .welcome .suggestions { margin-top: 0.5em; }
  .suggestions.side { flex-flow: row wrap; }
  .card .more { font-size: 1em; }
  .chip { max-width: 100%; padding: 0.4em 0.9em; border: 1px solid var(--_edge); border-radius: 1.2em; background: var(--_paper); color: var(--_accent); font-size: 0.93em; line-height: 1.5; text-align: start; }
  /* A finger leaves its hover behind where it pressed. */
  @media (hover: hover) {
    button.cite:hover { border-color: var(--_accent); }
    .source-link:hover { background: var(--_soft); }
    .chip:hover { background: var(--_soft); border-color: var(--_accent); }
  }

  .cards { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6em; margin-top: 0.8em; }
  .records .small { margin-top: 0.5em; }
  .more { margin-top: 0.6em; }
  .more > summary { width: fit-content; padding: 0.2em 0.3em; color: var(--_accent); font-weight: 600; font-size: 0.94em; cursor: pointer; }
  .lines { padding-inline-start: 1em; list-style: disc; }
  .card .lines li::marker { color: var(--_muted); }
  .amended { margin-top: 0.5em; padding: 0.4em 0.7em; border-inline-start: 3px solid var(--_caution); background: var(--_caution-ground); font-size: 0.94em; }
  .amended b { color: var(--_caution); }
  .link { padding: 0.1em 0; border: 0; background: transparent; color: var(--_accent); font-size: 0.94em; text-decoration: underline; text-underline-offset: 0.2em; }
  .understood { margin-bottom: 0.5em; }
  .card { padding: 0.7em 0.9em; border: 1px solid var(--_line); border-inline-start: 3px solid var(--_accent); border-radius: 0.5em; font-size: 0.94em; }
  .card-head { display: flex; flex-wrap: wrap; gap: 0.35em; align-items: center; }
  .card h4 { margin-top: 0.3em; font-size: 1em; line-height: 1.5; }
  .card .left { margin-inline-start: auto; font-weight: 700; color: var(--_accent); }
  .card .state.past, .card .state.closed, .card .state.cancelled { color: var(--_caution); border-color: var(--_caution); }
  .card dl { margin-top: 0.35em; }
  .card dl, .source dl { display: grid; grid-template-columns: fit-content(8em) 1fr; column-gap: 0.9em; row-gap: 0.1em; line-height: 1.55; }
  .card dl > div, .source dl > div { display: contents; }
  .card dt.unseen + dd { grid-column: 1 / -1; }
  dt { color: var(--_muted); }
`;
