"""What a question is about, in the desk's seven topics."""

from __future__ import annotations

import re

from assistant.desk.contract.fields import Topic

# In this order; the first topic whose words stand most often in the question wins.
_WORDS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "eligibility",
        re.compile(
            r"자격|대상|가능한가|받을\s?수\s?있|신청할\s?수|해당되|요건|중견기업|중소기업|eligib|qualif|can (?:we|i) (?:apply|get|join)|"
            r"are we|requirement",
            re.I,
        ),
    ),
    (
        "financing",
        re.compile(
            r"금융|대출|융자|보증|보험|펀드|기금|금리|한도|수은|수출입은행|무보|무역보험|투자|차관|financ|loan|guarantee|insur|fund|"
            r"interest|credit|invest|EDCF|EDPF|KEXIM|K-SURE|PIS",
            re.I,
        ),
    ),
    (
        "tenders",
        re.compile(r"입찰|발주|공고|제안서|수주|낙찰|tender|\bbids?\b|bidding|procure|proposal|contract", re.I),
    ),
    (
        "events",
        re.compile(
            r"행사|설명회|상담회|전시회|박람회|로드쇼|세미나|포럼|초청|일정|event|fair|expo|exhibition|seminar|forum|roadshow|webinar|mission",
            re.I,
        ),
    ),
    (
        "contacts",
        re.compile(
            r"연락처|전화|담당|문의|누구|어디에|센터|창구|contact|phone|who (?:do|should|can|is)|whom|call|desk|center|office",
            re.I,
        ),
    ),
    (
        "programs",
        re.compile(
            r"지원\s?사업|프로그램|지원금|보조금|자금|바우처|사업|program|grant|subsid|support|scheme|voucher|pilot",
            re.I,
        ),
    ),
)


def topic_of(question: str) -> Topic:
    """The topic whose words the question uses most; of equals the more particular one, ``other`` for none."""
    counts = [(len(pattern.findall(question)), -place, topic) for place, (topic, pattern) in enumerate(_WORDS)]
    count, _, topic = max(counts)
    return topic if count else "other"
