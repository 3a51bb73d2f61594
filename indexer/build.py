"""The whole chain in reading order: files → reports → sections → passages → figures → words and vectors → archive."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.chunk import chunk
from indexer.errors import ReadError
from indexer.figures import Grammar, extract_figures
from indexer.files import FoundFile, Refusal, find_files
from indexer.held_places import settle_places
from indexer.load import Document, load
from indexer.manifest import ManifestRow
from indexer.metadata import Metadata, apply_manifest, guess_metadata
from indexer.parse import parse
from indexer.parsed import ParsedReport, Provenance
from indexer.search.words import load_segmenter, report_words
from indexer.segment import Segmenter
from indexer.settings import Home, Settings
from indexer.types import Report
from indexer.workers import work_through

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.snapshot import HeldReport

CHAIN = 5  # raise it when a stage reads reports otherwise than before: the next run takes unchanged files in again
WORKERS = 2
ALONE_BELOW = 200_000  # bytes; starting other processes takes longer than so little work
TOGETHER = 2_000  # passages committed to the search index at a time


@dataclass(frozen=True, slots=True)
class Job:
    """One file with all that decides how it is taken in."""

    file: Path
    path: str
    row: ManifestRow | None
    home: Home
    target: int
    limit: int
    limit_mb: int
    settled: Mapping[str, object]  # metadata that a person has set


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: a parsed report, or why there is none."""

    parsed: ParsedReport | None
    why: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: files done of all, and the path of the last one."""

    done: int
    total: int
    path: str


@dataclass(slots=True)
class BuildResult:
    """What a run did: readable ids of reports, files that could not be taken in with a sentence each, warnings."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    characters: int = 0  # of the reports added and replaced
    stopped: bool = False  # because `should_stop` said so


def take_in(grammar: Grammar, segmenter: Segmenter, job: Job) -> Taken:
    """One file through all stages but embedding."""
    try:
        document = load(job.file, limit_bytes=job.limit_mb * 1_000_000)
    except ReadError as error:
        return Taken(None, str(error))
    metadata = guess_metadata(job.path, document.text, home_place=job.home.place, home_office=job.home.office)
    if job.row is not None:
        metadata = apply_manifest(metadata, job.row)
    report = _report(job, document, metadata)
    sections = parse(report)
    passages = chunk(report, sections, target=job.target, limit=job.limit)
    figures = extract_figures(report, sections, passages, grammar=grammar)
    words = report_words(report, sections, passages, figures, segmenter)
    provenance = _provenance(job, metadata)
    made_from = _made_from(job, report.source_hash)
    parsed = ParsedReport(report, document.original, sections, passages, figures, provenance, made_from, words)
    return Taken(parsed, warnings=metadata.warnings)


def learn_to_take_in() -> Callable[[Job], Taken]:
    """`take_in` with its dictionaries loaded."""
    return partial(take_in, Grammar.load(), load_segmenter())


def index_paths(
    archive: Archive,
    paths: Iterable[Path],
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> BuildResult:
    """Take files and folders in: new ones are added, changed ones replaced, all others left as they are.

    What was removed stays out unless its file itself is named. Whatever ends the run, the reports finished so far
    stay. Raises ArchiveLockedError where another process writes, ModelError where the model cannot be used.
    """
    result = BuildResult()
    with archive.writing():
        archive.catch_up()
        found = list(find_files(paths))
        refused = [one for one in found if isinstance(one, Refusal)]
        result.failed += [(str(one.file), one.why) for one in refused if not one.missing]
        result.warnings += [one.why for one in refused if one.missing]
        files = [one for one in found if isinstance(one, FoundFile)]
        known = archive.held_by_path()
        jobs = [
            job for one in files if (job := _job_unless_done(archive, one, known.get(one.path), result)) is not None
        ]
        done = len(files) - len(jobs)
        _run(archive, jobs, known, result, on_progress=on_progress, should_stop=should_stop, done=done)
        settle_places(archive)
    return result


def rebuild(
    archive: Archive,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> BuildResult:
    """Take every report in again from its kept original, with the settings, the model and the stages of now."""
    result = BuildResult()
    with archive.writing(), tempfile.TemporaryDirectory() as folder:
        archive.embed_anew(only_missing=True)
        known = archive.held_by_path()
        jobs = []
        for info in archive.reports():
            held = known[info.path]
            file = Path(folder, str(held.row), info.file_name)
            file.parent.mkdir()
            file.write_bytes(archive.original(info.id)[1])
            settled = archive.settled(held, ("edited", "manifest"))
            jobs.append(_job_of(archive.settings, file, info.path, None, settled))
        _run(archive, jobs, known, result, on_progress=on_progress, should_stop=should_stop, done=0)
        settle_places(archive)
    return result


def _job_unless_done(archive: Archive, found: FoundFile, held: HeldReport | None, result: BuildResult) -> Job | None:
    """What is to be done for a file; None where nothing is, which `result` then says."""
    if held is not None and held.removed and not found.named:
        why = f"{found.file} was removed from the archive and stays out; name the file itself to bring it back."
        result.warnings.append(why)
        return None
    job = job_for(archive, found, held)
    if held is None or not would_change_nothing(job, held):
        return job
    if held.removed:
        archive.restore(held.info.id)
        result.added.append(held.info.id)
    else:
        result.unchanged.append(held.info.id)
    return None


def job_for(archive: Archive, found: FoundFile, held: HeldReport | None) -> Job:
    """How a file is taken in; `held` is the report that the archive has by the same path."""
    settled = {} if held is None else archive.settled(held, ("edited",))
    return _job_of(archive.settings, found.file, found.path, found.row, settled)


def would_change_nothing(job: Job, held: HeldReport) -> bool:
    """Whether the report was already taken in just so, from the same bytes."""
    return held.made_from == _made_from(job, _hash_of(job.file))


def _job_of(settings: Settings, file: Path, path: str, row: ManifestRow | None, settled: Mapping[str, object]) -> Job:
    chunks = settings.chunk
    return Job(file, path, row, settings.archive.home, chunks.target, chunks.limit, settings.load.limit_mb, settled)


def _run(
    archive: Archive,
    jobs: Sequence[Job],
    known: Mapping[str, HeldReport],
    result: BuildResult,
    *,
    on_progress: Callable[[Progress], None] | None,
    should_stop: Callable[[], bool] | None,
    done: int,
) -> None:
    total = done + len(jobs)
    size = sum(job.file.stat().st_size for job in jobs if job.file.is_file())
    waiting: list[ParsedReport] = []
    taken_in = work_through(learn_to_take_in, jobs, workers=0 if size < ALONE_BELOW else WORKERS)
    for number, (job, taken) in enumerate(taken_in, start=done + 1):
        _note(job, taken, result)
        if taken is not None and taken.parsed is not None:
            waiting.append(taken.parsed)
        if sum(len(parsed.passages) for parsed in waiting) >= TOGETHER:
            _commit(archive, waiting, known, result)
        if on_progress is not None:
            on_progress(Progress(number, total, job.path))
        if should_stop is not None and should_stop():
            result.stopped = True
            break
    _commit(archive, waiting, known, result)


def _note(job: Job, taken: Taken | None, result: BuildResult) -> None:
    if taken is None:
        result.failed.append((str(job.file), f"{job.file}: the process that read it ended; try this file by itself."))
    elif taken.parsed is None:
        result.failed.append((str(job.file), taken.why))
    else:
        result.warnings += taken.warnings


def _commit(
    archive: Archive, waiting: list[ParsedReport], known: Mapping[str, HeldReport], result: BuildResult
) -> None:
    for parsed, report_id in zip(waiting, archive.add(*waiting), strict=True):
        (result.replaced if parsed.report.path in known else result.added).append(report_id)
        result.characters += len(parsed.report.text)
    waiting.clear()


def _report(job: Job, document: Document, metadata: Metadata) -> Report:
    values = {name: getattr(metadata, name).value for name in _guessed(metadata)} | dict(job.settled)
    source_hash = hashlib.sha256(document.original).hexdigest()
    return Report(id="", path=job.path, source_hash=source_hash, text=document.text, **values)


def _provenance(job: Job, metadata: Metadata) -> dict[str, Provenance]:
    guesses = {name: getattr(metadata, name) for name in _guessed(metadata)}
    found = {
        name: Provenance(_shown(guess.value), guess.confidence, str(guess.source)) for name, guess in guesses.items()
    }
    return found | {name: Provenance(_shown(value), 1.0, "edited") for name, value in job.settled.items()}


def _guessed(metadata: Metadata) -> list[str]:
    return [one.name for one in dataclasses.fields(metadata) if one.name != "warnings"]


def _shown(value: object) -> str:
    return "" if value is None else str(getattr(value, "label", value))


def _made_from(job: Job, source_hash: str) -> str:
    """The hash of all that decides how a file is taken in; equal where doing so again would change nothing."""
    row = None if job.row is None else {**dataclasses.asdict(job.row), "line": 0}
    material = [CHAIN, source_hash, row, dataclasses.asdict(job.home), job.target, job.limit]
    return hashlib.sha256(json.dumps(material, default=str, ensure_ascii=False).encode()).hexdigest()


def _hash_of(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""  # loading it says why
