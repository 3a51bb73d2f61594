"""The retriever of the chain as a LangChain retriever, for use by itself in other LangChain code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.indicators import Likely
from assistant.retrieve import gather
from assistant.scope import resolve_scope
from assistant.types import Evidence, Question
from indexer.archive import Archive


class EvidenceDocument(Document):
    """A retrieved passage as a LangChain document; `evidence` holds what the reader needs."""

    evidence: Evidence = Field(exclude=True, repr=False)


class ReportRetriever(BaseRetriever):
    """Finds passages of an archive. `invoke(text)` understands the text first; `invoke(text, question=…)` trusts the caller."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    archive: Archive
    understand: Any  # Callable[[str, date], Question]
    indicators: Any  # Indicators
    k: int = 40

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        question: Question | None = None,
        reports: Sequence[str] | None = None,
        likely: Sequence[Likely] | None = None,
    ) -> list[Document]:
        understood = question or self.understand(query, date.today())
        if reports is None:
            reports = [
                report.id
                for report in resolve_scope(understood, self.archive.reports(), self.archive.told_periods()).reports
            ]
        if likely is None:
            likely = self.indicators.likely(understood.subject)
        return [_document(evidence) for evidence in gather(self.archive, understood, reports, self.k, likely)]


def _document(evidence: Evidence) -> EvidenceDocument:
    passage, report = evidence.passage, evidence.report
    metadata = {
        "report_id": report.id,
        "report": report.file_name,
        "title": report.title,
        "section": list(evidence.section.path),
        "start": passage.start,
        "end": passage.end,
        "score": evidence.score,
        **evidence.legs,
    }
    return EvidenceDocument(page_content=passage.text, metadata=metadata, evidence=evidence)
