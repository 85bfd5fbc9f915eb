/** The classic script: registers the element and puts one on the page, as the script tag's data attributes say. */

import { AnnaeChat } from "./annae-chat";

/** Only the script tag knows where it came from, and only while it runs. */
const script = document.currentScript as HTMLScriptElement | null;

export function launch(data: DOMStringMap, source: string): AnnaeChat | null {
  if (data["launcher"] === "off" || document.querySelector("annae-chat[data-launched]")) return null;
  const chat = document.createElement("annae-chat");
  chat.base = data["base"] ?? (source ? new URL(".", source).href : "");
  chat.language = data["lang"] ?? "auto";
  if (data["theme"] === "light" || data["theme"] === "dark") chat.theme = data["theme"];
  if (data["position"] === "left") chat.position = "left";
  if (data["contactUrl"]) chat.contactUrl = data["contactUrl"];
  if (Number(data["timeout"]) > 0) chat.timeout = Number(data["timeout"]);
  chat.dataset["launched"] = "";
  document.body.append(chat);
  // The plain link that stands in for the widget is not needed any more.
  for (const link of document.querySelectorAll<HTMLElement>("[data-annae-fallback]")) link.hidden = true;
  return chat;
}

const start = (): void => void launch(script?.dataset ?? {}, script?.src ?? "");

if (document.body) start();
else document.addEventListener("DOMContentLoaded", start);

export { AnnaeChat };
