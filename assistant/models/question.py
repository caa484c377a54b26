"""The values of a question: what is asked, and what retrieval found for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.models.base import Intent, Kind, Language, Span
from assistant.models.report import Report, ReportSummary


@dataclass(frozen=True, slots=True)
class City:
    """A place that a question names; `known` is whether the library has a report of it."""

    name: str  # official: 芜湖市
    short: str
    known: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question speaks of, with the forms in which a report may print it.

    `near` are looser renderings (everyday word -> official word, dictionary translations); `likely` are words of the
    reports asked that the embedding model finds near a word that they do not print.
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
    likely: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share to be computed between cities: of all that are asked together, or of the other one."""

    of: Literal["all", "other"]
    city: str | None  # whose share; None = each city's


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
    place: int | None = None  # of an order: 2 = who comes second
    share: Share | None = None  # what part one city has of several
    province: str | None = None
    detail: bool = False  # "tell me more"
    parts: tuple[Question, ...] = ()  # a question that asks one thing of one city and another of another
    things: tuple[Question, ...] = ()  # named side by side for all cities; the reports decide whether they are one
    computes: Literal["difference", "ratio", "share", "rest"] | None = None  # from two figures of one report
    respelt: tuple[str, str] | None = None  # a miswritten word of the question and what it was taken for
    completed: str = ""  # the follow-up as a chat model made it whole, where it is asked so
    whole: str = ""  # the text as it came, where `text` is only the part of it that asks
    excluded: tuple[str, ...] = ()  # what it says that it does not mean (不是省级的), with other names for that
    after: Question | None = None  # the question before, where this one asks for another figure of its subject

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
    cities: tuple[str, ...] = ()  # that the question names
