"""A sentence that is not shown is kept with the reason, so that a wrong refusal can be looked into."""

from __future__ import annotations

import pytest
from llm_parts import PAGES, FirstLineComposer, asked, hits
from pydantic import SecretStr
from scripted_model_server import ScriptedModelServer, claims_json

from assistant.generation.draft import Draft, DroppedClaim
from assistant.generation.grounding.grounder import ClaimGrounder
from assistant.generation.llm.chat_model import open_chat_model
from assistant.generation.llm.composer import LlmComposer, Patience
from assistant.generation.verification import Verifier
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from assistant.types import AnswerStatus, Citation, Claim, Language

LINES: dict[Language, str] = {language: PAGES[language][0].split("\n")[0] for language in PAGES}


def _citation(language: Language) -> Citation:
    hit = hits(language)[0]
    line = LINES[language]
    return Citation(1, hit.document, hit.chunk.chunk_id, 1, (), line, 0, len(line))


@pytest.mark.parametrize(
    ("language", "text", "numbers", "reason"),
    [
        ("ko", "중소기업은 75%까지 지원합니다.", (1,), "number: 75"),
        ("en", "SMEs get up to 75% of project costs.", (1,), "number: 75"),
        ("ko", "KOTRA가 사업비의 70%까지 지원합니다.", (1,), "name: KOTRA"),
        ("en", "KOTRA covers up to 70% of project costs.", (1,), "name: KOTRA"),
        ("ko", "사업비의 70%까지 지원합니다.", (), "citation: none"),
        ("en", "It covers up to 70% of project costs.", (2,), "citation: none"),
    ],
)
def test_the_verifier_says_why_it_drops_a_claim(
    language: Language, text: str, numbers: tuple[int, ...], reason: str
) -> None:
    kept = Claim(LINES[language], (1,))
    draft = Draft(AnswerStatus.ANSWERED, (kept, Claim(text, numbers)), (_citation(language),))
    verified = Verifier().verify(draft)
    assert verified.claims == (kept,)
    assert verified.dropped == (DroppedClaim(text, reason),)


def test_an_answer_without_a_claim_that_stands_is_none_and_tells_what_it_had() -> None:
    verified = Verifier().verify(Draft(AnswerStatus.ANSWERED, (Claim("75%", (1,)),), (_citation("ko"),)))
    assert verified.status is AnswerStatus.NO_EVIDENCE
    assert [claim.reason for claim in verified.dropped] == ["number: 75"]


@pytest.mark.parametrize(
    ("language", "true", "false"),
    [
        ("ko", "중소기업은 사업비의 70%까지 지원받습니다.", "중소기업은 사업비의 95%까지 지원받습니다."),
        ("en", "SMEs are covered for up to 70% of project costs.", "SMEs are covered for up to 95% of project costs."),
    ],
)
@pytest.mark.parametrize("stands_in", [False, True])
def test_a_models_rejected_claims_are_kept_also_where_another_answer_stands_in(
    language: Language, true: str, false: str, stands_in: bool
) -> None:
    with ScriptedModelServer() as server:
        model = open_chat_model("scripted", base_url=server.base_url, api_key=SecretStr("k"), timeout_seconds=60)
        grounder = ClaimGrounder(Termbase.load(), Lexicon())
        composer = LlmComposer(model, FirstLineComposer(), Verifier(), grounder, patience=Patience(60, 0))
        server.script(claims_json(*([] if stands_in else [(true, [1])]), (false, [1])))
        draft = composer.compose(*asked(language), hits(language))
    assert draft.mode == ("extractive" if stands_in else "llm")
    assert draft.dropped == (DroppedClaim(false, "number"),)
