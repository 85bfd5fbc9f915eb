"""The incremental parser, in both forms, whatever the cuts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import GenerationError
from assistant.generation.grounding.claim_parser import ClaimParser, ProposedClaim

CLAIMS = [ProposedClaim("지원 한도는 2억원입니다.", (1, 3)), ProposedClaim('The cap is "two"; {not} [more].', (2,))]
AS_JSON = json.dumps(
    {"claims": [{"text": claim.text, "sources": list(claim.sources)} for claim in CLAIMS]}, ensure_ascii=False
)


def _read(text: str, sizes: list[int], *, ended: bool | None = True) -> list[ProposedClaim]:
    parser, found, start = ClaimParser(), [], 0
    for size in sizes:
        found += parser.feed(text[start : start + size])
        start += size
    found += parser.feed(text[start:])
    return found + parser.close(ended=ended)


@given(st.lists(st.integers(1, 9), max_size=40))
def test_json_gives_the_same_claims_wherever_it_is_split(sizes: list[int]) -> None:
    found = _read(AS_JSON, sizes)
    assert [claim.sources for claim in found] == [(1, 3), (2,)]
    assert found[0].text == CLAIMS[0].text


@given(st.lists(st.integers(1, 9), max_size=40))
def test_lines_give_the_same_claims_wherever_they_are_split(sizes: list[int]) -> None:
    text = "Here is what I found:\n- 지원 한도는 2억원입니다. [1][3]\n- It has ended [2, 4].\n"
    assert _read(text, sizes) == [
        ProposedClaim("지원 한도는 2억원입니다.", (1, 3)),
        ProposedClaim("It has ended.", (2, 4)),
    ]


def test_a_claim_comes_as_soon_as_it_is_complete() -> None:
    parser = ClaimParser()
    assert parser.feed('{"claims": [{"text": "하나", "sources": [1') == []
    assert parser.feed("]}") == [ProposedClaim("하나", (1,))]
    lines = ClaimParser()
    assert lines.feed("- 하나 [1]") == []
    assert lines.feed("\n- 둘") == [ProposedClaim("하나", (1,))]


@pytest.mark.parametrize("text", ["", "   \n", "NONE", "없음", "- NONE", '{"claims": []}', "I do not know."])
def test_nothing_is_nothing(text: str) -> None:
    assert _read(text, []) == []


def test_thoughts_and_code_fences_are_passed_over() -> None:
    assert _read(f"<think>- 몰래 [1]\n</think>\n```json\n{AS_JSON}\n```", [3, 3, 3, 40])[0].sources == (1, 3)


@pytest.mark.parametrize(
    ("marker", "sources"), [("[0]", (0,)), ("[99]", (99,)), ("[a]", ()), ("[출처 2]", (2,)), ("【1】", (1,)), ("", ())]
)
def test_markers_leave_the_text_and_unknown_ones_name_nothing(marker: str, sources: tuple[int, ...]) -> None:
    assert _read(f"- 지원합니다 {marker}.\n", []) == [ProposedClaim("지원합니다.", sources)]


@pytest.mark.parametrize(
    "text",
    [
        '{"claims": [{"text": "a", "sources": [1]]}',
        '{"claims": [{"text": "a", "sources": "1"}]}',
        '{"claims": [{"sources": [1]}]}',
        '{"claims": [{"text": 7, "sources": [1]}]}',
        '{"claims": [{"text" "a"}]}',
        '{"claims": {"text": "a"}}',
        '{"error": "no"}',
        '{"claims": ' + "[" * 5000 + "]" * 5000 + "}",
        '{"claims": [{"text": "a", "sources": [1], "x": ' + '{"y":' * 3000 + "1" + "}" * 3000 + "}]}",
    ],
)
def test_malformed_json_is_an_error(text: str) -> None:
    with pytest.raises(GenerationError):
        _read(text, [])


@pytest.mark.parametrize("text", ['{"claims": [{"text": "a", "sources": [1]}', '{"claims": [', "{"])
@pytest.mark.parametrize("ended", [True, None, False])
def test_json_that_does_not_close_was_cut_off(text: str, ended: bool | None) -> None:
    with pytest.raises(GenerationError, match="cut off"):
        _read(text, [], ended=ended)


@pytest.mark.parametrize("ended", [None, False])
def test_lines_without_a_proper_end_were_cut_off(ended: bool | None) -> None:
    with pytest.raises(GenerationError, match="cut off"):
        _read("- 지원합니다 [1]\n- 그러나 대기업은", [], ended=ended)


def test_an_answer_without_end_is_refused() -> None:
    parser = ClaimParser(max_chars=1000)
    for _ in range(10):
        parser.feed("가" * 100)
    with pytest.raises(GenerationError, match="longer than 1000"):
        parser.feed("가")


@given(st.text(max_size=200), st.sampled_from([True, False, None]))
def test_no_output_breaks_it(text: str, ended: bool | None) -> None:
    try:
        found = _read(text, [1, 2, 3], ended=ended)
    except GenerationError:
        return
    assert all(claim.text == " ".join(claim.text.split()) for claim in found)
