"""The same retrieval as a LangChain `BaseRetriever`, for anybody's chain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.models import Kind
from assistant.retrieval.balance import best

if TYPE_CHECKING:
    from assistant.models import Evidence


class ReportRetriever(BaseRetriever):
    """Sentences of the reports that fit a question, best first, each with its place; of each city asked its share.

    `search` is what turns a question into evidence (`Assistant.evidence`). The metadata of a document: report (file
    name), report_id, city, period, headings, kind (achieved, target or unknown), start and end (code points in the
    report as received) and score (0..1). The question's cities and years choose the reports; `kind`, where it is given,
    which of the sentences found there may be among the best `k`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Any
    k: int = 8
    kind: Kind | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return documents_of(self.search(query), self.k, self.kind)


def documents_of(evidence: Evidence, k: int, kind: Kind | None = None) -> list[Document]:
    """The best `k` hits of `evidence` as LangChain documents; each city that is asked has its share of them.

    With `kind`, only sentences of results, or of plans.
    """
    if kind is not None:
        evidence = replace(evidence, hits=tuple(hit for hit in evidence.hits if hit.kind == kind))
    found = []
    for hit in best(evidence, k):
        report = evidence.reports[hit.report_id]
        received = report.repaired.offsets.to_received(hit.span)
        metadata = {
            "report": report.name,
            "report_id": report.id,
            "city": report.profile.city,
            "period": report.profile.period.label,
            "headings": list(hit.headings),
            "kind": hit.kind,
            "start": received.start,
            "end": received.end,
            "score": hit.score,
        }
        found.append(Document(page_content=hit.text, metadata=metadata))
    return found
