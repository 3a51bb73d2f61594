"""`youju draft`: a document from the archive, of a file of questions or of indicators side by side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.types import Answer, Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.errors import QuestionError
from indexer.types import Period
from ui.overwriting import may_write
from ui.text import say

if TYPE_CHECKING:
    from assistant.drafting.model import Draft


def run(options: argparse.Namespace) -> int:
    """Write the document; 2 where neither questions nor indicators are given, or both."""
    if bool(options.questions) == bool(options.subject):
        print("youju draft: name a file of questions, or indicators with --subject", file=sys.stderr)
        return 2
    from assistant.draft import form_of

    form_of(options.out)
    may_write(options.out, force=options.force)
    language = Language(options.lang)
    with Archive.open(options.archive) as archive:
        draft = _of_subjects(archive, options) if options.subject else _of_questions(archive, options)
        archive.audit.record(COMMAND_LINE, "export", f"draft:{options.out.suffix.lstrip('.').lower()}")
    print(say(language, "draft_written", path=options.out), file=sys.stderr)
    if draft.left_out:
        print(say(language, "draft_left_out", count=draft.left_out), file=sys.stderr)
    return 0


def _of_questions(archive: Archive, options: argparse.Namespace) -> Draft:
    from assistant.chain import answer_chain
    from assistant.draft import write_answers

    questions = questions_in(options.questions)
    chain = answer_chain(archive)
    answers: list[Answer] = [
        chain.invoke({"question": question, "today": options.today, "explain": False}) for question in questions
    ]
    return write_answers(answers, options.out, archive, Language(options.lang))


def _of_subjects(archive: Archive, options: argparse.Namespace) -> Draft:
    from assistant.asked_years import years_asked
    from assistant.compare import Request, compare
    from assistant.compare_places import places_named
    from assistant.draft import write_draft

    years, _ = years_asked(options.years) if options.years else ((), False)
    places = tuple(place for name in options.place or () for place in places_named(archive, name))
    periods = tuple(map(Period.of_year, years))
    requests = [Request(subject, Language(options.lang), periods, places) for subject in options.subject]
    return write_draft([compare(archive, request) for request in requests], options.out, archive)


def questions_in(path: Path) -> list[str]:
    """The questions of a file, one a line; empty lines and lines that begin with # are left out. QuestionError: none."""
    from ui.commands.ask import read_lines

    found = [line.strip() for line in read_lines(path)]
    questions = [line for line in found if line and not line.startswith("#")]
    if not questions:
        raise QuestionError(f"{path} 里没有问题，请每行写一个。(It holds no question; write one a line.)")
    return questions
