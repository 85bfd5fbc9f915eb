import { html, type TemplateResult } from "lit";
import type { Check, InquiryStatus, Language } from "../contract";
import type { Catalogue } from "../i18n";
import { icons } from "./icons";

export const statusBadge = (t: Catalogue, status: InquiryStatus): TemplateResult => html`<span class="badge status-${status}">${t.inquiryStatuses[status]}</span>`;

/** A check by word, colour and sign, so that none of them is needed alone. */
export const checkBadge = (t: Catalogue, check: Check): TemplateResult => html`<span class="check check-${check}">${icons[check]}${t.checks[check]}</span>`;

export const languageBadge = (t: Catalogue, language: Language): TemplateResult => html`<span class="badge">${t.languages[language]}</span>`;

/** The language of a text whose language nobody wrote down. */
export const languageOf = (text: string): Language => (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(text) ? "ko" : "en");
