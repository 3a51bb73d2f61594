"""Reading the ledger of an archive by filters, each figure with its sentence and what a clerk has corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer import ledger_query
from indexer.corrections import Correction, by_row, fitting, read_corrections
from indexer.ledger_query import FigureQuery, LedgerRow
from indexer.searchable import SearchableArchive
from indexer.snapshot import HeldReport
from indexer.types import Figure

PAGE = 2000  # figures read at a time where all are wanted


class LedgerArchive(SearchableArchive):
    """What an archive tells of its figures."""

    def count_figures(self, query: FigureQuery) -> int:
        """How many figures of the ledger pass the filters."""
        with self._records.reading() as connection:
            return ledger_query.count_figures(connection, query)

    def find_figures(self, query: FigureQuery, *, limit: int, offset: int = 0, after: int = 0) -> tuple[LedgerRow, ...]:
        """At most `limit` figures that pass the filters in the order they came, without the first `offset`.

        `after`: only figures of a higher number, so that the next page costs no more than the first.
        """
        with self._records.reading() as connection:
            found = ledger_query.find_figures(connection, query, after=after, limit=limit, offset=offset)
            corrections = by_row(read_corrections(connection))
        held = self._reading.snapshot().by_row
        fits = {row: self._fitting(held[row], corrections[row])[0] for row in corrections if row in held}
        return tuple(
            self._ledger_row(number, held[row], figure, fits.get(row, {}).get(figure.ordinal))
            for number, row, figure in found
            if row in held
        )

    def all_figures(self, query: FigureQuery) -> Iterator[LedgerRow]:
        """Every figure that passes the filters, read by pages."""
        last = 0
        while page := self.find_figures(query, limit=PAGE, after=last):
            yield from page
            last = page[-1].number

    def corrections(self, report_id: str) -> tuple[dict[int, Correction], tuple[Correction, ...]]:
        """A report's corrections by the ordinal of their figure, and those whose figure it no longer states so.

        Raises UnknownReportError.
        """
        held = self._held(report_id)
        with self._records.reading() as connection:
            return self._fitting(held, read_corrections(connection, [held.row]))

    def _fitting(
        self, held: HeldReport, corrections: Sequence[Correction]
    ) -> tuple[dict[int, Correction], tuple[Correction, ...]]:
        if not corrections:
            return {}, ()
        return fitting(corrections, self._records.figures_of(held), self._reading.text(held))

    def _ledger_row(self, number: int, held: HeldReport, figure: Figure, correction: Correction | None) -> LedgerRow:
        section = self._reading.sections(held)[figure.section]
        quote = self._reading.text(held)[figure.sentence.start : figure.sentence.end].strip()
        return LedgerRow(number, figure, held.info, section.path, quote, correction)
