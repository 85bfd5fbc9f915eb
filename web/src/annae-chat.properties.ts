import { LitElement } from "lit";

/** The element's attributes, which the page sets, and its state, which the reader changes; their defaults. */
export class AnnaeChatProperties extends LitElement {
  static override properties = {
    base: { type: String },
    language: { type: String },
    mode: { type: String, reflect: true },
    position: { type: String, reflect: true },
    theme: { type: String, reflect: true },
    contactUrl: { type: String, attribute: "contact-url" },
    timeout: { type: Number },
    maxChars: { type: Number, attribute: "max-chars" },
    opened: { state: true },
    leaving: { state: true },
    covered: { state: true },
    clearing: { state: true },
    menu: { state: true },
    online: { state: true },
    framed: { state: true },
  };

  declare base: string;
  declare language: string;
  declare mode: "floating" | "inline";
  declare position: "right" | "left";
  declare theme: "auto" | "light" | "dark";
  declare contactUrl: string;
  declare timeout: number;
  declare maxChars: number;
  protected declare opened: boolean;
  /** Whether the panel is closed and goes as soon as the focus has moved on. */
  protected declare leaving: boolean;
  /** Whether the panel has taken the launcher's place. */
  protected declare covered: boolean;
  protected declare clearing: boolean;
  protected declare menu: boolean;
  protected declare online: boolean;
  protected declare framed: boolean;

  constructor() {
    super();
    this.base = "";
    this.language = "auto";
    this.mode = "floating";
    this.position = "right";
    this.theme = "auto";
    this.contactUrl = "";
    this.timeout = 25;
    this.maxChars = 2000;
    this.opened = false;
    this.leaving = false;
    this.covered = false;
    this.clearing = false;
    this.menu = false;
    this.online = navigator.onLine !== false;
    this.framed = true;
  }
}
