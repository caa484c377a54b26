"""The library over HTTP: list, look at, add, remove, and read exact characters of a report."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import JSONResponse, Response

from assistant import asked
from assistant.answer_json import summary_json
from assistant.api.problems import DOCUMENTED, NOT_FOUND, message
from assistant.models import AddResult
from assistant.report_json import added_json, report_json, span_json
from assistant.schema import AddedAllShape, ErrorShape, RefusedAllShape, ReportDetailShape, ReportsShape, SpanShape
from assistant.web.unpack import plain_name, unpacked

if TYPE_CHECKING:
    from assistant.service import Assistant

MOST_FILES = 2000
MOST_CONTEXT = 2000
_ADDING: dict[int | str, dict[str, Any]] = {
    200: {"model": AddedAllShape, "description": "Nothing new: all files were there already."},
    201: {"model": AddedAllShape, "description": "At least one report was added or replaced."},
    422: {"model": RefusedAllShape | ErrorShape, "description": "Every file was refused; each result says why."},
    413: {"model": ErrorShape, "description": "The upload is too large."},
}


def report_routes(assistant: Assistant) -> APIRouter:
    """The routes about reports."""
    routes = APIRouter(prefix="/reports", tags=["reports"], responses={422: DOCUMENTED[422], 500: DOCUMENTED[500]})
    _library_routes(routes, assistant)
    _one_report_routes(routes, assistant)
    return routes


def _library_routes(routes: APIRouter, assistant: Assistant) -> None:
    """Listing the library and adding to it."""

    @routes.get("", response_model=None, responses={200: {"model": ReportsShape}})
    def reports() -> Response:
        """Lists all reports."""
        return JSONResponse({"reports": [summary_json(item) for item in assistant.reports()]})

    @routes.post("", response_model=None, responses=_ADDING)
    def add(
        files: Annotated[list[UploadFile], File(description="txt, md, html, docx, pdf, or zip of these.")],
    ) -> Response:
        """Adds report files; one that is refused does not stop the others."""
        results = _added(assistant, files)
        body: dict[str, Any] = {"results": [added_json(item) for item in results]}
        outcomes = {item.outcome for item in results}
        if outcomes & {"added", "replaced"}:
            return JSONResponse(body, 201)
        if "unchanged" in outcomes:
            return JSONResponse(body, 200)
        return JSONResponse({**body, **message("No file could be added.", "没有文件可以加入。")}, 422)


def _one_report_routes(routes: APIRouter, assistant: Assistant) -> None:
    """Looking at one report, reading its characters, taking it out."""

    @routes.get("/{report_id}", response_model=None, responses={200: {"model": ReportDetailShape}, **NOT_FOUND})
    def report(report_id: str) -> Response:
        """One report: how its profile was decided, and where its print is damaged."""
        found = assistant.report(report_id)
        summary = next(item for item in assistant.reports() if item.id == found.id)
        return JSONResponse(report_json(found, summary))

    @routes.delete("/{report_id}", response_model=None, status_code=204, responses=NOT_FOUND)
    def remove(report_id: str) -> Response:
        """Takes a report out of the library."""
        assistant.remove(assistant.report(report_id).id)
        return Response(status_code=204)

    @routes.get("/{report_id}/span", response_model=None, responses={200: {"model": SpanShape}, **NOT_FOUND})
    def span(
        report_id: str,
        start: Annotated[int, Query(ge=0, description="First code point, from 0.")],
        end: Annotated[int, Query(gt=0, description="The code point after the last.")],
        context: Annotated[int, Query(ge=0, le=MOST_CONTEXT, description="Characters around it.")] = 0,
    ) -> Response:
        """Exact characters of a report as received."""
        found = assistant.report(report_id)
        return JSONResponse(span_json(found, asked.span(found, start, end), context))


def _added(assistant: Assistant, uploads: Sequence[UploadFile]) -> list[AddResult]:
    """What became of each uploaded file; the files wait in a folder of their own, under names of ours."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-") as folder:
        waiting = []
        for number, upload in enumerate(uploads[:MOST_FILES]):
            name = _name(upload.filename or "")
            path = Path(folder) / f"{number}{PurePosixPath(name).suffix.lower()}"
            path.write_bytes(upload.file.read())
            waiting.append((name, path))
        files, refused = unpacked(waiting)
    return [*refused, *(told for told in assistant.add(files) if isinstance(told, AddResult))]


def _name(text: str) -> str:
    """The name of an uploaded file as it is shown, at most 200 characters long."""
    return plain_name(text)[-200:] or "report.txt"
