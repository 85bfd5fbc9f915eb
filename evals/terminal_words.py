"""What the suite says on the terminal, in Korean, looked up by its English; blanks in braces stand for whatever a sentence names.

Sentences arise in English, as everywhere in this repository, and are turned here where a person has asked for Korean.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.error_messages import in_language
from assistant.types import Language
from evals.measures import MEASURES
from evals.page_words import SLICES

_KOREAN: dict[str, str] = {
    # --- Wrong use ---
    "there is no question in that choice of sets and split": "고른 세트와 분할에 질문이 없습니다",
    "there is no question with evidence in that choice of sets and split": "고른 세트와 분할에 근거가 적힌 질문이 없습니다",
    "--split {split}: it is dev, test or all": "--split {split}: dev, test, all 가운데 하나여야 합니다",
    "{file}: there is no such file or folder": "{file}: 그런 파일이나 폴더가 없습니다",
    "{file}: it is there already and is not written over": "{file}: 이미 있으며 덮어쓰지 않습니다",
    "{name}: there is no such set; there are {known}, or the path of a .jsonl file": (
        "{name}: 그런 세트가 없습니다. 있는 세트: {known}. .jsonl 파일의 경로를 적어도 됩니다"
    ),
    "{folder}: there is no such data folder": "{folder}: 그런 자료 폴더가 없습니다",
    "{name}: no run there, and none of that name in {runs}": "{name}: 그곳에 실행 결과가 없고, {runs}에도 그런 이름이 없습니다",
    "{path}: its format is {found}, not {wanted}": "{path}: 형식이 {wanted}이(가) 아니라 {found}입니다",
    "{path}: it is not text in UTF-8": "{path}: UTF-8로 쓴 글이 아닙니다",
    "{path}: it is not a TOML file ({why})": "{path}: TOML 파일이 아닙니다({why})",
    "{place}: there is no such measure; there are {known}": "{place}: 그런 지표가 없습니다. 있는 지표: {known}",
    "{place} is no number from 0 to 1": "{place}: 0부터 1까지의 수가 아닙니다",
    "{item}: write name=value,value": "{item}: 이름=값,값으로 적어 주십시오",
    "{name}: there is no such setting to vary; docs/settings.md lists them": (
        "{name}: 바꾸어 볼 수 있는 설정이 아닙니다. docs/settings.md에 목록이 있습니다"
    ),
    "{names}: there is no such peer; there are {known}": "{names}: 그런 비교 대상이 없습니다. 있는 대상: {known}",
    "{name}: there is no such judge; there are {known}": "{name}: 그런 판정 방식이 없습니다. 있는 방식: {known}",
    "{name}: there is no such document; there are {count}, among them {near}": (
        "{name}: 그런 문서가 없습니다. 문서 {count}건이 있고, 그 가운데 {near} 등이 있습니다"
    ),
    "{count} documents were not taken in: {first}": "문서 {count}건을 읽지 못했습니다: {first}",
    "{path}: line {number} is not JSON: {why}": "{path}: {number}번째 줄이 JSON이 아닙니다: {why}",
    "{path}: line {number} is no JSON object": "{path}: {number}번째 줄이 JSON 객체가 아닙니다",
    # --- While it works ---
    "taking the corpus in (once; kept until documents or code change)": (
        "문서를 읽어 들입니다(처음 한 번만 하며, 문서나 코드가 바뀔 때까지 보관합니다)"
    ),
    "[{done}/{total}] questions asked": "[{done}/{total}] 질문함",
    "asking": "질문 중",
    "{peer}: taking in {count} documents": "{peer}: 문서 {count}건을 읽어 들입니다",
    "{name}: taking in {corpus}": "{name}: {corpus}을(를) 읽어 들입니다",
    "{trial}: right {right}, p50 {ms} ms": "{trial}: 전체 정답 {right}, p50 {ms}ms",
    # --- What came out ---
    "{folder}: {files}; digest {digest}": "{folder}: {files}, 실행 식별값 {digest}",
    "{out}: {count} drafts": "{out}: 초안 {count}개",
    "below its threshold: {problem}": "기준 미달: {problem}",
    "{questions} questions, {thresholds} thresholds, {missed} not reached": (
        "질문 {questions}개, 기준 {thresholds}개, 미달 {missed}개"
    ),
    "{slice}: {measure} ({name}) was not measured": "{slice}: {measure}({name}) 측정되지 않음",
    "{slice}: {measure} ({name}) is {found}, at least {least} is wanted ({count} questions)": (
        "{slice}: {measure}({name}) {found}, 기준 {least}(질문 {count}개)"
    ),
    "{count} questions; p50 {median} ms, p95 {high} ms": "질문 {count}개, p50 {median}ms, p95 {high}ms",
    "{better} questions better, {worse} worse: {names}": "나아진 질문 {better}개, 나빠진 질문 {worse}개: {names}",
    "development questions; * on the Pareto front": "개발용 질문, *는 파레토 최적",
    "{slice}: {count} questions on {corpus}, embedder {embedder}": "{slice}: {corpus}에 대한 질문 {count}개, 임베딩 {embedder}",
    # --- Columns ---
    "slice": "구간",
    "measure": "지표",
    "before": "이전",
    "after": "이후",
    "difference (95 %)": "차이(95%)",
    "settings": "설정",
    "pipeline": "방식",
    "chunks": "조각",
    "ingest s": "적재(초)",
    "facts": "사실",
    "gold cited": "근거 인용",
    "cite prec.": "인용 정밀도",
    "dates": "날짜",
    "parity": "한영 동일",
    "right": "정답",
    "answers": "답변",
    "declines": "거절",
    "language": "언어",
}
_BLANK = re.compile(r"\{(\w+)\}")


def in_terminal(text: str, language: Language) -> str:
    """A sentence, a heading, a slice or a measure of the suite in ``language``; as it is where it is not known, such as a file's name."""
    if language == "en":
        return text
    if text in SLICES:
        return SLICES[text][0]
    known = _KOREAN.get(text) or _measures().get(text) or _filled(text)
    return known or in_language(text, language)


@cache
def _measures() -> dict[str, str]:
    """Measures by their English name and by the name that runs keep."""
    return {english: korean for korean, english in MEASURES.values()} | {n: told[0] for n, told in MEASURES.items()}


def _filled(text: str) -> str | None:
    for pattern, korean in _patterns():
        if match := pattern.fullmatch(text):
            return korean.format(**{blank: _word(blank, value) for blank, value in match.groupdict().items()})
    return None


def _word(blank: str, value: str) -> str:
    """What stands in a blank: a slice or a measure is told in Korean too, names and figures stay."""
    return in_terminal(value, "ko") if blank in ("slice", "measure", "problem") else value


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """The sentences with blanks; those that say more around them come first."""
    blanked = sorted((english for english in _KOREAN if "{" in english), key=lambda text: -len(_BLANK.sub("", text)))
    return [(re.compile(_pattern(english), re.DOTALL), _KOREAN[english]) for english in blanked]


def _pattern(english: str) -> str:
    parts = _BLANK.split(english)
    return "".join(
        re.escape(part) if place % 2 == 0 else f"(?P<{part}>{'[^: ]+' if part == 'slice' else '.+?'})"
        for place, part in enumerate(parts)
    )
