"""The places and offices of an archive that a name given on the command line means."""

from __future__ import annotations

from assistant.rows import place_of
from indexer.archive import Archive
from indexer.errors import QuestionError
from indexer.fold import fold

NATION_NAMES = frozenset({"全国", "国务院", "中国", "国家", "china", "national", "nation"})
NATION = "全国"


def places_named(archive: Archive, name: str) -> tuple[str, ...]:
    """The labels of the places or offices held under that name; raises QuestionError, with those held, for an unknown one."""
    held = list(dict.fromkeys(label for report in archive.reports() if (label := place_of(report))))
    asked = fold(name).strip()
    if asked.lower() in NATION_NAMES and NATION in held:
        return (NATION,)
    named = [mention.canonical for mention in archive.lexicon.places(asked)]
    found = [label for label in held if label in named or label == asked]
    found = found or [label for label in held if asked and (asked in label or label in asked)]
    if not found:
        listed = "、".join(held[:8]) + ("等" if len(held) > 8 else "")
        raise QuestionError(
            f"档案中没有“{name}”的报告，现有：{listed or '无'}。(The archive holds no report of {name}.)"
        )
    return tuple(found)
