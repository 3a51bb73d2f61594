"""Where a report's file name or title names another place, year or office than the report itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.clues import place_in, year_in
from indexer.guesses import Guess, Source


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place, year or office that the file name or the title names, where the report is followed, which says another."""

    field: str  # place, year, issuer
    source: Source
    named: str
    followed_source: Source
    followed: str

    def __str__(self) -> str:
        return f"the {self.source.value} names {self.named}, but the {self.followed_source.value} {self.followed}."


def other_place_or_year(
    sources: Iterable[tuple[str, Source, float]], place: Guess[str | None], year: Guess[int | None]
) -> Iterator[Disagreement]:
    """The places and years that title and file name (`sources`) name, where the report says others."""
    for words, source, _ in sources:
        other, other_year = place_in(words), year_in(words)
        if place.value and other and other != place.value:
            yield Disagreement("place", source, other, place.source, place.value)
        if year.value and other_year and other_year != year.value:
            yield Disagreement("year", source, str(other_year), year.source, str(year.value))


def other_office(named: str | None, own: str | None) -> Iterator[Disagreement]:
    """A file `named` for one office whose title names its `own`; 住建局 is 住房和城乡建设局, said shortly."""
    if named and own and not _abbreviates(named, own) and not _abbreviates(own, named):
        yield Disagreement("issuer", Source.FILE_NAME, named, Source.TITLE, own)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order."""
    rest = iter(long)
    return all(character in rest for character in short)
