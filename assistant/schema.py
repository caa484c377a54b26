"""The shapes of the JSON forms, as types: what the HTTP API and the MCP server declare and are held to.

The forms are made by `answer_json` and `report_json`; a field that is not declared here is refused by
the tests. Descriptions are read by programs and by language models that have never seen this one.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.models import Kind, Language, Status, Verdict, WarningKind

Outcome = Literal["added", "unchanged", "replaced", "refused"]
Mark = Annotated[int, Field(ge=1, description="The number n of the citation that this rests on.")]


class Shape(BaseModel):
    """What all shapes share: nothing beyond the declared fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CitationShape(Shape):
    """Exact characters of a report as it was received; quote == text[start:end]."""

    n: int = Field(description="The number of the mark [n] in the answer.")
    report: str = Field(description="File name of the report.")
    city: str | None = Field(description="City whose report this is.")
    start: int = Field(description="First code point of the quote in the report as received, from 0.")
    end: int = Field(description="The code point after the quote.")
    quote: str = Field(description="The characters exactly as printed, damage included.")
    verdict: Verdict = Field(description="What checking the statement against the quote gave.")
    report_id: str
    place: str | None = Field(description="Page or paragraph, where the file format has them.")
    period: str | None = Field(description="The time the report speaks of, such as 2024年.")
    kind: Kind = Field(description="achieved: has been done; target: is planned.")


class FigureShape(Shape):
    """One printed number bound to what it counts; text keeps the print with its qualifier."""

    city: str | None
    label: str = Field(description="What is counted.")
    text: str = Field(description="The print of number and unit, such as 35.2万余人.")
    value: float | None = Field(description="The number; null where the print is damaged.")
    unit: str
    qualifier: str | None = Field(description="约, 近, 余, 超 and the like: never to be dropped.")
    kind: Kind = Field(description="A target must not be told as an achievement.")
    period: str | None
    citation: Mark
    readable: bool = Field(description="False where the print is damaged.")
    doubt: str | None = Field(description="Why the print is implausible.")
    scope: list[str] = Field(description="Words that narrow the figure, such as 国家级, 新增, 累计.")


class DerivedShape(Shape):
    """A number computed by code from cited figures."""

    kind: Literal["difference", "ratio", "total", "share", "conversion"]
    text: str
    value: float
    operands: list[int] = Field(description="Numbers of the citations computed with.")


class TextCellShape(Shape):
    """A cell of words instead of a figure."""

    text: str
    citation: Mark


class RowShape(Shape):
    """One comparable thing; a cell is null where that city's report does not give it."""

    label: str
    unit: str | None
    cells: dict[str, FigureShape | TextCellShape | None]


class RankedShape(Shape):
    """A city's place in the order, the largest first unless the least was asked for."""

    city: str
    rank: int
    citation: Mark


class ApartShape(Shape):
    """A city that is left out of the ranking, and why (target, unit, scope, unreadable ...)."""

    city: str
    why: str


class WarningShape(Shape):
    """What to keep in mind when figures are put side by side; to be told with them."""

    kind: WarningKind
    cities: list[str]
    text: str


class CoverageShape(Shape):
    """In how many of the reports asked about something was found."""

    reported: int
    of: int


class ComparisonShape(Shape):
    """The same things of several cities, side by side."""

    topic: str
    cities: list[str]
    rows: list[RowShape]
    ranking: list[RankedShape] | None
    apart: list[ApartShape]
    warnings: list[WarningShape]
    coverage: CoverageShape
    derived: list[DerivedShape]


class CarriedShape(Shape):
    """What was taken over from earlier questions."""

    cities: list[str]
    topic: str | None


class UnconfirmedShape(Shape):
    """A statement that could not be confirmed, and why."""

    text: str
    why: str


class ChecksShape(Shape):
    """How many statements the answer has, how many could be checked, and how many held."""

    statements: int
    checked: int
    confirmed: int
    unconfirmed: list[UnconfirmedShape]


class AnswerShape(Shape):
    """One answer. `answer` is Markdown; each mark [n] in it is citation n."""

    id: str | None
    question: str
    language: Language
    status: Status = Field(
        description="answered; partial (only a part, only a target, or another period: the answer says which); "
        "not_found (no report says it); unreadable (the print is damaged there); unclear; small_talk."
    )
    answer: str
    citations: list[CitationShape]
    figures: list[FigureShape]
    derived: list[DerivedShape]
    comparison: ComparisonShape | None
    related: list[CitationShape] = Field(description="Possibly related passages, when nothing answers.")
    carried_over: CarriedShape
    composer: str = Field(description="built-in, or the chat model that worded the answer.")
    took_ms: dict[str, int]
    checks: ChecksShape


class ReportShape(Shape):
    """One report of the library."""

    id: str
    name: str
    title: str
    city: str | None
    province: str | None
    kind: str = Field(description="work report, plan, news or unknown.")
    period: str
    characters: int
    figures: int
    losses: int = Field(description="Places where the print is damaged.")
    added: str
    format: str
    encoding: str | None


class ReportsShape(Shape):
    """All reports of the library."""

    reports: list[ReportShape]


class PlaceShape(Shape):
    """Exact characters of a report as received."""

    start: int
    end: int
    text: str


class FindingShape(Shape):
    """How a field of a profile was decided, and where it was read."""

    how: str
    certainty: Literal["certain", "likely", "guess"]
    place: PlaceShape | None


class LossShape(Shape):
    """A place where the print no longer shows what was written."""

    kind: str
    start: int
    end: int
    text: str


class ReportDetailShape(ReportShape):
    """One report with its profile and its damage."""

    level: str | None
    body: str | None
    written: str | None
    findings: dict[str, FindingShape]
    changes: int
    lost: list[LossShape]
    unread_pages: list[int]


class SpanShape(Shape):
    """Exact characters of a report as received, with what stands around them."""

    report: str
    report_id: str
    city: str | None
    period: str
    start: int
    end: int
    characters: int = Field(description="Length of the whole report.")
    before: str
    text: str
    after: str


class PassageShape(Shape):
    """A sentence of a report that fits a search."""

    report: str
    report_id: str
    city: str | None
    period: str
    headings: list[str]
    kind: Kind
    text: str = Field(description="The sentence, repaired: Simplified, without the scraps of web pages.")
    start: int
    end: int
    quote: str = Field(description="The sentence exactly as received: text[start:end].")
    passage_start: int = Field(description="Where the passage around the sentence begins; to be read with a span.")
    passage_end: int
    score: float


class PassagesShape(Shape):
    """What a search found, best first; `without` names cities asked about that gave nothing."""

    query: str
    passages: list[PassageShape]
    without: list[str]


class MessageShape(Shape):
    """The same sentence in English and Chinese."""

    en: str
    zh: str


class AddedShape(Shape):
    """What became of one file."""

    name: str
    outcome: Outcome
    report_id: str | None
    reason: MessageShape | None


class AddedAllShape(Shape):
    """What became of each file of an upload."""

    results: list[AddedShape]


class RefusedAllShape(AddedAllShape):
    """An upload of which nothing could be added."""

    error: MessageShape


class ErrorShape(Shape):
    """What every refused or failed request gets."""

    error: MessageShape
