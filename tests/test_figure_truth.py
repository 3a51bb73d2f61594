"""The ledger against hand-marked figures (tests/data/README.md) and over every report at hand."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from figure_texts import made_report, read
from made_reports import reports_at_hand

from indexer.chunk import chunk
from indexer.figures import Grammar, UnitTable, extract_figures
from indexer.parse import parse
from indexer.types import Figure, Genre, Period, Report

DATA = Path(__file__).parent / "data"
SEEDS = {"000": (2023, Period.of_year(2023)), "004": (2022, Period.of_months(2022, 1, 6))}
WRONG = Decimal("0.0001")  # of the value: fractions are written to four places


def report_of(file: Path) -> Report:
    """The report in the file as the marks count its characters, with the year and period that a reader sees."""
    text = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    year, period = SEEDS.get(file.name[:3], (0, None))
    if year:
        return made_report(text, year=year, genre=Genre.WORK_SUMMARY, period=period)
    return made_report(text, year=int(file.name[:4]))


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, tuple[Report, tuple[Figure, ...]]]:
    found = {file.name[:3]: report_of(file) for file in sorted((shared / "seeds").iterdir())}
    return {name: (report, read(report)[2]) for name, report in found.items()}


@pytest.fixture(scope="module")
def seed_rows() -> list[dict[str, str]]:
    with (DATA / "seed_figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def agrees(row: Mapping[str, str], figure: Figure) -> bool:
    unit = figure.unit == row["unit"] or "alt_unit" in row["note"]
    return figure.masked == (row["masked"] == "1") and unit and (figure.masked or figure.value == Decimal(row["value"]))


def test_the_seeds_hold_the_figures_that_a_reader_marked(
    seeds: dict[str, tuple[Report, tuple[Figure, ...]]], seed_rows: list[dict[str, str]]
) -> None:
    found = {(name, figure.start, figure.end): figure for name, (_, figures) in seeds.items() for figure in figures}
    marked = {(row["report"], int(row["start"]), int(row["end"])): row for row in seed_rows}
    right = sum(place in found and agrees(row, found[place]) for place, row in marked.items())
    assert right / len(marked) >= 0.97
    assert right / len(found) >= 0.97


def test_the_seeds_roles_and_periods_are_those_that_a_reader_marked(
    seeds: dict[str, tuple[Report, tuple[Figure, ...]]], seed_rows: list[dict[str, str]]
) -> None:
    found = {(name, figure.start): figure for name, (_, figures) in seeds.items() for figure in figures}
    pairs = [(row, found[place]) for row in seed_rows if (place := (row["report"], int(row["start"]))) in found]
    roles = [figure.role == row["role"] for row, figure in pairs if "unsure" not in row["note"]]
    periods = [label(figure.period) == row["period"] for row, figure in pairs if row["period"]]
    assert sum(roles) / len(roles) >= 0.95
    assert sum(periods) / len(periods) >= 0.95


def label(period: Period | None) -> str:
    """The period as the marks write it: 2023, 2022H1, 1953-1957."""
    if period is None:
        return ""
    year = period.start.year
    if period.is_year:
        return str(year)
    for half, months in (("H1", (1, 6)), ("H2", (7, 12))):
        if period == Period.of_months(year, *months):
            return f"{year}{half}"
    return f"{year}-{period.end.year}" if period == Period.of_years(year, period.end.year) else period.label


@pytest.fixture(scope="module")
def marked(shared: Path) -> list[tuple[dict[str, Any], Figure | None, Report]]:
    """Each figure marked in the drawn sentences with the one found at its place, and each one found but not marked."""
    files = {file.name: file for folder in ("archive", "seeds") for file in (shared / folder).rglob("*.txt")}
    read_reports: dict[str, tuple[Report, tuple[Figure, ...]]] = {}
    pairs: list[tuple[dict[str, Any], Figure | None, Report]] = []
    for line in (DATA / "marked_sentences.jsonl").read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        name = next(name for name in files if name.startswith(sentence["report"].removesuffix(".txt")))
        if name not in read_reports:
            report = report_of(files[name])
            read_reports[name] = (report, read(report)[2])
        report, figures = read_reports[name]
        pairs.extend((mark, figure, report) for mark, figure in paired(sentence, figures))
    return pairs


def paired(sentence: dict[str, Any], figures: tuple[Figure, ...]) -> Iterator[tuple[dict[str, Any], Figure | None]]:
    """Marks with figures of the same place; doubtful marks, and what is found at them, are left out."""
    marks = sentence["figures"]
    found = {(f.start, f.end): f for f in figures if sentence["start"] <= f.start < sentence["end"]}
    for mark in marks:
        figure = found.pop((mark["start"], mark["end"]), None)
        if not mark.get("doubtful"):
            yield mark, figure
    doubtful = [mark for mark in marks if mark.get("doubtful")]
    for figure in found.values():
        if not any(mark["start"] < figure.end and figure.start < mark["end"] for mark in doubtful):
            yield {}, figure


def same_amount(mark: dict[str, Any], figure: Figure, table: UnitTable) -> bool:
    bound = mark["low"] if mark["low"] is not None else mark["high"]
    if figure.masked or bound is None:
        return figure.masked == mark["masked"] and figure.unit == (mark["unit"] or "")
    value, unit = Decimal(str(bound)), mark["unit"] or ""
    found = table.read(unit, 0, len(unit), numeral=False)
    scale = figure.scale if unit == figure.unit or found is None else found.scale
    return figure.value is not None and abs(value * scale - figure.value * figure.scale) <= abs(value * scale) * WRONG


def test_the_drawn_sentences_hold_the_figures_that_a_reader_marked(
    marked: list[tuple[dict[str, Any], Figure | None, Report]],
) -> None:
    table = UnitTable.load()
    right = sum(bool(mark) and figure is not None and same_amount(mark, figure, table) for mark, figure, _ in marked)
    assert right / sum(bool(mark) for mark, _, _ in marked) >= 0.97
    assert right / sum(figure is not None for _, figure, _ in marked) >= 0.98


def test_subjects_roles_and_periods_of_the_drawn_sentences(
    marked: list[tuple[dict[str, Any], Figure | None, Report]],
) -> None:
    both = [(mark, figure, report) for mark, figure, report in marked if mark and figure is not None]
    subjects = [
        overlaps(mark, figure) or report.text[: mark["subject_end"]][-2:] in figure.subject_text
        for mark, figure, report in both
        if mark["subject_start"] is not None
    ]
    roles = [figure.role == mark["role"] for mark, figure, _ in both if mark["role"]]
    periods = [label(figure.period) == mark["period"] for mark, figure, _ in both if mark["period"]]
    assert sum(subjects) / len(subjects) >= 0.92
    assert sum(roles) / len(roles) >= 0.95
    assert sum(periods) / len(periods) >= 0.95


def overlaps(mark: dict[str, Any], figure: Figure) -> bool:
    span = figure.subject
    return span is not None and span.start < mark["subject_end"] and mark["subject_start"] < span.end


@pytest.fixture(scope="module")
def at_hand() -> list[Report]:
    return reports_at_hand()


def test_every_figure_lies_where_it_says(at_hand: list[Report]) -> None:
    grammar = Grammar.load()
    for report in at_hand:
        sections = parse(report)
        passages = chunk(report, sections)
        figures = extract_figures(report, sections, passages, grammar=grammar)
        for ordinal, figure in enumerate(figures):
            passage = passages[figure.passage]
            assert (figure.ordinal, figure.report) == (ordinal, report.id)
            assert report.text[figure.start : figure.end] == figure.written
            assert figure.section == passage.section
            assert passage.start <= figure.start < figure.end <= passage.end
            for span in (figure.sentence, figure.clause):
                assert span.start <= figure.start < figure.end <= span.end
            assert figure.masked == (figure.value is None)
            assert figure.part_of is None or figures[figure.part_of].ordinal == figure.part_of != ordinal
            assert (figure.part_of is None) == (figure.part_link is None)
        assert all(before.end <= after.start for before, after in pairwise(figures))


def test_extraction_is_fast_and_says_the_same_twice(at_hand: list[Report]) -> None:
    grammar = Grammar.load()
    prepared = [(report, parse(report)) for report in at_hand]
    ready = [(report, sections, chunk(report, sections)) for report, sections in prepared]
    begun = time.process_time()
    first = [extract_figures(*row, grammar=grammar) for row in ready]
    seconds = time.process_time() - begun
    characters = sum(len(report.text) for report in at_hand)
    assert characters / max(seconds, 0.01) > 120_000  # characters a second: 1.77 million in 15 seconds
    assert first[:3] == [extract_figures(*row) for row in ready[:3]]
