"""The one place that makes markup; whatever comes from a report, a file name or a question is escaped.

Values of the assistant go in, HTML comes out as `markupsafe.Markup`. Nothing here asks, reads a file
or decides what is true: an `Answer` is shown as it is.
"""

from assistant.web.render.answer import answer_html, messages, plain_text, source_line, whence
from assistant.web.render.comparison import comparison_html
from assistant.web.render.library import library_html
from assistant.web.render.parts import EMPTY
from assistant.web.render.reader import idle_html, missing_html, numbered, reader_html
from assistant.web.render.shell import header_html, welcome_html

__all__ = [
    "EMPTY",
    "answer_html",
    "comparison_html",
    "header_html",
    "idle_html",
    "library_html",
    "messages",
    "missing_html",
    "numbered",
    "plain_text",
    "reader_html",
    "source_line",
    "welcome_html",
    "whence",
]
