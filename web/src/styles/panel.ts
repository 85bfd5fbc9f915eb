import { css } from "lit";

/** The launcher, the panel and its frame: header, log, composer. */
export const panel = css`
  .launcher {
    position: fixed; z-index: 2147483000; inset-block-end: 1.25em; inset-inline-end: 1.25em;
    display: flex; align-items: center; gap: 0.5em; max-width: calc(100vw - 2.5em); padding: 0.7em 1.2em; border: 0; border-radius: 2em;
    background: var(--_accent); color: var(--_on-accent); font-weight: 700; box-shadow: 0 0.25em 1em rgb(0 0 0 / 28%);
  }
  .launcher:hover { box-shadow: 0 0.35em 1.4em rgb(0 0 0 / 40%); }
  .launcher:focus-visible { outline: 3px solid var(--_ink); outline-offset: 3px; border-radius: 2em; box-shadow: 0 0 0 3px var(--_paper); }
  :host([position="left"]) .launcher { inset-inline: 1.25em auto; }

  .panel { background: var(--_paper); overflow: hidden; }
  dialog.panel {
    position: fixed; z-index: 2147483000; inset: auto 1.25em 1.25em auto; margin: 0; padding: 0;
    width: min(27.5em, calc(100vw - 2.5em)); height: min(44em, calc(100dvh - 2.5em)); max-width: none; max-height: none;
    border: 1px solid var(--_line); border-radius: var(--_radius); box-shadow: 0 0.8em 3em rgb(0 0 0 / 30%);
  }
  :host([position="left"]) dialog.panel { inset: auto auto 1.25em 1.25em; }
  dialog.panel:focus-visible { outline: none; }
  section.panel { position: relative; height: 100%; border: 1px solid var(--_line); border-radius: var(--_radius); }
  .chat { display: flex; flex-direction: column; height: 100%; }

  .bar { display: flex; align-items: center; gap: 0.15em; flex: none; padding: 0.45em 0.5em 0.45em 1em; border-bottom: 1px solid var(--_line); background: var(--_paper); }
  .bar h2 { min-width: 0; margin-inline-end: auto; overflow: hidden; font-size: 1.05em; line-height: 1.4; white-space: nowrap; text-overflow: ellipsis; }
  .bar .tagline { font-weight: 400; font-size: 0.85em; color: var(--_muted); }
  .tool {
    display: inline-flex; align-items: center; justify-content: center; gap: 0.3em; min-width: 2.4em; min-height: 2.4em; padding: 0.3em;
    border: 0; border-radius: 0.5em; background: transparent; color: var(--_muted);
  }
  .tool.labelled { padding-inline: 0.7em; font-size: 0.9em; font-weight: 600; color: var(--_accent); white-space: nowrap; }
  @media (hover: hover) { .tool:hover { background: var(--_soft); color: var(--_ink); } }
  .tool[aria-pressed="true"] { background: var(--_soft); color: var(--_accent); }

  /* What is unseen in it must scroll with it, or it would stretch the panel. */
  .log { position: relative; flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em; background: var(--_ground); container-type: size; scrollbar-width: thin; }
  .log:focus-visible { outline-offset: -3px; }
  .welcome > .small { margin-top: 1.4em; }
  .tasks { display: flex; flex-wrap: wrap; gap: 0.4em; flex: none; padding: 0.6em 1em; border-bottom: 1px solid var(--_line); background: var(--_paper); }
  .confirm, .offline { flex: none; padding: 0.7em 1em; background: var(--_caution-ground); color: var(--_caution); font-size: 0.92em; border-bottom: 1px solid var(--_line); }

  .composer { flex: none; padding: 0.7em 0.8em 0.6em; border-top: 1px solid var(--_line); background: var(--_paper); }
  .field { display: flex; align-items: flex-end; gap: 0.4em; padding: 0.25em; border: 1px solid var(--_edge); border-radius: var(--_radius); background: var(--_paper); }
  .field:focus-within { border-color: var(--_accent); outline: 2px solid var(--_accent); outline-offset: -1px; }
  .field textarea {
    flex: 1; min-width: 0; max-height: 8.5em; padding: 0.35em 0.5em; border: 0; outline: 0; resize: none; background: transparent; field-sizing: content; line-height: 1.5;
  }
  textarea::placeholder { color: var(--_muted); opacity: 1; }
  .send { display: grid; place-items: center; flex: none; width: 2.3em; height: 2.3em; padding: 0; border: 0; border-radius: 0.55em; background: var(--_accent); color: var(--_on-accent); }
  .composer .small { margin-top: 0.35em; padding-inline: 0.3em; font-size: 0.8em; line-height: 1.45; }

  @media (max-width: 40em), (max-height: 34em) {
    dialog.panel, :host([position="left"]) dialog.panel { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
    .bar .tagline { display: none; }
  }
  /* Zoomed to 400 %: there is no room for a log of its own between header and composer, so all of it scrolls. */
  @media (max-height: 22em) {
    /* An answer that grows must not be held in place by the field below it. */
    dialog.panel { overflow-y: auto; overflow-anchor: none; }
    .chat { height: auto; min-height: 100%; }
    .log { flex: auto; overflow: visible; container-type: inline-size; }
  }
`;
