import { html, nothing, type TemplateResult } from "lit";
import type { Exchange } from "../memory";
import { icons } from "./icons";
import type { View } from "./view";

/** Copy, thumbs, and what came of them. */
export function tools(view: View, exchange: Exchange): TemplateResult {
  const { t, actions, asking, said } = view;
  const open = asking === exchange;
  return html`
    <div class="tools">
      <button type="button" class="tool" title=${t.copy} aria-label=${t.copy} @click=${() => actions.copy(exchange)}>${icons.copy}</button>
      <button
        type="button" class="tool" title=${t.helpful} aria-label=${t.helpful} aria-pressed=${exchange.vote === "up"}
        @click=${() => actions.vote(exchange, "up", null)}
      >${icons.up}</button>
      <button
        type="button" class="tool why" title=${t.notHelpful} aria-label=${t.notHelpful} aria-pressed=${exchange.vote === "down"} aria-expanded=${open}
        @click=${() => actions.askReason(open ? null : exchange)}
      >${icons.down}</button>
      ${said?.id === exchange.id ? html`<span class="said">${said.text}</span>` : nothing}
    </div>
  `;
}

/** Why an answer did not help: reasons to tick and room for words. */
export function feedbackForm({ t, actions, asking }: View, exchange: Exchange): TemplateResult | typeof nothing {
  if (asking !== exchange) return nothing;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const words = String(form.get("words") ?? "").trim();
    const reason = [...form.getAll("reason").map(String), words].filter(Boolean).join("; ");
    actions.vote(exchange, "down", reason || null);
  };
  return html`
    <form class="feedback" @submit=${submit}>
      <fieldset>
        <legend>${t.feedbackHead}</legend>
        ${t.feedbackReasons.map((reason) => html`<label class="tick"><input type="checkbox" name="reason" value=${reason}>${reason}</label>`)}
      </fieldset>
      <label class="words">${t.feedbackMore}<textarea name="words" rows="2" maxlength="700"></textarea></label>
      <p class="buttons">
        <button type="submit" class="button">${t.feedbackSend}</button>
        <button type="button" class="button quiet" @click=${() => actions.askReason(null)}>${t.cancel}</button>
      </p>
    </form>
  `;
}
