import type { Citation, Language } from "../contract";
import { day } from "../formats";
import type { Catalogue } from "../i18n";

/** Who published what is cited, when, on which page, and what one must know before one trusts it: that it is of an older version, or was read by OCR. */
export function citationFacts(t: Catalogue, citation: Citation, language: Language): string {
  const { publisher, published, page, older_version: older, ocr_confidence: sure } = citation;
  return [
    publisher,
    published ? day(published, language) : t.common.undated,
    t.common.page(page),
    older ? t.common.olderVersion(older) : null,
    typeof sure === "number" ? t.common.recognised(Math.round(sure * 100)) : null,
  ]
    .filter(Boolean)
    .join(" · ");
}
