"""Every error that the assistant raises, in one tree.

    AssistantError
    |- SettingError             a setting has a value that cannot be used
    |- ReportError
    |  |- ReportRefused         a file cannot become a report (empty, scanned, encrypted, not text ...)
    |  `- ReportNotFound        no report has that id or name
    |- IndexFolderError
    |  |- LibraryLocked         another process owns the index folder
    |  |- LibraryDamaged        the library file cannot be read
    |  `- StorageFull           the disk has no room for a change
    |- EmbeddingModelError      a model folder or name cannot be loaded
    |- NotComputable           figures of other units, unreadable, or nothing to divide by
    |- EvaluationFileError     a file of passages or questions cannot be used
    |- RequestRefused          what another program asks for is beyond the limits
    |  `- TooBusy              too many questions are being answered at this moment
    `- ChatModelError           a chat model cannot be reached or does not answer properly

Each message names the bad value, what is valid and what to do next. A message is kept in Chinese
and English, so that an entry point can speak the reader's language; only entry points print.
"""

from __future__ import annotations


class AssistantError(Exception):
    """The root of the tree; `zh` and `en` are whole sentences for the reader."""

    def __init__(self, *, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def say(self, language: str) -> str:
        """The message in the reader's language (`zh-Hans`, `zh-Hant` or `en`)."""
        return self.en if language == "en" else self.zh


class SettingError(AssistantError):
    """A setting has a value that cannot be used."""


class ReportError(AssistantError):
    """Something about a report file."""


class ReportRefused(ReportError):
    """A file cannot become a report."""


class ReportNotFound(ReportError):
    """No report has that id or name."""


class IndexFolderError(AssistantError):
    """Something about the index folder."""


class LibraryLocked(IndexFolderError):
    """Another process owns the index folder."""


class LibraryDamaged(IndexFolderError):
    """The library file cannot be read."""


class StorageFull(IndexFolderError):
    """The disk has no room for a change; nothing was changed."""


class EmbeddingModelError(AssistantError):
    """A model folder or name cannot be loaded."""


class ChatModelError(AssistantError):
    """A chat model cannot be reached or does not answer properly."""


class NotComputable(AssistantError):
    """Figures cannot be computed with: other units, unreadable, or nothing to divide by."""


class EvaluationFileError(AssistantError):
    """A file of passages or questions that retrieval is to be measured with cannot be used."""


class RequestRefused(AssistantError):
    """What another program asks for is beyond the limits, or names nothing that is there."""


class TooBusy(RequestRefused):
    """Too many questions are being answered at this moment."""
