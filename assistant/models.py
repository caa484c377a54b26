"""The values that travel through the assistant, one a stage.

A report becomes `Original -> RepairedText -> Profile -> Passage -> Figure`; a question becomes
`Question -> Evidence -> Draft -> Answer`. All are frozen and hold no behaviour beyond reading
themselves. Nothing here loads, parses, stores or shows anything.

Unless a name says *received*, every span counts code points of the **repaired** text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh-Hans", "zh-Hant", "en"]
Kind = Literal["achieved", "target", "unknown"]
Status = Literal["answered", "partial", "not_found", "unreadable", "unclear", "small_talk"]
Verdict = Literal["verbatim", "figures_match", "partial", "unsupported"]
WarningKind = Literal["period", "target", "scope", "unit", "approximate", "missing", "unreadable", "implausible"]
Intent = Literal[
    "figure",  # a number of one or more cities
    "fact",  # who, what, when, where, which, how
    "which_cities",  # the cities whose reports say something
    "compare",  # the same thing of several cities, side by side
    "rank",  # who has most / least, in order
    "difference",  # how much more
    "ratio",  # how many times, what share
    "total",  # all together
    "summary",  # highlights of a report
    "library",  # what is in the library, what period a report covers
    "quote",  # the original wording
    "small_talk",
    "judgement",  # "which city is best?"
    "unclear",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


# --- a report -------------------------------------------------------------------------------


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

    `label` is shown ("2024年", "过去五年", "今后五年", "第十二次代表大会以来"); years are None where
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
    city: str | None  # official name: 亳州市
    short: str | None  # everyday name: 亳州
    province: str | None
    level: Literal["province", "prefecture", "county", "district"] | None
    body: str | None  # 总工会, 人民政府 ...
    kind: Literal["work report", "plan", "news", "unknown"]
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

    `text` is the print of value and unit ("42.7万余人"); `value` is None where unreadable.
    `clause` is the stretch up to the neighbouring commas that binds number and noun; `label`
    is the noun phrase counted; `head` the common head of a list of parts (各级最美工会驿站 for
    国家级17家), or None; `scope` the words that narrow it (国家级, 新增, 累计, 其中).
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


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of one file of a batch."""

    name: str
    outcome: Literal["added", "unchanged", "replaced", "refused"]
    report_id: str | None = None
    reason: str | None = None  # why refused, or what near-duplicate was noticed; in Chinese
    reason_en: str | None = None


# --- a question -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class City:
    """A place that a question names; `known` is whether the library has a report of it."""

    name: str  # official: 亳州市
    short: str
    known: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question speaks of, with the forms in which a report may print it.

    `near` are looser renderings (everyday word -> official word, dictionary translations).
    `weight` is 0..1.5 before it is scaled by how rare the term is in a report.
    """

    text: str
    forms: tuple[str, ...]
    near: tuple[str, ...] = ()
    weight: float = 1.0
    noun: bool = True  # names a thing, so that an answer without it is no answer
    quoted: bool = False
    focus: bool = False  # stands next to the question word
    carried: bool = False  # taken from an earlier turn
    pinyin: bool = False  # a romanised Chinese name, to be met by sound
    misspelt: bool = False  # no word of the language, so perhaps a homophone of one


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, after earlier turns have been taken into account."""

    text: str
    language: Language
    intent: Intent
    cities: tuple[City, ...]  # empty = all
    topic: str  # the words of the thing asked, Simplified, without city and question words
    terms: tuple[Term, ...] = ()
    asks: str | None = None  # who, when, where, name, how ... for facts
    unit: str | None = None  # measure word asked for: 家, 名, 元, % ...
    years: tuple[int, ...] = ()
    scope: tuple[str, ...] = ()
    premise: tuple[str, ...] = ()  # figures that the question itself states
    wants: Literal["text", "table", "chart"] = "text"
    lowest: bool = False  # who has least
    province: str | None = None
    detail: bool = False  # "tell me more"
    parts: tuple[Question, ...] = ()  # a question that asks one thing of one city and another of another

    @property
    def terms_of_substance(self) -> tuple[Term, ...]:
        """The terms that name a thing."""
        return tuple(term for term in self.terms if term.noun)

    carried_cities: tuple[str, ...] = ()
    carried_topic: str | None = None
    all_cities: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One retrieved sentence with its place and scores in 0..1."""

    report_id: str
    passage: int
    sentence: int
    span: Span
    text: str
    headings: tuple[str, ...]
    kind: Kind
    words: float
    model: float
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What retrieval found, best first, and which asked cities gave nothing."""

    hits: tuple[Hit, ...]
    reports: dict[str, Report]
    without: tuple[str, ...] = ()
    summaries: tuple[ReportSummary, ...] = ()  # all of the library, also what was not searched
    example: str = ""  # a question that the library can answer
    attack: bool = False  # the question tries to change the rules


# --- an answer ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact characters of a report as received."""

    n: int
    report: str  # file name
    report_id: str
    city: str | None
    start: int  # received
    end: int
    quote: str
    verdict: Verdict = "verbatim"
    place: str | None = None  # page or paragraph, where the format has them
    period: str | None = None
    kind: Kind = "unknown"


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    city: str | None
    label: str
    text: str
    value: float | None
    unit: str
    qualifier: str | None
    kind: Kind
    period: str | None
    citation: int
    readable: bool = True
    doubt: str | None = None
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    kind: Literal["difference", "ratio", "total", "share", "conversion"]
    text: str
    value: float
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextCell:
    text: str
    citation: int


Cell = AnswerFigure | TextCell | None


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    unit: str | None
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Ranked:
    city: str
    rank: int
    citation: int


@dataclass(frozen=True, slots=True)
class Apart:
    city: str
    why: str


@dataclass(frozen=True, slots=True)
class Warning:
    kind: WarningKind
    cities: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    topic: str
    cities: tuple[str, ...]
    rows: tuple[Row, ...]
    ranking: tuple[Ranked, ...] | None
    apart: tuple[Apart, ...]
    warnings: tuple[Warning, ...]
    reported: int
    of: int
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A statement of a draft that could not be confirmed, as it was written, and why."""

    text: str
    why: str  # mark, city, quote, figure, qualifier, unit, target, period, words, source, derived


@dataclass(frozen=True, slots=True)
class Checks:
    """What checking an answer gave: sentences and table cells, how many state something, how many of these hold."""

    statements: int = 0
    checked: int = 0
    confirmed: int = 0
    unconfirmed: tuple[Unconfirmed, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its citations have been checked."""

    status: Status
    text: str  # Markdown with marks [1] [2]
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    derived: tuple[Derived, ...] = ()
    comparison: Comparison | None = None
    related: tuple[Citation, ...] = ()
    composer: str = "built-in"
    checks: Checks = Checks()
    made: str = ""  # in a chat model's draft: what our own code worded, so that repeating it needs no proof


@dataclass(frozen=True, slots=True)
class Answer:
    """What every front end shows; nothing about it is computed again."""

    question: str
    language: Language
    status: Status
    text: str
    citations: tuple[Citation, ...]
    figures: tuple[AnswerFigure, ...]
    derived: tuple[Derived, ...]
    comparison: Comparison | None
    related: tuple[Citation, ...]
    carried_cities: tuple[str, ...]
    carried_topic: str | None
    composer: str
    took_ms: dict[str, int]
    id: str | None = None
    checks: Checks = Checks()
