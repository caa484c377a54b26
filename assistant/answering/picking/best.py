"""Chooses, within one report, the figure that a question is about, or none."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.picking.decide import (
    FIGURE_NOUNS,
    KEY_TERM,
    figure_found,
    of_another_whole,
    only_listed,
    pick_unit_differs,
    ruled_out,
)
from assistant.answering.picking.fits import asks_target, of_a_part, other_year
from assistant.answering.picking.levels import other_level
from assistant.answering.picking.pick import Pick, Similar, pick_figures
from assistant.language.measure_words import same_class
from assistant.language.quantities import find_quantities
from assistant.language.script import to_simplified
from assistant.models import Figure, Question, Report
from assistant.question.word_kinds import QUESTION_WORD

SECOND = 0.25  # how far below the best a figure may fit where the best one is refused


def best_pick(question: Question, report: Report, similar: Similar) -> Pick | None:
    """The figure of `report` that the question is about, or None."""
    picks: Sequence[Pick] = pick_figures(question, report, similar)
    if question.years:
        picks = [pick for pick in picks if pick.figure is not None and not other_year(question, pick.figure)]
    picks = [pick for pick in picks if pick.figure is not None and not of_a_part(question, pick.figure)]
    picks = [pick for pick in picks if not of_another_whole(question, pick, question.terms)]
    if question.after is not None and asks_target(question) == asks_target(question.after):
        before = best_pick(question.after, report, similar)
        if (other := _counterpart(question, picks, before)) is not None:
            return other
        if (same := _same_measure(question, picks, before)) is not None:
            return same
        if (named := _fully_named(question, picks, before)) is not None:
            return named
        if (beside := _beside(question, report, similar, picks)) is not None:
            return beside
        if question.unit is None and before is not None and before.figure is not None:
            unit = before.figure.unit  # 农民呢 after 城镇居民收入 asks for an amount as well
            alike = [p for p in picks if p.figure is not None and same_class(unit, p.figure.unit)]
            picks = alike if any(p.nouns >= FIGURE_NOUNS for p in alike) else picks
            amount = not _is_change(before.figure)  # 收入达到13471元、净增4370元: after an amount, the amount is meant
            picks = [p for p in picks if p.figure and not (amount and _is_change(p.figure))] or picks
            own = [term.text for term in question.terms if term.noun and not term.carried]
            holders = (p for p in picks[:3] if p.figure and any(name in p.figure.label for name in own))
            holder = next((p for p in holders if p.figure and not only_listed(question.terms, p.figure.label)), None)
            if holder is not None:
                return holder
    near = [pick for pick in picks[:3] if pick.score >= picks[0].score - SECOND]
    found = next((pick for pick in near if figure_found(question, pick)), None)
    if found is not None and found.figure is not None and found.figure.kind == "target" and not asks_target(question):
        if _is_the_one_asked(question, report, found.figure):
            return found
        # Only where no result is printed is a target told in its place.
        reached = (
            p for p in picks[:8] if p.figure and is_reached(question, p.figure) and p.nouns >= found.nouns - 0.25
        )
        found = next((pick for pick in reached if figure_found(question, pick)), found)
    if found is not None and found.figure is not None and found.figure.kind == "achieved" and asks_target(question):
        planned = (p for p in picks[:8] if p.figure and p.figure.kind == "target" and p.nouns >= found.nouns - 0.3)
        found = next((pick for pick in planned if figure_found(question, pick)), found)
    if found is None and question.language == "en":
        return _nearest(question, picks)
    return found


def _counterpart(question: Question, picks: Sequence[Pick], before: Pick | None) -> Pick | None:
    """The figure of the same measure for the holder that is asked now: 农村居民人均收入 after 城镇居民人均收入."""
    own = [term.text for term in question.terms if term.noun and not term.carried and len(term.text) > 1]
    if before is None or before.figure is None or not own or question.unit is not None:
        return None
    label, unit = before.figure.label, before.figure.unit
    return next(
        (
            pick
            for pick in picks[:8]
            if pick.figure is not None
            and pick.figure.unit == unit
            and pick.figure.label != label
            and pick.figure.label[-TAIL:] == label[-TAIL:]
            and len(label) > TAIL
            and any(pick.figure.label.startswith(name) for name in own)
        ),
        None,
    )


TAIL = 6  # last characters of two labels that name one measure


def _is_the_one_asked(question: Question, report: Report, target: Figure) -> bool:
    """Whether a target is meant though a result may be printed: its number is in the question, or the report is a plan."""
    if report.profile.kind == "plan":
        return True
    stated = {one.value for one in find_quantities(to_simplified(question.text)) if one.value is not None}
    return bool(question.premise) and target.value in stated


def _is_change(figure: Figure) -> bool:
    return bool(figure.verb) and figure.verb in _CHANGES


_CHANGES = frozenset({"净增", "新增", "增加", "减少", "增长", "下降", "提高", "降低"})


def is_reached(question: Question, figure: Figure) -> bool:
    """Whether a figure is a result, and of the years asked where years are asked."""
    start, end = figure.period.start, figure.period.end or figure.period.start
    if figure.kind != "achieved":
        return False
    if not question.years or start is None or end is None:
        return True
    return any(start <= year <= end for year in question.years)


NEAR, APART = 0.40, 0.08  # resemblance of an English question and a figure's clause, and how far the next must be


def _nearest(question: Question, picks: Sequence[Pick]) -> Pick | None:
    """The figure that the model finds by far the nearest to an English question whose words no dictionary leads to.

    Over the project's own English questions such a figure was right in all of 8 cases, and of other cities' reports in
    8 of 10; in Chinese, where the words themselves can be compared, it would be wrong in half of them.
    """
    picks = [pick for pick in picks if pick.figure is not None and not ruled_out(question, pick, question.terms)]
    # What is counted is known by its Chinese names: a figure beside which none of them stands is of something else.
    known = [one.text for one in question.terms if one.noun and one.focus and not "".join(one.forms[:1]).isascii()]
    picks = [pick for pick in picks if all(pick.each.get(name, 0.0) >= KEY_TERM for name in known)]
    nearest = sorted(picks, key=lambda pick: -pick.alike)[:4]
    if not nearest or nearest[0].alike < NEAR:
        return None
    # What else is told of the same thing (its growth, its target) does not speak against it.
    same = [pick for pick in nearest if _of_one_thing(pick.figure, nearest[0].figure)]
    second = max((pick.alike for pick in nearest if pick not in same), default=0.0)
    chosen = max(same, key=lambda pick: pick.score)
    if pick_unit_differs(question, chosen):
        return None
    if nearest[0].alike - second >= APART and not chosen.lacking:
        return chosen
    best, *others = picks
    alone = best.score - (others[0].score if others else 0.0) >= 0.25 and best.score >= 0.5
    return best if alone and best == nearest[0] and not best.lacking else None


def _of_one_thing(one: Figure | None, other: Figure | None) -> bool:
    return one is not None and other is not None and (one.label in other.label or other.label in one.label)


def _fully_named(question: Question, picks: Sequence[Pick], before: Pick | None) -> Pick | None:
    """The best figure where its own label has every naming word of the turn itself and it was not told before."""
    own = any(term.noun and not term.carried and term.weight > 0.8 for term in question.terms)
    best = next(iter(picks), None)
    if not own or best is None or best.figure is None or best.other or best.on_label < 0.99:
        return None
    new = before is None or best.figure != before.figure
    return best if new and figure_found(question, best) else None


def _same_measure(question: Question, picks: Sequence[Pick], before: Pick | None) -> Pick | None:
    """The figure that counts as the one before it did, where a turn only names another thing (职代会呢 after a rate)."""
    if question.unit is not None or before is None or before.figure is None or QUESTION_WORD.search(question.text):
        return None
    unit = before.figure.unit
    found = (pick for pick in picks[:3] if pick.figure is not None and same_class(unit, pick.figure.unit))
    return next((pick for pick in found if pick.figure != before.figure and figure_found(question, pick)), None)


def _beside(question: Question, report: Report, similar: Similar, picks: Sequence[Pick]) -> Pick | None:
    """The figure of the sentence that answered the question before, where this one asks for more of its subject.

    覆盖多少职工 after 讲了多少场: the next figure in that sentence that counts what is asked and has all its own names.
    """
    assert question.after is not None
    before = best_pick(question.after, report, similar)
    if before is None or before.figure is None:
        return None
    earlier = {term.text for term in question.after.terms}
    named = [term for term in question.terms if term.noun and not term.carried and term.text not in earlier]
    own = [term.text for term in named if term.weight > 0.8]  # lighter ones (职工, 覆盖) name nothing in particular
    if question.unit is None and not own:
        return None
    found = [
        pick
        for pick in picks
        if pick.figure is not None
        and pick.figure.sentence == before.figure.sentence
        and pick.figure != before.figure
        and (question.unit is None or same_class(question.unit, pick.figure.unit))
        and all(pick.each.get(name, 0.0) >= 0.7 for name in own)
        and (own or not pick.other or before.figure.head == pick.figure.head)
        and not _of_another(before.figure, pick.figure)
        and not only_listed(question.terms, pick.figure.label)
    ]
    start = before.figure.span.start
    most = max((_met(pick, own) for pick in found), default=0.0)
    return min(
        (pick for pick in found if _met(pick, own) >= most - LESS),  # 实现稳定就业 before 就业服务活动
        key=lambda pick: (
            (pick.figure.span.start < start, abs(pick.figure.span.start - start)) if pick.figure else (True, 0)
        ),
        default=None,
    )


LESS = 0.1  # how much less of its own names a figure may meet than the one that meets the most


def _met(pick: Pick, names: Sequence[str]) -> float:
    return min((pick.each.get(name, 0.0) for name in names), default=0.0)


def _of_another(before: Figure, figure: Figure) -> bool:
    """Whether a figure is of the growth of another thing than the one before it counts."""
    if figure.unit not in {"%", "个百分点"} or not figure.verb or not figure.label.endswith(figure.verb):
        return False
    grown = figure.label.removesuffix(figure.verb)
    return grown not in before.label and before.label not in grown


def clear_picks(question: Question, reports: Sequence[Report], similar: Similar) -> list[Pick]:
    """The figure of each report that has one, best first."""
    found = [pick for report in reports if (pick := best_pick(question, report, similar)) is not None]
    return sorted(found, key=lambda pick: -pick.score)


def only_other_levels(question: Question, reports: Sequence[Report], similar: Similar) -> bool:
    """Whether what the reports count under that name is of another level (全国 where 省级 is asked)."""
    best = (pick_figures(question, report, similar)[:1] for report in reports)
    return any(
        pick.nouns >= FIGURE_NOUNS and other_level(question, question.terms, pick.figure, pick.report.repaired.text)
        for picks in best
        for pick in picks
        if pick.figure is not None
    )
