/** A polite live region: what is added is read out, and what was said before is not read again. */
export class Announcer {
  /** @param find gives the region, once it is drawn */
  constructor(private readonly find: () => HTMLElement | null) {}

  say(text: string, language = ""): void {
    const region = this.find();
    if (!region) return;
    const line = document.createElement("p");
    line.textContent = text;
    if (language) line.lang = language;
    region.append(line);
    while (region.childElementCount > 20) region.firstElementChild?.remove();
  }
}
