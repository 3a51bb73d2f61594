"""The hybrid retriever: passages by their words, by their meaning and by the figures in them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.concepts import make_wanted
from assistant.fusion import fuse
from assistant.indicators import Likely
from assistant.matching import Wanted
from assistant.types import Evidence, Question
from indexer.archive import Archive

LIKELY_FACTOR = 0.6  # a word of an indicator that may be meant pulls less than a word of the question
PIECE_FACTOR = 0.5  # a word of a longer wording pulls less than the wording


def gather(
    archive: Archive, question: Question, reports: Sequence[str], k: int, likely: Sequence[Likely] = ()
) -> list[Evidence]:
    """The evidence for a question in these reports, best first; `likely` are indicators that it may mean."""
    if not reports:
        return []
    groups = word_groups(make_wanted(question.concepts, archive.segmenter)) + likely_groups(likely)
    vector = archive.embedder.encode_questions([question.subject or question.standalone])[0]
    keyword = {hit.id: hit.score for hit in archive.keyword(groups, reports=reports, k=k)} if groups else {}
    dense = {hit.id: hit.score for hit in archive.dense(vector, reports=reports, k=k)}
    ledger = _ledger(archive, groups, reports, k) if groups else {}
    fused = fuse({"keyword": keyword, "dense": dense, "ledger": ledger})
    return archive_evidence(archive, fused)


def archive_evidence(archive: Archive, rows: Sequence[tuple[int, float, dict[str, float]]]) -> list[Evidence]:
    """Passages by id with all that is known of them; what is no longer in the records is left out."""
    ids = [row[0] for row in rows]
    passages = archive.passages(ids)
    figures = archive.figures_of_passages(ids)
    infos = {report.id: report for report in archive.reports()}
    sections = {id_: archive.sections(id_) for id_ in {passage.report for passage in passages.values()}}
    return [
        Evidence(
            passage,
            infos[passage.report],
            sections[passage.report][passage.section],
            tuple(figures.get(item, ())),
            score,
            legs,
        )
        for item, score, legs in rows
        if (passage := passages.get(item)) is not None
    ]


def _ledger(
    archive: Archive, groups: Sequence[Sequence[tuple[str, float]]], reports: Sequence[str], k: int
) -> dict[int, float]:
    """The passages of the figures found by their subject, each with the score of its best figure."""
    hits = archive.ledger(groups, reports=reports, k=k)
    passages = archive.passage_ids_of_figures([hit.id for hit in hits])
    found: dict[int, float] = {}
    for hit in hits:
        if (passage := passages.get(hit.id)) is not None:
            found[passage] = max(hit.score, found.get(passage, 0.0))
    return found


def word_groups(wanted: Sequence[Wanted]) -> list[list[tuple[str, float]]]:
    """The concepts as weighted words for the keyword index: one group a concept, one a word within its own wording."""
    groups = []
    for item in wanted:
        groups.append([(wording.text, wording.weight * item.weight) for wording in item.wordings])
        pieces = {piece for wording in item.wordings[:2] for piece in wording.pieces if len(piece) > 1}
        groups += [[(piece, PIECE_FACTOR * item.weight)] for piece in sorted(pieces)]
    return groups


def likely_groups(likely: Sequence[Likely]) -> list[list[tuple[str, float]]]:
    """The words of the indicators that a question may mean, each the more the likelier its indicator is."""
    best: dict[str, float] = {}
    for item in likely:
        for wanted in item.wanted:
            for wording in wanted.wordings[:2]:
                pull = LIKELY_FACTOR * item.likelihood * wording.weight * wanted.weight
                best[wording.text] = max(pull, best.get(wording.text, 0.0))
    return [[(text, pull)] for text, pull in best.items()]
