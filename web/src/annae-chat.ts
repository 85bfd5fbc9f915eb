/** The ES module: registers the element and exports its class and types. */

import { AnnaeChat } from "./annae-chat.component";

export { AnnaeChat };
export type { Answer, Citation, Claim, FactRecord, Language, Notice, Status } from "./contract";

if (!customElements.get("annae-chat")) customElements.define("annae-chat", AnnaeChat);

declare global {
  interface HTMLElementTagNameMap {
    "annae-chat": AnnaeChat;
  }
}
