"""A large bilingual corpus from real sentences: texts, morphemes and vectors of any number of chunks without analysing each.

Sentences of the sample corpus, the seeds and the retrieval development sets are analysed and embedded once; chunks are recombined
from them with a seed. A chunk's forms are those of its sentences in order. Its vector is the normalised mean of its sentences' vectors
with a little seeded noise: chunks differ as real ones do, but the vectors carry no more meaning than the time of a search needs.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedder import Embedder
from assistant.index.indexer import indexed_text
from assistant.index.lexical import LexicalEntry
from assistant.settings import load_settings
from assistant.text.language import detect_language
from assistant.text.morphemes import ANALYSIS_VERSION, forms
from assistant.text.normalize import normalize_text
from assistant.text.sentences import split_sentences
from assistant.types import Chunk, Document, DocumentKind, Language, Page, Period, Precision, Span
from assistant.workspace import Workspace
from benchmarks.report import ROOT, folder_mb, memory_mb, progress

_SENTENCE_CHARS = range(15, 251)
_KOREAN_RATIO = 0.7
_CHUNKS_PER_DOCUMENT = 40
_NOISE = 0.25
_BATCH = 5000
_EMBED_BATCH = 256


@dataclass(frozen=True)
class Pool:
    """Sentences of both languages with their forms and vectors ``(n, dim)``, and headings with theirs."""

    sentences: Sequence[str]
    languages: Sequence[Language]
    forms: Sequence[Sequence[str]]
    headings: Sequence[str]
    heading_forms: Sequence[Sequence[str]]
    vectors: NDArray[np.float32]


@dataclass(frozen=True)
class SyntheticDocument:
    """A document with one page, its chunks, and for each chunk its forms and its vector."""

    document: Document
    page: Page
    chunks: Sequence[Chunk]
    entries: Sequence[LexicalEntry]
    vectors: NDArray[np.float32]

    @property
    def texts(self) -> list[str]:
        """What is indexed for each chunk."""
        return [indexed_text(chunk, self.document.title) for chunk in self.chunks]


def load_pool(shared: Path, work: Path, embedder: Embedder, limit: int | None = None) -> Pool:
    """Collect, analyse and embed the sentences, or read them from ``work`` if that was done before.

    Args:
        limit: use only so many sentences, evenly spread; for a quick try.
    """
    sentences = collect_sentences(shared)
    if limit is not None and limit < len(sentences):
        sentences = [sentences[n] for n in np.linspace(0, len(sentences) - 1, limit, dtype=int)]
    headings = [heading for heading, _ in collect_headings()]
    key = hashlib.sha256("\x1f".join([embedder.name, ANALYSIS_VERSION, *sentences, *headings]).encode()).hexdigest()[
        :16
    ]
    texts, vectors = work / f"pool-{key}.json.gz", work / f"pool-{key}.npy"
    if not (texts.exists() and vectors.exists()):
        work.mkdir(parents=True, exist_ok=True)
        np.save(vectors, _embedded(sentences, embedder))
        analysed = {"sentences": _analysed(sentences), "headings": _analysed(headings)}
        texts.write_bytes(gzip.compress(json.dumps(analysed, ensure_ascii=False).encode(), compresslevel=1))
    analysed = json.loads(gzip.decompress(texts.read_bytes()))
    return Pool(
        sentences,
        [detect_language(sentence) for sentence in sentences],
        analysed["sentences"],
        headings,
        analysed["headings"],
        np.load(vectors),
    )


def _embedded(sentences: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    # Sentences of like length in a batch waste no padding.
    order = sorted(range(len(sentences)), key=lambda n: len(sentences[n]))
    parts = []
    for start in range(0, len(order), _EMBED_BATCH):
        parts.append(embedder.embed([sentences[n] for n in order[start : start + _EMBED_BATCH]]))
        progress(f"{min(start + _EMBED_BATCH, len(order))} of {len(order)} sentences embedded")
    vectors = np.empty((len(order), parts[0].shape[1]), dtype=np.float32)
    vectors[order] = np.concatenate(parts)
    return vectors


def _analysed(texts: Sequence[str]) -> list[list[str]]:
    found = []
    for number, text in enumerate(texts, start=1):
        found.append(forms(text))
        if number % 2000 == 0:
            progress(f"{number} of {len(texts)} texts analysed")
    return found


def collect_sentences(shared: Path) -> list[str]:
    """Distinct sentences of moderate length, in a fixed order."""
    texts = [_body(path) for path in sorted((ROOT / "corpus" / "texts").glob("*.md"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    for path in sorted((shared / "retrieval-dev").glob("*/corpus.jsonl")):
        texts += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line]
    found: dict[str, None] = {}
    for text in map(normalize_text, texts):
        for start, end in split_sentences(text):
            sentence = text[start:end].lstrip("#>-*| ").strip()
            if len(sentence) in _SENTENCE_CHARS:
                found[sentence] = None
    return list(found)


def collect_headings() -> list[tuple[str, Language]]:
    """Distinct titles and headings of the sample corpus, in a fixed order, with their language."""
    found: dict[str, Language] = {}
    for path in sorted((ROOT / "corpus" / "texts").glob("*.md")):
        for line in _body(path).splitlines():
            heading = normalize_text(line.lstrip("#").strip().lstrip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ0123456789.)( "))
            if line.startswith("#") and 4 <= len(heading) <= 60:
                found[heading] = detect_language(heading)
    return list(found.items())


def _body(path: Path) -> str:
    """A sample text without its front matter."""
    text = path.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def generate(pool: Pool, chunks: int, seed: int) -> Iterator[SyntheticDocument]:
    """Documents with ``chunks`` chunks in all; the same arguments give the same documents, and fewer chunks the first of them."""
    by_language = {
        language: np.array([n for n, found in enumerate(pool.languages) if found == language])
        for language in ("ko", "en")
    }
    headings = {
        language: [n for n, heading in enumerate(pool.headings) if detect_language(heading) == language]
        for language in ("ko", "en")
    }
    made = 0
    while made < chunks:
        number = made // _CHUNKS_PER_DOCUMENT
        random = np.random.default_rng([seed, number])
        language: Language = "ko" if random.random() < _KOREAN_RATIO else "en"
        size = min(_CHUNKS_PER_DOCUMENT, chunks - made)
        yield _document(pool, number, size, language, by_language[language], headings[language], random)
        made += size


def _document(
    pool: Pool,
    number: int,
    size: int,
    language: Language,
    sentences: NDArray[np.int64],
    headings: Sequence[int],
    random: np.random.Generator,
) -> SyntheticDocument:
    document_id = hashlib.sha256(f"synthetic/{number}".encode()).hexdigest()[:16]
    title = int(random.choice(headings))
    budget = 400 if language == "ko" else 800
    # More vectors are drawn than needed when a document is cut short, so that its first chunks stay the same.
    noise = random.normal(size=(_CHUNKS_PER_DOCUMENT, pool.vectors.shape[1])).astype(np.float32)
    noise *= _NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
    page = ""
    chunks, entries, means = [], [], []
    for ordinal in range(size):
        section = int(random.choice(headings))
        chosen = _filled(pool, random.choice(sentences, 12), int(budget * random.uniform(0.35, 1.0)))
        spans = []
        for n in chosen:
            start = len(page) + 1 if page else 0
            page = f"{page}\n{pool.sentences[n]}" if page else pool.sentences[n]
            spans.append(Span(1, start, len(page)))
        text = "\n".join(pool.sentences[n] for n in chosen)
        digest = hashlib.sha256(text.encode()).hexdigest()
        chunk_id = hashlib.sha256(f"{document_id}/{ordinal}/{digest}".encode()).hexdigest()[:20]
        path = (pool.headings[title], pool.headings[section])
        chunks.append(Chunk(chunk_id, document_id, ordinal, text, path, tuple(spans), language, digest))
        said = [*pool.heading_forms[title], *pool.heading_forms[section]]
        entries.append(
            LexicalEntry(chunk_id, document_id, language, said + [form for n in chosen for form in pool.forms[n]])
        )
        mean = pool.vectors[chosen].mean(axis=0)
        means.append(mean / np.linalg.norm(mean) + noise[ordinal])
    vectors = np.asarray(means, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    day = date(2015 + number % 12, 1 + number % 12, 1 + number % 28)
    document = Document(
        document_id=document_id,
        source=f"synthetic-{number:06}.txt",
        digest=hashlib.sha256(page.encode()).hexdigest(),
        media_type="text/plain",
        title=pool.headings[title],
        publisher=f"publisher {number % 20}",
        published=Period(day, day, Precision.DAY),
        language=language,
        kind=list(DocumentKind)[number % len(DocumentKind)],
        url=None,
        pages=1,
        status="indexing",
    )
    return SyntheticDocument(document, Page(1, page), chunks, entries, vectors)


def _filled(pool: Pool, candidates: Sequence[int], budget: int) -> list[int]:
    chosen: list[int] = []
    used = 0
    for n in map(int, candidates):
        if chosen and used + len(pool.sentences[n]) > budget:
            break
        if n not in chosen:
            chosen.append(n)
            used += len(pool.sentences[n])
    return chosen


def index_fingerprint(pool: Pool, chunks: int, seed: int, embedder: Embedder) -> str:
    """Changes whenever a built index would be another one: corpus, seed, embedder, or the code of the index."""
    code = [path.read_bytes() for path in sorted((ROOT / "assistant" / "index").glob("*.py"))]
    code.append(Path(__file__).read_bytes())
    parts = [
        str(chunks),
        str(seed),
        embedder.name,
        ANALYSIS_VERSION,
        str(len(pool.sentences)),
        repr(pool.vectors[0, :4]),
    ]
    return hashlib.sha256("\x1f".join(parts).encode() + b"".join(code)).hexdigest()[:12]


def build_index(pool: Pool, folder: Path, chunks: int, seed: int, embedder: Embedder) -> dict[str, float]:
    """Write ``chunks`` chunks through our own store, vector index and lexical index into a data folder.

    Returns:
        seconds by part, disk size by part, and memory.
    """
    seconds = dict.fromkeys(("store", "vectors", "lexical"), 0.0)
    done = 0
    with Workspace(load_settings(data_dir=folder), embedder) as workspace, workspace.writing():
        workspace.indexer.check()
        for batch in _batched(generate(pool, chunks, seed)):
            started = time.perf_counter()
            for item in batch:
                workspace.store.put_document(item.document, "synthetic", [item.page], [], item.chunks)
            seconds["store"] += _since(started)
            started = time.perf_counter()
            listed = [chunk for item in batch for chunk in item.chunks]
            workspace.vectors.upsert(
                [chunk.chunk_id for chunk in listed],
                [chunk.document_id for chunk in listed],
                np.concatenate([item.vectors for item in batch]),
            )
            seconds["vectors"] += _since(started)
            started = time.perf_counter()
            workspace.lexical.upsert(entry for item in batch for entry in item.entries)
            seconds["lexical"] += _since(started)
            started = time.perf_counter()
            workspace.store.index_progress.mark_indexed([item.document.document_id for item in batch], [])
            seconds["store"] += _since(started)
            done += len(listed)
            progress(f"{done} of {chunks} chunks indexed")
        started = time.perf_counter()
        workspace.lexical.commit()
        seconds["lexical"] += _since(started)
    return {
        **{f"{part}_s": round(value, 2) for part, value in seconds.items()},
        "build_s": round(sum(seconds.values()), 2),
        "store_mb": sum(folder_mb(path) for path in folder.glob("annae.sqlite3*")),
        "vectors_mb": folder_mb(folder / "vectors"),
        "lexical_mb": folder_mb(folder / "lexical"),
        "disk_mb": folder_mb(folder),
        **{f"build_{name}": value for name, value in memory_mb().items()},
    }


def _since(started: float) -> float:
    return time.perf_counter() - started


def _batched(documents: Iterator[SyntheticDocument]) -> Iterator[list[SyntheticDocument]]:
    batch: list[SyntheticDocument] = []
    size = 0
    for item in documents:
        batch.append(item)
        size += len(item.chunks)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_TEMPLATES: dict[Language, tuple[str, ...]] = {
    "ko": (
        "{}, 우리 회사도 신청할 수 있나요?",
        "{} 담당 기관은 어디예요?",
        "{} 관련해서 지원 한도가 얼마인지 알려주세요",
        "{} 언제까지 접수하나요?",
        "{} 내용을 간단히 설명해 주세요",
    ),
    "en": (
        "Who is in charge of {}?",
        "When is the deadline for {}?",
        "How much support is there under {}?",
        "Is a small company eligible for {}?",
        "What does {} cover?",
    ),
}


def make_questions(shared: Path, count: int, seed: int) -> list[str]:
    """Distinct short Korean and English questions: the development questions, then headings of the sample corpus put as questions."""
    rows = [
        json.loads(line) for line in (shared / "dev-qa" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    made = [
        template.format(heading.rstrip("?."))
        for heading, language in collect_headings()
        for template in _TEMPLATES[language]
    ]
    np.random.default_rng(seed).shuffle(made)
    questions = list(dict.fromkeys([*(row["question"] for row in rows), *made]))
    if len(questions) < count:
        raise ValueError(f"only {len(questions)} distinct questions can be made, {count} were asked for")
    return questions[:count]
