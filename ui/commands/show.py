"""`youju show`: what is known of one report and where that comes from, with its sections; or its text."""

from __future__ import annotations

import argparse

from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.types import Section
from ui.commands.reports import report_json
from ui.terminal import plain
from ui.view import heading_of


def run(options: argparse.Namespace) -> int:
    """Print one report; an unknown id is an error that names `youju reports`."""
    with Archive.open(options.archive) as archive:
        report = archive.report(options.id)
        if options.text:
            archive.audit.record(COMMAND_LINE, "open", options.id)
            print(report.text)
            return 0
        guesses = archive.metadata(report.id)
        for name, value in report_json(report).items():
            guess = guesses.get(name)
            source = f"  （{guess.source} {guess.confidence:.0%}）" if guess and guess.confidence > 0 else ""
            print(f"{name:12} {_shown(value)}{source}")
        print(f"{'figures':12} {len(archive.figures_of(report.id))}")
        print(f"{'characters':12} {len(report.text)}\n")
        for section in archive.sections(report.id):
            print(_section_line(section))
    return 0


def _shown(value: object) -> str:
    if isinstance(value, list):
        return " – ".join(map(str, value))
    return "—" if value is None else plain(str(value))


def _section_line(section: Section) -> str:
    heading = plain(heading_of(section.path[-1:], Language.CHINESE))
    indent = "  " * max(len(section.path) - 1, 0)
    return f"{section.start:>7}  {section.kind.value:10} {indent}{heading}"
