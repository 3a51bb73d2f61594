"""What the archive holds: answered by counting, not by searching."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.types import Answer, Language, Question, Searched, Status
from indexer.types import ReportInfo

LISTED = 8


def overview(question: Question, reports: Sequence[ReportInfo]) -> Answer:
    """How many reports, of which years and places."""
    years = sorted({report.year for report in reports if report.year})
    places = Counter(report.place or report.issuer or "地区不详" for report in reports)
    searched = Searched(len(reports), tuple(years), tuple(sorted(place for place in places if place)))
    if not reports:
        empty = "The archive is empty." if question.language is Language.ENGLISH else "档案是空的。"
        return Answer(Status.NOT_FOUND, empty, question, searched=searched)
    span = f"{years[0]}—{years[-1]}" if years else "?"
    if question.language is Language.ENGLISH:
        text = f"The archive holds {len(reports)} reports of {len(years)} years ({span}) from {len(places)} places or offices."
    else:
        listed = "、".join(f"{place}{count}份" for place, count in places.most_common(LISTED))
        more = "等" if len(places) > LISTED else ""
        text = f"档案中有{len(reports)}份报告，涉及{len(years)}个年份（{span}）：{listed}{more}。"
    return Answer(Status.ANSWERED, text, question, searched=searched)
