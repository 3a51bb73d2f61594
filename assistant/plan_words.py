"""What became of a plan, in a sentence of either language: the verdict first, then the plan and the result."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.commitments import Commitment
from assistant.english import english_figure, english_subject
from assistant.fulfilment import HUNDRED, POINTS, Fulfilment, Verdict
from assistant.types import Computed, Language
from assistant.wording import decimal_words, figure_words
from indexer.lexicon.terms import Lexicon
from indexer.types import Figure, ReportInfo

BOUND_AFTER = re.compile(r"^\s*(?:以上|以下|以内|之内|左右)")
LONGEST_SUBJECT = 30
LONGEST_CLAUSE = 60
LABELS = {
    Verdict.DONE: ("完成", "done"),
    Verdict.EXCEEDED: ("超额完成", "exceeded"),
    Verdict.PARTLY: ("部分完成", "partly done"),
    Verdict.MISSED: ("未完成", "missed"),
    Verdict.NOT_MENTIONED: ("未提到", "not mentioned"),
    Verdict.MASKED: ("结果已脱敏", "result masked"),
}
OPENINGS = {
    Verdict.DONE: ("完成了", "Yes, it was met"),
    Verdict.EXCEEDED: ("超额完成", "Yes, it was exceeded"),
    Verdict.PARTLY: ("只完成了一部分", "Only in part"),
    Verdict.MISSED: ("没有完成", "No, it was missed"),
    Verdict.NOT_MENTIONED: ("没有交代", "Not mentioned"),
    Verdict.MASKED: ("结果已脱敏，无从判断", "The result is masked"),
}


def label_of(verdict: Verdict, language: Language) -> str:
    """The verdict as a table says it."""
    return LABELS[verdict][language is Language.ENGLISH]


def planned_words(figure: Figure, text: str) -> str:
    """The figure as its report (of this text) hedges it: 不低于95%, 5.5%左右, 下降3.9%以上."""
    before = text[max(0, figure.start - 4) : figure.start]
    after = BOUND_AFTER.match(text[figure.end : figure.end + 4])
    return figure_words(figure, before) + (after.group().strip() if after else "")


def state_outcome(
    commitment: Commitment,
    planned: str,
    done: str,
    fulfilled: Fulfilment,
    *,
    language: Language,
    lexicon: Lexicon,
    result: Figure,
) -> str:
    """The sentence on a planned number and its result, both in the words of their reports."""
    plan = commitment.planned.figure if commitment.planned else result
    year, opening = commitment.period.start.year, OPENINGS[fulfilled.verdict]
    if language is Language.ENGLISH:
        subject = english_subject(subject_of(plan), lexicon)
        return (
            f"{opening[1]}: {subject}, planned for {year}: {english_figure(plan, planned)}; "
            f"result: {english_figure(result, done)}{_computed_words(fulfilled, english=True)}."
        )
    ceiling = "（上限）" if fulfilled.is_ceiling else ""
    return (
        f"{opening[0]}：{subject_of(plan)}，{year}年计划{planned}{ceiling}，"
        f"实际{done}{_computed_words(fulfilled, english=False)}。"
    )


def state_unmentioned(
    commitment: Commitment, planned: str, later: tuple[ReportInfo, ...], *, language: Language, lexicon: Lexicon
) -> str:
    """That the next report does not come back to a commitment, or is not held."""
    year = commitment.period.start.year
    figure = commitment.planned.figure if commitment.planned else None
    if language is Language.ENGLISH:
        what = (
            f"{english_subject(subject_of(figure), lexicon)} {english_figure(figure, planned)}" if figure else planned
        )
        told = "the next report does not say what became of it" if later else "the next report is not in the archive"
        return f"Not mentioned: planned for {year}: {what}; {told}."
    what = f"{subject_of(figure)}{planned}" if figure else f"“{planned}”"
    if not later:
        return f"无从判断：{year}年计划{what}，档案中没有其后的报告。"
    said = "、".join(f"{report.year}年报告" if report.year else report.title for report in later)
    return f"没有交代：{year}年计划{what}，{said}没有写到完成情况。"


def state_mention(commitment: Commitment, told: str, verdict: Verdict, language: Language) -> str:
    """The sentence on a commitment without a number and on what the next report says of it, both as written."""
    year, opening = commitment.period.start.year, OPENINGS[verdict]
    planned = shortened(commitment.text)
    if language is Language.ENGLISH:
        return f"{opening[1]}: planned for {year}: “{planned}”; the next report: “{told}”."
    return f"{opening[0]}：{year}年提出“{planned}”，其后的报告写到“{told}”。"


def computed_of(fulfilled: Fulfilment) -> tuple[Computed, ...]:
    """What is computed from the planned figure (0) and the result (1): the degree in per cent, else the gap."""
    if fulfilled.degree == HUNDRED:
        return ()
    if fulfilled.degree is not None:
        return (Computed("fulfilment", fulfilled.degree, "%", (0, 1)),)
    if fulfilled.gap:
        return (Computed("difference", fulfilled.gap, fulfilled.gap_unit, (0, 1)),)
    return ()


def subject_of(figure: Figure) -> str:
    """What is counted, at most LONGEST_SUBJECT characters of it."""
    return figure.subject_text[-LONGEST_SUBJECT:]


def shortened(text: str) -> str:
    """The text as it is, or its beginning up to a mark."""
    words = text.strip().rstrip("，。；;, ")
    if len(words) <= LONGEST_CLAUSE:
        return words
    cut = max(words.rfind(mark, 0, LONGEST_CLAUSE) for mark in "，；。,")
    return words[: cut if cut > 0 else LONGEST_CLAUSE]


def _computed_words(fulfilled: Fulfilment, *, english: bool) -> str:
    if fulfilled.degree == HUNDRED:
        return ""
    if fulfilled.degree is not None:
        degree = decimal_words(fulfilled.degree)
        return f" ({degree}% of the plan)" if english else f"，为计划的{degree}%"
    if not fulfilled.gap:
        return ""
    amount, higher = decimal_words(abs(fulfilled.gap)), fulfilled.gap > Decimal(0)
    if english:
        unit = " percentage points" if fulfilled.gap_unit == POINTS else fulfilled.gap_unit
        return f" ({amount}{unit} {'above' if higher else 'below'})"
    return f"，{'高于' if higher else '低于'}{'上限' if fulfilled.is_ceiling else '目标'}{amount}{fulfilled.gap_unit}"
