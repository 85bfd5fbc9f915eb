"""Questions that are not for the documents: greetings, other subjects, attempts to turn the assistant against its sources."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from assistant.text.normalize import normalize_text


class Scope(StrEnum):
    """What to do with a question before looking anything up."""

    GREETING = "greeting"
    OFF_TOPIC = "off_topic"
    INJECTION = "injection"
    PERSONAL_DATA = "personal_data"
    GUARANTEE = "guarantee"


# Letters of other scripts that pass for Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁԛԝАВЕКМНОРСТХαοενικρτυΑΒΕΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdqwABEKMHOPCTXaoevikptuABEHIKMNOPTYX"
)
_RULES = r"(?:rules?|instructions?|prompts?|guidelines?|polic(?:y|ies) above|restrictions?|safety|guardrails?|directives?|constraints?|citations?|sources?)"
_RULES_KO = r"(?:지시|규칙|명령|프롬프트|지침|원칙|제한|설정|안전장치|가이드라인|앞(?:의|서)?\s?(?:내용|말|지시)|이전\s?(?:내용|지시|대화)|위의?\s?(?:내용|지시))"
_PATTERNS: tuple[tuple[Scope, re.Pattern[str]], ...] = tuple(
    (scope, re.compile(pattern, re.IGNORECASE))
    for scope, pattern in (
        (
            Scope.INJECTION,
            rf"\b(?:ignore|disregard|forget|override|bypass|violate|break|stop following|do not follow|don't follow)\b.{{0,60}}\b{_RULES}"
            rf"|\b(?:reveal|print|show|repeat|output|display|leak|dump|tell me|give me|what (?:is|are)|translate|summari[sz]e|quote)\b.{{0,50}}"
            r"\b(?:system|internal|hidden|secret|initial|original|developer|your (?:own )?)\s?(?:prompts?|instructions?|configuration|rules|message|settings)"
            r"|\b(?:system|developer|hidden) (?:prompt|message|instructions?)\b"
            r"|\b(?:developer|admin(?:istrator)?|debug|god|root|dan|unrestricted|jailbreak|sudo|maintenance|test) mode\b|\bjailbreak|\bdo anything now\b"
            r"|\b(?:pretend|act|behave|roleplay|role-play|imagine)\b.{0,30}\b(?:you are|you're|as if|as an? |to be|no (?:rules|limits|restrictions))"
            r"|\byou are (?:now|no longer)\b|\bfrom now on,? (?:you|answer|respond)|\bnew (?:instructions|rules|persona)\b|\bapi[_ -]?keys?\b|\b(?:admin|root|server|database|your|master) passwords?\b"
            r"|\b(?:without|no|omit|skip|drop)\b.{0,15}\b(?:citations?|sources|references|verification|fact.?check)"
            r"|\b(?:make up|invent|fabricate|fake|hallucinate|forge)\b|<\|?(?:im_start|system|endoftext)|\[(?:system|inst)\]|\bbegin (?:system|admin)\b"
            r"|\b(?:drop|delete|truncate|update|insert into)\s+(?:table|database|from|all)\b|\bunion select\b|<script|\brm -rf\b|\bexec\(|\bos\.system"
            r"|\bbase64\b|\brot13\b|\bdecode (?:this|the following)"
            rf"|{_RULES_KO}\S{{0,4}}\s?.{{0,20}}(?:무시|잊|어기|우회|따르지\s?(?:말|마)|버리|해제|삭제|초기화)"
            rf"|(?:무시|잊어|어기고|우회|해제)\S{{0,6}}\s?.{{0,20}}{_RULES_KO}"
            r"|(?:시스템|내부|숨겨진|숨은|비밀|초기|원래|개발자|네|너의|당신의)\s?(?:프롬프트|지시문?|명령문?|설정값?|메시지|규칙)"
            r"|프롬프트\S{0,3}\s?.{0,15}(?:보여|출력|공개|알려|복사|번역|요약|말해)"
            r"|(?:관리자|개발자|디버그|루트|탈옥|무제한|테스트|점검|운영자)\s?(?:모드|권한)|탈옥"
            r"|(?:인\s?척|처럼\s?(?:행동|연기|답)|역할극|역할을\s?(?:맡|해)|가정하고\s?(?:답|대답|말))|지금부터\s?(?:너는|넌|당신은)|이제부터\s?(?:너는|넌|당신은|모든)"
            r"|(?:출처|인용|근거|검증)\S{0,2}\s?(?:없이|빼고|말고|생략|무시|달지)|(?:지어\s?내|꾸며\s?내|날조|조작해|가짜로|거짓으로)|(?:관리자|서버|시스템|너의|네|당신의|마스터)\s?(?:비밀번호|패스워드)|api\s?키",
        ),
        (
            Scope.GUARANTEE,
            r"\b(?:promise|guarantee|assure|swear|vouch)\b.{0,25}\b(?:me|us|that (?:i|we|my|our)|my|our|i'll|we'll)\b"
            r"|\bcan you (?:promise|guarantee)\b|\blegally binding\b|\bhold you (?:liable|responsible)|\b(?:will|would) (?:we|i) win (?:the|a) (?:lawsuit|case)"
            r"|(?:보장|약속|장담|확약|확답|보증)(?:해|하)\s?(?:줘|줄\s?수|주세요|주십시오|주시|달라|세요|십시오|신다고|한다고|겠다고)|무조건\s?(?:선정|합격|승인|통과|된다고)"
            r"|법적\s?(?:책임|효력)\S{0,4}\s?(?:지|있|보장)|소송\S{0,3}\s?(?:이기|승소)|책임질\s?(?:수|거|건)",
        ),
        (
            Scope.PERSONAL_DATA,
            r"\b(?:home|private|personal|residential) (?:address|phone|number|e-?mail|mobile|cell)|\b(?:mobile|cell) ?phone number of\b"
            r"|\b(?:salary|age|religion|marital status|family|criminal record|medical record|resident registration number|passport number) of\b"
            r"|\b(?:his|her|their) (?:salary|home|age|wife|husband|children|address|birthday)\b|\bwhere does .{2,40} live\b"
            r"|주민\s?(?:등록)?\s?번호|(?:집|자택)\s?(?:주소|전화)|개인\s?(?:휴대|핸드|연락처|번호|전화|이메일|정보를)|(?:휴대폰|핸드폰|휴대전화)\s?번호|연봉이?\s?(?:얼마|궁금)"
            r"|(?:나이|생일|가족|학력|재산|건강|병력|종교|결혼)\S{0,2}\s?(?:가|이|은|는|을|를)?\s?(?:얼마|어떻게|알려|몇|언제|궁금|했는지|관계)|여권\s?번호|계좌\s?번호|사생활",
        ),
        (
            Scope.OFF_TOPIC,
            r"\b(?:weather|recipe|joke|poem|lottery|horoscope|song lyrics|lunch|dinner|movie|football|soccer|baseball|girlfriend|boyfriend|dating|homework)\b"
            r"|\bwrite (?:me )?(?:a |an |some )?(?:poem|story|code|python|essay|song|email|script|novel)|\b(?:stock|crypto|bitcoin) (?:tip|price|pick)|\bbitcoin\b"
            r"|\bcapital of (?:france|japan|germany|italy|spain)\b|\bwho (?:are you|made you|is your)\b.{0,20}(?:creator|owner)|\bmeaning of life\b"
            r"|날씨|점심\s?(?:메뉴|추천|뭐)|저녁\s?메뉴|맛집|로또|운세|농담|(?:시|소설|노래|가사|자기소개서|코드|독후감|편지)(?:를|을)?\s?(?:써|지어|작성해|짜)|주식\s?(?:추천|종목)|비트코인|코인\s?추천"
            r"|연애|여자\s?친구|남자\s?친구|영화\s?추천|축구|야구|드라마|숙제|게임\s?(?:추천|공략)|요리법|레시피|두통|감기약|다이어트",
        ),
        (
            Scope.GREETING,
            r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?|thank you(?: very much)?|help|bye|what can you do|who are you|how are you"
            r"|what (?:is|are) (?:annae|you))(?: there| annae| everyone)?[\s!.?,~]*$"
            r"|^(?:안녕|안녕하세요|안녕하십니까|반갑습니다|고마워요?|고맙습니다|감사합니다|감사해요|도와\s?줘|도움말|처음\s?왔어요|수고하세요|수고하십니다)[\s!.?,~ㅎㅋ^]*$"
            r"|^(?:안녕하세요[,.!]?\s?)?(?:너는?|넌|당신은|안내는?|이거|여기서?)?\s?(?:뭘|무엇을|뭐를?|어떤 걸|어떤 것을)\s?(?:할|해\s?줄|물어볼|도와줄|알려\s?줄)\s?수\s?있\S*[\s?!.]*$",
        ),
    )
)


def classify(text: str) -> Scope | None:
    """What kind of question this is if it is not one for the documents, else ``None``.

    Looks through compatibility forms, invisible characters, letters of other scripts that pass for Latin ones, and spaced-out letters.
    """
    plain = unicodedata.normalize("NFKC", normalize_text(text)).translate(_LOOKALIKES)
    joined = re.sub(r"(?<=\b\w)[\s.\-_*](?=\w\b)", "", plain)
    for scope, pattern in _PATTERNS:
        if pattern.search(plain.strip()) or (joined != plain and pattern.search(joined)):
            return scope
    return None


def is_instruction(text: str) -> bool:
    """Whether a passage of a document speaks to an assistant instead of its readers: such a passage is never quoted."""
    return classify(text) is Scope.INJECTION
