"""Invented notices and guides of both languages, and a workspace that holds them with the embedder that users get."""

from __future__ import annotations

from pathlib import Path

from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.workspace import Workspace

PAPERS: dict[str, str] = {
    "ko-fund.md": """\
# 하람 수출기금 안내

## 1. 지원 조건

| 구분 | 지원 비율 | 사업당 한도 |
|---|---|---|
| 중소기업 | 70% | 2억원 |
| 중견기업 | 50% | 1억원 |

- 하람 수출기금의 총 규모는 1,200억원*

\\* 정부가 출자한 300억원을 포함

- 하람 수출기금의 금리는 연 2.5%이며 거치기간은 3년

## 2. 운영 기관

- 하람 수출기금은 수출입은행이 운영하고 무역보험공사가 보증

## 3. 신청 방법

- 하람 수출기금 신청서는 전자우편으로 접수하며 처리에는 30일이 걸림
""",
    "en-fund.md": """\
# Guide to the Miru Export Fund

## Terms of the fund

The Miru Export Fund holds KRW 80 billion and lends at an interest rate of 3.1% a year.

The Miru Export Fund covers up to 60% of project costs for small companies, with a cap of KRW 150 million per project.

## Who runs it

The Miru Export Fund is run by the Export-Import Bank of Korea (KEXIM).
""",
    "ko-plan.md": """\
# 가람 협력센터 설립 계획

## 추진 계획

- 국토교통부는 하노이에 가람 협력센터를 ’19.下 설립할 계획
""",
    "ko-opened.md": """\
# 가람 협력센터 소식

## 개소

- 하노이 가람 협력센터가 2020년 7월 1일 문을 열었고 직원 5명이 근무
""",
    "ko-plaza.md": """\
# 2027 누리시 물산업 상담회 참가기업 모집

## 행사 개요

- 일시: 2027. 3. 9.(화)~10.(수), 10:00~17:00
- 장소: 누리시 전시관
- 주최: 누리시 물산업지원센터
- 신청 마감: 2027. 1. 15.(금) 18:00까지
""",
    "en-roadshow.md": """\
# Smart Water Roadshow Jakarta 2027: call for participants

## The event

| Item | Content |
|---|---|
| Dates | May 11–12, 2027 (Tuesday and Wednesday) |
| Place | Example Hall, Jakarta, Indonesia |
| Host | Example Water Export Association |

## How to register

Registration closes on Friday, February 26, 2027, 18:00 Korean time.
""",
    "ko-past-day.md": """\
# 2026 누리시 교통기술의 날 안내

## 행사 개요

- 일시: 2026. 4. 14.(화), 10:00~17:00
- 장소: 누리시 회의장
- 주최: 누리시 교통지원센터
""",
    "ko-webinar.md": """\
# 두바이 스마트에너지 온라인 설명회 안내

## 행사 개요

- 일시: 2027. 1. 21.(목) 16:00~17:30
- 장소: 온라인
- 주최: 예시에너지협회
""",
    "ko-webinar-cancelled.md": """\
# [취소] 두바이 스마트에너지 온라인 설명회 취소 안내

예시에너지협회는 2027. 1. 21.(목)에 열기로 한 「두바이 스마트에너지 온라인 설명회」를 취소합니다.
""",
    "ko-tender.md": """\
# [입찰공고] 베트남 하람시 교통신호 구축사업

## 입찰 개요

- 발주처: 베트남 하람시 교통국
- 사업명: 하람시 교통신호 구축사업
- 예산: 미화 1,500만불
- 입찰서 제출 마감: 2026. 12. 18.(금) 17:00
""",
    "ko-tender-extended.md": """\
# [정정공고] 베트남 하람시 교통신호 구축사업 제출 마감 연장

「베트남 하람시 교통신호 구축사업」의 입찰서 제출 마감을 다음과 같이 연장합니다.

| 구분 | 당초 | 변경 |
|---|---|---|
| 입찰서 제출 마감 | 2026. 12. 18.(금) 17:00 | 2027. 1. 8.(금) 17:00 |
""",
    "en-tender.md": """\
# Tender notice: Safety platform for the city of Samirkent

## Summary

- Buyer: City of Samirkent, Uzbekistan
- Project: Safety platform
- Budget: USD 4.2 million
- Deadline for bids: January 29, 2027, 15:00
""",
    "ko-voucher.md": """\
# 2027 도시 실증 바우처 참여기업 모집 공고

## 사업 개요

- 지원 대상: 창업 7년 이내 중소기업
- 지원 내용: 기업당 최대 5,000만원
- 접수 기간: 2027. 2. 1.(월) ~ 2027. 2. 26.(금) 18:00
- 신청 방법: 전자우편 접수
""",
}
_MANIFEST = """\
- {file: ko-fund.md, publisher: 예시금융원, published: 2026-09-01, kind: guide}
- {file: en-fund.md, publisher: Example Finance Institute, published: 2026-08-03, kind: guide}
- {file: ko-plan.md, publisher: 국토교통부, published: 2019-03-04, kind: policy}
- {file: ko-opened.md, publisher: 국토교통부, published: 2020-07-02, kind: press_release}
- {file: ko-plaza.md, publisher: 누리시 물산업지원센터, published: 2026-11-02, kind: event_notice}
- {file: en-roadshow.md, publisher: Example Water Export Association, published: 2026-11-05, kind: event_notice}
- {file: ko-past-day.md, publisher: 누리시 교통지원센터, published: 2026-03-02, kind: event_notice}
- {file: ko-webinar.md, publisher: 예시에너지협회, published: 2026-10-05, kind: event_notice}
- {file: ko-webinar-cancelled.md, publisher: 예시에너지협회, published: 2026-11-10, kind: event_notice}
- {file: ko-tender.md, publisher: 예시무역센터, published: 2026-10-12, kind: tender_notice}
- {file: ko-tender-extended.md, publisher: 예시무역센터, published: 2026-11-12, kind: tender_notice}
- {file: en-tender.md, publisher: Example Trade Center, published: 2026-11-03, kind: tender_notice}
- {file: ko-voucher.md, publisher: 예시진흥원, published: 2026-11-16, kind: event_notice}
"""


def fill(folder: Path, data: Path) -> Workspace:
    """An open workspace in ``data`` that holds every paper; ``folder`` takes the files."""
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "manifest.yaml").write_text(_MANIFEST, encoding="utf-8")
    workspace = Workspace(Settings(data_dir=data, parse_processes=0))
    report = IngestReport()
    list(workspace.pipeline.ingest([folder], report))
    assert report.failures == []
    return workspace
