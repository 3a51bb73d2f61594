"""How the records' rows become reports, sections, passages and figures, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from indexer.parsed import Provenance
from indexer.types import (
    Basis,
    Figure,
    Genre,
    Level,
    Measure,
    PartLink,
    Passage,
    Period,
    ReportInfo,
    Role,
    Section,
    SectionKind,
    Span,
    Visibility,
)

Row = dict[str, Any]


def info_row(info: ReportInfo) -> Row:
    """The columns of `reports` that describe a report; its id and path are not among them."""
    return {
        "title": info.title,
        "genre": info.genre.value,
        "issuer": info.issuer,
        "place": info.place,
        "level": info.level.value,
        "year": info.year,
        **_period_columns(info.period),
        "visibility": info.visibility.value,
        "source_hash": info.source_hash,
    }


def info_of(row: RowMapping) -> ReportInfo:
    """The description of a report."""
    return ReportInfo(
        id=row["id"],
        path=row["path"],
        title=row["title"],
        genre=Genre(row["genre"]),
        issuer=row["issuer"],
        place=row["place"],
        level=Level(row["level"]),
        year=row["year"],
        period=_period(row["period_start"], row["period_end"]),
        visibility=Visibility(row["visibility"]),
        source_hash=row["source_hash"],
    )


def guesses_text(guesses: Mapping[str, Provenance]) -> str:
    """The guesses as JSON."""
    plain = {name: [guess.value, guess.confidence, guess.source] for name, guess in guesses.items()}
    return json.dumps(plain, ensure_ascii=False)


def guesses_of(text: str) -> dict[str, Provenance]:
    """The guesses out of their JSON."""
    return {name: Provenance(*parts) for name, parts in json.loads(text).items()}


def section_row(report: int, section: Section) -> Row:
    """The row of a section."""
    return {
        "report": report,
        "ordinal": section.ordinal,
        "path": json.dumps(section.path, ensure_ascii=False),
        "kind": section.kind.value,
        "start": section.start,
        "end": section.end,
    }


def section_of(row: RowMapping, report: str) -> Section:
    """The section of a row; `report` is the readable id."""
    path = tuple(json.loads(row["path"]))
    return Section(report, row["ordinal"], path, SectionKind(row["kind"]), row["start"], row["end"])


def passage_row(report: int, first: int, passage: Passage) -> Row:
    """The row of a passage, numbered on from `first`."""
    return {
        "id": first + passage.ordinal,
        "report": report,
        "ordinal": passage.ordinal,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
    }


def passage_of(row: RowMapping, report: str, text: str) -> Passage:
    """The passage of a row; `text` is the whole report's."""
    start, end = row["start"], row["end"]
    return Passage(report, row["ordinal"], row["section"], start, end, text[start:end])


def figure_row(report: int, first: int, first_passage: int, figure: Figure, text: str) -> Row:
    """The row of a figure, numbered on from `first`; its report's passages are numbered on from `first_passage`.

    `text` is the report's.
    """
    return {
        "id": first + figure.ordinal,
        "report": report,
        "ordinal": figure.ordinal,
        "section": figure.section,
        "passage": figure.passage,
        "passage_id": first_passage + figure.passage,
        "start": figure.start,
        "end": figure.end,
        "written": figure.written,
        "low": _decimal_text(figure.low),
        "high": _decimal_text(figure.high),
        "approximate": figure.approximate,
        "masked": figure.masked,
        "unit": figure.unit,
        "base_unit": figure.base_unit,
        "scale": str(figure.scale),
        "dimension": figure.dimension,
        "measure": figure.measure.value,
        "role": figure.role.value,
        "subject_start": figure.subject.start if figure.subject else None,
        "subject_end": figure.subject.end if figure.subject else None,
        "subject_text": figure.subject_text,
        "qualifiers": json.dumps(figure.qualifiers, ensure_ascii=False),
        **_period_columns(figure.period),
        "scope": figure.scope,
        "basis": figure.basis.value,
        "base_period": figure.base_period,
        "part_of": figure.part_of,
        "part_link": figure.part_link.value if figure.part_link else None,
        "clause_start": figure.clause.start,
        "clause_end": figure.clause.end,
        "said": text[figure.clause.start : figure.clause.end],
        "sentence_start": figure.sentence.start,
        "sentence_end": figure.sentence.end,
    }


def figure_of(row: RowMapping, report: str) -> Figure:
    """The figure of a row; `report` is the readable id."""
    subject = None if row["subject_start"] is None else Span(row["subject_start"], row["subject_end"])
    return Figure(
        report=report,
        ordinal=row["ordinal"],
        section=row["section"],
        passage=row["passage"],
        start=row["start"],
        end=row["end"],
        written=row["written"],
        low=_decimal(row["low"]),
        high=_decimal(row["high"]),
        approximate=row["approximate"],
        masked=row["masked"],
        unit=row["unit"],
        base_unit=row["base_unit"],
        scale=Decimal(row["scale"]),
        dimension=row["dimension"],
        measure=Measure(row["measure"]),
        role=Role(row["role"]),
        subject=subject,
        subject_text=row["subject_text"],
        qualifiers=tuple(json.loads(row["qualifiers"])),
        period=_period(row["period_start"], row["period_end"]),
        scope=row["scope"],
        basis=Basis(row["basis"]),
        base_period=row["base_period"],
        part_of=row["part_of"],
        part_link=PartLink(row["part_link"]) if row["part_link"] else None,
        clause=Span(row["clause_start"], row["clause_end"]),
        sentence=Span(row["sentence_start"], row["sentence_end"]),
    )


def _period_columns(period: Period | None) -> Row:
    return {"period_start": period.start if period else None, "period_end": period.end if period else None}


def _period(start: date | None, end: date | None) -> Period | None:
    return None if start is None or end is None else Period(start, end)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _decimal_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
