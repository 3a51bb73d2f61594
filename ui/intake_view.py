"""Sending files to the archive as HTML: the place to drop them, what became of each, what is asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from assistant.types import Language
from indexer.doubts import Decision, Doubt, DoubtKind
from indexer.intake import Outcome, Result
from indexer.readers import READERS
from indexer.settings import Load
from ui.controls import progress_html, said_html
from ui.intake_job import IntakeJob, Item, Stage
from ui.render import escape, text_html
from ui.source import original_address
from ui.spoken import in_language
from ui.text import say

SHOWN = 60  # files of one end that are named, the last ones
ENDS = (Outcome.FAILED, Outcome.ADDED, Outcome.REPLACED, Outcome.RESTORED, Outcome.UNCHANGED, Outcome.LEFT_OUT)


def drop_html(notice: str, load: Load, language: Language, *, is_empty: bool) -> str:
    """The place to drop reports and zips up to the limits, the notice above it; in an empty archive also the samples."""
    suffixes = (*sorted(READERS), ".zip")
    types = say(language, "list_comma").join(suffixes)
    hint = say(language, "intake_hint", types=types, each=load.limit_mb, zip=load.zip_mb)
    texts = {key: text_html(language, f"upload_{key}") for key in ("sending", "failed")}
    sent = escape(say(language, "intake_sent", count="{count}"))
    lead = "intake_lead_empty" if is_empty else "reports_lead"
    samples = ""
    if is_empty:
        samples = (
            f'<p class="yj-samples">{text_html(language, "intake_samples_hint")} '
            f'<button type="button" class="yj-button" data-act="samples" data-once>{text_html(language, "intake_samples")}</button></p>'
        )
    return (
        f'<header class="yj-title"><h2>{text_html(language, "nav_reports")}</h2>'
        f'<p class="yj-lead">{text_html(language, lead)}</p></header><p class="yj-notice">{escape(notice)}</p>'
        f'<label class="yj-drop" data-sending="{texts["sending"]}" data-failed="{texts["failed"]}" '
        f'data-sent="{sent}"><input type="file" multiple accept="{",".join(suffixes)}">'
        f'<strong>{text_html(language, "intake_drop")}</strong><span class="yj-drop-hint">{escape(hint)}</span>'
        f'<span class="yj-drop-status" role="status"></span></label>{samples}'
    )


def jobs_html(jobs: Sequence[IntakeJob], known: AbstractSet[str], language: Language) -> str:
    """The viewer's lots of files, the newest first; `known`: the paths of the reports that he may see now."""
    return "".join(_job(job, known, language) for job in jobs)


def _job(job: IntakeJob, known: AbstractSet[str], language: Language) -> str:
    items = job.items()
    told = [item for item in items if item.result is not None]
    counts = job.counts()
    parts = [say(language, f"intake_count_{end.value}", count=counts[end]) for end in ENDS if counts[end]]
    line = f"{text_html(language, f'intake_{job.stage.value}')} <span>{escape(' · '.join(parts))}</span>"
    bar = ""
    if job.stage in {Stage.RUNNING, Stage.STOPPING, Stage.UNPACKING}:
        done = say(language, "intake_progress", done=len(told), total=len(items))
        bar = progress_html(done, len(told), len(items))
    failed = said_html(in_language(job.why, language), bad=True) if job.why else ""
    return (
        f'<section class="yj-job yj-{job.stage.value}" aria-label="{escape(say(language, "intake_lot", number=job.number))}">'
        f'<header><p role="status">{line}</p>{_buttons(job, language)}</header>{bar}{failed}'
        f"{_questions(job, known, language)}{_ends(told, language)}</section>"
    )


def _buttons(job: IntakeJob, language: Language) -> str:
    if not job.is_over:
        off = " disabled" if job.stage is Stage.STOPPING else ""
        return _button("stop", "intake_stop", job, language, off)
    return "" if job.is_moving else _button("dismiss", "intake_dismiss", job, language)


def _button(act: str, key: str, job: IntakeJob, language: Language, more: str = "") -> str:
    return (
        f'<button type="button" class="yj-small" data-act="{act}" data-job="{job.number}"{more}>'
        f"{text_html(language, key)}</button>"
    )


def _questions(job: IntakeJob, known: AbstractSet[str], language: Language) -> str:
    questions = job.questions()
    if not questions:
        return ""
    rows = "".join(_question(job, item, known, language) for item in questions)
    every = ""
    if len(questions) > 1:
        buttons = "".join(
            f'<button type="button" class="yj-small" data-act="settle" data-job="{job.number}" data-item="all" data-once '
            f'data-decision="{decision.value}">{text_html(language, f"intake_all_{decision.value}")}</button>'
            for decision in Decision
        )
        every = f'<div class="yj-buttons yj-every">{buttons}</div>'
    title = say(language, "intake_questions", count=len(questions))
    return f'<div class="yj-questions"><h3>{escape(title)}</h3>{every}<ul>{rows}</ul></div>'


def _question(job: IntakeJob, item: Item, known: AbstractSet[str], language: Language) -> str:
    result = item.result
    if result is None:
        return ""
    overtaken = said_html(say(language, "intake_overtaken"), bad=True) if result.overtaken else ""
    is_hidden = any(doubt.report is not None and doubt.report.path not in known for doubt in result.doubts)
    told = (
        [escape(say(language, "intake_doubt_hidden"))]
        if is_hidden
        else [_doubt(one, language) for one in result.doubts]
    )
    why = "".join(f"<p>{one}</p>" for one in told)
    keys = {Decision.LEAVE_OUT: "intake_leave_out"} if is_hidden else _ways(result)
    off = " disabled" if item.busy else ""
    buttons = "".join(
        f'<button type="button" class="yj-button" data-act="settle" data-job="{job.number}" data-item="{item.number}" '
        f'data-once data-decision="{decision.value}"{off}>{text_html(language, key)}</button>'
        for decision, key in keys.items()
    )
    return f'<li><strong>{escape(item.name)}</strong>{overtaken}{why}<div class="yj-buttons">{buttons}</div></li>'


def _ways(result: Result) -> dict[Decision, str]:
    """What can be decided about a file, with the key of each in the texts."""
    can_replace = any(doubt.report is not None for doubt in result.doubts)
    ways = {Decision.REPLACE: _replace_key(result)} if can_replace else {}
    keep = "intake_keep" if can_replace else "intake_take"
    return {**ways, Decision.KEEP: keep, Decision.LEAVE_OUT: "intake_leave_out"}


def _replace_key(result: Result) -> str:
    by_path = next((doubt for doubt in result.doubts if doubt.kind is DoubtKind.VERSION), None)
    if by_path is None:
        return "intake_replace_other"
    return "intake_replace_removed" if by_path.removed else "intake_replace"


def _doubt(doubt: Doubt, language: Language) -> str:
    """Why a file is asked about, as HTML; a report that is held can be fetched and compared."""
    if doubt.report is None:
        key = f"intake_doubt_{doubt.kind.value}"
        return escape(say(language, key, named=doubt.named, followed=doubt.followed))
    title = doubt.report.title or doubt.report.file_name
    if doubt.kind is DoubtKind.NEAR:
        percent = min(99, round(100 * doubt.likeness)) if doubt.likeness < 1 else 100
        said = say(language, "intake_doubt_near", title=title, percent=percent)
    else:
        said = say(language, "intake_doubt_removed" if doubt.removed else "intake_doubt_version", title=title)
    if doubt.removed:
        return escape(said)
    link = f'<a href="{escape(original_address(doubt.report))}" download>{text_html(language, "intake_fetch_old")}</a>'
    return f"{escape(said)} {link}"


def _ends(told: Sequence[Item], language: Language) -> str:
    return "".join(
        _end(end, [one for one in told if one.result and one.result.outcome is end], language) for end in ENDS
    )


def _end(end: Outcome, items: Sequence[Item], language: Language) -> str:
    if not items:
        return ""
    rows = "".join(_line(item, language) for item in items[-SHOWN:])
    left = len(items) - SHOWN
    more = f'<li class="yj-soft">{escape(say(language, "intake_more", count=left))}</li>' if left > 0 else ""
    title = escape(say(language, f"intake_count_{end.value}", count=len(items)))
    is_open = " open" if end is Outcome.FAILED else ""
    return f'<details class="yj-end yj-{end.value}"{is_open}><summary>{title}</summary><ul>{more}{rows}</ul></details>'


def _line(item: Item, language: Language) -> str:
    result = item.result
    if result is None:
        return ""
    if result.report_id:
        link = f'<a data-go href="?open={escape(result.report_id)}">{escape(item.name)}</a>'
        return f"<li>{link}</li>"
    why = in_language(result.why, language)
    if why.startswith(item.name):  # the sentence names the file itself
        return f"<li>{escape(why)}</li>"
    return f"<li>{escape(item.name)}{escape(f' — {why}') if why else ''}</li>"
