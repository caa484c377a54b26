"""Answers a question about one figure: the print, what it counts, city, period, achieved or target, its place."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.comparing.rows import RowPicks, is_level
from assistant.answering.marks import Citations, answer_figure
from assistant.answering.picking.fits import NARROWER, asks_target
from assistant.answering.picking.levels import levels_of, without_cities
from assistant.answering.picking.pick import Pick
from assistant.answering.picking.quote import quoted_span, quoted_with_head
from assistant.answering.picking.stock import asks_standing, is_added
from assistant.answering.wording import city_name, doubt_name, listed, period_name, say, spoken_value, verbatim, where
from assistant.figures import derive
from assistant.figures.extract import nameless
from assistant.language.measure_words import same_class
from assistant.language.numerals import parse_number
from assistant.language.quantities import find_quantities
from assistant.language.script import to_simplified
from assistant.models import AnswerFigure, Derived, Figure, Period, Question, Status

_RATE = re.compile(
    r"率|覆盖度|coverage|cover\b|比例|占比|比重|增长|增速|增幅|涨|快|百分|%|rate|share|percent|growth|grow|increase|proportion",
    re.I,
)
_ORDINARY = re.compile(r"整[治改合理修顿体个]|完整|调整|(?:增长?|上?升|涨|增加|新增)了?还是(?:下?降|减|跌|下滑)")
_EXACT = re.compile(
    r"准确|确切|到底|限定词|整|超过|不到|以上|不足|还是|是不是|exactly|more than|less than|precise", re.I
)


class FigureAnswer:
    """The pieces of an answer about figures, collected for one draft."""

    def __init__(self, question: Question, citations: Citations) -> None:
        self.question = question
        self.citations = citations
        self.figures: list[AnswerFigure] = []
        self.derived: list[Derived] = []
        self.lines: list[str] = []
        self.status: Status = "answered"

    def add(self, pick: Pick, *, reached: bool = False, beside: bool = False, to_head: bool = False) -> None:
        """Words one picked figure, with its quote.

        `reached` is whether a result follows the target that it is; `beside` is that a figure follows another one, so
        that no yes or no is told by it; `to_head` has what it belongs to quoted as well.
        """
        figure, report, language = pick.figure, pick.report, self.question.language
        if figure is None:
            return
        span = quoted_with_head(self.question, pick) if to_head else quoted_span(self.question, pick)
        n = self.citations.cite(report, span, kind=figure.kind, period=figure.period.label)
        mark, city = f"[{n}]", report.profile.city
        head = where(city, figure.period.label, language)
        if not figure.readable:
            self.status = "unreadable"
            told = "nameless" if nameless(figure.label) else "unreadable"
            self.lines.append(say(told, language, where=head, quote=self._quote(n), mark=mark))
        else:
            self.figures.append(answer_figure(report, figure, n))
            self.lines.append(self._sentence(pick, head, mark, n, reached=reached, beside=beside))
        if figure.doubt is not None:
            self.lines.append(say("doubt", language, why=doubt_name(figure.doubt, language)))

    def add_parts(self, rows: Sequence[RowPicks]) -> None:
        """Words a topic that the report gives only in parts: each part, then their sum, computed and shown as such."""
        language, parts, marks = self.question.language, [], []
        for row in rows:
            for pick in row.picks.values():
                figure = pick.figure
                assert figure is not None
                n = self.citations.cite(
                    pick.report, quoted_span(self.question, pick), kind=figure.kind, period=figure.period.label
                )
                self.figures.append(answer_figure(pick.report, figure, n))
                parts.append(
                    f"{row.label}**{figure.shown}**[{n}]"
                    if language != "en"
                    else f"{row.label} **{figure.shown}**[{n}]"
                )
                marks.append(n)
        report = next(iter(rows[0].picks.values())).report
        head = where(report.profile.city, report.profile.period.label, language)
        self.lines.append(say("parts", language, where=head, parts=listed(parts, language)))
        if all(is_level(row.label) for row in rows):
            self.lines[-1] += self.sum_of_all("parts_total")
        if asks_target(self.question) and all(figure.kind == "achieved" for figure in self.figures):
            self.lines[-1] += say("achieved_only", language)
        self.lines.append("\n> " + verbatim(self.citations.quote(marks[0])) + f" [{marks[0]}]")

    def sum_of_all(self, phrase: str) -> str:
        """The figures told so far added up; empty unless each is a plain result and all are of one unit."""
        usable = [
            figure for figure in self.figures if figure.readable and figure.kind == "achieved" and figure.doubt is None
        ]
        if len(usable) < len(self.figures) or len({figure.unit for figure in usable}) != 1 or usable[0].unit == "%":
            return ""
        total = derive.total(usable, self.question.language)
        self.derived.append(total)
        added = " + ".join(f"{figure.text}[{figure.citation}]" for figure in usable)
        return say(phrase, self.question.language, total=total.text, sum=added)

    def _quote(self, n: int) -> str:
        return verbatim(self.citations.quote(n))

    def _sentence(self, pick: Pick, head: str, mark: str, n: int, *, reached: bool, beside: bool) -> str:
        figure, language = pick.figure, self.question.language
        assert figure is not None
        gloss = self._gloss(pick, n)
        values = {"where": head, "quote": self._quote(n), "figure": figure.shown, "mark": mark, "gloss": gloss}
        values |= {
            "city": city_name(pick.report.profile.city, language),
            "period": period_name(figure.period.label, language),
        }
        if figure.kind == "target":
            asked = asks_target(self.question)
            self.status = self.status if asked else "partial"
            return say("target_asked" if asked or reached else "target", language, **values)
        line = ("" if beside else self._verdict(pick)) + say("figure", language, **values)
        before = self.question.after
        asks_rate = "%" in {self.question.unit, before.unit if before is not None else None}
        if figure.unit == "%" and not asks_rate and not _RATE.search(self.question.text):
            self.status = "partial"
            line += say("rate_only", language)
        if _AVERAGE.search(to_simplified(self.question.text)) and not _MEAN.search(_around(pick)):
            self.status = "partial"
            line += say("no_average", language)
        line += self._direction(figure)
        part = [
            w
            for w in pick.extra
            if (NARROWER.search(w) or w == "新就业形态") and (w in _counted_label(figure) or w in figure.scope)
        ]
        if part and not self.question.scope:
            self.status = "partial"
            line += say("part_only", language, extra="、".join(part))
        if asks_standing(self.question) and is_added(figure, pick.report.repaired.text):
            self.status = "partial"
            line += say("added_only", language)
        if language != "en" and (others := _counted_with(self.question, figure)):
            self.status = "partial"
            line += say("joint", language, others="、".join(others))
        if language != "en" and _several_levels(self.question, figure):
            self.status = "partial"
            line += say("levels_together", language)
        words = _ORDINARY.sub("", to_simplified(self.question.text))
        wanted = "整" in words or "限定" in words or _EITHER.search(words)
        if (self.question.premise or _EXACT.search(words)) and (figure.qualifier or wanted):
            line += say(f"qualifier_{figure.qualifier or 'none'}", language)
        if asks_target(self.question) and figure.kind == "achieved" and pick.report.profile.kind != "plan":
            self.status = "partial"
            line += say("achieved_only", language)
        return line + self._period_note(figure.period)

    def _period_note(self, period: Period) -> str:
        """That the print is of another time than the one asked for, where it is."""
        language, years = self.question.language, self.question.years
        name = period_name(period.label, language)
        one_year = period.start is not None and period.start == period.end
        if one_year and _OVER_YEARS.search(to_simplified(self.question.text)):
            self.status = "partial"
            return say("span_differs", language, period=name)
        if years and one_year and period.start not in years:
            self.status = "partial"
            return say("year_differs", language, period=name, year=years[0])
        joint = any(f"{year}年" in period.label for year in years)  # “十三五”时期和2020年
        if years and not joint and (period.start is None or period.end not in {None, period.start}):
            self.status = "partial"
            return say("year_differs", language, period=name, year=years[0])
        return ""

    def _direction(self, figure: Figure) -> str:
        """That a figure is of a fall where growth was asked, or which of the two it is where both were."""
        text, verb = to_simplified(self.question.text), figure.verb
        if not verb:
            return ""
        if _OR_FELL.search(text):
            return say("change", self.question.language, verb=verb)
        fell = _FALLS.search(verb) and not _FALLS.search(text) and _ASKS_CHANGE.search(text)
        return say("fell", self.question.language, verb=verb) if fell else ""

    def _verdict(self, pick: Pick) -> str:
        """Yes or no to a figure that the question states (超过350万吗, 是36.4万整吗), where the print decides it."""
        figure, text = pick.figure, self.question.text
        if not self.question.premise or figure is None or figure.value is None:
            return ""
        if not _YES_NO.search(text) or _EITHER.search(text) or _HOW_MANY.match(text):
            return ""
        if figure.doubt is not None:
            return ""  # that it is printed so does not make it true
        value, unit = self._stated()
        if value is None:
            return ""
        ratio = float((figure.value or 1) / (value or 1))
        if not 0.02 <= ratio <= 50 and not any(math.isclose(ratio, slip) for slip in _SLIPS):
            return ""  # of another order: 2000万人次 does not tell whether it was 100亿
        if (unit == "人次") != (figure.unit == "人次") and unit and figure.unit:
            return ""  # who came twice is one of the people, and two of the person-times
        other_unit = bool(unit and figure.unit) and not same_class(unit, figure.unit)
        true = False if other_unit else _holds(figure, value, text)
        return "" if true is None else say("yes" if true else "no", self.question.language)

    def _stated(self) -> tuple[float | None, str]:
        """The value and unit that the question states; an English number has no unit that could be compared."""
        quantities = find_quantities(to_simplified(self.question.text))
        stated = next((one for one in quantities if one.value and one.value not in self.question.years), None)
        if stated is not None:
            return stated.value, stated.unit
        if self.question.language != "en":
            return None, ""
        value = parse_number(self.question.premise[0])
        scaled = _WORD_NUMBER.search(self.question.text)
        if value is None or scaled is None:
            return value, ""
        return float(Decimal(scaled[1].replace(",", "")) * _SCALES[scaled[2].lower()]), ""

    def _gloss(self, pick: Pick, n: int) -> str:
        """For English readers the number written out, as a conversion beside the print."""
        figure = pick.figure
        if self.question.language != "en" or figure is None or figure.value is None:
            return ""
        spoken = spoken_value(figure.value, figure.unit, figure.qualifier)
        if spoken is None or spoken == figure.text:
            return ""
        self.derived.append(Derived("conversion", spoken, figure.value, (n,)))
        return f" ({spoken})"


def _around(pick: Pick) -> str:
    assert pick.figure is not None
    return pick.figure.clause.of(pick.report.repaired.text) + "".join((pick.figure.label, *pick.figure.scope))


_AVERAGE = re.compile(
    r"平均(?!增长|增速|气温|寿命|预期)|每[场家个次户人处项](?:有|是|能)?(?:多少|几)|\bon average\b|\baverage (?:number|size)\b",
    re.I,
)
_MEAN = re.compile(r"[平人户场年]均|每")


def _several_levels(question: Question, figure: Figure) -> bool:
    """Whether one level is asked and the figure is of several together (省、市两级140家)."""
    asked = levels_of(without_cities(question, honours=True))
    together = _TOGETHER.search(figure.label) or _TOGETHER.search("".join(figure.scope))
    return len(asked) == 1 and bool(together) and not _TOGETHER.search(question.text)


_TOGETHER = re.compile(r"[两二三四]级|各级|级(?:及|和)?以上")


def _counted_label(figure: Figure) -> str:
    """The label without the examples before its common noun: of 甲、乙之星等典型 the 典型."""
    listed, _, whole = figure.label.rpartition("等")
    return whole if "、" in listed and whole else figure.label


def _counted_with(question: Question, figure: Figure) -> list[str]:
    """The things that a figure counts together with the one asked (“甲”“乙”“丙”65名), or none."""
    if "等" in figure.label:
        return []
    items = [one for piece in re.split(r"、|”“", figure.label) if len(one := piece.strip("“”")) > 1]
    items = [one for one in items if not _BARE.fullmatch(one)]
    text = to_simplified(question.text)
    forms = [form for term in question.terms if term.noun for form in (term.text, *term.forms)]
    named = [one for one in items if one in text]
    asked = named or [one for one in items if any(form in one for form in forms)]
    asked += [one for one in items if one not in asked and one.startswith(tuple(forms))]  # by another name
    return [one for one in items if one not in asked] if len(asked) == 1 and len(items) > 1 else []


_BARE = re.compile(r"(?:总|年)?(?:产值|产量|收入|规模|面积|总量|总数|总额)")  # a measure, no other thing
_OVER_YEARS = re.compile(r"(?:近|最近|过去|这|前)[二两三四五六七八九十\d几]+年")
_FALLS = re.compile(r"下降|减少|回落|降低|下滑|下跌|缩减|负增长|压减|收窄|^降$")
_ASKS_CHANGE = re.compile(r"增长|增加|上升|提高|涨|增幅|增速|升|grow|grew|increase|rise|rose")
_OR_FELL = re.compile(r"(?:增长?|上?升|涨|增加)了?还是(?:下?降|减|跌|下滑)")
_YES_NO = re.compile(
    r"[\d.]\s*[万亿千百]*[余多]?[个名家人位项场次件户条元%]{0,2}[?？]$|整[?？]|听说|据说|吗|吧|么[?？]|是不是|有没有|了没|对不对|是这样|没错|是嗎|\b(?:did|is|was|were|does|do|has|have)\b",
    re.I,
)
# 万 for 亿, or either put in or left out, or 万 read as million: the same digits, and still not true.
_SLIPS = (1e-8, 1e-4, 1e-2, 1e2, 1e4, 1e8)
_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_WORD_NUMBER = re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s*({'|'.join(_SCALES)})\b", re.I)  # 2.5 million is not 2.5
_ROUGH = re.compile(
    r"\b(?:about|around|roughly|some|approximately|almost|nearly|close to)\b|大约|大概|左右|差不多", re.I
)
_NEAR = 0.1  # how far a rough number may lie from the print and not be denied
_HOW_MANY = re.compile(r"\W*how (?:many|much)\b", re.I)  # asks for the number, whatever other stands in it
_EITHER = re.compile(r"还是|or more|or less|exactly")
_JUST = re.compile(r"正好|刚好|恰好|整整|exactly")
_ABOVE = re.compile(r"超过|突破|高于|多于|不止|以上|过\d|more than|over|exceed|above|at least", re.I)
_BELOW = re.compile(r"不到|不足|低于|少于|不超过|以下|less than|under|below|fewer", re.I)


def _holds(figure: Figure, stated: float, text: str) -> bool | None:
    """Whether the print makes the stated figure true; None where its qualifier leaves it open."""
    value, qualifier = figure.value or 0.0, figure.qualifier
    if _ABOVE.search(text):
        return value > stated or (value == stated and qualifier in {"余", "超"})
    if _BELOW.search(text):
        return value < stated or (value == stated and qualifier in {"近", "不超过"})
    if _ROUGH.search(text) and math.isclose(value, stated, rel_tol=_NEAR):
        return True if value == stated else None  # about 600 is not wrong of 590
    if value == stated and qualifier is not None and _JUST.search(text):
        return False  # 突破50亿元 is not exactly that
    return None if value == stated and qualifier is not None else value == stated
