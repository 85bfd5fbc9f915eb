import { html, nothing, svg, type TemplateResult } from "lit";
import type { Insight } from "../contract";
import { day } from "../formats";
import type { Desk } from "../desk";
import { roundTop, stacked } from "./scale";

const WIDTH = 1000;
const HEIGHT = 190;
const LEFT = 34;
const BOTTOM = 22;
const MAX_LABELS = 6;

/** Questions by day as stacked columns; the table beside it says the same. */
export function dayColumns({ t, language }: Desk, days: Insight["days"], description: string): TemplateResult {
  const top = roundTop(Math.max(0, ...days.map(({ total }) => total)));
  const room = HEIGHT - BOTTOM - 8;
  const step = (WIDTH - LEFT) / Math.max(1, days.length);
  const every = Math.ceil(days.length / MAX_LABELS);
  const bar = Math.max(1, Math.min(28, step * 0.7));
  return html`
    <svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${t.insight.days}. ${description}">
      ${[0, top / 2, top].map((value) => {
        const y = 8 + room - (value / top) * room;
        return svg`<line class="grid" x1=${LEFT} x2=${WIDTH} y1=${y} y2=${y} />${Number.isInteger(value) ? svg`<text class="axis" x=${LEFT - 6} y=${y + 4} text-anchor="end">${value}</text>` : nothing}`;
      })}
      ${days.map((each, index) => {
        const x = LEFT + index * step + (step - bar) / 2;
        return svg`
          <g><title>${day(each.day, language)}: ${t.insight.total(each.total)}. ${t.insight.describe(each.answered, each.partial, each.refused)}</title>
          ${stacked(each, top, room).map(({ outcome, start, length }) => svg`<rect class="outcome-${outcome}" x=${x} y=${8 + room - start - length} width=${bar} height=${length} />`)}</g>
          ${index % every === 0 ? svg`<text class="axis" x=${x + bar / 2} y=${HEIGHT - 5} text-anchor="middle">${each.day.slice(5).replace("-", "/")}</text>` : nothing}
        `;
      })}
    </svg>
  `;
}
