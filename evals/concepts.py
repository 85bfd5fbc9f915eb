"""What words mean to the judge by rules: concepts that both languages word in several ways, those that exclude one another, and words
that say next to nothing.

A concept is a pattern over text. Of two concepts in one group of contrasts a sentence about the same matter can hold only one.
"""

from __future__ import annotations

# ruff: noqa: E501 - a concept's pattern stays on one line
import re
from functools import lru_cache

_CONCEPTS: tuple[str, ...] = (
    r"체결|맺[었어은을음는고]|서명|\bsign(?:s|ed|ing)?\b|conclud\w+|agree(?:s|d|ment)\b|\bcontract(?:ed)? with",
    r"개최|열[리렸립린릴]|열(?:었|ㄴ|고|며|기)|엽니다|연다|열 |\bhold(?:s|ing)?\b|\bheld\b|takes? place|took place|\bruns?\b|진행|치러|\btaking place",
    r"신청|접수|응모|지원서|\baccept\w*|\bappl(?:y|ies|ied|ying|ication|ications|icant|icants)\b|\bregist\w+|sign up|등록",
    r"지원(?!서)|돕|도움|도와|보조|덜어|\bsupport\w*|\bhelp\w*|\bsubsid\w+|\baid(?:s|ed)?\b|\bassist\w*|밀어|뒷받침",
    r"선정|선발|고르|고름|골라|뽑|추[려린릴리]|\bselect\w*|\bcho(?:ose|sen|oses|ice)\b|\bpick\w*",
    r"부담|대며|댐\b|댑니다|낸다|냅니다|내야|내는|지불|지급|납부|\bpay(?:s|ing|ment)?\b|\bpaid\b|\bbear(?:s)?\b|\bborne\b|\bcover(?:s|ed)?\b",
    r"규모|총액|금액|\bamount\w*|\bsize\b|\btotal\w*|\bworth\b|\bin all\b",
    r"비용|경비|요금|사업비|\bcosts?\b|\bfees?\b|\bexpens\w+|\bprice\b|estimat\w+|추정",
    r"한도|상한|최대|이내|이하|까지|\bup to\b|\bat most\b|\blimit\w*|\bmaximum\b|\bceiling\b|\bcap\b|\bno more than\b|\bwithin\b|not older than",
    r"최소|이상|적어도|\bat least\b|\bminimum\b|\bor more\b|\bor over\b|no less than|no fewer than",
    r"담당|맡|주관|소관|책임|\bin charge\b|\bowner\b|responsib\w+|\brun by\b|\bled by\b|belongs? to|\bhandle[sd]?\b",
    r"기한|마감|시한|까지|늦어도|\bdeadline\b|\bdue\b|\bclos(?:e|es|ed|ing)\b|\bby\b|\buntil\b|at the latest",
    r"제출|보내|송부|내[야며고]|\bsubmi\w+|\bsen[dt]s?\b|\bhand(?:ed)? in\b|\bdeliver(?:ed)?\b|\bupload\w*|\bwrite to\b|e-?mail",
    r"전자우편|이메일|메일|\be-?mail\w*",
    r"참가|참여|참석|출전|\bparticipa\w+|\btak(?:e|es|ing) part\b|\bjoin\w*|\battend\w*|\bmembers?\b",
    r"계획|예정|목표|추진|방침|하기로|두기로|\bplan\w*|\bwill\b|\bto be\b|\bschedul\w+|\btarget\w*|\bintend\w*|\baim\w*|\bwant\w*",
    r"발표|공개|공지|알리|안내|\bannounc\w+|\bpublish\w*|\bmade public|\breport(?:s|ed)?\b|\bnotif\w+|\bresults?\b",
    r"신설|설립|설치|세우|세움|만들|마련|조성|구축|개설|출범|꾸[려리린]|\bestablish\w*|\bset up\b|\bcreat\w+|\bform(?:s|ed)?\b|\bbuil[dt]\w*|\blaunch\w*|\bfound(?:ed)\b|\bmake\b",
    r"갖[추춘]|가진|보유|있는|소유|\bhav(?:e|ing)\b|\bhas\b|\bwith\b|\bown(?:s|ed)?\b|\bpossess\w*|\bhold(?:s)?\b",
    r"제공|공급|드[리립린]|나눠|배포|\bprovid\w+|\bsuppl\w+|\bgiv(?:e|es|en)\b|\boffer\w*|\bdistribut\w+|\breceiv\w+|받[는을습고아]|\bget(?:s|ting)?\b|\bgain\w*",
    r"기간|동안|\bperiod\b|\bterm\b|\bduration\b|\bfor\b|\blast(?:s|ed)?\b|\bruns? for\b|\bvalid\b|유효",
    r"장소|곳에서|위치|소재|자리|\bplace\b|\bvenue\b|\blocat\w+|\blies?\b|\bwhere\b|\bsite\b",
    r"기업|업체|회사|개사|\bcompan(?:y|ies)\b|\bfirms?\b|\bbusiness(?:es)?\b|\benterprise\w*|\bbidders?\b|사업자",
    r"입찰|응찰|\bbid(?:s|der|ders|ding)?\b|\btender\w*|\bproposals?\b|제안서",
    r"나라|국가|국\b|\bcountr(?:y|ies)\b|\bnations?\b|개국",
    r"우리나라|한국|국내|우리|\bKorean?\b|\bdomestic\b|\bat home\b",
    r"해외|외국|국외|\boverseas\b|\babroad\b|\bforeign\b|international|국제",
    r"도시|\bcit(?:y|ies)\b|\burban\b",
    r"분야|부문|영역|\bfields?\b|\bsectors?\b|\bareas?\b|\bindustr\w+|업종|산업",
    r"차례|순서|순위|순으로|\border\b|\bfollow\w*|\bthen\b|\bnext\b",
    r"차례|번\b|회\b|\btimes?\b|\bonce\b|\btwice\b|\bvisits?\b|방문",
    r"각자|자기|자국|자사|스스로|직접|\bown\b|\beach\b|\bthemselves\b|\bitself\b",
    r"상대(?:국| 나라| 도시)?|\bcounterpart\b|\bother country\b|partner",
    r"시험|실증|테스트|검증|\btest\w*|\bdemonstrat\w+|\btrial\w*|\btry\b|\btried\b|적용|\bappl(?:y|ied) in\b",
    r"교육|강의|연수|훈련|세션|회차|\btrain\w*|\bsessions?\b|\bcourse\w*|\blecture\w*|\bclinic\b",
    r"행사|회의|모임|설명회|상담회|\bevents?\b|\bmeet\w*|\bbriefing\w*|\bconference\w*|\bgathering\w*",
    r"대출|융자|차관|빌리|빌려|차입|\bloans?\b|\bborrow\w*|\blend\w*|\bcredit\b",
    r"금리|이자|이율|\binterest\b|\brates?\b",
    r"비율|비중|몫|지분|차지|\bshares?\b|\bratio\b|\bproportion\b|\baccount(?:s|ed)? for\b|\btook\b",
    r"우대|할인|감면|낮[은춰게]|\bdiscount\w*|\bpreferential\b|\blower\w*|\bbetter\b|\breduc\w+|\boff\b",
    r"가점|점을 더|추가 점수|bonus|\bextra\b|\bpoints?\b|점",
    r"여러|다양|복수|\bseveral\b|\bvarious\b|\bmultiple\b|\bmany\b|갖가지",
    r"전체|온 |전 과정|모두|모든|전부|전액|통틀어|누구나|\ball\b|\bwhole\b|\bentire\w*|\bevery\w*|\bfull\b|\boverall\b|\bin total\b|\banyone\b|일률",
    r"함께|같이|공동|동반|더불어|\btogether\b|\bjoint\w*|\bshar(?:e|ed|ing)\b|\bboth\b|\balong\b|\bbeside\b|한데|혼합",
    r"제외|빼고|대상이 아|안 됩|\bexclud\w*|\bexempt\w*|\bexcept\b|\bdoes not apply\b|\bnot eligible\b",
    r"대상|자격|요건|조건|기준|\beligib\w+|\bqualif\w+|\bcriteri\w+|\bconditions?\b|\brequire\w*|\bneed\w*|\bmust\b|해야|여야|필요|충족",
    r"가능|수 있|허용|\bcan\b|\bmay\b|\ballow\w*|\bpossible\b|\bpermit\w*|\baccept\w*|\bwelcome\b",
    r"늘[어었릴리려립린림]|확대|넓[히혀힘]|증가|강화|키[우움]|더해|\bincreas\w+|\bexpan\w+|\bwid(?:e|er|en\w*)\b|\brais\w+|\bgr[eo]w\w*|\brise\w*|\brose\b|\bmore\b|\bstronger\b|\blarger\b|\blonger\b|길어",
    r"줄[어었이]|축소|감소|낮[추춘]|\bdecreas\w+|\breduc\w+|\bless\b|\bfewer\b|\bfell\b",
    r"시작|개시|착수|부터|여는|개장|\bstart\w*|\bbeg[ia]n\w*|\bopen(?:s|ed|ing)?\b|\bfrom\b|\bsince\b|이후",
    r"완료|마[쳤친침쳐]|끝[나낸냄난]|다 지|완공|\bcomplet\w+|\bfinish\w*|\bdone\b|\bover\b|\bend(?:s|ed)?\b",
    r"취소|철회|\bcancel\w*|\bcalled off\b|\bwithdr\w+|중단",
    r"변경|바뀌|바꾸|바꿈|정정|연기|옮[기겨긴김]|\bchang\w+|\bcorrect\w+|\bmov(?:e|ed|es|ing)\b|\bpostpon\w+|\bextend\w*",
    r"확정|정해|\bfix\w*|\bfinal\w*|\bconfirm\w*|\bset\b|\bsettled\b|\bdecid\w+|결정|고정",
    r"무료|공짜|무상|\bfree\b|\bno (?:fee|charge|cost)\b|\bpay nothing\b|\bat no cost\b",
    r"약\b|안팎|내외|쯤|정도|가량|무렵|\babout\b|\bsome\b|\baround\b|\bapproximat\w+|\broughly\b|여 ?개",
    r"사용|이용|활용|쓰[이는임일]|쓸|\bus(?:e|es|ed|ing|able)\b|\busage\b",
    r"투자|출자|\binvest\w*",
    r"보증|담보|\bguarant\w+|\bsecurity\b|\bbonds?\b|\bsecur\w+",
    r"계약|수주|\bcontract\w*|\bawards?\b|\borders?\b|\bdeals?\b",
    r"수출|팔|판매|\bexport\w*|\bsold\b|\bsell\w*|\bsales?\b",
    r"정보|자료|데이터|\binformation\b|\bdata\w*|\bmaterials?\b|\bdocuments?\b|서류",
    r"진출|나가|나간|\bpresence\b|\bgo(?:es|ing)? abroad\b|\benter(?:s|ing)?\b|\bentry\b|\bexpand\w*",
    r"컨소시엄|공동 ?수급|\bconsorti\w+",
    r"신생|스타트업|창업|\bstart-?ups?\b",
    r"사무소|무역관|지원단|센터|\bcent(?:er|re)s?\b|\boffices?\b",
    r"전문위원|전문가|\bexperts?\b|\bspecialists?\b|\bconsult\w+",
    r"공무원|관계자|담당자|인사|직원|인력|인원|\bofficials?\b|\bstaff\b|\bemployees?\b|\bpersonnel\b|\bworkers?\b|\bpeople\b|고용|명",
    r"통합|종합|\bintegrat\w+|\bcomprehensiv\w+|\bcombin\w+|\bunified\b",
    r"기존|종전|이전|지금까지|당초|원래|\bexisting\b|\bprevious\w*|\bearlier\b|\bformer\w*|\boriginal\w*|\balready\b|이미|\bused to\b|\bfirst announced\b",
    r"새|신규|신설|\bnew(?:ly)?\b",
    r"매년|해마다|연간|연 \d|한 해|1년에|\bannual\w*|\byearly\b|\b(?:a|per|each|every) year\b",
    r"분기|\bquarter(?:ly|s)?\b",
    r"의장|위원장|주재|\bchair\w*|\bhead(?:s|ed)?\b|\bpresid\w+",
    r"본사|본점|\bheadquarters?\b|\bhead office\b",
    r"구성원|회원|\bmembers?\b|참여사",
    r"주관사|대표사|\bleader\b|\blead(?:s|ing)?\b|이끄|이끌|앞장|주도",
    r"요일|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\([월화수목금토일]\)",
    r"시각|시간|오전|오후|\btime\b|\bo'clock\b|\b[ap]\.?m\b|:00|시\b",
    r"대기업|대·중소|\blarge\b|\bbig compan\w*",
    r"중견|\bmid(?:dle)?[- ]?(?:size|sized|tier|cap|market|level)",
    r"중소|\bSMEs?\b|\bsmall(?:er)?\b",
    r"신청할 수|받을 수|응모할 수|\bcan apply\b|\bmay apply\b|\beligible\b|\bqualify\b",
    r"닫|폐쇄|\bclosed\b|\bshut\b|\bclosing down\b",
    r"재개|다시|\bre-?open\w*|\bcame back\b|\bagain\b|\brestart\w*",
    r"통보|통지|\bnotif\w+|\bdecisions? (?:are|is) sent|\binform(?:s|ed)?\b|알[려린립]",
    r"경험|실적|경력|업력|\bexperience\b|\brecord\b|\breferences?\b|\bin business\b|\btrack record\b",
    r"용역|서비스|\bservices?\b",
    r"사업|과제|프로젝트|프로그램|\bprojects?\b|\bprograms?\b|\bprogrammes?\b|\btasks?\b|\bschemes?\b",
    r"협력|교류|손잡|\bcooperat\w+|\bcollaborat\w+|\bpartner\w*|\bwork together\b",
    r"전시|박람회|엑스포|페어|\bexhibit\w*|\bexpo\b|\bfairs?\b|\bstands?\b|\bpavilions?\b|\bbooths?\b",
    r"모집|공모|\bcall(?:s)? for\b|\brecruit\w*|\binvit\w+|초청",
    r"숙박|호텔|\bhotels?\b|\baccommodation\b|\blodging\b|1박",
    r"항공|\bair ?(?:ticket|fare)s?\b|\bflights?\b",
    r"통역|\binterpret\w*",
    r"언어|영어|한국어|\blanguages?\b|\bin English\b|\bin Korean\b",
    r"홈페이지|누리집|웹사이트|\bwebsite\b|\bweb page\b|\bhomepage\b|포털|\bportal\b",
    r"온라인|비대면|화상|\bonline\b|\bvirtual\w*|\bwebinar\b",
    r"이자|수수료|\bfees?\b|\bcommission\b",
    r"예산|재원|자금|\bbudget\w*|\bfund(?:s|ed|ing)?\b|\bmoney\b|\bfinanc\w+|돈",
    r"소진|떨어지|바닥|\bused up\b|\bexhaust\w*|\brun(?:s)? out\b",
    r"평가|심사|\bevaluat\w+|\bassess\w*|\bscor\w+|\breview\w*|\bexamin\w*|검토",
    r"상환|갚|거치|\brepa\w+|\bpa(?:y|id) back\b",
    r"국세|지방세|세금|부가가치세|부가세|\btax\w*|\bVAT\b",
    r"중앙정부|정부|부처|\bgovernment\w*|\bministr\w+|범부처",
    r"하위|\bsub-?\w*|분과|\bsections?\b|\bcommittee\w*|위원회|협의회|\bcouncil\b",
    r"고위험|초위험|\brisk\w*|위험",
    r"손실|\bloss\w*|손해",
    r"현장|방문|\bon[- ]?site\b|\bin[- ]person\b|직접|\bvisit\w*",
    r"관람|입장|들어[가갈]|\bvisitors?\b|\badmission\b|\benter\b",
)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _CONCEPTS)

# Words that relate things without saying anything of their own, by their forms in ``analyze``.
LIGHT = frozenset(
    """
    가운데 각각 경우 관련 기준 내용 당시 대상 동안 등 또한 마련 만큼 면 방식 방안 별도 부분 사항 상황 속하 수준 시 실시 아래 안 약 여부 역시 예정 우리 위치 의미 이내 이번
    이하 이상 자료 전체 점 정도 제도 진행 쪽 차지 총 최대 최소 추가 측 통해 포함 하나 한편 해당 현재 형태 확인 활동 가능 필요 이루어지 따르 밝히 나타나 갖 두 들어가 드
    다루 열리 맺 세우 쓰이 잡히 나서 가지 맡 이르 속 뜻 셈 이용 실제 관계 기타 일부 안내 문서 공고 안내문 규모 자리 덧붙 알려지 알리 나뉘 이어지 걸치
    accord actual addit amount appear becom belong besid between bring call come concern consist contain due dure each ecer
    exist follow form further general get give go goe gone held hold howev includ involv item keep kind known let lie list made main make
    mean name note number offer part particip per place point provid put relat remain respect run say see serv set state still stand
    such take taken thing time took total toward use various way well while within word year yet one two get aim estim charg
    hand count everi each after percentag percent krw usd eur million billion trillion old add most job sinc also until last past person put becaus accordingli altogeth approxim around bit current document guid notic sourc text first
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable at this length
)

# Of each group only one can hold of the same matter. Compared clause by clause.
_CONTRASTS: tuple[tuple[str, ...], ...] = (
    (
        r"소상공인|\bmicro[- ]?enterprises?",
        r"중소(?:기업|·)|\bSMEs?\b|\bsmall(?:er)?\b",
        r"중견|\bmid(?:dle)?[- ]?(?:size|sized|tier|cap|market|level)",
        r"대기업|대·중소|\blarge (?:compan|firm|enterprise|corporation)\w*|conglomerate|\bbig (?:compan|firm)\w*",
    ),
    (
        r"시작|개시|여는|열리는|\bopen(?:s|ed|ing)?\b|\bstart(?:s|ed|ing)?\b|\bbeg[ia]n\w*",
        r"마감|종료|끝나|닫|\bshut\b|\bclos(?:e|es|ed|ing)\b|\bdeadline\b|\bend(?:s|ed)?\b|\bdue\b",
    ),
    (r"공개|\bpublic(?:ly)?\b|\bin public\b", r"비공개|behind closed doors|\bprivately\b|\bconfidential\w*"),
    (r"고정|\bfixed\b", r"변동|바뀌|\bvariable\b|\bfloat\w*|시장 금리"),
    (r"\bofficial\b|(?<!비)공식", r"unofficial|비공식|informal"),
    (r"정부 간|정부간|government-to-government|\bG2G\b", r"\bprivate\b|민간"),
    (r"당초대로|당초와 같|그대로|변경 없|unchanged|as (?:first )?announced|\bremains?\b", r"줄었|늘었|옮[겨기]|\bmoved\b|\bchanged\b|\bpostpon\w+|연기|변경(?! 없)"),
    (r"재개|다시 (?:문을 )?[열연]|came back|\breopen\w*|\brestart\w*", r"\bwere closed\b|\bwas closed\b|\bshut\b|폐쇄|문을 닫|폐지"),
    (r"하나|한 (?:곳|개|번)|\bone\b|\bsingle\b", r"여러|\bseveral\b|\bmultiple\b|둘 이상"),
    (r"\bsubsidi[sz]\w*|\bgrants?\b|보조금", r"\bloans?\b|대출|융자"),
    (r"상시|수시|\brolling\b|\bongoing\b|계속|소진 시|\bused up\b", r"연말|year[- ]end|end of the year|월말"),
    (r"선착순|\bfirst[- ]come", r"추첨|심사|\bby lot\b|\bdrawn\b|lottery"),
    (r"동쪽|동부|\beast(?:ern)?\b|동남|동북", r"서쪽|서부|\bwest(?:ern)?\b"),
    (r"북쪽|북부|북동|\bnorth\w*", r"남쪽|남부|동남|\bsouth\w*"),
    (r"오전|\ba\.?m\.?\b|\bmorning\b", r"오후|\bp\.?m\.?\b|\bafternoon\b|\bevening\b"),
    (r"국내|\bdomestic\b|\bat home\b", r"해외|국외|\boverseas\b|\babroad\b"),
    (r"선진국|\badvanced\b|\bdeveloped\b", r"개도국|개발도상국|\bdeveloping\b"),
    (r"저소득|\blow[- ]income\b", r"중소득|\bmiddle[- ]income\b", r"고소득|\bhigh[- ]income\b"),
    (r"수도권(?! (?:밖|외))|\bin the capital area\b", r"수도권 (?:밖|외)|비수도권|\boutside the capital"),
    (r"환급|돌려|\brefund\w*|\bpaid back\b|반납", r"보관|\bkeep\b|\bkept\b|그대로 가"),
    (r"성공|\bsuccess\w*", r"실패|\bfail\w*"),
    (r"\brise\b|\brose\b|\bup from\b|상승|올[랐라]|\bhigher\b", r"\bfell\b|\bdown from\b|하락|내[렸려]|\blower\b"),
    (r"\bbuyers?\b|바이어|구매자", r"\bsellers?\b|판매자|공급자"),
    (r"무료|무상|free of charge|\bno (?:fee|charge)|pay nothing", r"유료|[비료][는가] 있|[비료]를 (?:내|받)|is charged|must pay|a fee of"),
    (r"확대|증가|인상|상향|늘[어리려렸]|증액|\bincreas\w+|\bexpan[ds]\w+|\bgrew\b", r"축소|감소|인하|하향|줄[어이였]|감액|\bdecreas\w+|\bshr[iu]nk\w*"),
    (r"상반기|['’‘]?\d{2}\.?上|first half|H1\b", r"하반기|下|second half|latter half|H2\b"),
    (r"온라인|비대면|\bonline\b|\bvirtual", r"오프라인|(?<!비)대면|\boffline\b|\bin[- ]person\b|\bon[- ]site\b"),
    (r"수출|\bexport\w*", r"수입(?!금)|\bimport(?!an)\w*"),
    (r"이미|\balready\b", r"새로 만들|신설 예정|\bto be (?:newly )?(?:created|set up|established)\b|still to be"),
)  # fmt: skip
_GROUPS = tuple(tuple(re.compile(side, re.IGNORECASE) for side in group) for group in _CONTRASTS)


@lru_cache(maxsize=4096)
def concept_spans(text: str) -> tuple[tuple[int, int, int], ...]:
    """Where concepts are worded in ``text``: start, end and the number of the concept."""
    return tuple(
        (match.start(), match.end(), number)
        for number, pattern in enumerate(_PATTERNS)
        for match in pattern.finditer(text)
    )


def concepts(text: str) -> frozenset[int]:
    """The numbers of the concepts that ``text`` words."""
    return frozenset(number for _, _, number in concept_spans(text))


def contrast(claim: str, source: str) -> str:
    """The words by which ``claim`` says one of two things that exclude one another while ``source`` says only the other."""
    for group in _GROUPS:
        claimed = [side.search(claim) for side in group]
        said = [side.search(source) is not None for side in group]
        if any(said) and any(claimed) and not any(c and s for c, s in zip(claimed, said, strict=True)):
            return next(match.group() for match in claimed if match)
    return ""
