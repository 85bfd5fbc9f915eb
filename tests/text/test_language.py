from __future__ import annotations

import pytest
from samples import SAMPLES

from assistant.text.language import detect_language, has_hangul
from assistant.types import Language


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_paper_is_in_the_language_it_is_written_in(language: Language) -> None:
    assert detect_language(SAMPLES[language]) == language


def test_korean_sentence_full_of_latin_names_is_korean() -> None:
    assert detect_language("PIS fund와 K-SURE guarantee는 어떻게 다릅니까?") == "ko"


def test_english_sentence_with_one_korean_name_is_english() -> None:
    assert detect_language("What does the guarantee of 무보 cover for small and mid-size exporters?") == "en"


MIXED: dict[Language, str] = {
    "en": """
        What is the 시장개척자금 지원한도?
        When does the 글로벌 스마트시티 해외수출상담회 take place?
        Who is in charge of the 해외건설촉진법 시행령 개정?
        What does 스마트도시 해외진출 지원센터 do?
        Is 한국해외인프라도시개발지원공사 the same as KIND?
        How much can 중소기업 get from 시장개척자금?
        Deadline for 실증바우처 지원사업?
        Tell me about 대외경제협력기금 and 경협증진자금.
        Difference between 대외경제협력기금 and 경제발전경험공유사업?
        Where is the 한-아세안 특별정상회의 스마트시티페어?
        What's 무역보험공사 특별계정?
        Can a 중견기업 apply for the 컨소시엄 대출?
        Which 경제자유구역 has the largest area?
        How do I contact 국토교통부 도시경제과?
        Explain 전통신도시형 please
        Does the 수출보증보험 cover 스타트업 too?
        Is there a fee for 방콕 로드쇼 참가기업 모집?
        What is meant by 개도국 맞춤형 스마트시티 모델?
        List the 7대 서비스 of the 한국형 스마트시티
        Are 대기업 excluded from 입찰 교섭비용 지원사업?
        인천경제자유구역청: what did it present?
        In 해외도시개발 지원센터, how many staff are there?
        Under 시장개척자금, what share do SMEs pay?
        Any update on 협력센터 하노이?
        size of the 글로벌인프라펀드
        the 플랜트건설스마트시티펀드's size?
        I'd like to know the 신청기간 of 수출 초보기업 지원사업
        We are a 스타트업, can we join 스마트시티 얼라이언스?
        중견기업 eligible for 바우처?
        How long is 공고기간?
        what's 지원비율
        Does 한국수출입은행 or 한국무역보험공사 run the special account?
        contact for 코트라 지역센터
        So which 협력센터 opened first?
        Whose job is the 해외진출 종합정보망 구축?
        We're a 중소기업 in 강원도, is the 엑스포트 스타터 open to us?
        Could you give me the phone number of 한국무역협회?
        and the 국토부?
        OK, and 중견기업?
        Which countries has the 국토교통과학기술진흥원 worked with?
        When did 문재인 정부 announce 8대 혁신성장 선도사업?
        Has the 하노이 협력센터 opened yet?
        What documents does the 보증료 지원사업 require?
        My company is in 충북, do I qualify for 수출 스타터?
        what happens after 예비타당성조사?
        As of 2026, is 해외건설 수주지원단 still around?
        Please summarise 한-네덜란드 공동선언문 for me
        by when must 제안서 be submitted?
        If 컨소시엄 has a 대기업 member, can we still borrow?
        not 수은 but 무보, right?
        사마르켄트 tender: who is the buyer?
        how big is 압둘라 신도시
    """,
    "ko": """
        PIS fund of funds의 size는 얼마입니까?
        Smart City Alliance에 어떻게 join하나요?
        K-City Network Global Cooperation Program 신청 기간은?
        KIND와 KOTRA의 role 차이가 뭔가요?
        What's new라는 코너는 어디 있나요?
        EDCF loan interest rate 알려줘
        Export Starter deadline 언제까지?
        MOU signing with Netherlands 날짜
        Bangkok Roadshow venue 어디예요?
        Consortium Loan Program 금리 얼마
        Global Smart City Business Fair in Busan은 몇 월에 열려요?
        KOTRA on the Move 신청 방법
        Smart Water Management in Indonesia tender 마감일
        Demonstration Voucher는 startup도 되나요?
        Team Korea가 뭐죠?
        Team Korea on the Move란?
        Korea Overseas Infrastructure & Urban Development Corporation의 약자는?
        The Line 프로젝트 참여 기업은?
        ODA sector GDP per capita 기준
        World Bank Group의 IFC는?
        Incheon Free Economic Zone 면적
        U-City에서 Smart City로 바뀐 이유
        Kota Kinabalu smart city MOU 체결일
        is there라고 되어 있는 부분이 무슨 뜻인가요
        Ministry of Land, Infrastructure and Transport 담당 과
        Smart City Cooperation Center in Hanoi 개소했나요
        G2G MOU follow-up 과제
        bid bond amount 얼마인가요
        Waste bins Colombia tender의 first delivery 일정
        Project Preparation Facility란
        SMEs and mid-sized companies도 신청 가능
        Export Plaza 2027 buyer 몇 명
        WB IDB joint fund 규모
        Kuwait Abdullah New City project 총사업비
        Early Bird 할인 되나요?
        Netherlands cross-testing 장소는
        Team Korea 지원 프로그램 중 SME 대상은?
        Special account at K-SURE의 limit은 어느 정도인지
        G-iBD 그룹의 role
        PIS Fund에서 smart city로 가는 portion은?
        MOLIT Urban Economy Division 전화번호
        Smart City Korea 홈페이지 주소 좀
        Consortium에 large company가 들어가도 되는지
        On the Move 서비스는 무료인가
        this program 신청하려면?
        cap은?
        IDB and World Bank trust fund 비교
        Free Economic Zone Planning Office 담당 업무
        Open call 마감
        Market pioneering fund 70%에서 뭐로 바뀌었나
        Annual fee 있나요
        Samarkand safety platform 입찰 보증금
        Expo 2019 일정 및 장소
    """,
}


@pytest.mark.parametrize(
    ("language", "question"),
    [(language, line.strip()) for language, lines in MIXED.items() for line in lines.strip().splitlines()],
)
def test_a_question_is_in_the_language_of_its_frame_whatever_its_names(language: Language, question: str) -> None:
    assert detect_language(question) == language


def test_an_address_says_nothing_of_the_language() -> None:
    assert detect_language("□ 가상시 스마트도시지원센터 기업지원팀(예시), 02-0000-0000, apply@example.org") == "ko"


@pytest.mark.parametrize("default", ["ko", "en"])
def test_text_without_letters_takes_the_default(default: Language) -> None:
    assert detect_language("2020. 10. 13. (85%)", default=default) == default


@pytest.mark.parametrize(
    ("text", "expected"), [("가", True), ("ㅇ", True), ("\u1112", True), ("漢字 abc", False), ("", False)]
)
def test_hangul_syllables_and_letters_count_as_hangul(text: str, expected: bool) -> None:
    assert has_hangul(text) is expected
