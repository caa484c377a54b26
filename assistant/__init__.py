"""Report Assistant: answers over Chinese city reports, every figure with its place in the print.

The public names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.bootstrap import build, start
    from assistant.models import Answer
    from assistant.retrieval.langchain import ReportRetriever
    from assistant.runnable import as_runnable
    from assistant.service import Assistant
    from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "ReportRetriever", "Settings", "as_runnable", "build", "start"]

_HOMES = {
    "Answer": "assistant.models",
    "Assistant": "assistant.service",
    "ReportRetriever": "assistant.retrieval.langchain",
    "Settings": "assistant.settings",
    "as_runnable": "assistant.runnable",
    "build": "assistant.bootstrap",
    "start": "assistant.bootstrap",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
