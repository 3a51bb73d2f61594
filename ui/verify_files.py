"""A checked draft as files: its copy in Word with a comment on each number, and the list as Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from assistant.drafting.model import Sheet, SheetValue
from assistant.types import Language
from assistant.verify import Checked, Verification
from assistant.workbook import csv_bytes, workbook_bytes
from ui.checked import commented
from ui.text import say
from ui.view import title_of

COLUMNS = {
    "number": 8, "written": 14, "verdict": 14, "right": 16, "computed": 24, "around": 44, "report": 32, "section": 28,
    "quote": 60,
}  # fmt: skip  # keys of headings with their width in characters
AROUND = 24  # characters of the draft on either side of a number


def verified_files(verification: Verification, name: str, language: Language) -> Iterator[tuple[str, bytes]]:
    """The files with their names, made from the draft's own name."""
    stem = PurePath(name).stem
    content, _ = commented(verification, language)
    yield say(language, "verify_copy", stem=stem), content
    sheet = list_sheet(verification, language)
    yield say(language, "verify_listed", stem=stem, kind="xlsx"), workbook_bytes([sheet], sheet.name, None)
    yield say(language, "verify_listed", stem=stem, kind="csv"), csv_bytes(sheet)


def list_sheet(verification: Verification, language: Language) -> Sheet:
    """The numbers of a draft in reading order as a worksheet."""
    heads = tuple(say(language, f"verify_head_{key}") for key in COLUMNS)
    rows = tuple(_row(at, number, verification, language) for at, number in enumerate(verification.numbers, 1))
    return Sheet(say(language, "verify_list"), heads, rows, tuple(COLUMNS.values()))


def _row(at: int, number: Checked, verification: Verification, language: Language) -> tuple[SheetValue, ...]:
    figure, citation = number.judged.claim.figure, number.citation
    text = verification.draft.text
    around = " ".join(text[max(0, figure.start - AROUND) : figure.end + AROUND].split())
    verdict = say(language, f"verdict_{number.verdict.value}")
    where: tuple[SheetValue, ...] = (None, None, None)
    if citation is not None:
        where = (title_of(citation.report, language), " › ".join(citation.section), " ".join(citation.quote.split()))
    return at, number.judged.claim.written, verdict, number.right, number.computed or None, around, *where
