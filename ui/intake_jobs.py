"""The work on files that clerks have sent: kept in memory, done in threads of its own, one lot after another."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.archive import Archive
from indexer.build import Job, Taken, learn_to_take_in
from indexer.doubts import Decision, Likenesses, SketchShelf
from indexer.errors import UploadError, YoujuError
from indexer.files import FoundFile, Refusal, find_files
from indexer.intake import REVOKED, Intake, Outcome, Result
from indexer.settings import Load
from indexer.viewer import Viewer
from indexer.zipped import ZipLimits, unpack
from ui.files_in import Inbox, SentFile
from ui.intake_job import IntakeJob, Stage

UNPACKED = 2  # times the largest zip: what all that is unpacked may take, where that is more than the usual limit
KEPT = 20  # jobs of one account that are remembered
ENDED_EARLY = "程序出错，没有做完；已收入的都在，其余请再传一次。(It ended early; send the rest again.)"
TAKEN = (Outcome.ADDED, Outcome.REPLACED, Outcome.RESTORED)

Note = Callable[[str], None]  # is told the id of each report that is taken in
Find = Callable[[IntakeJob], Iterator[FoundFile | Refusal]]
SAMPLES = Path(__file__).parents[1] / "corpus"  # installed beside this package


class IntakeDesk:
    """The jobs of all accounts. When the server ends, what they have committed stays, and nothing else."""

    def __init__(self) -> None:
        self.sketches = SketchShelf()
        self._jobs: list[IntakeJob] = []
        self._lock = threading.Lock()
        self._turn = threading.Lock()  # held by the job that is running
        self._learning = threading.Lock()
        self._take_in: Callable[[Job], Taken] | None = None

    def start(self, archive: Archive, viewer: Viewer, inbox: Inbox, tokens: Sequence[str], note: Note) -> IntakeJob:
        """Begin to take in what the viewer has sent; what cannot be is told in the job, file by file."""
        sent: list[SentFile] = []
        gone: list[Refusal] = []
        for token in tokens:
            try:
                sent.append(inbox.get(viewer, token))
            except UploadError as error:
                gone.append(Refusal(Path(f"{len(gone) + 1}"), str(error)))
        job = self._begin(archive, viewer)
        try:
            placed = [_placed(one, number, job.folder) for number, one in enumerate(sent)]
        except OSError as error:
            job.enter(Stage.FAILED, _disk_refuses(error))
            return job
        finally:
            for one in sent:
                inbox.drop(one)

        def find(job: IntakeJob) -> Iterator[FoundFile | Refusal]:
            yield from gone
            yield from _found(placed, job)

        return self._go(job, find, note)

    def start_samples(self, archive: Archive, viewer: Viewer, note: Note) -> IntakeJob:
        """Begin to take in the sample reports that come with the product."""

        def find(job: IntakeJob) -> Iterator[FoundFile | Refusal]:
            folder = job.folder / "corpus"
            folder.mkdir()
            for entry in SAMPLES.iterdir():
                if entry.is_file():
                    (folder / entry.name).write_bytes(entry.read_bytes())
            yield from find_files([folder])

        return self._go(self._begin(archive, viewer), find, note)

    def jobs_of(self, viewer: Viewer) -> tuple[IntakeJob, ...]:
        """The jobs that the viewer began in his present role or a lesser one, the newest first."""
        with self._lock:
            return tuple(job for job in reversed(self._jobs) if viewer.stands_for(job.viewer))

    def job(self, viewer: Viewer, number: int) -> IntakeJob | None:
        """The viewer's job of this number; None where it is forgotten, or another's."""
        return next((job for job in self.jobs_of(viewer) if job.number == number), None)

    def dismiss(self, viewer: Viewer, number: int) -> None:
        """Forget a job that is over, with the files that still wait for a decision."""
        job = self.job(viewer, number)
        if job is not None and job.is_over and not job.is_moving:
            with self._lock:
                self._jobs = [one for one in self._jobs if one is not job]
            job.close()

    def close(self) -> None:
        """Stop all jobs and give their files up."""
        with self._lock:
            jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.stop()
            job.close()

    def settle(
        self, job: IntakeJob, archive: Archive, numbers: Sequence[int], decision: Decision, note: Note
    ) -> threading.Thread:
        """Begin to do with these files of a job what was decided; the job tells what becomes of them.

        `archive`: as who decides sees it.
        """
        asked = [result for number in numbers if (result := job.take_question(number)) is not None]

        def work() -> None:
            intake = self._intake(archive, job)
            for result in asked:
                ended = Result(result.file, Outcome.FAILED, why=ENDED_EARLY)
                try:
                    ended = intake.settle(result.file, result.doubts, decision)
                except OSError as error:
                    ended = replace(ended, why=_disk_refuses(error))
                finally:  # whatever happens, the file does not stay busy
                    self._put(job, ended, note, key=result.file)
            job.tidy()

        thread = threading.Thread(target=work, name=f"settle-{job.number}", daemon=True)
        thread.start()
        return thread

    def _begin(self, archive: Archive, viewer: Viewer) -> IntakeJob:
        with self._lock:
            job = IntakeJob(max((job.number for job in self._jobs), default=0) + 1, viewer, archive)
            over = [one for one in self._jobs if viewer.stands_for(one.viewer) and one.is_over and not one.is_moving]
            forgotten = over[: max(0, len(over) - KEPT + 1)]
            self._jobs = [*(one for one in self._jobs if one not in forgotten), job]
        for one in forgotten:
            one.close()
        return job

    def _go(self, job: IntakeJob, find: Find, note: Note) -> IntakeJob:
        threading.Thread(target=self._run, args=(job, find, note), name=f"intake-{job.number}", daemon=True).start()
        return job

    def _run(self, job: IntakeJob, find: Find, note: Note) -> None:
        end, why = Stage.FAILED, ENDED_EARLY
        try:
            with self._turn:
                job.enter(Stage.UNPACKING)
                coming = [file for one in find(job) if (file := self._coming(job, one)) is not None]
                job.enter(Stage.RUNNING)
                for result in self._intake(job.archive, job).run(coming, should_stop=job.should_stop):
                    self._put(job, result, note, key=result.file)
            end, why = (Stage.STOPPED if job.should_stop() else Stage.DONE), ""
            if not job.is_allowed():
                end, why = Stage.FAILED, REVOKED
        except YoujuError as error:
            why = str(error)
        except OSError as error:
            why = _disk_refuses(error)
        finally:
            job.enter(end, why)
            job.tidy()

    def _coming(self, job: IntakeJob, one: FoundFile | Refusal) -> FoundFile | None:
        """The file where it is to be taken in; one that is refused is told at once."""
        if isinstance(one, FoundFile):
            job.expect(str(one.file), one.path)
            return one
        if not one.missing:
            file = FoundFile(one.file, one.file.name, named=True, row=None)
            job.put(f"{one.file}·{one.why}", Result(file, Outcome.FAILED, why=one.why))
        return None

    def _put(self, job: IntakeJob, result: Result, note: Note, *, key: FoundFile) -> None:
        job.put(str(key.file), result)
        if result.outcome in TAKEN:
            note(result.report_id)

    def _intake(self, archive: Archive, job: IntakeJob) -> Intake:
        likenesses = Likenesses(archive, self.sketches)
        return Intake(archive, likenesses, self._learn, is_allowed=job.is_allowed)

    def _learn(self) -> Callable[[Job], Taken]:
        with self._learning:
            if self._take_in is None:
                self._take_in = learn_to_take_in()
            return self._take_in


def _disk_refuses(error: OSError) -> str:
    return f"磁盘不能读写（{error.strerror}），没有做完；请检查磁盘空间后再传。(The disk refuses: {error.strerror}.)"


def _placed(sent: SentFile, number: int, folder: Path) -> Path:
    """A sent file moved among the loose ones of its job; a zip, and a second one of a name, into a folder of its own."""
    together = folder / "loose"
    is_alone = sent.path.suffix.lower() == ".zip" or (together / sent.name).exists()
    into = folder / str(number) if is_alone else together
    into.mkdir(exist_ok=True)
    return Path(shutil.move(sent.path, into / sent.name))


def _found(placed: Sequence[Path], job: IntakeJob) -> Iterator[FoundFile | Refusal]:
    """The reports among the files, zips unpacked; with why for each file that is none."""
    loose = [file for file in placed if file.suffix.lower() != ".zip"]
    for folder in dict.fromkeys(file.parent for file in loose):
        yield from _in_folder(folder)
    for packed in placed:
        if packed.suffix.lower() != ".zip":
            continue
        folder = packed.parent / "unpacked"
        folder.mkdir()
        limits = _limits(job.archive.settings.load)
        try:
            for left in unpack(packed, folder, limits=limits, should_stop=job.should_stop):
                yield Refusal(Path(left.name), left.why)
        except UploadError as error:
            yield Refusal(packed, str(error))
            continue
        yield from find_files([folder])


def _limits(load: Load) -> ZipLimits:
    """What may come out of a zip: each file as large as one sent by itself, all together no more than a few zips."""
    total = max(ZipLimits().total, UNPACKED * load.zip_mb * 1_000_000)
    return ZipLimits(each=load.limit_mb * 1_000_000, total=total)


def _in_folder(folder: Path) -> Iterator[FoundFile | Refusal]:
    found = list(find_files([folder]))
    yield from found
    told = {one.file.name for one in found} | {"manifest.csv"}
    for file in sorted(folder.iterdir()):
        if file.name not in told:
            why = f"{file.name}像是程序留下的或说明文件，没有收入；确是报告请改名再传。(It looks like no report; rename it.)"
            yield Refusal(file, why)
