import { css } from "lit";

/** Colours, type and what every part shares. Lengths are in em of the reader's own font size, whatever the page sets. */
export const base = css`
  /* Within a shadow root an important declaration beats the page's own important ones. */
  :host {
    all: initial !important;
    display: block !important;
    color-scheme: light dark !important;
    --_accent: var(--annae-accent, light-dark(#0b4f8a, #86bdf0));
    --_on-accent: var(--annae-on-accent, light-dark(#ffffff, #0f141a));
    --_ink: var(--annae-ink, light-dark(#1d2733, #e4e9ef));
    --_muted: var(--annae-muted, light-dark(#535f70, #a5b1c0));
    --_paper: var(--annae-paper, light-dark(#ffffff, #171d25));
    --_ground: var(--annae-ground, light-dark(#f4f6f8, #0f141a));
    --_line: var(--annae-line, light-dark(#d9dfe6, #313c49));
    --_edge: var(--annae-edge, light-dark(#7d8896, #77828f));
    --_soft: var(--annae-soft, light-dark(#e6eff8, #1e2c3c));
    --_caution: var(--annae-caution, light-dark(#7a4f00, #f0c674));
    --_caution-ground: var(--annae-caution-ground, light-dark(#fff6e0, #2a2415));
    --_good: light-dark(#1a6b3c, #7bd0a0);
    --_mark: light-dark(#fff1b8, #4d3f00);
    --_radius: var(--annae-radius, 0.75em);
  }
  :host([theme="light"]) { color-scheme: light !important; }
  :host([theme="dark"]) { color-scheme: dark !important; }
  :host([hidden]) { display: none !important; }
  :host([mode="inline"]) { height: var(--annae-height, 100%) !important; min-height: 20em !important; }

  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  .launcher, .panel {
    font: var(--annae-font-size, 1em)/1.65 var(--annae-font, "Pretendard", "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", system-ui, sans-serif);
    color: var(--_ink);
    word-break: keep-all;
    overflow-wrap: anywhere;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  h2, h3, h4, p, ol, ul, dl, dd, figure, blockquote, fieldset { margin: 0; padding: 0; border: 0; }
  ol, ul { list-style: none; }
  button, textarea, input { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; }
  button[disabled] { cursor: default; opacity: 0.55; }
  a { color: var(--_accent); text-underline-offset: 0.2em; }
  svg { width: 1.35em; height: 1.35em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
  svg .filled { fill: currentColor; }
  :focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; border-radius: 0.25em; }
  .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  /* Closed, and still there for a voice that follows the focus. */
  .leaving { opacity: 0; pointer-events: none; }
  .small { font-size: 0.85em; color: var(--_muted); }
  .button {
    display: inline-block; padding: 0.4em 1em; border: 1px solid var(--_accent); border-radius: 0.5em; font-size: 0.92em; font-weight: 600; line-height: 1.5;
    background: var(--_accent); color: var(--_on-accent); text-decoration: none;
  }
  .button.quiet { background: transparent; color: var(--_accent); }
  .buttons { display: flex; flex-wrap: wrap; gap: 0.5em; margin-top: 0.6em; }
  .buttons:empty { display: none; }
  .badge { display: inline-block; padding: 0 0.5em; border: 1px solid var(--_edge); border-radius: 1em; font-size: 0.82em; line-height: 1.6; color: var(--_ink); white-space: nowrap; }
  @media (forced-colors: active) { .cite, .chip, .send, .launcher, .panel { border: 1px solid ButtonText; } }
  @media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
`;
