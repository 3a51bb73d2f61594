"""The project's drafts with planted errors, checked over the real reports: what was found, and what was alarmed about.

    python -m benchmarks.drafts [--half working|frozen] [--archive DIR] [--list]

The drafts in order are dealt to the two halves in turn, the first to `working`: tune on that half only. A number of
the truth is found in the verdicts by how it is written, in reading order. The real reports are those of ../shared.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.checking.draft_text import open_draft
from assistant.evaluate import Rate
from assistant.verify import verification_json, verify
from benchmarks.exams import DATA, SHARED
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.fold import fold
from ui.evaluation import interval

DRAFTS = DATA / "drafts"
HALVES = ("working", "frozen")
MISSING = "not listed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number of a draft: what is true of it, and what was said."""

    draft: str
    truth: dict[str, Any]
    verdict: str
    right: str | None

    @property
    def is_sound(self) -> bool:
        """Whether the verdict is the true one."""
        return bool(self.verdict == self.truth["verdict"])


def drafts_of(half: str | None) -> list[dict[str, Any]]:
    """The drafts of a half with their numbers; both halves for None."""
    lines = (DRAFTS / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    drafts: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return [draft for at, draft in enumerate(drafts) if half is None or HALVES[at % 2] == half]


def outcomes(archive: Archive, draft: dict[str, Any]) -> Iterator[Outcome]:
    """What is said of each number of a draft's truth."""
    said = verification_json(verify(archive, open_draft(DRAFTS / draft["draft"])))["numbers"]
    at = 0
    for truth in draft["numbers"]:
        found = next((i for i in range(at, len(said)) if _bare(said[i]["written"]) == _bare(truth["written"])), None)
        if found is None:
            yield Outcome(draft["draft"], truth, MISSING, None)
            continue
        at = found + 1
        yield Outcome(draft["draft"], truth, said[found]["verdict"], said[found]["right"])


def _bare(written: str) -> str:
    return fold(written).replace(" ", "").replace(",", "")


def rates_of(found: Sequence[Outcome]) -> list[Rate]:
    """The rates that the bars speak of."""
    return [
        _rate("planted contradictions found", found, "contradicts", "contradicts"),
        _rate("false alarms on true numbers", found, "agrees", "contradicts"),
        _rate("true numbers said to agree", found, "agrees", "agrees"),
        _rate("false alarms on numbers not held", found, "not_held", "contradicts"),
        _rate("numbers not held said so", found, "not_held", "not_held"),
    ]


def _rate(name: str, found: Sequence[Outcome], true: str, said: str) -> Rate:
    of = [one for one in found if one.truth["verdict"] == true]
    return Rate(name, sum(one.verdict == said for one in of), len(of))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, count and print; returns the exit status."""
    options = _parser().parse_args(arguments)
    if not (SHARED / "archive").is_dir() and options.archive is None:
        print("the real reports in ../shared are not at hand")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = options.archive or Path(folder) / "archive"
        with Archive.open(place, create=True) as archive:
            if not archive.reports():
                index_paths(archive, [SHARED / "archive"])
            started = time.perf_counter()
            drafts = drafts_of(options.half)
            found = [one for draft in drafts for one in outcomes(archive, draft)]
            took = time.perf_counter() - started
    print(f"{options.half or 'both halves'}: {len(drafts)} drafts, {len(found)} numbers, {took:.1f} s")
    for rate in rates_of(found):
        print(f"{rate.name:34} {rate.hits}/{rate.of}  {interval(rate)}")
    for (true, said), count in sorted(Counter((one.truth["verdict"], one.verdict) for one in found).items()):
        print(f"  {true:12} said {said:12} {count}")
    for one in found if options.list else ():
        if not one.is_sound:
            note = one.truth.get("note", "")
            print(
                f"{one.draft}\t{one.truth['written']}\t{one.truth['verdict']} {one.truth['right']} {note}\t{one.verdict} {one.right}"
            )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--half", choices=HALVES, help="one half of the drafts (default: both)")
    parser.add_argument("--archive", type=Path, help="an archive of the real reports (default: one made for the run)")
    parser.add_argument("--list", action="store_true", help="print what was not said rightly")
    return parser


if __name__ == "__main__":
    sys.exit(main())
