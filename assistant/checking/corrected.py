"""What a number of a draft is where a clerk has corrected the figure it rests on: the correction holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.checking.values import Fit, fit
from assistant.checking.verdicts import Judged, Verdict
from indexer.archive import Archive
from indexer.corrections import Correction


@dataclass(frozen=True, slots=True)
class Corrected:
    """The verdict by the correction, and the correction."""

    verdict: Verdict
    correction: Correction


def corrected_verdict(archive: Archive, judged: Judged) -> Corrected | None:
    """Whether a number agrees with the correction of its figure; None where the figure is not corrected."""
    match = judged.match
    if match is None or judged.verdict not in {Verdict.AGREES, Verdict.CONTRADICTS}:
        return None
    correction = archive.corrections(match.report.id)[0].get(match.figure.ordinal)
    if correction is None:
        return None
    held = replace(
        match.figure,
        low=correction.low,
        high=correction.high,
        scale=correction.scale,
        unit=correction.unit,
        approximate=False,
    )
    agrees = fit(judged.claim.figure, held) is Fit.SAME
    return Corrected(Verdict.AGREES if agrees else Verdict.CONTRADICTS, correction)
