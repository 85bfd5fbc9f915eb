"""Invented papers in the style of the real ones."""

from __future__ import annotations

KOREAN_OUTLINE = """\
Ⅰ. 추진 배경

 ‣‣ 물순환 도시를 새로운 수출 품목으로 육성

□ 가뭄과 홍수가 잦아지면서 물순환 도시에 대한 해외의

관심이 빠르게 커지는 상황

   * 물순환 도시 : 빗물을 모아 다시 쓰는 도시

ㅇ (국내) 시범지구 3곳을 지정(’24.3)하고, 운영 지침을

마련(’24.9)하여 관리 기관을 설립할 예정

ㅇ (해외) 4개국과 협력 약정을 체결

- 2 -

Ⅱ. 추진 계획

1  금융지원

(1) 특별계정 운영

□ 무역보험공사(K-SURE)에 특별계정을 두어 신용 등급이 낮은 나라의

사업까지 보증

   ※ 지원 한도는 사업비의 85% 이내

□ 수출입은행은 금리를 0.3%p 낮추어 대출

2  추진 일정

과제 기한 담당

물순환 특별계정 신설 ’25.上 산업부 무보

협력 센터 개소 ’25.下 국토부

국가별 정보 제공 계속 코트라

- 3 -
"""

ENGLISH_OUTLINE = """\
Water-cycle city exports to get a boost

The ministry will open water-cycle city help desks in Hanoi and Bogota on October 13, 2025. Each desk answers
questions on local tenders and permits.

How companies can take part

Small companies may apply for a grant of up to 70% of their bidding costs. Mr. Park of the help desk said that the
first call closes on November 30, 2025.

* The grant is capped at 30 million won a year.

Contact

Write to the help desk or visit the regional office. Korea Trade Insurance Corporation (K-SURE) offers guarantees.
"""

SAMPLES = {"ko": KOREAN_OUTLINE, "en": ENGLISH_OUTLINE}
