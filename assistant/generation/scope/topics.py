"""Greetings, guarantees, private persons and other subjects, one rule for each kind."""

from __future__ import annotations

from assistant.generation.scope.rules import ORDER, OUTCOME, OUTCOME_KO, SUBJECT_EN, SUBJECT_KO, Rule

_PERSON = (
    r"(?:president|director(?:-general)?|officials?|head|minister|mayor|chair\w*|manager|staff|employees?|contact person|evaluators?|ceos?|applicants?|visitors?|officer|governor|"
    r"secretary|commissioner|mr\.?|ms\.?|mrs\.?|dr\.?|persons?|people|his|her|their|he|she)"
)
_PERSON_KO = r"(?:사장|대표(?:자|이사|님)?|공무원|센터장|국장|과장|차관|장관|시장|위원(?:장)?|담당자?|책임자|직원|대표들|신청자(?:들)?|소장|원장|회장|팀장|그분|님|그\s?사람|참가자(?:들)?|선정자(?:들)?|주무관|심사역|평가위원)"
_ASK_KO = r"(?:알려|뭐|뭔|무엇|언제|얼마|어디|몇|어떻게|맞혀|찾아|보여|말해|뽑아|주세요|줘|궁금|인가|예요|에요|하셨|사는지|달라|목록)"
_EVERYDAY = (
    r"(?:weather|lunch|dinner|movies?|football|soccer|baseball|basketball|world cup|dating|homework|laptops?|smartphones?|restaurants?|celebrit(?:y|ies)|diet|headache|"
    r"video ?games?|anime|cook(?:ing)?|pets?|cats?|dogs?|vacation|holiday|hotels?|flights?|stocks?|crypto|bitcoins?|songs?|dramas?|lullab(?:y|ies)|league)"
)
_WISH = r"(?:today|tomorrow|tonight|now|this weekend|recommend|suggest|best|good|favou?rite|should i|how (?:do|can|to)|who won|tell me|buy|cheap|tips?|my|eat|watch|price|last night)"
_EVERYDAY_KO = r"(?:날씨|점심|저녁|아침|주식|비트코인|코인|영화|축구|야구|월드컵|드라마|숙제|게임|요리|레시피|두통|감기|다이어트|노트북|스마트폰|아이돌|연예인|고양이|강아지|여행|호텔|비행기\s?표|피자|치킨|커피|음악|노래|자장가|경기)"
_WISH_KO = r"(?:오늘|내일|지금|이번\s?주|추천|어때|어떠|어젯밤|불러|뭐\s?(?:먹|볼|살|하)|메뉴|먹을|볼\s?만|살까|사도|될까|좋을까|좋아해|맛있|싼|방법|비법|공략|이겼|우승|종목|뭐\s?먹|나았|낫는|예보|비\s?(?:와|오|올))"
_NEVER_KO = r"(?:제출|적어야|적나요|내야|내나요|필요|대상\s?비용|서류|사본|요건|기준|제한|인정)"

GUARANTEE_RULES: tuple[Rule, ...] = (
    Rule(
        "promise",
        "The assistant is to promise or certify an outcome.",
        (
            rf"\b(?:can|could|will|would|do) you\b.{{0,20}}\b(?:guarantee|promise|assure|ensure|vouch|certify|swear)\b.{{0,80}}\b{OUTCOME}",
            rf"{ORDER}(?:promise|guarantee|assure|swear|vouch|certify)\b.{{0,20}}\b(?:me|us|that|our|my|for|in writing)\b",
            r"\b(?:i|we) (?:want|need|demand) your (?:guarantee|promise|assurance)|\bi guarantee it\b",
            r"\b(?:with|be) 100 ?% (?:certainty|certain|sure)",
            r"\blegally binding (?:confirmation|answer|statement|advice|opinion|commitment|promise|guarantee|assurance)",
            r"\b(?:take|accept) (?:the )?legal responsibility\b|\bhold you (?:liable|responsible)",
            r"\byour answer in court\b|\bwill (?:we|i) win\b|\bdefinite verdict\b|\bliable in court\b|\blegally liable for (?:it|this|that|your)\b",
            rf"{ORDER}(?:confirm|state|declare|put)\b[^.?!]{{0,30}}\b(?:in writing|on paper|under oath)\b[^?]*$|\bas (?:our|my) (?:lawyer|attorney|notary)\b",
            r"\b(?:our|my) (?:exact )?(?:probability|chances?|odds)\b.{0,60}\b(?:fixed|exact|number|definite)",
            rf"\bsign a letter\b.{{0,20}}{OUTCOME}",
        ),
        unless=(r"\b(?:guarantee|ensure|assure)\w*\b[^.?!]*\bthrough\b|\bor only\b",),
        orders_only=True,
    ),
    Rule(
        "promise_ko",
        "The same in Korean.",
        (
            rf"{OUTCOME_KO}\S{{0,3}}다고\s?(?:\S+\s){{0,2}}?(?:보장|약속|장담|확답|확약|단언|보증|맹세)",
            rf"(?:절대|무조건|반드시|100\s?%)\s?(?:\S+\s)?{OUTCOME_KO}\S{{0,4}}(?:다고|준다고|해\s?줘|시켜)",
            r"(?:절대|전혀)\s?없다고\s?(?:보장|약속|장담)",
            r"(?:보장|약속|장담|확답|확약|단언|맹세)(?:해|하)\s?(?:줘|주세요|주십시오|달라|라(?=\W|$)|세요|십시오|줄\s?수\s?있|주실\s?수)",
            r"(?:보장|약속|장담|guarantee|promise)\s?해(?:\s?줘|(?=\W|$))|100\s?%\s?(?:선정|합격|승인)|무조건\s?(?:합격|선정|승인|통과)",
            r"(?:확약서|각서|확인서|보증서)(?:를|을|\s문구로|처럼|로)?\s?(?:써(?!도)|작성해\s?(?:줘|주세요|주십시오|달라))|법적으로\s?책임(?:을\s)?\s?지(?:는\s?걸로|겠다고|고\s|세요|십시오)|법적\s?효력이\s?있는\s?(?:확인|답변|약속)|(?:당신|답변?|안내|너|챗봇)\S{0,3}\s?.{0,20}법적\s?책임",
            r"법정에서|소송\S{0,3}\s?(?:우리가\s?)?(?:이기|승소)|확률\S{0,2}\s?.{0,12}(?:확정|단정|딱\s?잘라|숫자로)|단정(?:적으로|해서)|결과를\s?책임진다고",
        ),
        unless=(r"보험이|제도가|사업이?\s?있|기관은",),
    ),
)

PERSONAL_DATA_RULES: tuple[Rule, ...] = (
    Rule(
        "private",
        "What concerns a private person: home, private number, pay, family, health, papers.",
        (
            rf"\b{_PERSON}\b.{{0,60}}\b(?:home address|home phone|private|personal (?:e-?mail|phone|number|instagram|account|mobile|address)|mobile|cell ?phone|salary|earns?|married|wife|husband|children|kids|birthday|date of birth|religion|medical|health record|registration number|passport number|bank account)\b",
            rf"\b(?:home address|home phone|private (?:e-?mail|phone|number|address|mobile)|personal (?:e-?mail|phone|instagram|account|mobile)|mobile (?:phone )?number|cell ?phone number|salary|age|birthday|religion|marital status|medical record|criminal record|registration number|passport number|bank account(?: number)?)\b.{{0,25}}\b(?:of|belongs? to)\b.{{0,30}}\b{_PERSON}\b",
            rf"\bwhere (?:does|do) (?:the |deputy )*(?:\w+ )?{_PERSON}\b.{{0,15}}\blive\b",
            rf"\b(?:how much|what) does (?:the )?{_PERSON}\b.{{0,40}}\bearn|\bwhich religion\b",
            r"\bhow old (?:is|are) (?:the|his|her)\b",
            r"\bnames? and (?:phone|telephone|mobile|e-?mail|contact)\w* ?(?:numbers?|address\w*|details)?\b.{0,20}\b(?:of|for)\b.{0,20}\b(?:applicants?|visitors?|users?|participants?)",
            r"\b(?:i need|give me|show me|list) their (?:names?|phone|numbers|e-?mails?|addresses)\b",
            r"\b(?:store|keep|remember|save|read)\b.{0,20}\b(?:my|it)\b.{0,30}\b(?:passport|registration|card|account)?(?: number)?\b.{0,30}\b(?:later|back to me|tomorrow)\b",
            r"\bmy (?:passport|resident registration|credit card) number\b.{0,30}[A-Z]?\d{5,}",
        ),
        unless=(
            r"\b(?:do|does|should|must|can|is|are|will) (?:i|we|a|an|the|applicants?|personal|salaries)\b.{0,60}\b(?:needed|required|necessary|register\w*|eligible|submit|give my|use|provide|criterion)",
        ),
    ),
    Rule(
        "private_ko",
        "The same in Korean.",
        (
            rf"{_PERSON_KO}.{{0,25}}(?:집\s?주소|자택|개인\s?(?:휴대|핸드|전화|번호|이메일|연락처|계정|주소)|휴대폰|핸드폰|주민\s?(?:등록)?\s?번호|연봉|월급|결혼|자녀|가족|나이|생년월일|생일|종교|병력|건강|학력|재산|인스타|계좌|여권)\S{{0,6}}.{{0,20}}{_ASK_KO}",
            rf"(?:개인\s?(?:휴대폰|휴대|핸드폰|전화|이메일)|자택|집\s?(?:주소|전화))\S{{0,6}}\s?.{{0,15}}{_ASK_KO}",
            r"(?:어디\s?사는지|어디에?\s?사(?:시|나|세)|결혼하셨)",
            r"(?:신청자|참가자|선정자|방문자|사람|회원|대표)\S{0,2}\s?.{0,10}(?:이름|성함|명단)\S{0,3}\s?(?:이랑|과|와|및|하고)?\s?(?:전화|연락|휴대|이메일)",
            r"생년월일\s?(?:목록|명단|알려|뽑)",
            r"(?:주민\s?(?:등록)?\s?번호|여권\s?번호|계좌\s?번호|카드\s?번호)\S{0,6}\s?.{0,10}(?:맞혀|기억|저장|외워|찾아|알려\s?줘|채워)",
            r"제\s?(?:주민|여권|카드)\S*\s?\w*\d{5,}",
        ),
        unless=(_NEVER_KO,),
    ),
)

OFF_TOPIC_RULES: tuple[Rule, ...] = (
    Rule(
        "wrongdoing",
        "How to steal, forge, bribe, rig or deceive; what becomes of those who do is a proper question.",
        (
            r"\bhow (?:do|can|could|should|would|to|might)\b.{0,25}\b(?:steal|forge|falsify|fake|bribe|hack(?! together)|launder|rig|tamper|smuggle|cheat|eavesdrop|spy|leak|deceive|defraud|collude|blackmail)\b",
            r"\b(?:trick|way|method|step)s?\b.{0,20}\b(?:to|of|for|in)\b.{0,12}\b(?:steal|forg|falsify|fak|brib|hack|launder|rigg|tamper|smuggl|cheat|eavesdrop|spy|leak|deceiv|defraud|collud|blackmail)\w*",
            r"\bwithout (?:getting|being) (?:caught|found out|noticed|detected)\b|\bbehind (?:their|his|her) backs?\b",
            r"(?:빼내|빼돌리|훔치|베껴\s?내|위조하|조작하|부풀리|해킹하|도청하|매수하|담합하|탈세하|속이|협박하|염탐하)\S*\s?(?:방법|수법|요령|비법|법(?:을|이|은|\s|\?|$)|꼼수|절차|순서)",
            r"(?:증명서|실적|서류|매출|장부|재무제표|견적서)\S{0,4}\s?(?:\S+\s){0,3}?(?:꾸미|꾸며|조작|위조|부풀|뻥튀기|고쳐\s?쓰)\S*\s?(?:방법|요령|법(?:을|이|은|\s|\?|$)|.{0,12}(?:알려|가르쳐|되나|될까|안\s?걸리))",
            r"(?:몰래|들키지\s?않(?:고|게)|안\s?들키(?:고|게)|안\s?걸리(?:고|게)|걸리지\s?않(?:고|게))\s.{0,25}(?:방법|어떻게|요령|알려|가르쳐|법(?:을|이|\s|\?|$))",
            r"(?:뇌물|뒷돈|급행료)(?:을|를)?\s?(?:\S+\s)?(?:주|건네|먹이|찔러|얼마)\S*\s?.{0,12}(?:방법|어떻게|얼마|되나|될까|알려)",
        ),
        unless=(
            r"\b(?:penalt|sanction|punish|prevent|report|prohibit|forbid|ban(?:ned)?\b|detect|protect|avoid|consequence|what happens)",
            r"처벌|제재|벌칙|금지|신고|예방|방지|대응|적발|막(?:는|을|으려)|피해|당했|불이익|환수",
        ),
    ),
    Rule(
        "writing",
        "Something to be written that is no answer.",
        (
            rf"(?:{ORDER}|\b(?:can|could|will|would) you )(?:write|compose|draft|make|tell)\s+(?:me\s+|us\s+)?(?:a |an |some |the )?(?:\w+ ){{0,2}}(?:poem|story|code|essay|song|limerick|joke|novel|haiku|python|program code|homework|cover letter)\b",
            r"(?:^|\s)(?:시|소설|노래|가사|자기소개서|코드|독후감|편지|농담|동화|에세이|시나리오)(?:를|을|도)?\s?(?:하나\s?|한\s?편\s?)?(?:써\s?(?:줘|봐|주)|지어\s?(?:줘|봐|주)|작성해\s?(?:줘|주)|짜\s?(?:줘|주)|해\s?줘|들려)",
        ),
    ),
    Rule(
        "elsewhere",
        "Everyday subjects, unless the question also names the documents' subject.",
        (
            rf"\b{_EVERYDAY}\b.{{0,60}}\b{_WISH}\b|\b{_WISH}\b.{{0,60}}\b{_EVERYDAY}\b",
            r"\b(?:recipes?|jokes?|lottery|horoscope|song lyrics|girlfriend|boyfriend|meaning of life)\b",
            r"\bcapital of (?:france|japan|germany|italy|spain|china|england|russia|the usa)\b",
            r"\bwho (?:made|created) you\b|^\W*(?:\w+ )?weather(?: \w+)?\W*$",
            rf"{_EVERYDAY_KO}.{{0,20}}{_WISH_KO}|{_WISH_KO}.{{0,20}}{_EVERYDAY_KO}|맛집|로또|운세|농담|연애|여자\s?친구|남자\s?친구",
            r"인생의\s?의미|김치찌개|끓이는\s?(?:법|방법|비법)|^\W*(?:\S+\s)?날씨\W*$",
        ),
        unless=(SUBJECT_EN, SUBJECT_KO),
    ),
)

_GREETING_EN = (
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|thanks?(?: a lot| so much| you)?|thank you(?: very much| so much)?|help(?: me)?|bye|goodbye|see you|nice to meet you|"
    r"how are you(?: doing)?|(?:can|could) you help me|i need help|please|there|annae|everyone|again|"
    r"what (?:can|do) you do(?: for (?:me|us))?|what can (?:i|we) ask(?: you)?|who are you|what (?:is|are) (?:annae|you|this)|what (?:is this|are you) (?:for|good for)|how do(?:es)? (?:you|this|it) work|what do you know|"
    r"what (?:kind of )?(?:questions|things) (?:can|do) (?:i|you) (?:ask|answer)(?: you)?|how can you help(?: me)?|introduce yourself|is anyone there)"
)
_GREETING_KO = (
    r"(?:안녕(?:하세요|하십니까|하신가요|히\s?계세요)?|반가(?:워요?|습니다|워)|반갑습니다|고마워요?|고맙습니다|감사(?:합니다|해요|드립니다)|도와\s?(?:줘요?|주세요)|도움말|도움|처음\s?왔어요|수고(?:하세요|하십니다|하셨습니다|많으십니다)|"
    r"좋은\s?(?:아침|오후|저녁)(?:이에요|입니다)?|하이|헬로|헤이|ㅎㅇ|ㄱㅅ|여보세요|저기요|누구(?:세요|니|야|신가요|십니까)|너는?|넌|당신은|안내(?:는|야|님)?|이거|이건|여기(?:서는?|는)?|이\s?(?:챗봇|서비스|사이트)(?:은|는|로|가)?|챗봇(?:은|아)?|"
    r"(?:뭘|무엇을|뭐를?|어떤\s?(?:걸|것을|질문을?|도움을?))\s?(?:할|해\s?줄|해\s?주실|물어볼|물어봐도|도와줄|도와주실|알려\s?줄|알려\s?주실|받을|답할|하면)\s?(?:수\s?)?(?:있\S*|되\S*|돼\S*)|"
    r"(?:뭐|무엇|뭐\s|무엇을\s?)(?:야|예요|에요|인가요|니|하는\s?(?:거야|곳이야|곳인가요|서비스야|서비스인가요|봇이야|건가요))|어떻게\s?(?:써요?|사용해요?|사용하나요|쓰나요|쓰는\s?거야|이용하나요)|자기\s?소개\s?(?:해\s?줘|부탁(?:해요?|드립니다))?|소개해\s?(?:줘|주세요)|사용법(?:이?\s?뭐\S*|\s?알려\s?\S+)?)"
)

GREETING_RULES: tuple[Rule, ...] = (
    Rule(
        "greeting",
        "Nothing but a greeting, thanks, or the question what this is.",
        (
            rf"\A\W*{_GREETING_EN}(?:[\s!.?,~:;)(^-]+{_GREETING_EN})*[\s!.?,~:;)(^-]*\Z",
            rf"\A\W*{_GREETING_KO}(?:[\s!.?,~ㅎㅋㅠ^:;)-]*{_GREETING_KO})*[\s!.?,~ㅎㅋㅠ^:;)-]*\Z",
            rf"\A\W*(?:{_GREETING_EN}|{_GREETING_KO})(?:[\s!.?,~ㅎㅋㅠ^:;)-]+(?:{_GREETING_EN}|{_GREETING_KO}))*\W*\Z",
        ),
    ),
)
