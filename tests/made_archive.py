"""Small reports with every part that an archive keeps, and an embedder whose vectors can be foretold."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import numpy as np

from indexer.parsed import ParsedReport, Provenance
from indexer.search.protocol import Vectors
from indexer.types import (
    Basis,
    Figure,
    Genre,
    Level,
    Measure,
    Passage,
    Period,
    Report,
    Role,
    Section,
    SectionKind,
    Span,
    Visibility,
)


class MadeEmbedder:
    """A text's vector counts its characters by code point, so texts that share characters are near."""

    def __init__(self, dimension: int = 16, fingerprint: str = "made-1") -> None:
        self.dimension = dimension
        self.fingerprint = fingerprint

    def encode_passages(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for character in text:
                vectors[row, ord(character) % self.dimension] += 1.0
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    encode_questions = encode_passages


def made_report(
    path: str = "某区2023.txt",
    sentences: tuple[str, ...] = ("全年查扣气瓶449个。", "整治河道53条。"),
    *,
    place: str | None = "杭州市",
    year: int | None = 2023,
    figures: bool = True,
) -> ParsedReport:
    """A report with one heading; each sentence is a passage, its first run of digits a figure."""
    title = f"{year}年工作总结"
    heading = "一、工作回顾"
    text = f"{title}\n{heading}\n" + "".join(sentences)
    original = text.encode()
    period = Period.of_year(year) if year else None
    report = Report(
        id="",
        path=path,
        title=title,
        genre=Genre.WORK_SUMMARY,
        issuer=None,
        place=place,
        level=Level.CITY,
        year=year,
        period=period,
        visibility=Visibility.PUBLIC,
        source_hash=hashlib.sha256(original).hexdigest(),
        text=text,
    )
    first = len(title) + 1
    sections = (
        Section("", 0, (), SectionKind.OTHER, 0, first),
        Section("", 1, (heading,), SectionKind.REVIEW, first, len(text)),
    )
    passages, start = [], first + len(heading) + 1
    for ordinal, sentence in enumerate(sentences):
        passages.append(Passage("", ordinal, 1, start, start + len(sentence), sentence))
        start += len(sentence)
    found = tuple(made_figure(passage, ordinal, period) for ordinal, passage in enumerate(passages)) if figures else ()
    guesses = {"year": Provenance(str(year), 0.9, "title")}
    return ParsedReport(report, original, sections, tuple(passages), found, guesses)


def made_figure(passage: Passage, ordinal: int, period: Period | None) -> Figure:
    """The first run of digits of a passage with the character after it as unit; what stands before is the subject."""
    digits = "".join(character if character.isdigit() else " " for character in passage.text).split()[0]
    offset = passage.text.index(digits)
    start = passage.start + offset
    span = Span(passage.start, passage.end)
    return Figure(
        report="",
        ordinal=ordinal,
        section=1,
        passage=passage.ordinal,
        start=start,
        end=start + len(digits) + 1,
        written=passage.text[offset : offset + len(digits) + 1],
        low=Decimal(digits),
        high=Decimal(digits),
        approximate=False,
        masked=False,
        unit=passage.text[offset + len(digits)],
        base_unit=passage.text[offset + len(digits)],
        scale=Decimal(1),
        dimension="count",
        measure=Measure.LEVEL,
        role=Role.RESULT,
        subject=Span(passage.start, start),
        subject_text=passage.text[:offset],
        qualifiers=("累计",),
        period=period,
        scope=None,
        basis=Basis.FLOW,
        base_period=None,
        part_of=None,
        part_link=None,
        clause=span,
        sentence=span,
    )
