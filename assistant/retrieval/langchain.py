"""The same retrieval as a LangChain `BaseRetriever`, for anybody's chain."""

from __future__ import annotations

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
    report as received) and score (0..1). The question's cities and years choose the reports, and `kind`, where it is
    given, the sentences that are ranked there.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Any
    k: int = 8
    kind: Kind | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return documents_of(self.search(query, kind=self.kind) if self.kind else self.search(query), self.k)


def documents_of(evidence: Evidence, k: int) -> list[Document]:
    """The best `k` hits of `evidence` as LangChain documents; each city that is asked has its share of them."""
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
