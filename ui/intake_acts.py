"""What a clerk asks to be done with files: take them in, stop, decide about one, put the list away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from indexer.doubts import Decision
from indexer.viewer import Role, Viewer
from ui.acts import number_in
from ui.intake_job import IntakeJob
from ui.intake_jobs import Note

if TYPE_CHECKING:
    from ui.site import Site

ACTS = frozenset({"sent", "samples", "stop", "dismiss", "settle"})


def handle(site: Site, viewer: Viewer, told: Mapping[str, str], tokens: Sequence[str]) -> None:
    """Do one of `ACTS`; from anybody who is no clerk it is passed over. `tokens`: of files that were sent."""
    if not viewer.role.at_least(Role.CLERK):
        return
    desk, act = site.intake, told.get("act", "")
    note = partial(site.note, viewer, "upload")
    if act == "sent" and tokens:
        desk.start(site.archive_of(viewer), viewer, site.inbox, tokens, note)
    elif act == "samples":
        desk.start_samples(site.archive_of(viewer), viewer, note)
    else:
        number = number_in(told.get("job", ""))
        job = None if number is None else desk.job(viewer, number)
        if job is not None:
            _with(site, job, told, note)


def _with(site: Site, job: IntakeJob, told: Mapping[str, str], note: Note) -> None:
    """What is done with one lot of files."""
    act = told.get("act", "")
    if act == "stop":
        job.stop()
    elif act == "dismiss":
        site.intake.dismiss(job.viewer, job.number)
    elif act == "settle" and told.get("decision") in set(Decision):
        chosen = [item.number for item in job.questions() if told.get("item") in {str(item.number), "all"}]
        site.intake.settle(job, site.archive_of(job.viewer), chosen, Decision(told["decision"]), note)
