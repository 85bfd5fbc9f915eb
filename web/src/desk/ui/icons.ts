import { html, svg, type SVGTemplateResult } from "lit";

const icon = (content: SVGTemplateResult) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${content}</svg>`;

export const icons = {
  supported: icon(svg`<path d="M5 12.5l4.500 4.5L19 7.5"/>`),
  partly: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" class="filled"/>`),
  not: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  note: icon(svg`<path d="M5 19l1-4L16 5l3 3L9 18z"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  up: icon(svg`<path d="M12 19V5M6 11l6-6 6 6"/>`),
  down: icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`),
  remove: icon(svg`<path d="M5 7h14M9.500 7V5h5v2M7 7l1 12h8l1-12"/>`),
  add: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  find: icon(svg`<circle cx="11" cy="11" r="6"/><path d="M15.500 15.500L20 20"/>`),
  back: icon(svg`<path d="M19 12H6M11.500 6l-6 6 6 6"/>`),
  external: icon(svg`<path d="M13.500 5H19v5.500M19 5l-8 8M16 14v5H5V8h5"/>`),
  people: icon(svg`<circle cx="9" cy="8" r="3.500"/><path d="M3 19c0-4 3-6 6-6s6 2 6 6M16 5a3.500 3.500 0 0 1 0 6.500M17 13.500c2.500.8 4 2.800 4 5.500"/>`),
  upload: icon(svg`<path d="M12 16V5M7 9.500L12 5l5 4.500M5 15v4h14v-4"/>`),
  download: icon(svg`<path d="M12 5v11M7 11.500l5 4.500 5-4.500M5 19h14"/>`),
  filter: icon(svg`<path d="M4 7h16M7 12h10M10 17h4"/>`),
  reload: icon(svg`<path d="M19 12a7 7 0 1 1-2-5M19 4v4h-4"/>`),
  contact: icon(svg`<path d="M4 6h16v12H4zM4 7l8 6 8-6"/>`),
};
