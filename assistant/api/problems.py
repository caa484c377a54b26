"""Errors of the API: always JSON, in English and Chinese, with the status that fits."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant import asked, errors
from assistant.errors import AssistantError
from assistant.schema import ErrorShape

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[AssistantError], int], ...] = (
    (errors.TooBusy, 429),
    (errors.RequestRefused, 422),
    (errors.ReportNotFound, 404),
    (errors.ReportRefused, 422),
    (errors.NotComputable, 422),
    (errors.StorageFull, 507),
    (errors.IndexFolderError, 503),
    (errors.ChatModelError, 502),
)
"""The status of each kind of error, the narrower kinds first; 500 for all others."""

_PLAIN = {
    400: ("The request cannot be read.", "无法读取这个请求。"),
    404: ("There is nothing at this address. /api/openapi.json lists what there is.", "这个地址没有内容，可查看 /api/openapi.json。"),
    405: ("This address does not take this method.", "这个地址不接受这种请求方法。"),
    413: ("The request is too large.", "请求过大。"),
}  # fmt: skip

DOCUMENTED: dict[int | str, dict[str, Any]] = {
    422: {"model": ErrorShape, "description": "The request is not in order; the error says what is wrong."},
    429: {"model": ErrorShape, "description": "Too many questions at this moment."},
    500: {"model": ErrorShape, "description": "An error of the server."},
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": ErrorShape, "description": "No report has that id."}}


def add_handlers(api: FastAPI) -> None:
    """Makes every error of `api` take the one form."""
    api.add_exception_handler(AssistantError, _of_assistant)
    api.add_exception_handler(RequestValidationError, _of_validation)
    api.add_exception_handler(HTTPException, _of_http)
    api.add_exception_handler(Exception, _of_server)


def status_of(error: AssistantError) -> int:
    """The HTTP status for `error`."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def message(en: str, zh: str) -> dict[str, Any]:
    """The body of every error."""
    return {"error": {"en": en, "zh": zh}}


def _of_assistant(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AssistantError)
    status = status_of(error)
    if status >= 500:
        log.error("%s %s: %s", request.method, request.url.path, error)
    headers = {"retry-after": "1"} if status in (429, 503) else None
    return JSONResponse(message(error.en, error.zh), status, headers)


def _of_validation(_request: Request, error: Exception) -> JSONResponse:
    """Says which fields are wrong and how."""
    assert isinstance(error, RequestValidationError)
    return JSONResponse(message(*asked.misfits(error.errors())), 422)


def _of_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    en, zh = _PLAIN.get(error.status_code, (str(error.detail), f"请求未能完成（{error.status_code}）。"))
    return JSONResponse(message(en, zh), error.status_code, error.headers)


def _of_server(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return JSONResponse(message("The server met an error; its log says more.", "服务器出错，详情见日志。"), 500)
