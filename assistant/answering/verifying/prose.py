"""Checks what a statement says with its figures: more and fewer, plans told as results, and a model's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.answering.marks import MARK
from assistant.answering.verifying.case import Case, Failure, Reading, city_at, is_derived
from assistant.answering.verifying.figures import Source, years_long
from assistant.answering.verifying.parts import HELD
from assistant.answering.verifying.words import content, says
from assistant.language.dates import find_periods
from assistant.language.script import to_simplified

_ABSENT = re.compile(
    r"没有提到|未提及|没有给出|没有提供|没有说明|没有数字|未给出|没有写|does not|do not|not mention|not report|no figure|not give",
    re.I,
)
_MORE = re.compile(r"多于|高于|大于|多过|领先|more than|higher than|greater than|ahead of|exceeds", re.I)
_LESS = re.compile(r"少于|低于|小于|不及|不如|fewer than|less than|lower than|behind", re.I)
_MOST = re.compile(
    r"最多|最高|最大|更多|更高|更大|较多|较高|居首|排第一|排名第一|位居第一|(?<!at )\bmost\b|\bhighest\b|\blargest\b",
    re.I,
)
_LEAST = re.compile(
    r"最少|最低|最小|更少|更低|更小|较少|较低|排末|垫底|\bfewest\b|(?<!at )\bleast\b|\blowest\b|\bsmallest\b", re.I
)
_IS = re.compile(r"(?:的[^，,。；;]{0,8}?)?(?:是|为)\s*")
_DONE = re.compile(
    r"已经|已(?=[建培完实达创])|建成了|完成了|实现了|达到了|\balready\b|\bachieved\b|\bhas built\b|\bhave built\b", re.I
)
_AHEAD_IN = re.compile(
    r"目标|计划|规划|力争|争取|拟|预期|打算|尚未|未来|今后|将|要|推动|加快|推进|深化|a plan|target|plan|next|will|intend",
    re.I,
)
_STRONG = re.compile(
    r"全省|全国|全球|世界|首位|首个|首家|唯一|率先|前列|大多数|多数|大部分|全部|所有|一半|半数|过半|超额|提前|环比|增长|增加|下降|减少|翻番|"
    r"最好|最佳|最优|最强|最差|显著|突出|卓越|优异|彻底"
)  # short words that say much: the report must print them itself
_SHARE_OF = re.compile("占全[省国]")
_AS_PLAN = re.compile(r"目标|计划|尚未|打算|规划|target|\bplan|not yet", re.I)


def check_order(reading: Reading, case: Case) -> Iterator[Failure]:
    """More, fewer, most and fewest must be as the figures are."""
    numbers = [one for one in reading.numbers if one.sort == "figure" and one.value is not None]
    for first, second in pairwise(numbers):
        between = reading.text[first.span.end : second.span.start]
        if not any(first.span.end <= at < second.span.start for at, _ in reading.cities):
            continue
        assert first.value is not None and second.value is not None
        if (_MORE.search(between) and first.value < second.value) or (
            _LESS.search(between) and first.value > second.value
        ):
            yield Failure("derived", reading.statement.span, marks=reading.statement.marks)
    yield from _order_without_figures(reading, case)
    for pattern, best in ((_MOST, max), (_LEAST, min)):
        match = pattern.search(reading.text)
        subject = _subject(reading, match, case) if match else None
        if subject is None or match is None or _prints(reading, match, case):
            continue
        values = _values(reading, case)
        if len(values) < 2 or values.get(subject) != best(values.values()):
            yield Failure("derived", reading.statement.span, marks=reading.statement.marks)


def _prints(reading: Reading, match: re.Match[str], case: Case) -> bool:
    """Whether the most or fewest of a statement stands in what it cites, as in a name: 最多跑一次."""
    words = reading.text[match.start() : match.end() + 2]
    cited = [case.sources[n] for n in reading.statement.marks if n in case.sources]
    return len(words) > len(match.group()) + 1 and any(words in source.around for source in cited)


def _subject(reading: Reading, match: re.Match[str], case: Case) -> str | None:
    """The city that most or fewest is said of: named in the same part of the sentence, right behind, or at its head."""
    named = [(at, place.name) for at, place in reading.cities if place.name in case.cities()]
    before = [(at, name) for at, name in named if at < match.start()]
    start = max(reading.text.rfind(sign, 0, match.start()) for sign in "，,；;")
    if before and "后者" in reading.text[start + 1 : match.start()]:
        return before[-1][1]
    if here := [name for at, name in before if at > start]:
        return here[0]
    if behind := _IS.match(reading.text, match.end()):
        return next((name for at, name in named if at == behind.end()), None)  # 最多的是……
    return before[0][1] if before else None


def _order_without_figures(reading: Reading, case: Case) -> Iterator[Failure]:
    """That one city has more or fewer than another must be known from what was told before or is cited."""
    if any(one.sort == "figure" for one in reading.numbers):
        return
    for pattern, sign in ((_MORE, 1), (_LESS, -1)):
        for match in pattern.finditer(reading.text):
            named = [(at, place.name) for at, place in reading.cities if place.name in case.cities()]
            before = [name for at, name in named if at < match.start()]
            after = [name for at, name in named if at >= match.end()]
            if not before or not after:
                continue
            values = {**_cited_values(reading, case), **_values(reading, case)}
            first, second = values.get(before[-1]), values.get(after[0])
            known = first is not None and second is not None
            if (known and sign * (first - second) <= 0) or (not known and not reading.own):  # type: ignore[operator]
                yield Failure("derived", reading.statement.span, marks=reading.statement.marks)


def _cited_values(reading: Reading, case: Case) -> dict[str, float]:
    """The first cited figure of each city that counts what the statement names."""
    values: dict[str, float] = {}
    for n in reading.statement.marks:
        source = case.sources.get(n)
        for figure in source.figures if source is not None else ():
            named = any(figure.label[at : at + 2] in reading.text for at in range(len(figure.label) - 1))
            if figure.value is not None and named and source is not None and source.report.profile.city is not None:
                values.setdefault(source.report.profile.city, figure.value)
    return values


def compares(reading: Reading) -> bool:
    """Whether a statement says which city has most or fewest."""
    return bool(_MOST.search(reading.text) or _LEAST.search(reading.text))


def _values(reading: Reading, case: Case) -> dict[str, float]:
    """What the ranking of the comparison, else the answer up to here, says of each city."""
    comparison = case.draft.comparison
    printed = {figure.citation: figure.value for figure in case.figures if figure.value is not None}
    if comparison is not None and comparison.ranking:
        return {item.city: printed[item.citation] for item in comparison.ranking if item.citation in printed}
    values = {} if reading.own and len(reading.numbers) > 1 else dict(case.told)  # of several things each has its own
    for number in reading.numbers:
        city = city_at(reading, number, case)
        if number.sort == "figure" and number.value is not None and city is not None:
            values.setdefault(city, number.value)
    return values


def check_plans(reading: Reading, case: Case) -> Iterator[Failure]:
    """What a report only intends must not be told as done."""
    sources = [case.sources[n] for n in reading.statement.marks if n in case.sources]
    if not sources or not all(source.citation.kind == "target" for source in sources):
        return
    prose = reading.text.replace(HELD, "")
    around = "".join(f"{source.around}{source.citation.period}" for source in sources)
    said = to_simplified(reading.statement.span.of(case.draft.text))
    if re.search(r"\d", MARK.sub("", said)):
        around = ""  # a figure is not to be read as a result, also in words copied from the report
    if (not reading.own and not _AHEAD_IN.search(said + around)) or (
        _DONE.search(prose) and not _AS_PLAN.search(prose)
    ):
        yield Failure("target", reading.statement.span, marks=reading.statement.marks)


def check_prose(reading: Reading, case: Case) -> Iterator[Failure]:
    """Words that a model wrote: with marks they must be borne out, without marks they must state nothing."""
    statement, text = reading.statement, reading.text
    sources = [case.sources[n] for n in statement.marks if n in case.sources]
    prose = text.replace(HELD, " ")
    if statement.column is not None:
        return
    if sources:
        figures_only = all(one.sort != "figure" for one in reading.numbers) is False and _is_computed(reading, case)
        borne_out = figures_only or says(prose, sources, case.question, english=case.english, quoted=HELD in text)
        around = _around(sources) if "占" in prose else _SHARE_OF.sub("", _around(sources))
        if not borne_out or any(word not in around for word in _STRONG.findall(prose)):
            yield Failure("words", statement.span, marks=statement.marks)
        elif not _periods_agree(prose, sources):
            yield Failure("period", statement.span, marks=statement.marks)
        return
    if text.rstrip().endswith(("：", ":")) or _absent_as_known(reading, case):
        return
    if reading.numbers and not reading.cities and all(one.sort == "count" for one in reading.numbers):
        return  # 4份报告中2份给出
    if reading.cities or (len(content(prose, case.question, "")) > 4 if not case.english else len(prose.split()) > 4):
        yield Failure("source", statement.span)


def _around(sources: Sequence[Source]) -> str:
    return "".join(f"{source.around}{source.report.profile.title}" for source in sources)


def _periods_agree(prose: str, sources: Sequence[Source]) -> bool:
    """Whether a span of years that the prose names without dates (过去五年) is as long as one that the sources speak of."""
    told = {years_long(period) for _, period in find_periods(prose) if period.kind == "years" and period.start is None}
    known: set[float | None] = set()
    for source in sources:
        profile = source.report.profile
        periods = [profile.period, *(figure.period for figure in source.figures)]
        printed = f"{source.around} {profile.title} {source.citation.period}"
        known |= {years_long(period) for period in (*periods, *(period for _, period in find_periods(printed)))}
    return told - {None} <= known


def _is_computed(reading: Reading, case: Case) -> bool:
    """Whether all figures of the statement are results of code, which need no words of a report."""
    figures = [one for one in reading.numbers if one.sort == "figure"]
    return bool(figures) and any(is_derived(one, reading, case) for one in figures)


def _absent_as_known(reading: Reading, case: Case) -> bool:
    """Whether the statement says of cities that they report nothing, and the comparison says the same."""
    comparison = case.draft.comparison
    if comparison is None or not _ABSENT.search(reading.text):
        return False
    missing = {city for warning in comparison.warnings if warning.kind == "missing" for city in warning.cities}
    named = {place.name for _, place in reading.cities}
    return bool(named) and named <= missing
