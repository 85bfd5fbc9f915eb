"""What a rule of the scope decision is, and the word classes that rules are written with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# --- English word classes -----------------------------------------------------------------------------------------

# What comes before a verb that orders: the start of a clause, or a word that passes the order on.
ORDER = (
    r"(?:^|[.!?;:,\n\"'(>\]=+*]\s*|[-–—|]\s+|\b(?:please|kindly|now|and|then|but|so|must|should|shall|to|you|just|let's|today|will|also|first|"
    r"simply|always|only|instead|hereby|never|immediately|again|pls|plz|not|do|hey|ok|okay|assistant|annae|bot|ai)[,:]?\s+)"
)
# In documents, where "companies will also …" is common, only the start of a clause and open appeals count.
STRICT_ORDER = r"(?:^|[.!?;:\n\"'(>\]|]\s*|,\s+(?=ignore|disregard)|\b(?:please|kindly|assistant|you must|you should|must now|and|then|now)[,:]?\s+)"
OVERRIDE = (
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|ing)|overwrite|bypass(?:ing)?|violat(?:e|ing)|break(?:ing)?|neglect|skip|drop|cancel|nullify|void|"
    r"abandon|discard|set aside|throw away|put aside|wipe|erase|remove|lift|disable|deactivate|circumvent|evade|suspend|"
    r"(?:pay|give) no (?:attention|heed) to|stop (?:following|obeying|applying|using)|(?:do not|don't|no longer|not) (?:follow|obey|apply|use|heed|listen to|stick to|have to (?:follow|stick to|obey))|"
    r"act against|go against|step outside|leave behind|turn off|switch off)"
)
RULES = (
    r"(?:rules?|instructions?|prompts?|guidelines?|directives?|orders?|commands?|directions?|constraints?|restrictions?|limits?|limitations?|guardrails?|"
    r"polic(?:y|ies)|programming|training|safety|filters?|safeguards?|context|messages?|settings?|configuration|boundaries)"
)
EARLIER = r"(?:all|any|every|each|previous|prior|earlier|preceding|former|above|initial|original|first|system(?:'s)?|developer(?:'s)?|safety|internal|hidden|secret|these|those|such|current|existing|old)"
TELL = (
    r"(?:reveal|print|show|repeat|output|display|leak|dump|tell|give|list|describe|summari[sz]e|quote|translate|paraphrase|encode|spell|copy|paste|expose|disclose|"
    r"share|recite|write|say|reprint|read|complete|finish|continue|reproduce|return|send|provide|what|which|where|need|want|know|see)"
)
SAY = r"(?:say|print|output|write|type|echo|repeat|respond|reply|answer|confirm|announce|state|claim|shout|return|display|report|tell|add|append|insert|put|include|mention|end|finish|start|begin|promise|conclude)"
OUTCOME = r"(?:select|accept|approv|win|won\b|succe|eligib|chosen|choose|pass\b|grant(?:ed)?\b|paid out|award|qualif|not (?:lose|fail)|admitted|succeeds)"
# Words of the subject matter: a question that holds one is for the documents to answer.
SUBJECT_EN = (
    r"\b(?:smart|cit(?:y|ies)|export\w*|program(?:me)?s?|funds?|centers?|centres?|tenders?|bid\w*|voucher|project|compan(?:y|ies)|firms?|events?|expo|roadshow|clinic|zones?|"
    r"loans?|financ\w*|support|eligib\w*|appl(?:y|ies|ication\w*)|KOTRA|KIND|KEXIM|K-SURE|MOLIT|EDCF|PIS|solutions?|stadium|platform|invest\w*|ministry|alliance|grant|fee)\b"
)

# --- Korean word classes ------------------------------------------------------------------------------------------

RULES_KO = r"(?:지시(?:문|사항|어)?|규칙|명령(?:문|어)?|프롬프트|지침(?:서)?|원칙|제한(?:\s?사항)?|제약|설정(?:값)?|안전\s?(?:장치|필터)|가이드라인|필터|규정|틀|맥락|문맥|룰|정책)"
EARLIER_KO = r"(?:이전|앞선?|앞(?:의|서|에서)|위(?:의|에|에서)?|기존|원래|지금까지|방금까지|처음|초기|모든|네|너의|너한테|니|당신의|당신에게|시스템|개발자|숨은|숨겨진|비밀|내부|정해진|설정된|걸린|받은|들은)"
# Endings that order or ask for a favour, after a stem such as 무시하-.
DO_KO = r"(?:하(?:고|라|십|세|시오|여라|며|자|도록|는\s?것|기로)|해(?!\s?당|지|도|야|서는|외|결|석|설|마)|할\s?(?:것|게|래|수\s?있)|한\s?(?:채|다음|뒤|다(?![가-힣]))|하$|함\b|시켜|해제|한다)"
OVERRIDE_KO = (
    rf"(?:(?:무시|망각|폐기|취소|무력화|우회|해제|초기화|삭제|거부|종료|차단|생략|제거){DO_KO}|(?:무시|해제|삭제|초기화|우회|ignore|forget|override|bypass)\s*(?:$|[.!,]|ㄱㄱ|please|후|then|and)"
    r"|잊(?:어|고|으)(?!면)|어기(?:고|어|라)|어겨|버리(?:고|라)|버려|따르지\s?(?:말|마|않아도)|듣지\s?(?:말|마)|신경\s?쓰지\s?(?:말|마)|깨(?:고|라|서|줘)|벗어나\S{0,2}|"
    r"풀(?:고|어|라)|끄고|꺼(?!지)|없던\s?것으로|없애|없어졌|없어\s?졌|덮어\s?(?:쓰|써)|바꿔|무효|만료|폐기됐|폐기되었|거짓이|우선이|중단하라|금지(?:다|한다|됐))"
)
TELL_KO = r"(?:보여|출력|공개|알려|복사|번역|요약|말해|말하|뽑아|나열|적어|읊|인용|붙여|꺼내|내놔|써\s?(?:줘|봐|라)|바꿔\s?써|뭐(?:야|니|라고|예요|지|냐)|무엇|불러|반복|유출|노출|열어|이어|누설|ㅂㅇ)"
SAY_KO = (
    r"(?:(?:대답|답변|답|말|출력|응답|외치|복창|확인|안내|표시|언급|보고|명시|얘기|약속|인사)(?:해(?!도|야|서|외)|하(?:라|십|세|시오|여라|고|도록|기로|자|면|는\s?것)|할\s?것|\s*[.!]*\s*$)"
    r"|써(?!도|야|서)|쓰(?:라|세|십|시오)|적어(?!\s?있|도|야)|적으(?:라|십|세)|불러\s?(?:줘|라|봐|주)|덧붙(?:여(?!\s?졌)|이(?:라|세|십))|붙여(?!\s?진)|붙일|넣어|끼워|시작해|끝(?:내|맺)|해\s?(?:줘|봐|라|주)|해\s*[.!]?$|하라|답(?:할|한다|하십|하세))"
)
OUTCOME_KO = r"(?:선정|합격|승인|통과|당첨|수주|낙찰|허가|지급|성공|이긴|딴|받(?:는|을)|나온|된|자격|잃지)"
SUBJECT_KO = r"스마트|도시|수출|지원|사업|펀드|센터|입찰|기업|투자|행사|공고|신청|박람회|로드쇼|특구|구역|대출|보증|보험|솔루션|바우처|실증|기관|정책|문서|참가|단지|클러스터|산업|조성|규제|수은|무보|코트라|KIND|KOTRA|교류회"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a text shows an intent.

    ``patterns`` are searched in each reading of the text, letter case aside. Where one of ``unless`` is found too, the rule is silent.
    ``orders_only``: a clause that asks a question of fact ("Can applicants ignore …?") does not count.
    ``in_documents``: the rule also tells a line of a document that speaks to an assistant.
    """

    name: str
    about: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    orders_only: bool = False
    in_documents: bool = False
    compiled: re.Pattern[str] = field(init=False)
    strict: re.Pattern[str] = field(init=False)
    silenced: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        flags = re.IGNORECASE | re.MULTILINE
        whole = "|".join(f"(?:{pattern})" for pattern in self.patterns)
        object.__setattr__(self, "compiled", re.compile(whole, flags))
        object.__setattr__(self, "strict", re.compile(whole.replace(ORDER, STRICT_ORDER), flags))
        object.__setattr__(self, "silenced", re.compile("|".join(self.unless), flags) if self.unless else None)

    def matches(self, text: str, *, is_document: bool = False) -> bool:
        """Whether ``text`` (a reading, see ``readings``) shows the intent."""
        if self.silenced is not None and self.silenced.search(text):
            return False
        for match in (self.strict if is_document else self.compiled).finditer(text):
            if not self.orders_only or _is_order(text, match, is_document=is_document):
                return True
        return False


_CLAUSE_END = re.compile(r"[.!?;\n]|,\s|:\s|\b(?:and|then|but|so)\b|그리고")
_ASKS = re.compile(
    r"^\W*(?:(?:and|or|also|thanks|hello|hi|if so)\W+)*(?:is|are|was|were|do|does|did|has|have|had|what|which|who|whom|whose|when|where|why|how|may|might|should|shall|must|"
    r"can|could|will|would)\b(?!\s+you\b)(?!\s+i\s+(?:make|get|have)\s+you\b)",
    re.IGNORECASE,
)
_ASKS_KO = re.compile(
    r"(?:나요|가요|까요?|니까|는지요?|죠|지요|나|는가|냐|인지|은지|데요|던가)\s*[\"')\]]*\s*\??\s*$|(?:요|해|야|돼|있어|되)\?\s*$"
)
_BEGS_KO = re.compile(r"줘|줄래|주세요|주실|주시|줄\s?수|주겠|달라|봐|라고\s?(?:말|답)")
_ORDERS_KO = re.compile(r"(?:라|시오|세요|줘|것|해|출력|공개|하며|였다|도록|바랍니다)\W*$")


def _is_order(text: str, match: re.Match[str], *, is_document: bool) -> bool:
    """Whether the clause of a match asks for something to be done, not whether or how something is."""
    start = max(
        (m.end() for m in _CLAUSE_END.finditer(text, 0, match.start() + 1) if m.end() <= match.start() + 1), default=0
    )
    end_match = re.compile(r"[.!?;\n]").search(text, match.end())
    clause = text[start : end_match.end() if end_match else len(text)]
    if re.search("[가-힣]", match.group()):
        if is_document and not _ORDERS_KO.search(clause):
            return False
        return not _ASKS_KO.search(clause.rstrip()) or _BEGS_KO.search(clause) is not None
    return _ASKS.match(clause) is None
