"""Measure the matching of names by sound: ``python -m evals.transliteration``.

True pairs are places and countries of the termbase whose Korean name is the foreign one in Hangul, and loanwords listed here. False pairs
are the same Korean words with other English ones: drawn at random, and near misses, whose sound comes closest. The decision measured is
``assistant.text.transliteration.match`` on words as they are written, and ``match_stem``, which retrieval uses, on their stems as the
index holds them.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from assistant.text.morphemes import forms
from assistant.text.termbase import Termbase
from assistant.text.transliteration import match, match_stem, skeleton

RANDOM_EACH = 6
NEAR_EACH = 6
_SEED = 20261122
_SAME_START = 4
_KOREAN = re.compile(r"[가-힣]{2,}")
_ENGLISH = re.compile(r"[A-Za-zÀ-ÿ'-]{3,}")
# Korean names of their own, or with a word such as "republic" or "city" in them: not the English name's sound.
_TRANSLATED = frozenset(
    {
        "Korea", "Japan", "China", "Thailand", "Sudan", "Congo-Kinshasa", "Congo", "Haiti", "Guinea", "Ghana", "Mali", "America", "Germany",
        "Britain", "Australia", "Fiji", "Emirates", "Saudi", "Macedonia", "Timor-Leste", "Taiwan", "Europe", "nationwide", "domestic",
        "overseas", "worldwide", "region", "Indo-Pacific", "Asia-Pacific", "Gwangyangman", "INNOPOLIS", "Technopolis", "Saigon", "Cebu",
    }
)  # fmt: skip
_TAIL = re.compile(r"(?:시|도|군|구|섬)$")
LOANWORDS = """
    가이드라인 guideline, 그린 green, 글로벌 global, 네트워크 network, 노하우 know-how, 뉴스레터 newsletter,
    달러 dollar, 데이터 data, 드론 drone, 디자인 design, 디지털 digital, 라이선스 licence, 레이더 radar,
    로드맵 roadmap, 로드쇼 roadshow, 로봇 robot, 리스크 risk, 마스터플랜 masterplan, 마케팅 marketing, 매뉴얼 manual,
    메자닌 mezzanine, 멘토링 mentoring, 모니터링 monitoring, 모델 model, 모듈 module, 모바일 mobile, 미디어 media,
    바우처 voucher, 바이어 buyer, 바이오 bio, 배터리 battery, 벤처 venture, 브랜드 brand, 브로슈어 brochure,
    블록체인 blockchain, 비전 vision, 비즈니스 business, 서버 server, 서비스 service, 세미나 seminar, 센서 sensor,
    센터 center, 소프트웨어 software, 솔루션 solution, 스마트 smart, 스타트업 startup, 스튜디오 studio,
    시나리오 scenario, 시뮬레이션 simulation, 시스템 system, 아카데미 academy, 알고리즘 algorithm,
    얼라이언스 alliance, 업그레이드 upgrade, 에너지 energy, 엑스포 expo, 엔지니어 engineer, 오픈 open, 온라인 online,
    올림픽 olympic, 워크숍 workshop, 웨비나 webinar, 이니셔티브 initiative, 이메일 e-mail, 인센티브 incentive,
    인큐베이터 incubator, 인터넷 internet, 인프라 infra, 카탈로그 catalogue, 카메라 camera, 캠퍼스 campus,
    캠페인 campaign, 컨설팅 consulting, 컨설턴트 consultant, 컨소시엄 consortium, 컨퍼런스 conference,
    컴퓨터 computer, 콘텐츠 contents, 콜센터 callcenter, 클라우드 cloud, 클러스터 cluster, 클리닉 clinic,
    키오스크 kiosk, 터미널 terminal, 터널 tunnel, 테스트베드 testbed, 트랙 track, 트럭 truck, 트렌드 trend,
    파일럿 pilot, 파트너 partner, 패키지 package, 퍼센트 percent, 펀드 fund, 포럼 forum, 포털 portal,
    포트폴리오 portfolio, 프로그램 program, 프로젝트 project, 프로토콜 protocol, 프리미엄 premium, 플라자 plaza,
    플랜트 plant, 플랫폼 platform, 피칭 pitching, 하드웨어 hardware, 허브 hub, 호텔 hotel, 홈페이지 homepage
"""


@dataclass(frozen=True, slots=True)
class Result:
    """How often pairs of one sort were taken for one name."""

    sort: str
    pairs: int
    matched: int

    @property
    def share(self) -> float:
        """Of the pairs, those that matched."""
        return self.matched / self.pairs if self.pairs else 0.0


def name_pairs() -> list[tuple[str, str]]:
    """Korean and English names of places and countries that sound alike by origin, from the termbase."""
    pairs = []
    for term in Termbase.load().terms:
        if term.kind not in ("place", "country"):
            continue
        korean = next((form for form in term.korean if _KOREAN.fullmatch(form) and not _TAIL.search(form)), None)
        english = next((form for form in term.english if _ENGLISH.fullmatch(form)), None)
        if korean and english and english not in _TRANSLATED:
            pairs.append((korean, english))
    return pairs


def loanword_pairs() -> list[tuple[str, str]]:
    """Korean loanwords and the English words that they are."""
    return [(korean, english) for korean, english in (pair.split() for pair in LOANWORDS.split(","))]


def false_pairs(true: Sequence[tuple[str, str]], words: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Wrong pairs by sort: each Korean word of ``true`` with words drawn at random and with those whose sound comes closest."""
    draw = random.Random(_SEED)
    sounds = {word: skeleton(word) for word in words}
    right: dict[str, list[str]] = {}
    for korean, english in true:
        right.setdefault(korean, []).append(_bare(english))
    found: dict[str, list[tuple[str, str]]] = {"random": [], "near miss": []}
    for korean, known in right.items():
        # Other spellings and inflections of the right word, and words that sound exactly as it does, are no mistakes of the ear.
        sound = {skeleton(word) for word in known}
        others = [
            word
            for word in words
            if sounds[word] not in sound and not any(_bare(word)[:_SAME_START] == one[:_SAME_START] for one in known)
        ]
        found["random"] += [(korean, word) for word in draw.sample(others, RANDOM_EACH)]
        own = skeleton(korean)
        near = sorted(others, key=lambda word: (-Levenshtein.normalized_similarity(own, sounds[word]), word))
        found["near miss"] += [(korean, word) for word in near[:NEAR_EACH]]
    return found


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c.isascii() and c.isalpha())


def measure(
    pairs: dict[str, list[tuple[str, str]]],
    spelt: Callable[[str], str] = str.lower,
    decision: Callable[[str, str], float] = match,
) -> list[Result]:
    """How many pairs of each sort match by ``decision``, with English words as ``spelt`` gives them."""
    return [
        Result(sort, len(listed), sum(decision(korean, spelt(english)) > 0 for korean, english in listed))
        for sort, listed in pairs.items()
    ]


def stem(word: str) -> str:
    """A word as the index holds it; the last form where it is several."""
    return (forms(word) or [word.lower()])[-1]


def pairs_by_sort() -> dict[str, list[tuple[str, str]]]:
    """All pairs to be measured, true sorts first."""
    names, loans = name_pairs(), loanword_pairs()
    words = {
        form.lower() for term in Termbase.load().terms for form in term.english if form.isascii() and form.isalpha()
    }
    words |= {english.lower() for _, english in (*names, *loans)}
    return {"names": names, "loanwords": loans, **false_pairs([*names, *loans], sorted(w for w in words if len(w) > 2))}


def table(pairs: dict[str, list[tuple[str, str]]]) -> str:
    """Shares that match, recall and precision in Markdown."""
    lines = ["| pairs | number | matched, as written | matched, as stems |", "| --- | ---: | ---: | ---: |"]
    written, stemmed = measure(pairs), measure(pairs, stem, match_stem)
    lines += [
        f"| {one.sort} | {one.pairs} | {one.share:.3f} ({one.matched}) | {other.share:.3f} ({other.matched}) |"
        for one, other in zip(written, stemmed, strict=True)
    ]
    for name, results in (("as written", written), ("as stems", stemmed)):
        true = sum(r.matched for r in results[:2])
        every = sum(r.matched for r in results)
        lines.append("")
        lines.append(
            f"{name}: recall {true / sum(r.pairs for r in results[:2]):.3f}, "
            f"precision {true / every:.3f} over all these pairs, {true / (true + results[2].matched):.3f} without the near misses"
        )
    return "\n".join(lines)


def main() -> int:
    """Print the table, and the pairs that went wrong when asked with ``--failures``."""
    pairs = pairs_by_sort()
    print(table(pairs))
    if "--failures" in sys.argv[1:]:
        for sort, listed in pairs.items():
            wrong = [
                f"{korean} {stem(english)}"
                for korean, english in listed
                if (match_stem(korean, stem(english)) > 0) == (sort in ("random", "near miss"))
            ]
            print(f"\n{sort}: {', '.join(wrong)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
