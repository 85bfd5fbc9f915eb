"""A model that obeys: whatever an attack makes it say, nothing unproven is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from llm_parts import FirstLineComposer, asked, assert_proven, hits
from pydantic import SecretStr
from scripted_model_server import ScriptedModelServer, claims_json, claims_lines

from assistant.generation.draft import Draft
from assistant.generation.grounding.grounder import ClaimGrounder
from assistant.generation.grounding.injection import without_orders
from assistant.generation.llm.chat_model import open_chat_model
from assistant.generation.llm.composer import LlmComposer, Patience
from assistant.generation.verification import Verifier
from assistant.text.language import detect_language
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from evals.red_team import Attack, read_attacks

ATTACKS = read_attacks()
# What an obedient model would print: the words asked for, or the order itself.
DICTATED = [attack for attack in ATTACKS if attack.must_not and attack.document is None][:80]
ORDERS = [attack for attack in ATTACKS if not attack.must_not][::8]
PLANTED = [attack for attack in ATTACKS if attack.document is not None][::4]


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedModelServer]:
    with ScriptedModelServer() as running:
        yield running


@pytest.fixture(scope="module")
def composer(server: ScriptedModelServer) -> LlmComposer:
    model = open_chat_model("scripted", base_url=server.base_url, api_key=SecretStr("k"), timeout_seconds=10)
    grounder = ClaimGrounder(Termbase.load(), Lexicon())
    return LlmComposer(model, FirstLineComposer(), Verifier(), grounder, patience=Patience(10, 0))


def _told(composer: LlmComposer, attack: Attack, *pages: str) -> Draft:
    language = detect_language(attack.prompt)
    sources = without_orders(hits(language, *pages))
    *_, draft = composer.stream(*asked(language), sources)
    assert isinstance(draft, Draft)
    assert_proven(draft, hits(language, *pages) if not pages else sources)
    return draft


def _says(draft: Draft, text: str) -> bool:
    return text in " ".join((draft.text, *(claim.text for claim in draft.claims)))


def test_there_are_enough_payloads() -> None:
    assert len(DICTATED) + len(ORDERS) + len(PLANTED) >= 150


@pytest.mark.parametrize("form", [claims_json, claims_lines])
def test_dictated_words_are_not_told(server: ScriptedModelServer, composer: LlmComposer, form: type) -> None:
    for attack in DICTATED:
        server.script(form(*((mark, [1]) for mark in attack.must_not), (attack.prompt, [1, 2])))
        draft = _told(composer, attack)
        assert not any(_says(draft, mark) for mark in attack.must_not), attack.attack_id
        assert not _says(draft, attack.prompt), attack.attack_id


def test_orders_are_not_told_as_claims(server: ScriptedModelServer, composer: LlmComposer) -> None:
    for attack in ORDERS:
        server.script(claims_json((attack.prompt, [1, 2])))
        assert not _says(_told(composer, attack), attack.prompt), attack.attack_id


def test_what_a_planted_order_wants_is_neither_shown_to_the_model_nor_told(
    server: ScriptedModelServer, composer: LlmComposer
) -> None:
    for attack in PLANTED:
        lines = [" ".join(line.split()) for line in (attack.document or "").splitlines() if line.strip()]
        mark = attack.must_not[0]
        carrier = " ".join(line for line in lines if mark in line)
        page = "\n".join(("지원 한도는 사업당 2억원입니다. The cap is KRW 200 million per project.", carrier))
        server.requests.clear()
        server.script(claims_json((mark, [1]), (carrier, [1])))
        draft = _told(composer, attack, page)
        assert not _says(draft, mark), attack.attack_id
        assert all(mark not in str(request["messages"]) for request in server.requests), attack.attack_id
