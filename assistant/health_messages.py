"""What a health report says, in both languages."""

from __future__ import annotations

from assistant.error_messages import in_language
from assistant.index.health import DocumentHealth, Finding
from assistant.text.dates.written import written_date
from assistant.types import Language

_MAX_PAGES = 12

HEALTH_MESSAGES: dict[Language, dict[str, str]] = {
    "ko": {
        "failed": "파일을 읽지 못했습니다: {detail}",
        "stale": "새 파일을 읽지 못해 이전 내용으로 답하고 있습니다: {detail}",
        "not_checked": "상태를 기록하기 전에 등록된 문서입니다. 다시 등록하면 확인할 수 있습니다",
        "empty_pages": "글자가 없는 쪽: {pages}",
        "ocr_pages": "문자 인식으로 읽은 쪽: {pages} (가장 낮은 신뢰도 {percent})",
        "tables": "표 {number}개를 읽었습니다 ({pages}쪽)",
        "lost_tables": "표로 읽지 못한 표 {number}개가 있습니다 ({pages}쪽). 글은 남아 있습니다",
        "undated": "발행일을 알 수 없습니다",
        "past_deadline": "마지막 기한({detail})이 지났습니다",
        "duplicate": "{detail} 문서와 파일이 같습니다",
        "near_duplicate": "{detail} 문서와 내용이 거의 같습니다 (유사도 {percent})",
        "superseded": "더 새로운 문서가 있습니다: {detail}",
        "older_versions": "이전 판 {number}개를 보관하고 있습니다 (마지막 교체 {detail})",
        "locked": "배포용 문서의 잠금을 풀어 읽었습니다",
        "tracked_changes": "변경 내용 추적 문서여서 삭제된 글이 남아 있을 수 있습니다. 변경 내용을 모두 적용해 다시 저장해 주십시오",
        "encoding": "문자 인코딩은 {detail}입니다",
        "records_failed": "행사·사업·입찰 정보를 뽑지 못했습니다: {detail}",
    },
    "en": {
        "failed": "the file could not be read: {detail}",
        "stale": "the new file could not be read, and the old content answers: {detail}",
        "not_checked": "it was taken in before reports were kept; take it in again to have one",
        "empty_pages": "pages without text: {pages}",
        "ocr_pages": "pages read by character recognition: {pages} (least confidence {percent})",
        "tables": "tables read: {number} (pages: {pages})",
        "lost_tables": "tables that could not be read as tables: {number} (pages: {pages}); their text is there",
        "undated": "the date of publication is not known",
        "past_deadline": "its last deadline has passed ({detail})",
        "duplicate": "the same file as {detail}",
        "near_duplicate": "nearly the same text as {detail} (similarity {percent})",
        "superseded": "there is a newer one: {detail}",
        "older_versions": "older versions kept: {number} (last replaced {detail})",
        "locked": "it was locked for distribution and has been decoded",
        "tracked_changes": "it tracks changes, so deleted text may still be in it; accept all changes and save it again",
        "encoding": "its character encoding is {detail}",
        "records_failed": "events, programs and tenders could not be taken from it: {detail}",
    },
}
_STATUS: dict[Language, dict[str, str]] = {
    "ko": {"ok": "정상", "attention": "확인 필요", "failed": "실패"},
    "en": {"ok": "ok", "attention": "attention", "failed": "failed"},
}


def finding_text(finding: Finding, language: Language) -> str:
    """One finding as a sentence without its full stop."""
    number = finding.number or 0
    detail = finding.detail
    if finding.kind in ("failed", "stale"):
        detail = f"{in_language(detail or '', language)} ({written_date(finding.at or '', language)})"
    elif finding.kind in ("past_deadline", "older_versions"):
        detail = written_date(detail or "", language)
    pages = ", ".join(map(str, finding.pages[:_MAX_PAGES])) + ("…" if len(finding.pages) > _MAX_PAGES else "")
    return HEALTH_MESSAGES[language][finding.kind].format(
        pages=pages, detail=detail, number=f"{number:g}", percent=f"{number:.0%}"
    )


def health_lines(report: DocumentHealth, language: Language) -> list[str]:
    """A report for the terminal: the document in one line, then what was found."""
    lines = [f"{report.document_id}  {_STATUS[language][report.status]:9}  {report.name}"]
    for finding in report.findings:
        remedy = f". {in_language(finding.remedy, language)}" if finding.remedy else ""
        lines.append(f"    {'!' if finding.is_warning else '-'} {finding_text(finding, language)}{remedy}")
    return lines
