"""What people said of answers, 👍 or 👎 with a reason, and the questions for `youju eval` that come of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, insert, select

from indexer.cited import plain_json, reports_in
from indexer.records import Records
from indexer.records_write import take_number
from indexer.schema import people

LONGEST_REASON = 1000  # characters; what is longer is cut
table = people.feedback


class Verdict(StrEnum):
    """Whether an answer was right."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class FeedbackEntry:
    """What somebody said of an answer."""

    id: int
    account: str  # "": the account is no more, or nobody signs in
    at: datetime  # UTC
    question: str
    standalone: str  # as it was understood
    answer: str
    told: Mapping[str, Any]  # the answer as `youju ask --json` prints it
    verdict: Verdict
    reason: str


class Feedback:
    """All that was said of answers of one archive."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def add(
        self,
        account: str,
        question: str,
        answer: str,
        verdict: Verdict,
        *,
        reason: str = "",
        standalone: str = "",
        told: Mapping[str, Any] | None = None,
        cites: Iterable[str] = (),
    ) -> int:
        """Keep a verdict; its number. `told`: the answer as JSON, of which a question for `youju eval` can be made."""
        values = {
            "account": account,
            "at": datetime.now(UTC).replace(tzinfo=None),
            "question": question,
            "standalone": standalone or question,
            "answer": answer,
            "told": plain_json(told or {}),
            "verdict": Verdict(verdict).value,
            "reason": " ".join(reason.split())[:LONGEST_REASON],
            "cites": plain_json(reports_in(told, cites)),
        }
        with self._records.noting() as connection:
            number = take_number(connection, "feedback")
            connection.execute(insert(table).values(id=number, **values))
        return number

    def all(self) -> tuple[FeedbackEntry, ...]:
        """All of it in the order it came."""
        with self._records.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings())

    def eval_rows(self) -> list[dict[str, Any]]:
        """The answers that were called right as questions with their answers, one a question: lines for `youju eval`.

        What was called wrong is not among them, for nobody has said what would be right: `all` has it.
        """
        rows: dict[str, dict[str, Any]] = {}
        for entry in self.all():
            rows.pop(entry.standalone, None)  # the last verdict holds
            row = _question(entry) if entry.verdict is Verdict.UP else None
            if row is not None:
                rows[entry.standalone] = row
        return list(rows.values())


def _question(entry: FeedbackEntry) -> dict[str, Any] | None:
    """A line for `youju eval`; None where the answer holds nothing by which another can be judged."""
    row: dict[str, Any] = {"id": f"feedback-{entry.id}", "q": entry.standalone}
    status = entry.told.get("status")
    if status in {"masked", "not_found"}:
        return row | {"kind": "masked" if status == "masked" else "absent"}
    citations = entry.told.get("citations") or [{}]
    cited = {"report": citations[0].get("report"), "evidence": citations[0].get("quote")}
    row |= {name: value for name, value in cited.items() if value}
    figures = entry.told.get("figures") or ()
    if status == "answered" and figures and figures[0].get("value"):
        return row | {"kind": "figure", "values": [figures[0]["value"]], "unit": figures[0].get("unit") or ""}
    if status == "answered" and entry.answer.strip():
        return row | {"kind": "text", "contains": [entry.answer.strip()]}
    return None


def _entry(row: RowMapping) -> FeedbackEntry:
    names = ("id", "account", "at", "question", "standalone", "answer", "reason")
    told, verdict = json.loads(row["told"]), Verdict(row["verdict"])
    return FeedbackEntry(told=told, verdict=verdict, **{name: row[name] for name in names})
