"""Verifies an archive: originals, offsets and vectors in the records, and that the search index equals the records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.errors import ArchiveError
from indexer.follow import Follower
from indexer.records import Records
from indexer.search.protocol import IndexDamagedError
from indexer.snapshot import HeldReport, Snapshot
from indexer.types import Figure, Passage, Section


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found; every problem is one sentence that names what is concerned and the remedy."""

    reports: int
    passages: int
    figures: int
    problems: tuple[str, ...]  # as found, before any repair
    repaired: tuple[str, ...]  # what a repair did
    remaining: tuple[str, ...]  # problems that are still there: equal to `problems` where nothing was repaired

    @property
    def sound(self) -> bool:
        """Whether nothing is amiss now."""
        return not self.remaining


def record_problems(records: Records, model: str, dimension: int) -> Iterator[str]:
    """A sentence for everything in the records that is not as it was written."""
    yield from records.damage()
    for held in records.all_reports():
        if held.info.source_hash:  # else it was purged
            for problem in _report_problems(records, held):
                yield f"{held.info.path}: {problem}; index its file again."
            if records.vectors(held, model, dimension) is None:
                yield f"{held.info.path}: its vectors are missing or not by the model {model}; youju check --repair."


def index_problems(follower: Follower, snapshot: Snapshot) -> Iterator[str]:
    """A sentence for everything in which the search index differs from the records."""
    try:
        index = follower.in_step(snapshot)
        if index is None:
            return
        index.verify()
        by_words, by_vector = index.passage_ids()
        by_figures = index.figure_ids()
    except IndexDamagedError as error:
        yield f"the search index is damaged ({error}); youju check --repair."
        return
    passages = [number for held in snapshot.held for number in _numbers(held.first_passage, held.passages)]
    figures = [number for held in snapshot.held for number in _numbers(held.first_figure, held.figures)]
    for name, found, held_numbers in (
        ("passages by words", by_words, passages),
        ("passages by vector", by_vector, passages),
        ("figures", by_figures, figures),
    ):
        if found != sorted(held_numbers):
            count, right = len(found), len(held_numbers)
            yield f"the search index holds {count} {name}, the records {right}, or others; youju check --repair."


def _report_problems(records: Records, held: HeldReport) -> Iterator[str]:
    try:
        original = records.original(held.row)
    except ArchiveError:
        original = None
    if original is None or hashlib.sha256(original).hexdigest() != held.info.source_hash:
        yield "its original is damaged or lost"
    text = records.text(held.row)
    sections = records.sections(held)
    passages = records.passages_of(held, text)
    figures = records.figures_of(held)
    if not _tile(sections, len(text)):
        yield "its sections do not tile its text"
    if len(passages) != held.passages or not all(_passage_fits(passage, sections) for passage in passages):
        yield "its passages do not lie in its sections"
    if len(figures) != held.figures or not all(_figure_fits(figure, passages, text) for figure in figures):
        yield "its figures do not lie in its passages or are not what the text says"


def _tile(sections: tuple[Section, ...], length: int) -> bool:
    ends = [0, *(section.end for section in sections)]
    return ends[-1] == length and all(
        section.start == end <= section.end for section, end in zip(sections, ends, strict=False)
    )


def _passage_fits(passage: Passage, sections: tuple[Section, ...]) -> bool:
    if passage.section >= len(sections) or not passage.text:
        return False
    section = sections[passage.section]
    return section.start <= passage.start < passage.end <= section.end


def _figure_fits(figure: Figure, passages: tuple[Passage, ...], text: str) -> bool:
    if figure.passage >= len(passages) or figure.written != text[figure.start : figure.end]:
        return False
    passage = passages[figure.passage]
    return passage.start <= figure.start < figure.end <= passage.end


def _numbers(first: int, count: int) -> range:
    return range(first, first + count)
