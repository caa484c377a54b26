"""Words a comparison: the answer in one or two sentences, the table in Markdown, the warnings below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answering.comparing.cells import Table
from assistant.answering.wording import city_name, listed, period_name, verbatim
from assistant.language.english_names import english_name
from assistant.models import (
    AnswerFigure,
    Cell,
    Comparison,
    Derived,
    Language,
    Question,
    Ranked,
    TextCell,
    Warning,
    WarningKind,
)

_RATES = frozenset({"%", "‰", "个百分点"})
# For amounts and for rates, by whether the smallest was asked: (Chinese, English) words of (most, more than).
_WORDS_OF_ORDER = {
    (False, False): (("最多", "多于"), ("most", "more than")),
    (False, True): (("最少", "少于"), ("fewest", "fewer than")),
    (True, False): (("最高", "高于"), ("highest", "higher than")),
    (True, True): (("最低", "低于"), ("lowest", "lower than")),
}
FEW, LED = 3, 5  # cities whose parts are told in words; cities that the first sentence of a long ranking names
_COMPUTED = {
    "difference": ("相差", "Difference: "),
    "ratio": ("相当于", "Ratio: "),
    "total": ("合计", "Total: "),
    "share": ("占", "Share: "),
    "conversion": ("折合", "That is "),
}


def planned(target: bool, language: Language) -> str:
    if not target:
        return ""
    return "; a plan" if language == "en" else "，计划"


def named(city: str, cell: AnswerFigure, language: Language) -> str:
    if not cell.readable:
        return f"{city_name(city, language)} {'unreadable in the source' if language == 'en' else '原文缺损'}[{cell.citation}]"
    return f"{city_name(city, language)} **{cell.text}**{_note(cell, language == 'en')}[{cell.citation}]"


def lead_text(question: Question, comparison: Comparison, cells: Mapping[str, Cell], derived: Sequence[Derived]) -> str:
    """The answer in one or two sentences."""
    language = question.language
    english = language == "en"
    ranked = [
        (item.city, cell) for item in comparison.ranking or () if isinstance(cell := cells[item.city], AnswerFigure)
    ]
    others = [
        (city, cell)
        for city, cell in cells.items()
        if isinstance(cell, AnswerFigure) and city not in {name for name, _ in ranked}
    ]
    pieces: list[str] = []
    if ranked:
        pieces.append(_order_text(question, ranked))
        if len({cell.period for _, cell in ranked}) > 1 and any(w.kind == "period" for w in comparison.warnings):
            pieces[-1] += " (as printed, over different periods)" if english else "（按印出的数字，统计期不同）"
    # Those in another unit stand with the reason; a target or a doubt is told at the figure.
    in_another = {item.city for item in comparison.apart if item.why == "unit"}
    first = [item for item in others if item[0] in in_another or (in_another and not ranked)]
    for some, why in ((first, _why_apart(cells, english=english)), ([one for one in others if one not in first], "")):
        if some:
            pieces.append(listed([named(city, cell, language) for city, cell in some], language) + why)
    stop = ". " if english else "。"
    lead = stop.join(pieces) + (stop.strip() if pieces else "")
    for item in derived:
        lead += (" " if english else "") + derived_text(item, comparison, english=english)
    return (
        f"{lead} {coverage_text(comparison, language)}".strip()
        if english
        else f"{lead}{coverage_text(comparison, language)}"
    )


def _why_apart(cells: Mapping[str, Cell], *, english: bool) -> str:
    """Why figures in another unit are not in the order."""
    units = {cell.unit for cell in cells.values() if isinstance(cell, AnswerFigure)}
    if "人次" in units and units & {"人", "名", "位"}:
        return " (person-times and persons are not ranked together)" if english else "（人次与人数不一起排名）"
    return " (other units are not ranked together)" if english else "（单位不同，不一起排名）"


def _order_text(question: Question, ranked: Sequence[tuple[str, AnswerFigure]]) -> str:
    """Who has most (or fewest), then the others in their order; those with the same number are told as equal."""
    language, english = question.language, question.language == "en"
    shown = ranked if len(ranked) <= LED + 2 else ranked[:LED]
    told = [named(city, cell, language) for city, cell in shown]
    at = _place_text(question, ranked)
    first = [name for name, (_, cell) in zip(told, shown, strict=True) if cell.value == ranked[0][1].value]
    rest = told[len(first) :]
    most, than = _WORDS_OF_ORDER[ranked[0][1].unit in _RATES, question.lowest][1 if english else 0]
    if len(first) == len(ranked):
        return ("Equal: " if english else "持平：") + listed(told, language)
    if len(ranked) == 2:
        return at + (f"{first[0]}, {than} {rest[0]}" if english else f"{first[0]}，{than}{rest[0]}")
    if len(first) > 1:
        most = f"equally {most}" if english else f"并列{most}"
    text = f"{listed(first, language)} {most}" if english else f"{listed(first, language)}{most}"
    if rest:
        text += f", then {listed(rest, language)}" if english else f"，其次{listed(rest, language)}"
    if len(shown) < len(ranked):
        last = named(*ranked[-1], language)
        text += f", last {last}" if english else f"，排在最后的是{last}"
    return at + text


def _place_text(question: Question, ranked: Sequence[tuple[str, AnswerFigure]]) -> str:
    """Who has the place that is asked for (第二多), where it is not shared."""
    place, values = question.place, [cell.value for _, cell in ranked]
    if place is None or place > len(ranked) or values.count(values[place - 1]) > 1:
        return ""
    told = named(*ranked[place - 1], question.language)
    if question.language == "en":
        return f"{_PLACES[place][1]}: {told}. "
    return f"排{_PLACES[place][0]}的是{told}。"


_PLACES = {2: ("第二", "Second"), 3: ("第三", "Third"), 4: ("第四", "Fourth"), 5: ("第五", "Fifth")}


def lead_of_totals(
    question: Question, comparison: Comparison, totals: Mapping[str, tuple[Derived, list[AnswerFigure]]]
) -> str:
    """The answer where every city gives only parts: their sums, each with its operands."""
    english = question.language == "en"
    shown = []
    for item in comparison.ranking or [Ranked(city, 1, 0) for city in totals]:
        total, operands = totals[item.city]
        added = " + ".join(f"{figure.text}[{figure.citation}]" for figure in operands)
        name = city_name(item.city, question.language)
        shown.append(f"{name} **{total.text}** ({added})" if english else f"{name}合计**{total.text}**（{added}）")
    computed = " ".join(_of_totals(item, totals, english) for item in comparison.derived if _of_all(item, totals))
    note = "Only parts are printed; added up: " if english else "报告只给出分项，相加得："
    joint = (
        (", more than " if english else "，多于")
        if len(shown) == 2 and not question.lowest
        else ("; " if english else "；")
    )
    closing = ". " if english else "。"
    computed += " " if english and computed else ""
    return f"{note}{joint.join(shown)}{closing}{computed}{coverage_text(comparison, question.language)}"


def _of_all(item: Derived, totals: Mapping[str, tuple[Derived, list[AnswerFigure]]]) -> bool:
    """Whether a result is computed over the cities' sums, and is not one of them."""
    return item not in [total for total, _ in totals.values()]


def _of_totals(item: Derived, totals: Mapping[str, tuple[Derived, list[AnswerFigure]]], english: bool) -> str:
    """A difference or ratio of two sums, with the figures of both."""
    figures = {figure.citation: figures for _, figures in totals.values() for figure in figures}
    sums = []
    groups = list({id(group): group for n in item.operands for group in [figures[n]]}.values())
    for first in groups:
        added = " + ".join(f"{figure.text}[{figure.citation}]" for figure in first)
        sums.append(f"({added})" if english else f"（{added}）")
    shown = {"ratio": " ÷ ", "difference": " − "}.get(item.kind, " + ").join(sums)
    word = _COMPUTED[item.kind][1 if english else 0]
    return f"{word}**{item.text}** {shown}." if english else f"{word}**{item.text}**：{shown}。"


def parts_text(comparison: Comparison, language: Language) -> str:
    """For cities that give only a part of the thing, that part: a figure of the whole is not to be read into it."""
    english = language == "en"
    whole, shown = comparison.rows[0], {}
    for city in comparison.cities:
        cells = [(row, cell) for row in comparison.rows[1:] if isinstance(cell := row.cells.get(city), AnswerFigure)]
        given = [
            f"{_label_text(row.label, english)} **{cell.text}**{_note(cell, english)}[{cell.citation}]"
            for row, cell in cells
            if cell.readable
        ]
        if given and whole.cells.get(city) is None:
            shown[city] = ("; " if english else "、").join(given)
    if len(shown) > FEW:
        return " The other rows hold what others give instead." if english else "其余城市给出的是另几行的数字。"
    pattern = " {city} only gives: {parts}." if english else "{city}只给出：{parts}。"
    return "".join(pattern.format(city=city_name(city, language), parts=parts) for city, parts in shown.items())


def _note(cell: AnswerFigure, english: bool) -> str:
    target = (" (target)" if english else "（目标）") if cell.kind == "target" else ""
    return target + ((" (doubtful)" if english else "（存疑）") if cell.doubt is not None else "")


def derived_text(item: Derived, comparison: Comparison, *, english: bool) -> str:
    """A difference, ratio, sum or share with its operands."""
    figures = {f.citation: f for row in comparison.rows for f in row.cells.values() if isinstance(f, AnswerFigure)}
    operands = [figures[n] for n in item.operands]
    if item.kind == "share":
        return _share_text(item, operands, english)
    sign = {"difference": " − ", "ratio": " ÷ ", "total": " + "}.get(item.kind, " , ")
    shown = sign.join(f"{figure.text}[{figure.citation}]" for figure in operands)
    several = len(comparison.ranking or ()) > 2
    apart = ("前两名相差", "Difference of the first two: ") if several else _COMPUTED["difference"]
    word = (apart if item.kind == "difference" else _COMPUTED[item.kind])[1 if english else 0]
    return f"{word}**{item.text}** ({shown})." if english else f"{word}**{item.text}**（{shown}）。"


def _share_text(item: Derived, operands: Sequence[AnswerFigure], english: bool) -> str:
    """What share one city has of another's figure, or of the sum of all that give one, with the operands."""
    language: Language = "en" if english else "zh-Hans"
    part, *whole = operands
    # Each operand with its city, so that nobody reads a figure of one as the other's.
    called = [
        f"{city_name(figure.city, language)}{' ' if english else ''}{figure.text}[{figure.citation}]"
        for figure in operands
    ]
    summed = " + ".join(called[1:])
    shown = f"{called[0]} ÷ " + (f"({summed})" if len(whole) > 1 else summed)
    who, other = city_name(part.city, language), city_name(whole[0].city, language)
    if english:
        of = f"that of {other}" if len(whole) == 1 else "what all that give it have together"
        return f"{who} has **{item.text}** of {of} ({shown})."
    of = f"相当于{other}的" if len(whole) == 1 else "占给出数字的各市合计的"
    return f"{who}{of}**{item.text}**（{shown}）。"


def coverage_text(comparison: Comparison, language: Language) -> str:
    """How many of the reports give it; of one report its figure or its silence says that."""
    if comparison.of == 1:
        return ""
    if language == "en":
        return f"{comparison.reported} of {comparison.of} reports give it."
    return f"{comparison.of}份报告中{comparison.reported}份给出。"


def table_text(table: Table, cities: Sequence[str]) -> str:
    """The table in Markdown: one row a thing, one column a city; a table with one column is left out."""
    language = table.question.language
    if len(cities) < 2 or not table.rows:
        return ""
    english = language == "en"
    shown = (
        [city for city in cities if any(row.cells.get(city) is not None for row in table.rows)]
        if len(cities) > 8
        else list(cities)
    )
    lines = ["| | " + " | ".join(city_name(city, language) for city in shown) + " |", "|---" * (len(shown) + 1) + "|"]
    for row in table.rows:
        cells = [_cell_text(row.cells.get(city), english) for city in shown]
        lines.append(f"| {_label_text(row.label, english)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _label_text(label: str, english: bool) -> str:
    """A label as printed; for English readers with its English name, where there is one."""
    name = english_name(label) if english else None
    return (f"{name} ({label})" if name else label).replace("|", "/")


def _cell_text(cell: Cell, english: bool) -> str:
    if cell is None:
        return "not reported" if english else "报告未提及"
    if isinstance(cell, TextCell):
        return f"“{verbatim(cell.text.replace('|', '/').replace(chr(10), ' '))}”[{cell.citation}]"
    if not cell.readable:
        return f"{'damaged in the source' if english else '原文缺损'}[{cell.citation}]"
    notes = [period_name(cell.period, "en" if english else "zh-Hans")]
    if cell.kind == "target":
        notes.append("target" if english else "目标")
    if cell.doubt is not None:
        notes.append("doubtful" if english else "存疑")
    return (
        f"{cell.text}[{cell.citation}] ({', '.join(notes)})"
        if english
        else f"{cell.text}[{cell.citation}]（{'，'.join(notes)}）"
    )


def warning_text(warnings: Sequence[Warning]) -> str:
    """The most telling warnings, a line each; further ones stay with the comparison (the page folds them away)."""
    of_scope = any(warning.kind == "scope" for warning in warnings)
    # Where the scope is told, each city's unit is told with it.
    first = sorted(
        warnings, key=lambda one: _TELLING.index("approximate" if one.kind == "unit" and of_scope else one.kind)
    )
    return "\n".join(f"> {warning.text}" for warning in first[:TOLD])


TOLD = 5  # lines of warnings under a table
_TELLING: tuple[WarningKind, ...] = (
    "unreadable", "implausible", "target", "unit", "scope", "period", "missing", "approximate",
)  # fmt: skip
