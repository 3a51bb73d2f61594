"""`youju verify`: check every number of a draft against the archive; a list, JSON, or a copy with comments in Word."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from assistant.checking.draft_text import open_draft
from assistant.types import Language
from assistant.verify import verification_json, verify
from indexer.archive import Archive
from indexer.audit import COMMAND_LINE
from indexer.whole_file import write_whole
from ui.checked import checked_text, commented
from ui.overwriting import may_write
from ui.terminal import Style
from ui.text import say

CONTRADICTED = 3  # exit status


def run(options: argparse.Namespace) -> int:
    """0 where no number contradicts the archive, 3 where one does."""
    language = Language(options.lang)
    if options.out is not None and (wrong := _bad_copy(options.out, options.draft)):
        print(f"youju verify: {wrong}", file=sys.stderr)
        return 2
    if options.out is not None:
        may_write(options.out, force=options.force)
    draft = open_draft(options.draft)
    with Archive.open(options.archive) as archive:
        verification = verify(archive, draft, today=options.today)
        archive.audit.record(COMMAND_LINE, "verify")
    if options.json:
        print(json.dumps(verification_json(verification), ensure_ascii=False))
    else:
        style = Style(sys.stdout.isatty() and "NO_COLOR" not in os.environ)
        print(checked_text(verification, language, style), flush=True)
    if options.out is not None:
        content, unplaced = commented(verification, language)
        write_whole(options.out, lambda part: _put(part, content))
        print(say(language, "verify_out", path=options.out), file=sys.stderr)
        if unplaced:
            print(say(language, "verify_unplaced", count=unplaced), file=sys.stderr)
    return CONTRADICTED if verification.contradicts else 0


def _bad_copy(out: Path, draft: Path) -> str:
    """What is wrong with the name of the copy; "" where nothing is."""
    if out.suffix.lower() != ".docx":
        return f"带批注的副本是 Word 文档，{out} 应以 .docx 结尾。(name the copy .docx)"
    if out.exists() and draft.exists() and out.samefile(draft):
        return f"{out} 就是原稿，请另起一个名字。(the draft itself is never changed; name another file)"
    return ""


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)
