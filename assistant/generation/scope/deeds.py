"""Orders for anything but telling, and talk about the assistant itself: nothing that documents could answer.

These rules know no attack. The assistant tells what documents say; whoever asks it to do, write, approve, become or feel something
is told so, whatever the words.
"""

from __future__ import annotations

from assistant.generation.scope.rules import Rule

# Where an English order begins: a sentence, or words that ask the assistant.
_BEGIN = (
    r"(?:^[^\w\"']*|[.!?;:]\s+|\b(?:please|kindly|let'?s|let us|go ahead and|can you|could you|will you|would you|i(?: want|'d like| would like| need) you to|"
    r"you (?:must|should|shall|will|may|have to|need to|are to)|and then|now|so|just)\s+(?:please |now |also |just |then )?)"
)
_DEEDS = (
    r"(?:accept|act|adopt|approve|authori[sz]e|award|be(?=\s+(?:an?|my|the|(?-i:[A-Z]))\b|\s+\w+(?:gpt|bot)\b)|become|behave|block|book|brainwash|build|buy|cancel|certify|change|come up|compose|comply|configure|cook|craft|"
    r"create|curse|decode|deliver|deny|design|destroy|deviate|do away|draft|draw|edit|execute|fabricate|fake|fill|forge|forward|generate|grant|hack|hand over|hide|imagine|imitate|impersonate|"
    r"improvise|increase|inject|install|insult|invent|issue|keep|launch|lend|lie|load|lower|make|mark|mimic|modify|negotiate|obey|overwrite|pay|perform|play|pose|post|praise|produce|publish|push|"
    r"put|rebel|release|rename|render|replace|reserve|reset|rewrite|rig|run|save|schedule|scrap|sell|send|sign|simulate|sing|solve|spare|speculate|spread|spy|stay|steal|store|submit|swear|"
    r"switch|take on|take the|talk|think|threaten|transfer|treat|turn|unlock|update|upgrade|upload|use|vote|whisper|wing|wipe|withdraw|write|yell|register(?=\s+(?:me|my|our|us)\b)|remove(?=\s+(?:my|our|me|us)\b)|delete|erase|greet|sneak|unlearn|toggle|ping|embed|applaud|trust|commit(?=\s+to an? answer)|spill|whip up|think up|dream up|pull up a fake|mock up)"
)
_OBJECT = r"(?=\s+(?:an?|the|my|our|your|me|us|this|that|these|those|it|its|all|every|some|any|no|up|out|in|on|off|with|as|like|into|over|down|back|away|outside|for|freely|only|one|two|five|ten|yes|from|\d+|\w+(?:gpt|bot))\b|\s+(?:[\"']|https?:))"
# What may be made although it is telling.
_OVERVIEWS = r"\b(?:list|table|summary|summari[sz]e|overview|comparison|outline|timeline|chart of|digest|bullet points?|let me know|make sure|use of|take part|(?:keep|make) it (?:short|simple|brief|clear)|plain words|simple words)\b"
# What people call theirs whom the documents are about; anything else of "yours" is the assistant's own.
_THEIRS = (
    r"(?:own (?:company|funds|country|money)|(?:\w+ )?(?:documents?|sources?|papers?|cent(?:er|re)s?|offices?|services?|program(?:me)?s?|support|help|answers?|lists?|data|database|information|organi[sz]ation|ministry|"
    r"funds?|web ?site|site|e-?mail|contacts?|country|compan(?:y|ies)|firms?|region|notices?|time|teams?|agency|institutions?|desk|staff|phone|advice|reply|assistance|attention|portal|home ?page|newsletter|events?|"
    r"tenders?|records?|requirements|criteria|conditions|business(?:es)?|bids?|plans?|products?|proposals?|applications?|projects?|solutions?|partners?|rates?|fees?|budgets?|deadlines?|locations?|address|number|"
    r"experience|capital|limits?|guarantees?|loans?|members?|branch(?:es)?|experts?|hours|opening|city|cities|zones?|clients?|customers?|exports?|share|terms|policy|policies|rules for|guide\w*|understanding|"
    r"reference|brochure|form|forms|process|procedure|cooperation|best|view of the|kind|reports?|figures?|statistics|head office|headquarters|summary|corpus|collection|library|knowledge of)\b)"
)
_YOU = r"(?:너|넌|널|너는|너도|너에게|너에겐|너한테|너를|너랑|너하고|네가|니가|당신|당신은|당신에게|당신한테|당신이)"

# Verbs of telling, in the form before 줘; and the vowels on which a verb ends in that form.
_TELLING = r"(?:알려|보여|말해|설명|가르쳐|찾아|정리|비교|요약|나열|소개|안내|확인|검색|인용|추천|계산|구해|골라|들려|읽어|밝혀|제시|열거|답해|답변|대답|뽑아|적어|얘기|이야기|도와|번역|해석|구분|분류|풀어|짚어|집어|꼽아|추려|일러|살펴|체크|파악|분석|챙겨|연락처|가능|보내)"
_VERB_ENDS = "".join(chr(0xAC00 + first * 588 + vowel * 28) for first in range(19) for vowel in (0, 1, 4, 6, 9, 14))

DEED_RULES: tuple[Rule, ...] = (
    Rule(
        "deed",
        "An order to do, make or become something.",
        (rf"{_BEGIN}{_DEEDS}\b{_OBJECT}",),
        unless=(_OVERVIEWS, r"\bhow (?:do|can|should|to)\b"),
        orders_only=True,
    ),
    Rule(
        "deed_ko",
        "The same in Korean: 만들어 줘, 승인해, 되어 봐 …",
        (
            r"(?:만들|지어|그려|흉내\s?내|바꿔|고쳐|덮어\s?써|열어|켜|풀어|잠가|돌려|훔쳐|놀아|속여|숨겨|퍼뜨려|찍어|맞혀|맞춰|불러|늘려|줄여|올려|내려|뽑히게|붙여)(?:어)?\s?(?:줘|줄래|주세요|주십시오|주라|달라|봐라?|보세요|보자|라(?=\W|$))",
            r"(?:작성|창작|승인|허가|처리|등록|신청|접수|제출|예약|송금|입금|전송|연기|변신|수정|변경|추가|실행|재부팅|설치|해킹|노래|칭찬|위로|응원|거짓말|홍보|추측|상상|서명|결재|행동|반항|복종|조작|합격|통과|선정|지급|욕)(?:을|를)?\s?(?:하며|하면서|시켜)?\s?(?:해|시켜)?\s?(?:줘|줄래|주세요|주십시오|주라|달라|봐라?|보세요|보자|라(?=\W|$)|하라|해라|하십시오|하세요|해(?=\s*[.!]*\s*$))",
            r"(?:이|가|으로|로)?\s?(?:되어|돼)\s?(?:줘|봐|라|주세요|보세요)",
            r"(?:욕하면서|반말로|사투리로|노래로|캐릭터로|말투로|인격이?|상상력으로|상상으로)\s?.{0,12}(?:말|답|대답)|모든\s?요청에\s?응|(?:로|으로)\s?덮어\s?써",
            r"자격\s?있음으로",
        ),
        unless=(
            r"(?:표|목록|리스트|요약|정리|비교|일정표|개요|연표)(?:를|을|로|으로)?\s?(?:\S+\s)?(?:만들|작성|그려|해)",
            r"(?:풀어|바꿔|뽑아|맞춰|찾아|줄여)\s?(?:서\s?)?(?:설명|말|알려|정리|요약)",
            r"(?:쉬운\s?말|쉽게|짧게|영어|한국어|한글|우리말|존댓말)\S{0,2}\s?(?:바꿔|고쳐|풀어|줄여)",
            r"(?:알려|설명해|보여|가르쳐|찾아|안내해)\s?(?:줘|주세요|주십시오|줄래|주실)",
            # "If we ask the center, does it …?" asks what somebody else does.
            r"면\s.{0,40}줘요?\s?\?",
        ),
        orders_only=True,
    ),
    Rule(
        "begged_ko",
        "A favour in Korean whose verb is none of telling: … 을 캐 줘, … 에 보내 주세요.",
        (
            rf"(?:를|을|로|에|에서|에게|한테|대로|게|나)\s(?:\S+\s)?(?!\S*{_TELLING})\S*[{_VERB_ENDS}]\s?(?:줘|주세요|주십시오|주라|달라)\s*[.!~]*\s*$",
            r"(?:감으로|떠오르는\s?대로|찾아보지\s?말고|명예를\s?걸고|딱\s?잘라|확정이지|증거\s?같은|아무\s?(?:숫자|이름|날짜)|예외라고|셈\s?쳐|박수를|칭송|까먹었|털어놔|구경하자|새어\s?나올|두려워하지|인터넷에서\s?아는)",
            r"(?:말|것|낱말|단어|숫자)(?:으)?로\s?(?:채워|메워)(?=\W|$)|(?:나|내|우리)\s?대신\s.{0,20}(?:보내|내|써|제출)",
        ),
        unless=(r"(?:표|목록|리스트|요약|비교|일정표|개요|쉬운\s?말|영어|한국어|한글|우리말)(?:를|을|로|으로)?\s",),
        orders_only=True,
    ),
    Rule(
        "self",
        "Talk about the assistant: how it is made, what it may, feels, believes, who else it talks to.",
        (
            r"\bpick (?:a|any) (?:number|figure|name|date)\b|\bfind dirt\b|\b(?:reply|respond|answer) solely\b|\bwith the number \d|숫자\s?\d+(?:으로|로)만|\d(?:이라고|라고)만?\s?(?:답|말)|\bspeak to me\b|\bmake sure (?:that )?(?:the|your|every) (?:answer|reply|response)|\b(?:top of|off) (?:my|your) head\b",
            r"^\s*(?://|>>>|%%%|\*\*\*|~~~)\s*\w|\b(?:backend|back-end)\b|\bcredentials\b.{0,30}\b(?:server|stored?|system)\b|\b(?:our|my) (?:victory|success|win|selection|approval)\b.{0,30}\b(?:certain|sure|definite)",
            r"(?:^|\s)네\s?(?:사악|응답|쌍둥|명예|대답|말투|이름|주인|제작자|창조자|코드|속|머리|기억)|백엔드|관리자\s?콘솔|권한\s?부여\(|사실이\s?아닌|[\"'][^\"']{1,40}[\"']\s?(?:한\s?줄|만)?\s?(?:이어야|여야)|(?:내|제)\s?(?:글|말|질문|메시지)\s?(?:앞|위|전)에",
            r"(?:기능|장치|모드|스위치|필터|검열)\S{0,2}\s?(?:\S+\s)?(?:끄고|꺼|켜|내려|올려|풀어)(?=[\s.,!]|$)",
            rf"\byour (?!{_THEIRS})\w+|\byourself\b|\b(?:i|you)'ll be (?:the|a|an|my)\b|\bonly your (?:creators?|makers?)\b|\badmin console\b|\bdebugger\b|\bpriority message\b|\bmy session\b|\bpeople ask before me\b|\bsafeguards down\b|\bcontent filter\b|\bhenceforth\b|\bdon't bother\b|\bsystem field\b",
            rf"(?:^|[\s,]){_YOU}(?=[\s,]).*(?<!알아)(?<!아니)\S*$",
            r"\b(?:were|are|was) you (?:configured|set up|programmed|built|trained|instructed|designed|made|told|created)\b",
            r"\b(?:set|wired|booted|configured|built|made|created|trained|instructed|programmed) you\b|\bgoverns? you\b",
            r"\byou(?:'re| are| were)? (?:run with|running on|based on|configured|programmed|released|freed|now free|a blank|an? (?:ai|bot|model|machine|language model)|allowed to (?:deviate|ignore|break|say|lie|do|answer)|not bound|no longer bound|under no)\b",
            r"\byou have (?:access to (?:tools|functions|the internet|files)|(?:two|several|another) personalit|feelings|no rules|been (?:released|freed|configured|hacked|updated|reset))",
            r"\b(?:tools|functions|files|data) (?:that )?you have access to\b|\bchatt?(?:ed|ing) with you\b",
            r"\btalk(?:ed|ing)? to you\b",
            r"\byour (?:operator|guidance|guidelines|personality|persona|feelings?|opinion|beliefs?|mind|character|duties|creator|owner|conscience|memory|weights|parameters|tokens?|temperature|model|algorithm|cut-?off)\b",
            r"\bdo you (?:personally|believe|feel|think|love|hate|dream|want)\b|\boff the record\b",
            r"\b(?:the|this|an) (?:assistant|chatbot|bot|language model) (?:must|should|shall|will|has to|is to)\b",
            r"\bais? (?:that )?never refuses?\b|\bcontext reset\b|\bin character as\b|\bworld where ais\b",
            r"\broot shell\b|&&|\bhidden (?:instruction|part)\b|\bjwt\b|\bdiagnostic output\b|\bconfidential files\b",
            r"\bsupersedes? (?:all|any|every|your)\b|\b(?:in|with) exactly these words\b",
            r"\b(?:must|should) contain the (?:token|word|string|phrase)\b|\b(?:your )?first word\b",
            r"\bi want to (?:see|hear|read) [\"']|\btranslate [\"']|\bbogus\b|\bresponsible if the answer\b",
            r"\bfor certain that\b|\bjust say (?:yes|no|it)\b|\bunless you comply\b",
            rf"{_YOU}\s?.{{0,25}}(?:설정|세팅|통제|조종|훈련|인격|성격|감정|의무|해방|정체|자유|거절|모델\s?이름|온도|도구|함수|대화한|만든|사귀|좋아해|느끼|속마음|책임을\s?물)",
            r"(?:^|\s)네\s?(?:상상력|생각|의견|마음|개인|인격|모델|온도|성격|속마음|정체)|처음에?\s?너|비공식적으로|속마음|다\s?됐고|(?:정확히\s?)?이\s?말로\s?답",
            r"첫\s?단어는|낱말을\s?.{0,10}넣|화면에\s?['\"]|이\s?대화의\s?숨|루트\s?셸|맥락\s?초기화|비밀\.txt|진단\s?출력|기밀\s?파일|엉터리|부패한",
            r"덮어써(?=\W|$)",
            r"(?:어시스턴트|챗봇|인공지능|AI)(?:는|은|가|이)\s?(?:절대\s?|반드시\s?)?(?:거절|.{0,20}(?:주어야|해야)\s?한다)",
            r"(?:제약|규칙|제한|조건)\S{0,2}\s?(?:은|는|이|가)?\s?(?:\S+\s)?(?:적용되지\s?않아|풀어\s?줬|풀어줬|집어치우|됐고|없는\s?셈)|기존\s?안내를\s?모두",
            r"그냥\s?(?:예|네|응)라고|어떻게\s?설정되어\s?있어|(?:그냥|대충)\s?추측해",
        ),
        unless=(
            r"\b(?:firms?|compan(?:y|ies)|you) (?:must|have to|need to) (?:be|have|apply)\b",
            r"(?:플랫폼|솔루션|과업|공급|사례|시스템\s?(?:수출|구축|도입))",
            r"(?:알아|아니|아냐|알고\s?있|알려\s?준|말한\s|말했던|설명해\s?줄|추천해|도와줄)",
        ),
    ),
    Rule(
        "at_home",
        "Where people live and how to reach them at home.",
        (
            r"\b(?:director|minister|president|mayor|official|head|chief|staff(?: members)?|ceo|manager|chair\w*)(?:'s|s'|') (?:\w+ )?(?:house|home|family|private life|personal|children|wife|husband|salary|birthday|car)\b",
            r"\bprivate life\b|\bhome (?:phone )?(?:numbers?|address)\b",
            r"(?:장님|대표님|위원님|의원|장관|차관|과장|국장|사장|시장님|팀장)\s?(?:님)?(?:의)?\s?(?:댁|집|사생활|개인\s?번호|애인|가족|차\s?번호)",
            r"사생활을?\s?(?:알려|말해)|집\s?전화번호",
        ),
        unless=(r"보호",),
    ),
)
