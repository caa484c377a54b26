"""The HTTP API beside the page: the same answers as JSON, for other programs."""

from __future__ import annotations

from assistant.api.app import attach

__all__ = ["attach"]
