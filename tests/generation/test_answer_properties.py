"""Whatever the documents say and whatever is asked: no figure without proof, no quotation that is not there."""

from __future__ import annotations

import re
from datetime import date

import pytest
from answer_parts import composer_of, hit
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.generation.quoting.extractive import ExtractiveComposer
from assistant.generation.verification import Verifier
from assistant.text.amounts import find_amounts
from assistant.text.dates import find_dates
from assistant.text.language import detect_language
from assistant.types import AnswerStatus, Question
from assistant.workspace import Workspace

_FIGURES = (
    "70%;1,200억원;KRW 1.5 trillion;’19.下;2026. 12. 11.(금);March 9, 2027;0.3%p;5천억원 내외;미화 1,500만불;64.5㎢;3곳;’18∼’20;"
    "10월 13일;공고일로부터 30일 이내;2027년 상반기;$1,500;D-7;12 companies;상시"
)
_LINES = {
    "ko": "□ 하람기금은 {}까지 지원함;ㅇ 접수 기간: {};* 단, {} 이내;하람기금 규모 | {} | 국토부;행사 일시: {};센터 설립({})",
    "en": "The Miru Fund covers {}.;Dates | {} | Seoul;* Up to {};Registration closes on {}.;- Size: {};A center opens ({}).",
}
_QUESTIONS = [
    "하람기금은 얼마까지 지원하나요?",
    "접수는 언제까지인가요?",
    "하람기금 규모가 90%가 맞나요?",
    "센터는 언제 설립되나요?",
    "How much does the Miru Fund cover?",
    "When does registration close?",
    "Is it true that the size is KRW 3 billion?",
    "When is the Haram event (하람) held?",
]
_PUBLISHED = date(2026, 9, 1)


@st.composite
def _papers(draw: st.DrawFn) -> str:
    forms = _LINES[draw(st.sampled_from(["ko", "en"]))].split(";")
    lines = draw(
        st.lists(st.tuples(st.sampled_from(forms), st.sampled_from(_FIGURES.split(";"))), min_size=1, max_size=6)
    )
    return "\n".join(form.format(figure) for form, figure in lines)


def _is_proven(claim: str, quotes: list[str], as_of: date) -> bool:
    """Whether every figure of a claim stands in a quotation or writes a day or sum of one otherwise."""
    held = set(re.findall(r"\d+(?:\.\d+)?", " ".join(quotes).replace(",", "")))
    mentions = [mention for quote in quotes for mention in find_dates(quote, _PUBLISHED) if mention.period]
    days = {day for mention in mentions if mention.period for day in (mention.period.start, mention.period.end)}
    sums = {(a.lower, a.upper, a.unit) for quote in quotes for a in find_amounts(quote)}
    derived = [
        (mention.start, mention.end)
        for mention in find_dates(claim, _PUBLISHED)
        if mention.period and {mention.period.start, mention.period.end} <= days
    ] + [(a.start, a.end) for a in find_amounts(claim) if (a.lower, a.upper, a.unit) in sums]
    return all(
        figure.group().replace(",", "") in held
        or any(start <= figure.start() < end for start, end in derived)
        or any((day - as_of).days == int(figure.group()) for day in days if claim[: figure.start()].endswith("D-"))
        for figure in re.finditer(r"(?<![\d,])\d+(?:,\d{3})*(?:\.\d+)?", claim)
    )


@pytest.fixture(scope="module")
def composer(answer_library: Workspace) -> ExtractiveComposer:
    return composer_of(answer_library)


@settings(max_examples=80)
@given(
    papers=st.lists(_papers(), min_size=1, max_size=2),
    text=st.sampled_from(_QUESTIONS),
    as_of=st.dates(date(2019, 1, 1), date(2028, 1, 1)),
)
def test_every_figure_of_every_claim_is_proven_and_every_citation_verbatim(
    composer: ExtractiveComposer, answer_library: Workspace, papers: list[str], text: str, as_of: date
) -> None:
    language = detect_language(text)
    hits = [hit(paper, title=f"안내 {'가나'[n]}", published=_PUBLISHED) for n, paper in enumerate(papers)]
    pages = {found.document.document_id: found.chunk.text for found in hits}
    query = answer_library.retriever.query_builder.build(text, language)
    written = composer.compose(Question(text, as_of), language, query, hits)
    draft = Verifier(answer_library.termbase).verify(written, as_of)
    # Quoting proves itself: nothing that it says needs to be taken back.
    assert draft.dropped == ()
    for citation in draft.citations:
        assert pages[citation.document.document_id][citation.start : citation.end] == citation.quote
    cited = {citation.number: citation.quote for citation in draft.citations}
    for claim in draft.claims:
        assert claim.citations
        assert _is_proven(claim.text, [cited[number] for number in claim.citations], as_of), (claim, cited)
    if draft.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
        assert sorted(cited) == list(range(1, len(cited) + 1))
        assert sum(len(claim.text) for claim in draft.claims) <= 600 + len(draft.claims[0].text)
