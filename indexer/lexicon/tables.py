"""Reading the lexicon's data files: tab-separated rows and word lists, naming file and line where one is broken."""

from __future__ import annotations

from pathlib import Path

SEPARATOR = ";"


def read_rows(path: Path, columns: int) -> list[tuple[str, ...]]:
    """The rows of a tab-separated file in file order, without comments (`#`) and empty lines.

    Raises ValueError where a row has another number of columns or an empty cell.
    """
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line[0] == "#":
            continue
        row = tuple(line.split("\t"))
        if len(row) != columns or not all(row):
            raise ValueError(f"{path.name}, line {number}: {columns} filled columns are expected, found {row!r}")
        rows.append(row)
    return rows


def split_cell(cell: str) -> tuple[str, ...]:
    """The terms of one cell; `-` stands for none."""
    return () if cell == "-" else tuple(cell.split(SEPARATOR))


def read_sections(path: Path) -> dict[str, frozenset[str]]:
    """The words of each `[section]` of a word list; words are separated by white space.

    Raises ValueError where a word stands before the first section.
    """
    sections: dict[str, set[str]] = {}
    name = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        if line.startswith("["):
            name = line.strip("[] ")
            sections.setdefault(name, set())
        elif line and not name:
            raise ValueError(f"{path.name}, line {number}: a word stands before the first [section]")
        elif line:
            sections[name].update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}
