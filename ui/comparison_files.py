"""Comparisons as files: a draft as Word, Excel, CSV or Markdown, or the chart of one as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.comparison import Comparison
from assistant.draft import FORMS, draft_comparisons, form_of, save_draft
from assistant.drafting.model import Draft
from indexer.archive import Archive
from indexer.errors import ExportError
from indexer.whole_file import write_whole
from ui.chart import chart_svg

CHART = ".svg"


def check_name(path: Path) -> None:
    """Raises ExportError where a comparison cannot be written in the form that the name ends in."""
    if path.suffix.lower() not in {*FORMS, CHART}:
        endings = (*FORMS, CHART)
        raise ExportError(
            f"{path.name} 不是 {'、'.join(endings)}，请改文件名。(Name a file that ends in {', '.join(endings)}.)"
        )


def write_comparison(path: Path, made: Comparison, archive: Archive) -> Draft | None:
    """Write a comparison in the form that the name of the file ends in; the draft, None for a chart. Raises ExportError."""
    check_name(path)
    if path.suffix.lower() == CHART:
        write_whole(path, lambda part: _put(part, chart_svg(made)))
        return None
    draft = draft_comparisons([made], archive)
    save_draft(draft, path)
    return draft


def comparison_file(comparisons: Sequence[Comparison], kind: str, archive: Archive) -> tuple[str, bytes, Draft]:
    """Name and content of the file of that kind (docx, xlsx, csv, md), and the draft that it holds. Raises ExportError."""
    draft = draft_comparisons(comparisons, archive)
    name = f"{draft.title}.{kind}"
    return name, form_of(Path(name))(draft), draft


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
