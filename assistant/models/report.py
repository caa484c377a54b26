"""The values of a report, one a stage: `Original -> RepairedText -> Profile -> Passage -> Figure -> Report`.

Unless a name says *received*, every span counts code points of the **repaired** text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from assistant.models.base import Kind, ReportKind, Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place of the file that a reader can open: a page, a paragraph, a table row."""

    received: Span
    kind: Literal["page", "paragraph", "table"]
    label: str  # "3" for page 3, "2.4" for table 2 row 4


@dataclass(frozen=True, slots=True)
class Original:
    """A file as received: `text` is what decoding or the parser gave, untouched."""

    name: str
    sha256: str
    text: str
    format: Literal["txt", "md", "html", "docx", "pdf"]
    encoding: str | None  # None where a parser decodes (docx, pdf)
    anchors: tuple[Anchor, ...] = ()
    unread_pages: tuple[int, ...] = ()  # pages (from 1) that are pictures, whose words are not in `text`

    @property
    def unread(self) -> str:
        """The pages that could not be read, as "2, 5-9"; empty where all were."""
        return page_ranges(self.unread_pages)


def page_ranges(pages: Iterable[int]) -> str:
    """Page numbers as a reader names them: "2, 5-9"; empty where there are none."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], page]
        else:
            ranges.append([page])
    return ", ".join("-".join(map(str, each)) for each in ranges)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of repaired text that comes from one stretch of received text.

    Equal lengths mean one to one; otherwise the whole run maps to the whole run.
    """

    start: int
    length: int
    received_start: int
    received_length: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads repaired offsets back to the text as received; total and monotonic."""

    runs: tuple[Run, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run.start for run in self.runs))

    def to_received(self, span: Span) -> Span:
        """The span of the received text that the repaired `span` was made from."""
        if not self.runs or span.start >= span.end:
            at = self._edge(span.start)
            return Span(at, at)
        first = self.runs[max(0, bisect_right(self._starts, span.start) - 1)]
        last = self.runs[max(0, bisect_right(self._starts, span.end - 1) - 1)]
        start = first.received_start
        if first.length == first.received_length:
            start += span.start - first.start
        end = last.received_start + last.received_length
        if last.length == last.received_length:
            end = last.received_start + span.end - last.start
        return Span(start, end)

    def to_repaired(self, received: Span) -> Span:
        """The smallest repaired span that covers what is left of the `received` span."""
        start = end = None
        for run in self.runs:
            run_end = run.received_start + run.received_length
            if run_end <= received.start or run.received_start >= received.end:
                continue
            one_to_one = run.length == run.received_length
            head = max(0, received.start - run.received_start) if one_to_one else 0
            tail = max(0, run_end - received.end) if one_to_one else 0
            start = run.start + head if start is None else start
            end = run.start + run.length - tail
        if start is None or end is None:
            at = self._repaired_edge(received.start)
            return Span(at, at)
        return Span(start, end)

    def _edge(self, at: int) -> int:
        if not self.runs:
            return 0
        run = self.runs[max(0, bisect_right(self._starts, at) - 1)]
        return run.received_start + min(at - run.start, run.received_length)

    def _repaired_edge(self, at: int) -> int:
        for run in self.runs:
            if run.received_start >= at:
                return run.start
        return self.runs[-1].start + self.runs[-1].length if self.runs else 0


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: what stood there, what stands there now, and which rule did it."""

    rule: str
    received: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Loss:
    """A place where the print no longer shows what was written; never filled in."""

    kind: Literal["swallowed", "failed_replacement", "masked", "cut_off", "undecodable"]
    span: Span
    received: Span


@dataclass(frozen=True, slots=True)
class PageRemain:
    """A piece of the web page around the report; kept, but no part of any answer."""

    kind: str  # navigation, byline, caption, advertising, comments, copyright, jump ...
    span: Span


@dataclass(frozen=True, slots=True)
class RepairedText:
    """Clean Simplified text with the way back to every received character."""

    text: str
    offsets: OffsetMap
    changes: tuple[Change, ...] = ()
    losses: tuple[Loss, ...] = ()
    remains: tuple[PageRemain, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a report or a figure speaks of.

    `label` is shown ("2024年", "过去五年", "今后五年", "第九次代表大会以来"); years are None where
    the print does not give them. `printed` is False where the period was reasoned, not read.
    """

    label: str
    kind: Literal["year", "years", "since", "future", "unknown"]
    start: int | None = None
    end: int | None = None
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """How one field of a profile was decided."""

    how: str  # "title", "first naming", "file name", "corrected by the reader" ...
    certainty: Literal["certain", "likely", "guess"]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a report is: whose, about when, a review or a plan. None = the print does not say."""

    title: str
    city: str | None  # official name: 芜湖市
    short: str | None  # everyday name: 芜湖
    province: str | None
    level: Literal["province", "prefecture", "county", "district"] | None
    body: str | None  # 总工会, 人民政府 ...
    kind: ReportKind
    period: Period
    written: str | None = None  # ISO date or year of writing
    findings: dict[str, Finding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; `kind` says whether it tells of results or of intentions."""

    span: Span
    kind: Kind
    cue: str | None = None  # the words that decided `kind`


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences under one heading path."""

    span: Span
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number bound to what it counts.

    `text` is the print of value and unit ("35.2万余人"); `value` is None where unreadable.
    `clause` is the stretch up to the neighbouring commas that binds number and noun; `label`
    is the noun phrase counted; `head` the common head of a list of parts (各级示范书屋 for
    国家级6家), or None; `scope` the words that narrow it (国家级, 新增, 累计, 其中).
    """

    span: Span
    clause: Span
    sentence: Span
    text: str
    value: float | None
    unit: str
    qualifier: str | None
    label: str
    head: str | None
    scope: tuple[str, ...]
    verb: str | None
    kind: Kind
    period: Period
    readable: bool = True
    doubt: str | None = None  # why the print is implausible, as a rule's name

    @property
    def shown(self) -> str:
        """The print; where its cell of a table holds the number alone, with the unit that row or column name: 21.1 万人."""
        alone = self.text.replace(",", "").removeprefix("-")
        if not self.unit or not self.value or not alone.replace(".", "", 1).isdigit():
            return self.text
        scale = {10_000: "万", 100_000_000: "亿"}.get(round(abs(self.value) / float(alone)), "")
        return f"{self.text} {scale}{self.unit}"


@dataclass(frozen=True, slots=True)
class Report:
    """A report in the library, whole."""

    id: str  # stable: the first 16 hex digits of the content's SHA-256
    original: Original
    repaired: RepairedText
    profile: Profile
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    added: str  # ISO time

    @property
    def name(self) -> str:
        return self.original.name

    def __hash__(self) -> int:  # the id names the content; a profile's dict could not be hashed
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A line of the library's table."""

    id: str
    name: str
    title: str
    city: str | None
    short: str | None
    province: str | None
    kind: str
    period: Period
    characters: int
    figures: int
    losses: int
    added: str
    format: str
    encoding: str | None
    unread: str = ""  # pages that are pictures, whose words were not read, as "2, 5-9"


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of one file of a batch."""

    name: str
    outcome: Literal["added", "unchanged", "replaced", "refused"]
    report_id: str | None = None
    reason: str | None = None  # why refused, what near-duplicate was noticed, which pages are unread; in Chinese
    reason_en: str | None = None
