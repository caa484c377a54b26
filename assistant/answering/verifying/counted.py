"""Decides whether a number of an answer is told of what the report counts with it, and as the report tells it.

Only Han words beside both are compared; where none of them tells, nothing is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.answering.verifying.figures import Source, same_value
from assistant.answering.verifying.numbers import Stated
from assistant.language.measure_words import other_kind, same_class
from assistant.models import Figure, Span

_EVERYWHERE = frozenset({"职工", "工会", "全市", "其中"})
_LEVELS = (("national", "国家级"), ("provincial", "省级"), ("(?:city|municipal)", "市级"), ("county", "县级"))
_IN_ORDER = re.compile("分别|依次")
_RISES = re.compile(r"上升|提高|提升|增长|增加|上涨|回升|扩大|[增升]至")
_FALLS = re.compile(r"下降|降低|减少|回落|下滑|下跌|缩减|缩小|压减|压缩|[降减]至")
_CHANGES = re.compile(
    "[增降升涨跌减翻扩缩压快]|回落|下滑|提高|提速|高于|低于|高出|更[高低多少]|[多少]了|[多少]于|变化|改善|好转"
)
_NO_CHANGE = re.compile("增加值|增值|减税|降费|升学|升级")
_MORE_THAN = re.compile(r"比[^，；]{1,12}(?:增加|减少|提高|下降|净增|多|少)了?$")
_BY = re.compile(r"(?:增长|下降|降低|减少|上升|提高|增加|上涨|下跌|回落)(?:了|约|近|超过?)?$")
_IN_ALL = re.compile(r"(?:^|[，、；])(?:总数|总量|总计|累计)(?:已?达到?|为|增至|增加到)?$")
_ADVERB = re.compile(r"(?:年均|同比|环比|平均|实际)+$")
_NEW = re.compile(r"新增|净增|(?<![高创更革])新(?=[建认成发]\w)")
_IS_NEW = re.compile(r"(?<![高创更革])新(?![技能兴型材区城农媒时])|净|增")
_ROW = re.compile(r"([^，；。]+?)(?:分别|依次)")
_ROW_END = re.compile("[，；。]")
_STAGES = (
    re.compile(r"开工|开建|动工|奠基"),
    re.compile(r"竣工|完工|建成|投产|投用|投运|新建|新增"),
    re.compile(r"签约"),
    re.compile(r"引进|引入|招引|落户"),
    re.compile(r"改造|改建|整治|修复|修缮"),
)
_PAIR = re.compile(r"(?=((?![的了有为达])[\u4e00-\u9fff](?![的了有为达])[\u4e00-\u9fff]))")
_LINKED = re.compile(r".*(?:和|与|及|以及|还有|、)$", re.S)


def is_of_another(stated: Stated, sources: Sequence[Source], before: str, after: str) -> bool:
    """Whether the words beside a number name what another figure of the sources counts, and not what it counts.

    Among figures of one unit, which are easily swapped, the nearest pair of characters that only one of the two has
    decides, first of those before the number; else words of the other's name, and none of its own.
    """
    if _IN_ORDER.search(before):
        return False  # told in a row as well; a row of its own, see row_disagrees
    if any(_is_of_another_in_row(stated, source, before) for source in sources):
        return True
    if _LINKED.fullmatch(before):
        before = ""  # 3项甲和5项乙: what is named before belongs to the number before
    own = [(one, source) for source in sources for one in source.figures if same_value(stated, one.value, one.text)]
    others = [(one, source) for source in sources for one in source.figures if (one, source) not in own]
    mine = _pairs(*(_named(*one) for one in own))
    clauses = _pairs(*(one.clause.of(source.report.repaired.text) for one, source in own))
    if own and _is_called_as_a_neighbour(stated, sources, _pairs(before)[-1:], {*mine, *clauses}):
        return True
    if not own or not others:
        return False
    alike = [one for one in others if not stated.unit or not one[0].unit or same_class(stated.unit, one[0].unit)]
    foreign = _pairs(*(_named(*one) for one in alike))
    for pair in (*reversed(_pairs(before)), *_pairs(after), *_pairs(*_levels(after))):
        if (pair in mine) != (pair in foreign):
            return pair in foreign
    said = set(_pairs(f"{before}{stated.text}{after}"))
    return not said & {*mine, *clauses} and bool(said & {*_pairs(*(one.label for one, _ in others))})


def _is_called_as_a_neighbour(
    stated: Stated, sources: Sequence[Source], nearest: Sequence[str], mine: Collection[str]
) -> bool:
    """Whether the word right before a number is only the name of another figure in the sentences that are cited."""
    for source in sources:
        cited = {one.sentence for one in source.figures}
        for one in source.report.figures:
            if one.sentence in cited and not other_kind(stated.unit, one.unit) and {*nearest} & {*_pairs(one.label)}:
                return not {*nearest} & {*mine}
    return False


def _is_of_another_in_row(stated: Stated, source: Source, before: str) -> bool:
    """Whether 甲率、乙率分别提高3和5个百分点 is told with 3 for 乙率."""
    for names, row in _rows(source.words, source.numbers):
        at = _named_in(names, before)
        own = [index for index, one in enumerate(row) if same_value(stated, one.value, one.text)]
        elsewhere = any(one not in row and same_value(stated, one.value, one.text) for one in source.numbers)
        if at is not None and own and at not in own and not elsewhere:
            return True
    return False


def row_disagrees(text: str, numbers: Sequence[Stated], sources: Sequence[Source]) -> Stated | None:
    """A number of a row in an answer (甲、乙分别为3和5) that stands elsewhere in the row of the report, if any."""
    for names, row in _rows(text, numbers):
        for printed, values in (found for source in sources for found in _rows(source.words, source.numbers)):
            for name, one in zip(names, row, strict=True):
                at = _named_in(printed, name)
                known = [index for index, value in enumerate(values) if same_value(one, value.value, value.text)]
                if at is not None and known and at not in known:
                    return one
    return None


def stands_in_row(stated: Stated, text: str, numbers: Sequence[Stated]) -> bool:
    """Whether a number of an answer is one of a row; its name then does not stand right before it."""
    return any(stated in row for _, row in _rows(text, numbers))


def _rows(text: str, numbers: Sequence[Stated]) -> Iterator[tuple[list[str], list[Stated]]]:
    """The names and the numbers of each row of a text, where there are as many of the one as of the other.

    A row is told as one (甲、乙分别为3和5), or is seen to be one: 甲、乙达3、5.
    """
    figures = [one for one in numbers if one.sort == "figure"]
    for match in _ROW.finditer(text):
        stop = _ROW_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        yield from _row(match.group(1), [one for one in figures if match.end() <= one.span.start < end])
    for run in _runs(text, figures):
        head = _ROW_END.split(text[: run[0].span.start])[-1]
        if not _IN_ORDER.search(head):
            yield from _row(head, run)


def _row(names: str, row: list[Stated]) -> Iterator[tuple[list[str], list[Stated]]]:
    for between in ("[、和与及]", "[、和]", "、"):  # 甲、乙与丙类 may be three names or two
        split = re.split(between, names)
        if len(split) == len(row) > 1 and all(split):
            yield split, row
            return


def _runs(text: str, figures: Sequence[Stated]) -> Iterator[list[Stated]]:
    """The numbers that stand side by side with nothing but 、 or 和 between them."""
    run: list[Stated] = []
    for one in figures:
        if run and text[run[-1].span.end : one.span.start] not in {"、", "和", "与", "及"}:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _named_in(names: Sequence[str], words: str) -> int | None:
    """Which of the names `words` name, by how it begins, else by what only that one has; None where that is not one.

    How the last name ends is often said of all of them: 甲类、乙类投资.
    """
    begin = [index for index, name in enumerate(names) if name[:2] and name[:2] in words]
    if len(begin) == 1 and len({name[:2] for name in names}) == len(names):
        return begin[0]
    pairs = [set(_pairs(name)) for name in names]
    only = [one - set().union(*(other for other in pairs if other is not one)) for one in pairs]
    hits = [index for index, one in enumerate(only) if one & set(_pairs(words))]
    return hits[0] if len(hits) == 1 else None


def is_told_otherwise(stated: Stated, sources: Sequence[Source], said: str) -> bool:
    """Whether a clause tells a fall as a rise, a change as a level, work begun as done, or a stock as what is new."""
    own = [(one, source) for source in sources for one in source.figures if same_value(stated, one.value, one.text)]
    printed = [
        f"{one.clause.of(source.report.repaired.text)} {one.label} {one.verb or ''}{''.join(one.scope)}"
        for one, source in own
    ]
    if own and all(_is_change(*one) or _is_stock(*one) for one in own):
        level = re.search("[\u4e00-\u9fff]", said) and not _CHANGES.search(_NO_CHANGE.sub("", said))
        if (level and all(_is_change(*one) for one in own)) or (
            _NEW.search(said) and all(_is_stock(*one) for one in own)
        ):
            return True
    return bool(printed) and all(
        _turned(said, text) or _other_stage(said, text) or (_NEW.search(said) and not _IS_NEW.search(text))
        for text in printed
    )


def _is_change(figure: Figure, source: Source) -> bool:
    """Whether a figure tells by how much something rose or fell (增长5%, 比上年增加3天), not how high it is (提高到5%)."""
    ahead = _right_before(figure, source)
    return _BY.search(ahead) is not None or _MORE_THAN.search(ahead) is not None


def _is_stock(figure: Figure, source: Source) -> bool:
    """Whether a figure tells how many there are in all, beside how many are new: 新建3个、总数达5个."""
    return _IN_ALL.search(_right_before(figure, source)) is not None


def _right_before(figure: Figure, source: Source) -> str:
    return Span(figure.clause.start, max(figure.clause.start, figure.span.start)).of(source.report.repaired.text)


def _turned(said: str, printed: str) -> bool:
    rises, falls = _RISES.search(said), _FALLS.search(said)
    up, down = _RISES.search(printed), _FALLS.search(printed)
    return bool((rises and not falls and down and not up) or (falls and not rises and up and not down))


def _other_stage(said: str, printed: str) -> bool:
    told, known = ({one for one in _STAGES if one.search(text)} for text in (said, printed))
    return bool(told and known and not told & known)


def likeness(stated: Stated, sources: Sequence[Source], before: str) -> float:
    """The share of the words before a number that stand beside it in print."""
    own = [(one, source) for source in sources for one in source.figures if same_value(stated, one.value, one.text)]
    said, printed = set(_pairs(before)), set(_pairs(*(_named(*one) for one in own)))
    return len(said & printed) / max(1, len(said))


def are_mispaired(first: Stated, second: Stated, sources: Sequence[Source]) -> bool:
    """Whether two numbers of one clause stand in different pairs of their sentence: 甲2家、乙3家分别投资5元、7元.

    Known where one of them has another partner beside it, or where the sentence has as many numbers of the one unit as
    of the other, two or more.
    """
    if any(_has_other_partner(first, second, source) for source in sources):
        return True
    found = [
        (one, other, source)
        for source in sources
        for one in source.figures
        for other in source.figures
        if one.unit != other.unit
        and one.sentence == other.sentence
        and same_value(first, one.value, one.text)
        and same_value(second, other.value, other.text)
    ]
    return bool(found) and not any(_same_turn(*one) for one in found)


def _has_other_partner(first: Stated, second: Stated, source: Source) -> bool:
    """Whether a part of the print holds one of the numbers beside another number of the other's unit."""
    for part in re.finditer("[^、，；。]+", source.words):
        if _IN_ORDER.search(part.group()):
            continue
        inside = [one for one in source.numbers if part.start() <= one.span.start < part.end()]
        for here, there in ((first, second), (second, first)):
            if any(same_value(here, one.value, one.text) and one.unit == here.unit for one in inside):
                others = [one for one in inside if one.unit == there.unit != here.unit]
                if others and not any(same_value(there, one.value, one.text) for one in others):
                    return True
    return False


def _same_turn(first: Figure, second: Figure, source: Source) -> bool:
    together = [one for one in source.figures if one.sentence == first.sentence]
    rows = [[one.span for one in together if one.unit == which.unit] for which in (first, second)]
    if len(rows[0]) != len(rows[1]) or len(rows[0]) < 2:
        return True
    return rows[0].index(first.span) == rows[1].index(second.span)


def _levels(english: str) -> list[str]:
    """The levels that English words behind a number name, as reports print them."""
    return [printed for words, printed in _LEVELS if re.match(rf"[^,;.]*?\b{words}\b", english, re.I)][:1]


def _named(figure: Figure, source: Source) -> str:
    """All that says what a figure counts; in a row its label, and how the row ends, which is said of each of it."""
    if not _in_a_row(figure, source):
        return f"{_beside(figure, source)} {figure.label} {figure.verb or ''} {''.join(figure.scope)}"
    names, said = _IN_ORDER.split(figure.clause.of(source.report.repaired.text), maxsplit=1)
    return f"{figure.label} {_ADVERB.sub('', names)[-2:]}{re.split(r'[0-9]', said)[0]}"


def _in_a_row(figure: Figure, source: Source) -> bool:
    return _IN_ORDER.search(figure.clause.of(source.report.repaired.text)) is not None


def _beside(figure: Figure, source: Source) -> str:
    """The words of a figure's own clause around it, up to the figures beside it; its label where they are in a row."""
    if _in_a_row(figure, source):
        return figure.label
    start, end = figure.clause.start, figure.clause.end
    for other in source.report.figures:
        if other.span != figure.span and other.span.overlaps(figure.clause):
            if other.span.end <= figure.span.start:
                start = max(start, other.span.end)
            elif other.span.start >= figure.span.end:
                end = min(end, other.span.start)
    text = source.report.repaired.text
    ahead = _LINKED.sub("", Span(min(start, figure.span.start), figure.span.start).of(text))
    behind = re.split("[、，；。]", Span(figure.span.end, max(end, figure.span.end)).of(text))[0]
    return f"{ahead} {behind}"


def _pairs(*texts: str) -> list[str]:
    """The pairs of neighbouring characters that say something; 出口 is no part of 进出口, and 全市 of no name."""
    plain = (text.replace("进出口", "进出").replace("全市", " ") for text in texts)
    return [pair for text in plain for pair in _PAIR.findall(text) if pair not in _EVERYWHERE]
