"""A paper that is only taken for a tender notice by its words, and calls for no bids, gives no tender."""

from __future__ import annotations

import pytest
from scoring import read_paper

from assistant.types import RecordType

NO_CALLS = {
    "ko-press": "# 협력센터, 네 도시에 문 열어\n\n센터는 입찰에 나선 우리 기업을 돕습니다.\n\n"
    "또 협력센터가 새 사업을 찾고 입찰에 나선 우리 기업을 적극 돕습니다.\n",
    "ko-plan": "# 국제기구 협력 안내\n\n- 담당 부처: 국토교통부\n- 기한: 2020년 상반기\n\n입찰 방법은 이 자료에 없습니다.\n",
    "en-press": "# Centers open in four cities\n\nThe centers help companies that bid. Questions are taken until June 30, 2020.\n",
}
CALLS = {
    "ko": "# 새빛시 물관리 시스템 구축\n\n- 발주처: 새빛시 상수도국\n- 사업 예산: 3억원\n- 입찰서 제출 마감: 2027년 3월 5일(금) 18:00\n",
    "en": "# Water control system for Harbour City\n\n- Buyer: Harbour City Water Office\n- Budget: USD 2 million\n"
    "- Bids due: March 5, 2027\n",
}


@pytest.mark.parametrize("paper", NO_CALLS.values(), ids=NO_CALLS)
def test_a_word_about_bids_makes_no_tender(paper: str) -> None:
    found = read_paper(paper, published="2027-01-05", kind="tender_notice").found
    assert [record for record in found.records if record.type is RecordType.TENDER] == []


@pytest.mark.parametrize("paper", CALLS.values(), ids=CALLS)
def test_a_call_without_a_tenders_title_is_one_by_what_it_states(paper: str) -> None:
    found = read_paper(paper, published="2027-01-05", kind="tender_notice").found
    (tender,) = [record for record in found.records if record.type is RecordType.TENDER]
    assert tender.deadline is not None
    assert tender.amount is not None
