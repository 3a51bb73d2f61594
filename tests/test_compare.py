"""Comparisons over real reports: the series read by hand, gaps, masks, and what is kept out of the rows."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.compare import Request, compare
from assistant.comparison import Axis, Comparison, Held, NoteKind, Obstacle, Row
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.types import Period

DATA = Path(__file__).parent / "data"
SERIES = ("棚户区改造", "城镇新增就业", "粮食产量", "赤字率", "国内生产总值增长")
MEASURES = {"赤字率": "share", "国内生产总值增长": "growth"}
NOT_ANNUAL = re.compile(
    r"five-year|ten-year|three-year|in each|annual average|together with|cumulative|over the five|no year|repeated"
)
NATION = "全国"


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("national") / "archive", create=True) as archive:
        index_paths(archive, [shared / "archive" / "national"])
        yield archive


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("sample") / "archive", create=True) as archive:
        index_paths(archive, [corpus])
        yield archive


def years(first: int, last: int) -> tuple[Period, ...]:
    return tuple(Period.of_year(year) for year in range(first, last + 1))


def stated_by_hand(series: str) -> dict[tuple[int, str], set[tuple[str, str, str, int]]]:
    wanted: dict[tuple[int, str], set[tuple[str, str, str, int]]] = {}
    with (DATA / "series_national.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            of_series = line["series"] == series and line["measure"] == MEASURES.get(series, "level")
            if of_series and line["value"] and line["period"].isdigit() and not NOT_ANNUAL.search(line["note"]):
                key = (int(line["period"]), line["role"])
                said = (line["value"], line["unit"], line["bound"], int(line["report_year"]))
                wanted.setdefault(key, set()).add(said)
    return wanted


def as_by_hand(row: Row) -> tuple[str, str, str, int]:
    figure, report = row.figure, row.report
    assert figure is not None
    assert report is not None
    is_range = None not in (figure.low, figure.high) and figure.low != figure.high
    value = f"{figure.low}-{figure.high}" if is_range else str(figure.value)
    bound = "approx" if row.approximate else "low" if row.high is None else "high" if row.low is None else "none"
    return value, figure.unit, bound, report.year or 0


@pytest.mark.parametrize("series", SERIES)
def test_every_statement_read_by_hand_and_every_gap(national: Archive, series: str) -> None:
    made = compare(national, Request(series, places=(NATION,), periods=years(2004, 2025)))
    found: dict[tuple[int, str], set[tuple[str, str, str, int]]] = {}
    for row in made.stated:
        assert row.report is not None
        if row.report.year is not None and row.report.year >= 2005:
            key = (row.period.start.year, "plan" if row.is_plan else "result")
            found.setdefault(key, set()).add(as_by_hand(row))
    assert found == stated_by_hand(series)
    results = {row.period.start.year: row.held for row in made.rows if not row.is_plan}
    assert set(results) == set(range(2004, 2026))


@pytest.mark.parametrize("series", SERIES)
def test_every_row_is_cited_by_the_sentence_that_holds_it(national: Archive, series: str) -> None:
    made = compare(national, Request(series, places=(NATION,)))
    citations = {one.number: one for one in made.citations}
    for row in (*made.rows, *made.aside):
        if row.figure is None:
            assert (row.held, row.citation, row.value) == (Held.MISSING, None, None)
            continue
        citation = citations[row.citation or 0]
        text = national.report(citation.report.id).text
        assert citation.quote == text[citation.start : citation.end]
        assert citation.start <= row.figure.start < row.figure.end <= citation.end


def test_a_year_without_a_figure_is_a_gap_and_totals_stand_aside(national: Archive) -> None:
    made = compare(national, Request("棚户区改造", places=(NATION,), periods=years(2013, 2018)))
    assert [row.period.start.year for row in made.rows if row.held is Held.MISSING] == [2013, 2014, 2017]
    assert (2013, 2017, "2600多万套") in {
        (row.period.start.year, row.period.end.year, row.written) for row in made.aside
    }
    assert all(row.period.is_year for row in made.rows)


def test_a_bound_is_carried_and_not_subtracted(national: Archive) -> None:
    made = compare(national, Request("棚户区改造", places=(NATION,), periods=years(2015, 2016)))
    by_role = {(row.period.start.year, row.is_plan): number for number, row in enumerate(made.rows)}
    result = made.rows[by_role[2016, False]]
    assert (result.written, result.low, result.high) == ("600多万套", Decimal(600), None)
    changes = {(change.first, change.second): change for change in made.changes if change.axis is Axis.PERIODS}
    results = changes[by_role[2015, False], by_role[2016, False]]
    plans = changes[by_role[2015, True], by_role[2016, True]]
    assert (results.difference, results.obstacle) == (None, Obstacle.BOUND)
    assert (plans.difference, plans.percentage) == (Decimal(600) - Decimal(580), Decimal("3.4"))
    assert NoteKind.HEDGED in {note.kind for note in made.notes}


def test_units_are_converted_openly(national: Archive) -> None:
    made = compare(national, Request("粮食产量", places=(NATION,), periods=years(2009, 2014)))
    assert made.unit == "万吨"
    row = next(row for row in made.rows if row.period.start.year == 2014)
    assert (row.written, row.low) == ("6.07亿吨", Decimal("6.07") * 10000)
    note = next(note for note in made.notes if note.kind is NoteKind.UNIT)
    assert "6.07亿吨＝60,700万吨" in note.text


def test_a_series_that_was_renamed_is_joined_and_said_so(national: Archive) -> None:
    made = compare(national, Request("国内生产总值增长", places=(NATION,), periods=years(1996, 1998)))
    assert {row.name for row in made.stated} >= {"国内生产总值", "经济增长"}
    assert NoteKind.RENAMED in {note.kind for note in made.notes}


def test_a_comparison_over_all_national_reports_is_quick(national: Archive) -> None:
    request = Request("城镇新增就业", places=(NATION,))
    compare(national, request)
    started = time.perf_counter()
    made = compare(national, request)
    assert time.perf_counter() - started < 0.5
    assert len(made.stated) > 40


def test_the_trend_runs_over_all_years_held(national: Archive) -> None:
    made = compare(national, Request("城镇新增就业", places=(NATION,)))
    results = [row.period.start.year for row in made.rows if not row.is_plan]
    assert results == list(range(min(results), max(results) + 1))


def test_masked_is_marked_and_not_guessed(sample: Archive) -> None:
    made = compare(sample, Request("建筑业总产值", places=("澜江区",), periods=years(2022, 2024)))
    masked = next(row for row in made.rows if row.period.start.year == 2023)
    assert (masked.held, masked.value) == (Held.MASKED, None)
    assert masked.citation is not None
    assert NoteKind.MASKED in {note.kind for note in made.notes}
    change = next(change for change in made.changes if change.axis is Axis.PERIODS)
    assert change.difference == Decimal("212.6") - Decimal("197.9")


def test_the_total_stands_in_the_row_not_its_part(sample: Archive) -> None:
    made = compare(sample, Request("气瓶", periods=years(2023, 2023)))
    assert [(row.written, row.place) for row in made.stated] == [("449个", "澜江区")]


def test_two_reports_that_disagree_are_both_shown_and_nothing_is_computed(sample: Archive) -> None:
    made = compare(sample, Request("新增停车泊位", places=("澜江区",), periods=years(2021, 2022)))
    disagreeing = [(row.written, row.report.year if row.report else None) for row in made.rows if row.disagrees]
    assert disagreeing == [("1680个", 2022), ("1860个", 2023)]
    assert [change.obstacle for change in made.changes] == [Obstacle.DISAGREEMENT]
    note = next(note for note in made.notes if note.kind is NoteKind.CONFLICT)
    assert "1680个" in note.text
    assert "1860个" in note.text


def test_half_a_year_stands_aside(sample: Archive) -> None:
    made = compare(sample, Request("停车泊位", places=("云岭县",), periods=years(2022, 2022)))
    assert "2022年上半年" in {row.period.label for row in made.aside}
    assert [row.written for row in made.stated if not row.is_plan] == ["462个"]


def test_an_unknown_subject_offers_the_nearest(sample: Archive) -> None:
    made = compare(sample, Request("航天发射次数"))
    assert (made.rows, made.unit, made.citations) == ((), "", ())
    assert made.suggestions


def test_the_same_request_gives_the_same_comparison(sample: Archive) -> None:
    def once() -> Comparison:
        return compare(sample, Request("建筑业总产值"))

    assert once() == once()
