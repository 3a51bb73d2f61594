"""A checked draft as text: a line for each number on the terminal, and the comments of its copy in Word."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.verdicts import Verdict
from assistant.checking.word_draft import WordDraft
from assistant.types import Language
from assistant.verify import Checked, Verification
from ui.terminal import Style, plain
from ui.text import say

AROUND = 14  # characters of the draft shown before a number


def checked_text(verification: Verification, language: Language, style: Style) -> str:
    """The numbers of a draft in reading order with their verdicts and sources, and the counts."""
    if not verification.numbers:
        return say(language, "verify_none")
    lines = [line for number in verification.numbers for line in _lines(number, verification, language, style)]
    counts = {verdict.value: verification.count(verdict) for verdict in Verdict}
    return "\n".join([*lines, "", say(language, "verify_total", count=len(verification.numbers), **counts)])


def _lines(number: Checked, verification: Verification, language: Language, style: Style) -> Iterator[str]:
    figure = number.judged.claim.figure
    text = verification.draft.text
    line = text.rfind("\n", 0, figure.start) + 1
    before = plain(text[max(line, figure.start - AROUND) : figure.start])
    verdict = say(language, f"verdict_{number.verdict.value}")
    loud = number.verdict in {Verdict.CONTRADICTS, Verdict.MASKED}
    said = f"{before}{style.bold(figure.written)}"
    yield f"{style.strong(verdict) if loud else verdict}  {said}{_right(number, language)}"
    if number.citation is not None and number.verdict is not Verdict.NOT_HELD:
        yield style.dim(f"    {number.citation.report.file_name}：{plain(number.citation.quote)}")


def _right(number: Checked, language: Language) -> str:
    if number.computed:
        return "  " + say(language, "verify_computed", how=number.computed)
    if number.verdict is Verdict.CONTRADICTS and number.right:
        return "  " + say(language, "verify_right", right=number.right)
    return ""


def comment_on(number: Checked, language: Language) -> str:
    """The words of the comment on a number."""
    says = [say(language, f"verdict_{number.verdict.value}")]
    if more := _right(number, language).strip():
        says.append(more)
    comma = "，" if language is Language.CHINESE else ": "
    lines = [say(language, "verify_says", verdict=says[0], says=comma.join(says[1:]))]
    if number.citation is not None:
        where = " › ".join((number.citation.report.title, *number.citation.section[-1:]))
        lines.append(say(language, "verify_source", report=where))
        lines.append(f"“{plain(number.citation.quote)}”")
    return "\n".join(lines)


def commented(verification: Verification, language: Language) -> tuple[bytes, int]:
    """The draft as a Word document with a comment on each number, and how many found no place."""
    draft = verification.draft
    word = draft.word or WordDraft.of_text(draft.text, str(draft.path))
    unplaced = 0
    for number in reversed(verification.numbers):
        figure = number.judged.claim.figure
        unplaced += not word.comment(figure.start, figure.end, comment_on(number, language))
    return word.content(), unplaced
