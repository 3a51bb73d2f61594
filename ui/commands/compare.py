"""`youju compare`: a subject over years and places, as a table, as JSON, or as a file."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import date

from assistant.asked_years import years_asked
from assistant.comparison import Comparison, NoteKind
from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.errors import QuestionError
from indexer.types import Period
from ui.compare_choice import notes_on_years
from ui.comparison import comparison_json, ends_lines, headings, source_lines, state_line, table_row, title_of
from ui.console import print_table
from ui.overwriting import may_write
from ui.terminal import plain
from ui.text import say


def run(options: argparse.Namespace) -> int:
    """Compare and print, or write; 0 also where the archive holds nothing of the subject."""
    from assistant.compare import Request, compare
    from assistant.compare_places import places_named
    from ui.comparison_files import check_name, write_comparison

    if options.out is not None:
        check_name(options.out)
        may_write(options.out, force=options.force)
    language = Language(options.lang)
    subject = options.subject.strip()
    if not any(map(str.isalnum, subject)):
        raise QuestionError("没有写要比较什么，例如：youju compare 棚户区改造。(Name what to compare.)")
    years, turned = years_asked(options.years) if options.years else ((), False)
    with Archive.open(options.archive) as archive:
        places = tuple(place for name in options.place or () for place in places_named(archive, name))
        request = Request(subject, language, tuple(map(Period.of_year, years)), places)
        made = compare(archive, request)
        of_years = notes_on_years(years, made, options.today or date.today(), turned=turned)
        made = replace(made, notes=(*of_years, *made.notes))
        if options.out is not None:
            write_comparison(options.out, made, archive)
            archive.audit.record(COMMAND_LINE, "export", f"comparison:{options.out.suffix.lstrip('.').lower()}")
    if options.json:
        print(json.dumps(comparison_json(made), ensure_ascii=False))
    if options.out is not None:
        print(say(language, "compare_written_out", path=options.out, rows=len(made.rows)), file=sys.stderr)
    elif not options.json:
        _show(made, options)
    return 0


def _show(made: Comparison, options: argparse.Namespace) -> None:
    """One page of the table, then the notes and the sources of all of it."""
    language = made.language
    if not any(row.citation for row in made.rows):
        print(say(language, "compare_nothing", reports=made.searched.reports, subject=made.subject))
        for note in made.notes:
            if note.kind is NoteKind.PERIODS:  # a year that has no report yet, years turned round
                print(note.text)
        if made.suggestions:
            print(say(language, "compare_nearest", names="、".join(made.suggestions)))
        return
    print(plain(title_of(made)))
    first = (options.page - 1) * options.limit
    numbers = range(len(made.rows))[first : first + options.limit]
    print_table(headings(made), [[plain(cell) for cell in table_row(made, number)] for number in numbers])
    if len(numbers) < len(made.rows):
        last = first + len(numbers)
        print(say(language, "compare_page", first=first + 1, last=last, total=len(made.rows), next=options.page + 1))
    for line in [*ends_lines(made), *(note.text for note in made.notes)]:
        print(plain(line))
    shown = {made.rows[number].citation for number in numbers}
    print(say(language, "compare_sources"))
    for citation, line in zip(made.citations, source_lines(made), strict=True):
        if citation.number in shown:
            print(plain(line))
    print(state_line(made))
