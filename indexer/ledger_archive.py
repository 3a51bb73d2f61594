"""Reading the ledger of an archive by filters, each figure with its sentence and what a clerk has corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from indexer import ledger_page, ledger_query
from indexer.corrections import Correction, by_row, fitting, read_corrections
from indexer.ledger_page import Cut, Sort
from indexer.ledger_query import FigureQuery, LedgerRow
from indexer.ledger_subjects import LedgerSubject, count_subjects, gather_subjects
from indexer.searchable import SearchableArchive
from indexer.snapshot import HeldReport, Snapshot
from indexer.types import Figure, Period

PAGE = 2000  # figures read at a time where all are wanted


class LedgerArchive(SearchableArchive):
    """What an archive tells of its figures."""

    def told_periods(self) -> Mapping[str, frozenset[Period]]:
        """The periods that the figures of each report are about, by the report's readable id."""
        view = self._reading.view()
        if view.told_periods is None:
            found: dict[str, set[Period]] = defaultdict(set)
            with self._records.reading() as connection:
                for row, period in ledger_query.read_periods(connection):
                    if (held := view.snapshot.by_row.get(row)) is not None:
                        found[held.info.id].add(period)
            view.told_periods = {report_id: frozenset(periods) for report_id, periods in found.items()}
        return view.told_periods

    def count_figures(self, query: FigureQuery) -> int:
        """How many figures of the ledger pass the filters."""
        with self._records.reading() as connection:
            return ledger_query.count_figures(connection, query, self._reading.snapshot().rows())

    def find_figures(self, query: FigureQuery, *, limit: int, offset: int = 0, after: int = 0) -> tuple[LedgerRow, ...]:
        """At most `limit` figures that pass the filters in the order they came, without the first `offset`.

        `after`: only figures of a higher number, so that the next page costs no more than the first.
        """
        snapshot = self._reading.snapshot()
        with self._records.reading() as connection:
            found = ledger_query.find_figures(
                connection, query, snapshot.rows(), after=after, limit=limit, offset=offset
            )
            return self._ledger_rows(connection, found, snapshot)

    def page_of_figures(self, query: FigureQuery, *, sort: Sort, cut: Cut, limit: int) -> tuple[LedgerRow, ...]:
        """At most `limit` figures that pass the filters, in the order asked, from where `cut` says on."""
        snapshot = self._reading.snapshot()
        with self._records.reading() as connection:
            found = ledger_page.page_of_figures(connection, query, snapshot.rows(), sort=sort, cut=cut, limit=limit)
            return self._ledger_rows(connection, found, snapshot)

    def figures_in_order(self, query: FigureQuery, *, sort: Sort) -> list[int]:
        """The numbers of all figures that pass the filters, in the order asked."""
        rows = self._reading.snapshot().rows()
        with self._records.reading() as connection:
            return ledger_page.figures_in_order(connection, query, rows, sort=sort)

    def ledger_rows(self, numbers: Sequence[int]) -> tuple[LedgerRow, ...]:
        """The figures of these numbers in their order, at most `PAGE`; those that are gone are left out."""
        snapshot = self._reading.snapshot()
        with self._records.reading() as connection:
            found = ledger_page.read_figures(connection, numbers[:PAGE])
            return self._ledger_rows(connection, found, snapshot)

    def corrected_figures(self) -> tuple[int, ...]:
        """The numbers of the figures that a clerk has corrected."""
        snapshot = self._reading.snapshot()
        with self._records.reading() as connection:
            corrections = by_row(read_corrections(connection))
        found = []
        for row, of_report in corrections.items():
            if (held := snapshot.by_row.get(row)) is not None:
                found += [held.first_figure + ordinal for ordinal in self._fitting(held, of_report)[0]]
        return tuple(sorted(found))

    def all_figures(self, query: FigureQuery) -> Iterator[LedgerRow]:
        """Every figure that passes the filters, read by pages."""
        last = 0
        while page := self.find_figures(query, limit=PAGE, after=last):
            yield from page
            last = page[-1].number

    def subjects(self) -> tuple[LedgerSubject, ...]:
        """What the figures count, as the reports write it, those of the most figures first."""
        snapshot = self._reading.snapshot()
        with self._records.reading() as connection:
            counted = count_subjects(connection, snapshot.rows())
        return gather_subjects(counted, {row: held.info for row, held in snapshot.by_row.items()})

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

    def _ledger_rows(
        self, connection: Connection, found: Sequence[tuple[int, int, Figure]], snapshot: Snapshot
    ) -> tuple[LedgerRow, ...]:
        """The figures with their reports and corrections; those of a report that is gone meanwhile are left out."""
        held = {row: snapshot.by_row[row] for _, row, _ in found if row in snapshot.by_row}
        corrections = by_row(read_corrections(connection, held))
        fits = {row: self._fitting(held[row], of_report)[0] for row, of_report in corrections.items()}
        return tuple(
            self._ledger_row(number, held[row], figure, fits.get(row, {}).get(figure.ordinal))
            for number, row, figure in found
            if row in held
        )

    def _ledger_row(self, number: int, held: HeldReport, figure: Figure, correction: Correction | None) -> LedgerRow:
        section = self._reading.sections(held)[figure.section]
        quote = self._reading.text(held)[figure.sentence.start : figure.sentence.end].strip()
        return LedgerRow(number, figure, held.info, section.path, quote, correction)
