"""Answers by a language model that are as true as those without one: every claim is proven before anyone sees it."""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from assistant.errors import GenerationError
from assistant.generation.draft import Draft, DroppedClaim
from assistant.generation.grounding.claim_parser import ProposedClaim
from assistant.generation.grounding.grounder import ClaimGrounder, GroundedClaim, Rejection
from assistant.generation.llm.chat_model import generation_error, refuses_format
from assistant.generation.llm.circuit_breaker import CircuitBreaker
from assistant.generation.llm.claim_chain import claim_chain
from assistant.generation.llm.deadline import read_within
from assistant.generation.llm.prompting import ClaimRequest, source_text
from assistant.generation.llm.stream_watch import StreamWatch
from assistant.generation.llm.usage import UsageMeter
from assistant.generation.verification import Verifier
from assistant.messages import message
from assistant.types import AnswerStatus, Citation, Claim, Language, Notice, Query, Question, ScoredChunk

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_log = logging.getLogger("annae.llm")
_MAX_ANSWER_CHARS = 600
_EARLIER_QUESTIONS = 3
_MAX_DROPPED_RATIO = 0.5
_BACKOFF_SECONDS = 0.5
_MAX_BACKOFF_SECONDS = 8.0


class Composer(Protocol):
    """Whatever drafts an answer from retrieved chunks."""

    def compose(self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]) -> Draft:
        """Draft an answer."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often to try.

    ``timeout_seconds`` covers a whole answer with its retries; ``max_retries`` counts further attempts after the first.
    """

    timeout_seconds: float = 15.0
    max_retries: int = 2


@dataclass
class _Written:
    """The answer so far."""

    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    dropped: list[DroppedClaim] = field(default_factory=list)

    def has_room_for(self, claim: Claim) -> bool:
        return not self.claims or len(claim.text) + sum(len(one.text) for one in self.claims) <= _MAX_ANSWER_CHARS

    def add(self, grounded: GroundedClaim) -> GroundedClaim | None:
        """Number the claim's citations within the answer; ``None`` if it has been said already."""
        if any(claim.text == grounded.claim.text for claim in self.claims):
            return None
        numbers = tuple(dict.fromkeys(self._number(citation) for citation in grounded.citations))
        claim = Claim(grounded.claim.text, numbers)
        self.claims.append(claim)
        return GroundedClaim(claim, tuple(self.citations[number - 1] for number in numbers))

    def _number(self, citation: Citation) -> int:
        for known in self.citations:
            if replace(known, number=citation.number) == citation:
                return known.number
        self.citations.append(replace(citation, number=len(self.citations) + 1))
        return len(self.citations)


class LlmComposer:
    """Has a language model write claims over numbered sources, and lets through what the sources prove.

    The extractive composer decides first whether there is anything to answer; its refusals stand, and its answer stands in whenever the
    model fails, says nothing, or says too much that its sources do not.

    Args:
        model: any LangChain chat model, without retries of its own.
        fallback: drafts the answer that stands in.
        verifier: checks that answer.
        grounder: proves or rejects the model's claims.
        breaker: keeps a model that is down from being asked.
        usage: counts tokens and cost.
        patience: limits of time and attempts.
        structured: ask for JSON by schema until the server refuses it.
        clock: a monotonic clock in seconds.
        sleep: waits between attempts.
        jitter: spreads the waits.
    """

    def __init__(
        self,
        model: BaseChatModel,
        fallback: Composer,
        verifier: Verifier,
        grounder: ClaimGrounder,
        *,
        breaker: CircuitBreaker | None = None,
        usage: UsageMeter | None = None,
        patience: Patience | None = None,
        structured: bool = True,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: random.Random | None = None,
    ) -> None:
        self._model = model
        self._fallback = fallback
        self._verifier = verifier
        self._grounder = grounder
        self._patience = patience or Patience()
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter or random.Random()
        self._structured = structured
        self.breaker = breaker or CircuitBreaker(failures=5, cooldown_seconds=30.0, clock=clock)
        self.usage = usage or UsageMeter()
        self.rejections: Counter[Rejection] = Counter()

    def compose(self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]) -> Draft:
        """The whole answer at once; see ``stream``."""
        *_, last = self.stream(question, language, query, hits)
        assert isinstance(last, Draft)
        return last

    def stream(
        self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]
    ) -> Iterator[GroundedClaim | Draft]:
        """Yield each claim when it is proven, and the draft at the end.

        The draft is verified. When the extractive answer stands in after all, the draft holds other claims than those yielded before.
        """
        plain = self._verifier.verify(self._fallback.compose(question, language, query, hits))
        if plain.status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL) or not hits:
            yield plain
            return
        written = _Written()
        request = ClaimRequest(
            question=question.text,
            language=language,
            as_of=question.as_of.isoformat(),
            sources=[source_text(hit) for hit in hits],
            earlier=[turn.content for turn in question.history if turn.role == "user"][-_EARLIER_QUESTIONS:],
        )
        try:
            for proposed in self._ask(request):
                for outcome in self._grounder.ground(proposed, language, hits):
                    if isinstance(outcome, Rejection):
                        written.dropped.append(DroppedClaim(proposed.text, outcome.value))
                        self.rejections[outcome] += 1
                    elif written.has_room_for(outcome.claim) and (shown := written.add(outcome)) is not None:
                        yield shown
        except GenerationError as error:
            _log.warning("the extractive answer stands in: %s", error.problem)
            yield _stand_in(plain, written, language)
            return
        dropped = len(written.dropped)
        if not written.claims or dropped > _MAX_DROPPED_RATIO * (dropped + len(written.claims)):
            _log.info(
                "the extractive answer stands in: %d claims held, rejected %s",
                len(written.claims),
                dict(Counter(claim.reason for claim in written.dropped)),
            )
            yield _stand_in(plain, written, language)
            return
        yield _finished(plain, written, question, language)

    def _ask(self, request: ClaimRequest) -> Iterator[ProposedClaim]:
        """The model's claims. It is asked again after a failure that may pass, unless claims have come already.

        Raises:
            GenerationError: no whole answer came within the time and the attempts that are allowed.
        """
        deadline = self._clock() + self._patience.timeout_seconds
        retries = 0
        structured = self._structured
        while True:
            begun = False
            failure: GenerationError
            try:
                for claim in self._attempt(request, deadline - self._clock(), structured=structured):
                    begun = True
                    yield claim
                if self._structured and not structured:
                    _log.info("the model's server takes no JSON schema; it is asked for marked lines from now on")
                    self._structured = False
                return
            except _FormatRefusedError:
                structured = False
                continue
            except GenerationError as error:
                failure = error
            wait = min(_MAX_BACKOFF_SECONDS, _BACKOFF_SECONDS * 2**retries) * self._jitter.uniform(0.5, 1.0)
            retries += 1
            if (
                begun
                or not failure.retryable
                or retries > self._patience.max_retries
                or self._clock() + wait >= deadline
            ):
                raise failure
            self._sleep(wait)

    def _attempt(self, request: ClaimRequest, seconds: float, *, structured: bool) -> Iterator[ProposedClaim]:
        if not self.breaker.allow():
            raise GenerationError(
                "the language model", "it has failed too often and rests", "Check its server", retryable=False
            )
        watch = StreamWatch(self.usage)
        problem: GenerationError | _FormatRefusedError | None = None
        settled = False
        try:
            chain = claim_chain(self._model, structured=structured)
            self.usage.add_call()

            def stream() -> Iterator[list[ProposedClaim]]:
                return chain.stream(request, {"callbacks": [watch], "run_name": "annae_claims"})

            for claims in read_within(stream, seconds, self._clock, watch.leave):
                yield from claims
            self.breaker.succeeded()
            settled = True
        except Exception as error:
            settled = True
            if structured and refuses_format(error):
                self.breaker.abandoned()
                problem = _FormatRefusedError()
            else:
                self.breaker.failed()
                problem = generation_error(error)
        finally:
            if not settled:
                self.breaker.abandoned()
        # Raised out here so that no library's error, which may repeat the key, hangs on as its context.
        if problem is not None:
            raise problem


class _FormatRefusedError(Exception):
    """The server may not know the response format that was asked for."""


def _stand_in(plain: Draft, written: _Written, language: Language) -> Draft:
    notices = (Notice("llm_fallback", message(language, "llm_fallback")), *plain.notices)
    return replace(plain, notices=notices, dropped=(*plain.dropped, *written.dropped))


def _finished(plain: Draft, written: _Written, question: Question, language: Language) -> Draft:
    """The model's answer with what the extractive one knows about time and gaps."""
    kept = [notice for notice in plain.notices if notice.kind not in ("stale", "passage")]
    notices = [*kept, *_stale(written.citations, question, language)]
    return replace(
        plain,
        claims=tuple(written.claims),
        citations=tuple(written.citations),
        notices=tuple(dict.fromkeys(notices)),
        text="",
        mode="llm",
        dropped=tuple(written.dropped),
    )


def _stale(citations: Sequence[Citation], question: Question, language: Language) -> Iterator[Notice]:
    for document in {citation.document.document_id: citation.document for citation in citations}.values():
        if document.published is None:
            yield Notice("stale", message(language, "stale_undated", title=document.title))
        elif (question.as_of - document.published.end).days > 365:
            published = document.published.isoformat()
            yield Notice("stale", message(language, "stale", title=document.title, published=published))
