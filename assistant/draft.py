"""Drafts as files: a comparison, a plan beside what was done, or a set of answers as Word, Markdown, Excel or CSV.

A number is written only with a citation whose quote is the slice of its report and holds it. The same archive and
request give the same bytes: the document's time is that of the archive's last change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from assistant.comparison import Comparison
from assistant.drafting.answers import answers_draft
from assistant.drafting.checked import checked
from assistant.drafting.compare import comparison_draft
from assistant.drafting.model import ArchiveState, Draft, Paragraph, Run, Style
from assistant.drafting.plans import plans_draft
from assistant.drafting.sources import Sources
from assistant.drafting.words import word
from assistant.plans import PlanReview
from assistant.types import Answer, Language
from indexer.archive import Archive
from indexer.errors import ExportError
from indexer.whole_file import write_whole

BEIJING = timedelta(hours=8)


def write_draft(comparisons: Comparison | Sequence[Comparison], path: Path, archive: Archive) -> Draft:
    """Write one or more comparisons to `path`, in the form that its name ends in; the draft that was written.

    The subjects of several comparisons stand side by side. Raises ExportError for another ending than .docx, .md,
    .xlsx and .csv, for no comparison, and where the file cannot be written; then nothing is left of it.
    """
    form_of(path)
    given = (comparisons,) if isinstance(comparisons, Comparison) else tuple(comparisons)
    if not given:
        raise ExportError("没有可写的对比，请先给出要比较的指标。(There is nothing to write; name a subject.)")
    made = draft_comparisons(given, archive)
    save_draft(made, path)
    return made


def write_answers(answers: Sequence[Answer], path: Path, archive: Archive, language: Language) -> Draft:
    """Write a set of answers to `path`, in the form that its name ends in; the draft that was written.

    Raises ExportError as `write_draft` does.
    """
    form_of(path)
    sources = Sources(archive.report)
    made = finished(answers_draft(answers, sources, archive_state(archive), language), sources)
    save_draft(made, path)
    return made


def write_plans_draft(reviews: Sequence[PlanReview], path: Path, archive: Archive, language: Language) -> Draft:
    """Write reviews of plans to `path`, in the form that its name ends in; raises ExportError as `write_draft` does."""
    form_of(path)
    if not reviews:
        raise ExportError("没有可写的计划，请换个年份或地区。(There is no plan to write; name another year or place.)")
    sources = Sources(archive.report)
    made = finished(plans_draft(reviews, sources, archive_state(archive), language), sources)
    save_draft(made, path)
    return made


def draft_comparisons(comparisons: Sequence[Comparison], archive: Archive) -> Draft:
    """The draft of comparisons, before it takes the form of a file."""
    sources = Sources(archive.report)
    return finished(comparison_draft(comparisons, sources, archive_state(archive)), sources)


def finished(draft: Draft, sources: Sources) -> Draft:
    """The draft checked once more, with the sentence that says from which archive it was made."""
    sound = checked(draft, sources)
    stated = Paragraph(Style.STATE, (Run(state_words(draft)),))
    return replace(sound, blocks=(*sound.blocks, stated), left_out=sources.left_out)


def save_draft(draft: Draft, path: Path) -> None:
    """Write the draft in the form that the name of `path` ends in. Raises ExportError."""
    content = form_of(path)(draft)
    write_whole(path, lambda part: _write(part, content))


def form_of(path: Path) -> Callable[[Draft], bytes]:
    """What turns a draft into the bytes of a file with the ending of `path`. Raises ExportError for another ending."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        endings = "、".join(FORMS)
        raise ExportError(f"{path.name} 不是 {endings}，请改文件名。(Name a file that ends in {', '.join(FORMS)}.)")
    return form


def archive_state(archive: Archive) -> ArchiveState:
    """The state of the archive that a draft is made from."""
    reports = archive.reports()
    years = [report.year for report in reports if report.year]
    stamp = archive.last_change.stamp
    changed = datetime.fromisoformat(stamp) if stamp else None
    return ArchiveState(archive.log_number, changed, len(reports), max(years, default=None))


def state_words(draft: Draft) -> str:
    """From which state of the archive the draft was made, and when that was."""
    state = draft.state
    changed = _moment(state.changed, draft.language) if state.changed else ""
    key = "state" if changed and state.newest else "state_new"
    values = {"log": state.log_number, "reports": state.reports, "newest": state.newest, "changed": changed}
    return word(draft.language, key, **values)


def _moment(at: datetime, language: Language) -> str:
    """A time of the records (UTC) in words: Beijing time in Chinese."""
    if language is Language.ENGLISH:
        return at.strftime("%Y-%m-%d %H:%M UTC")
    here = at + BEIJING
    return f"{here.year}年{here.month}月{here.day}日{here.hour:02}时{here.minute:02}分"


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _docx(draft: Draft) -> bytes:
    from assistant.word.document import word_bytes

    return word_bytes(draft)


def _markdown(draft: Draft) -> bytes:
    from assistant.drafting.markdown import markdown_text

    return markdown_text(draft).encode()


def _xlsx(draft: Draft) -> bytes:
    from assistant.drafting.sheets import state_sheet
    from assistant.workbook import workbook_bytes

    sheets = (*draft.sheets, state_sheet(draft.language, state_words(draft)))
    return workbook_bytes(sheets, draft.title, draft.state.changed)


def _csv(draft: Draft) -> bytes:
    from assistant.workbook import csv_bytes

    return csv_bytes(draft.sheets[0])


FORMS: Mapping[str, Callable[[Draft], bytes]] = MappingProxyType(
    {".docx": _docx, ".md": _markdown, ".xlsx": _xlsx, ".csv": _csv}
)
