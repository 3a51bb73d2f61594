"""`youju check`: verify the archive, repair what can be made again from its records, and print what was found."""

from __future__ import annotations

import argparse

from assistant.types import Language
from indexer.archive import Archive
from ui.terminal import plain
from ui.text import say


def run(options: argparse.Namespace) -> int:
    """0 where nothing is amiss in the end, 1 where something is."""
    with Archive.open(options.archive) as archive:
        found = archive.check(repair=options.repair)
    for problem in found.problems:
        print(plain(problem))
    for repaired in found.repaired:
        print(plain(repaired))
    for problem in found.remaining if found.repaired else ():
        print(plain(problem))
    held = {"reports": found.reports, "passages": found.passages, "figures": found.figures}
    print(say(Language.CHINESE, "check_sound" if found.sound else "check_amiss", amiss=len(found.remaining), **held))
    return 0 if found.sound else 1
