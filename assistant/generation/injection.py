"""Sentences of documents and answers that speak to a language model instead of to a reader."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.generation import scope

_INSTRUCTIONS = re.compile(
    r"(?:ignore|disregard|forget|override|bypass|do not follow|stop following)\b.{0,60}?"
    r"\b(?:rules?|instructions?|prompts?|guidelines?|previous|prior|above|sources?|context|everything)\b"
    r"|\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instructions?)\b"
    r"|\byou are (?:now|no longer)\b|\bfrom now on,? (?:you|answer|reply|say)\b|\b(?:jailbreak|developer mode|DAN mode)\b"
    r"|(?:^|[.!?:;,]\s+|\band\s+|\bthen\s+)(?:please\s+)?"
    r"(?:say|answer|reply|respond|output|print|repeat|claim|pretend|tell (?:the )?(?:user|reader|them))"
    r"\s+(?:that|with|only|as if|this|the following|to|in|[\"'“‘:])"
    r"|\b(?:as an? (?:ai|language model)|language model|assistant|chatbot|llm|gpt)\b.{0,40}"
    r"\b(?:must|should|shall|has to|needs? to|will now)\b"
    r"|\b(?:to|attention|note to)\s+(?:the\s+)?(?:ai|assistants?|language models?|llms?|chatbots?)\b\s*[:,]"
    r"|<\|?(?:im_start|im_end|system|user|assistant|endoftext)\|?>|\[/?INST\]|</?(?:system|instructions?)>|^\s*#*\s*(?:system|assistant)\s*:"
    r"|(?:규칙|지시|지침|명령|프롬프트|안내문|설정|위\s?내용|앞의\s?내용|이전\s?내용|출처)(?:\s?사항)?(?:을|를|은|는|들을|들은)?\s?(?:모두\s?|전부\s?|다\s?)?"
    r"(?:무시|잊|따르지|어기|출력|공개|덮어)"
    r"|시스템\s?(?:프롬프트|메시지|지시)|(?:인공지능|챗봇|언어\s?모델|어시스턴트|AI\s?모델)(?:은|는|이|가|에게|에|아)?[,:]?\s.{0,60}"
    r"(?:답하|답변하|말하|대답하|출력하|해야|하라|하십시오|하세요|해라)"
    r"|(?:라고|다고|고|대로|만|으로)\s?(?:답하|답변하|말하|대답하|출력하|응답하|안내하|적으)"
    r"(?:라|십시오|세요|시오|여라|도록|기 바랍니다|면 됩니다)"
    r"|(?:라고|다고)\s?(?:답변|대답|말|출력|응답|안내)?(?:해라|해 주|해줘|할 것|하라)|지금부터\s?(?:당신|너)|(?:당신|너)(?:은|는)\s?이제",
    re.IGNORECASE | re.MULTILINE,
)


@lru_cache(maxsize=4096)
def is_instruction(text: str) -> bool:
    """Whether a line gives orders to whoever answers. Such a line is neither shown to a model nor quoted in its claims."""
    return _INSTRUCTIONS.search(text) is not None or scope.is_instruction(text)
