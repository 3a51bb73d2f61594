"""`youju remove`: take a report out of the archive, after asking where somebody can answer."""

from __future__ import annotations

import argparse
import sys

from assistant.types import Language
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.errors import UnknownReportError
from ui.text import say

_YES = {"y", "yes", "是"}


def run(options: argparse.Namespace) -> int:
    """Remove or purge one report; 1 where the user says no."""
    with Archive.open(options.archive) as archive:
        if not options.yes and sys.stdin.isatty() and not _confirmed(archive, options.id, purge=options.purge):
            print(say(Language.CHINESE, "not_removed"), file=sys.stderr)
            return 1
        archive.remove(options.id, purge=options.purge)
        archive.audit.record(COMMAND_LINE, "purge" if options.purge else "remove", options.id)
    print(say(Language.CHINESE, "purged" if options.purge else "removed", id=options.id))
    return 0


def _confirmed(archive: Archive, report_id: str, *, purge: bool) -> bool:
    try:
        title = archive.report(report_id).title or report_id
    except UnknownReportError:
        title = report_id  # removed before: it can still be purged
    try:
        reply = input(say(Language.CHINESE, "purge_asks" if purge else "remove_asks", title=title))
    except EOFError:
        return False
    return reply.strip().lower() in _YES
