import { svg, html, type SVGTemplateResult } from "lit";

const icon = (content: SVGTemplateResult) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${content}</svg>`;

export const icons = {
  chat: icon(svg`<path d="M4 5h16v11H9.5L5 19.5V16H4z"/><path d="M8 9h8M8 12h5"/>`),
  menu: icon(svg`<path d="M5 7h14M5 12h14M5 17h14"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  clear: icon(svg`<path d="M5 7h14M9.5 7V5h5v2M7 7l1 12h8l1-12M10.5 10.5v5M13.5 10.5v5"/>`),
  send: icon(svg`<path d="M12 19V6M6 11.5L12 5.5l6 6"/>`),
  stop: icon(svg`<rect class="filled" x="7" y="7" width="10" height="10" rx="1.5"/>`),
  back: icon(svg`<path d="M19 12H6M11.5 6L5.5 12l6 6"/>`),
  copy: icon(svg`<rect x="8" y="8" width="11" height="12" rx="1.5"/><path d="M15.5 8V4.5h-11V16H8"/>`),
  up: icon(svg`<path d="M8 10.5l3.5-6.5c1.5 0 2.2 1 2 2.3L13 9.5h5.2c1 0 1.7.9 1.5 1.9l-1.2 6.3c-.2.8-.8 1.3-1.6 1.3H8zM8 10.5H4.5V19H8"/>`),
  down: icon(svg`<path d="M16 13.5L12.5 20c-1.5 0-2.2-1-2-2.3l.5-3.2H5.8c-1 0-1.7-.9-1.5-1.900l1.2-6.3c.2-.8.8-1.3 1.600-1.3H16zM16 13.5h3.5V5H16"/>`),
  external: icon(svg`<path d="M13.5 5H19v5.5M19 5l-8 8M16 14v5H5V8h5"/>`),
};
