"""How rightly and how fully `youju fill` fills tables whose figures were read in the reports by hand.

    python -m benchmarks.filling [--only lanjiang] [--national]

The tables are `tests/data/fill/*.csv` over the sample corpus and, with --national, tables of `series_national.csv` over
the national reports in ../shared. Prints each cell that is wrong or left empty although its figure is held, and the two
shares with their counts: filled cells that are right, and held figures that are filled.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from openpyxl import Workbook

from assistant.chain import ChainSteps
from assistant.fill import FilledTable, fill_table
from assistant.fill_cell import Filled
from indexer.archive import Archive
from indexer.build import index_paths

ROOT = Path(__file__).parents[1]
TRUTH = ROOT / "tests" / "data" / "fill"
SERIES = ROOT / "tests" / "data" / "series_national.csv"
NATIONAL = ROOT.parent / "shared" / "archive" / "national"
TODAY = date(2025, 4, 1)
UNIT_HEAD = "单位"
COLUMNS = (("国内生产总值增长", "growth", "%"), ("城镇新增就业", "level", "万人"), ("粮食产量", "level", "万吨"), ("赤字率", "share", "%"))  # fmt: skip
FACTORS = {"万人": "1", "%": "1", "万吨": "1", "亿吨": "10000", "万亿斤": "50000", "亿斤": "5"}

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a cell should hold: `values` of which any is right, `held` whether it must not stay empty."""

    values: tuple[Decimal, ...]
    held: bool


@dataclass(slots=True)
class Score:
    """Counts over cells."""

    right: int = 0
    wrong: int = 0
    held: int = 0
    held_filled: int = 0

    def add(self, other: Score) -> None:
        """Add the counts of another table."""
        self.right += other.right
        self.wrong += other.wrong
        self.held += other.held
        self.held_filled += other.held_filled

    def __str__(self) -> str:
        filled = self.right + self.wrong
        return (
            f"filled cells right {self.right}/{filled} = {self.right / max(1, filled):.3f}, "
            f"held figures filled {self.held_filled}/{self.held} = {self.held_filled / max(1, self.held):.3f}"
        )


def read_truth(text: str) -> Truth:
    """A cell of the truth: a number; -, * and ! stay empty, as a range does; ?19|17 may be any of these or empty."""
    if text.startswith("?"):
        return Truth(tuple(Decimal(one) for one in text[1:].split("|")), held=False)
    try:
        return Truth(tuple(Decimal(one) for one in text.split("/")), held=True)
    except InvalidOperation:
        return Truth((), held=False)


def read_rows(path: Path) -> Rows:
    """The rows of a truth file: a title, a heading, and the table."""
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def make_table(rows: Rows, path: Path, *, turned: bool = False) -> dict[str, Truth]:
    """Write the table without its figures, and give what each cell should hold by its reference."""
    book = Workbook()
    sheet = book.active
    labels = 2 if UNIT_HEAD in rows[1] else 1
    truth = {}
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            swap = turned and number > 1
            cell = sheet.cell(column + 1, number - 1) if swap else sheet.cell(number, column)
            if number > 2 and column > labels:
                truth[cell.coordinate] = read_truth(text)
            elif text:
                cell.value = text
    book.save(path)
    return truth


def score(table: FilledTable, truth: Mapping[str, Truth]) -> tuple[Score, list[str]]:
    """The counts of a filled table, and a line for each cell that is wrong or should not be empty."""
    found, lines = Score(held=sum(one.held for one in truth.values())), []
    for cell, one in table.cells:
        wanted = truth[cell.reference]
        asked = f"{cell.reference} {cell.asked.place} {cell.asked.period and cell.asked.period.label} {cell.asked.indicator}"
        if isinstance(one, Filled):
            right = one.value in wanted.values
            found.right += right
            found.wrong += not right
            found.held_filled += wanted.held
            if not right:
                lines.append(f"wrong  {asked}: {one.value}, not {'/'.join(map(str, wanted.values)) or 'empty'}")
        elif wanted.held:
            lines.append(f"empty  {asked}: {one.why.value}, not {wanted.values[0]}")
    return found, lines


def national_rows(role: str) -> Rows:
    """A table of the national series: years in rows, indicators with their units in columns."""
    series = list(csv.DictReader(SERIES.read_text(encoding="utf-8").splitlines()))
    plan = "计划" if role == "plan" else ""
    rows = [["全国主要指标"], ["年份", *(f"{name}（{unit}）" for name, _, unit in COLUMNS)]]
    for year in range(2005, 2025):
        held = [row for row in series if (row["role"], row["period"]) == (role, str(year)) and row["value"]]
        rows.append([f"{year}年{plan}", *(_cell(held, name, measure) for name, measure, _ in COLUMNS)])
    return rows


def _cell(held: Sequence[Mapping[str, str]], name: str, measure: str) -> str:
    of_series = [row for row in held if row["series"] == name and row["measure"] == measure]
    if any("-" in row["value"] for row in of_series):
        return "1—2"
    values = dict.fromkeys(str(Decimal(row["value"]) * Decimal(FACTORS[row["unit"]])) for row in of_series)
    return "/".join(values) or "-"


def tables(only: str | None, *, national: bool) -> Iterator[tuple[str, Path, Rows]]:
    """Name, reports and rows of each table."""
    for path in sorted(TRUTH.glob("*.csv")):
        yield path.stem, ROOT / "corpus", read_rows(path)
    if national:
        for role in ("result", "plan"):
            yield f"national-{role}", NATIONAL, national_rows(role)


def main() -> int:
    """Fill every table, print what is amiss and the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="one table: lanjiang, yunling, places, plans, halves, national-result …")
    parser.add_argument("--national", action="store_true", help="also the national series")
    options = parser.parse_args()
    whole = Score()
    with tempfile.TemporaryDirectory() as folder:
        archives: dict[Path, Archive] = {}
        for name, reports, rows in tables(options.only, national=options.national):
            if options.only in {None, name}:
                archive = archives.get(reports) or _indexed(reports, Path(folder) / reports.name)
                archives[reports] = archive
                workbook = Path(folder) / f"{name}.xlsx"
                truth = make_table(rows, workbook)
                found, lines = score(fill_table(workbook, ChainSteps(archive), today=TODAY), truth)
                whole.add(found)
                print(f"{name}: {found}", *(f"  {line}" for line in lines), sep="\n", flush=True)
        for archive in archives.values():
            archive.close()
    print(f"all: {whole}")
    return 0


def _indexed(reports: Path, folder: Path) -> Archive:
    archive = Archive.open(folder, create=True)
    index_paths(archive, [reports])
    return archive


if __name__ == "__main__":
    sys.exit(main())
