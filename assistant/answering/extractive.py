"""The built-in composer: answers by quoting, computes by code, needs no model but the embeddings.

Dispatches by intent; the wording and the picking are in the files beside it. It never states a figure that it did
not read as readable in the report of the city asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.built_in.captions import CLEAR, answer_from_captions
from assistant.answering.built_in.conditions import answer_condition, condition_of
from assistant.answering.built_in.fact_answer import answer_fact
from assistant.answering.built_in.figure_answer import FigureAnswer
from assistant.answering.built_in.from_to import answer_change, asks_change
from assistant.answering.built_in.list_answer import answer_which, topic_of, with_quoted_name
from assistant.answering.built_in.members import members_of
from assistant.answering.built_in.other_years import outside_years
from assistant.answering.built_in.overview import answer_library, answer_small_talk, answer_summary, no_such_city
from assistant.answering.built_in.own_parts import own_parts
from assistant.answering.built_in.quoted_doubts import quoted_doubts
from assistant.answering.built_in.read_as import read_as
from assistant.answering.built_in.stated_number import (
    answer_doubted_number,
    answer_stated_number,
    as_figure,
)
from assistant.answering.built_in.together import answer_together
from assistant.answering.built_in.topic_overview import answer_topic, asks_of_topic, asks_overview
from assistant.answering.built_in.within import compute_within, tells_undone
from assistant.answering.built_in.words_instead import NUMBER, tells_a_number, tells_clearly
from assistant.answering.comparing.comparison import compare, over_years, tell_each
from assistant.answering.comparing.rows import line_up
from assistant.answering.marks import Citations, citation
from assistant.answering.picking.answer_kinds import asks_place
from assistant.answering.picking.beside import are_two_kinds, reached_beside, sums_beside, twin_of
from assistant.answering.picking.best import best_pick, clear_picks, only_other_levels
from assistant.answering.picking.decide import how_many_things, names_nothing
from assistant.answering.picking.fits import asks_past, asks_target
from assistant.answering.picking.likely import with_likely_words
from assistant.answering.picking.pick import Similar, pick_sentences
from assistant.answering.picking.trim import trim
from assistant.answering.wording import city_name, finish, listed, say
from assistant.language.measure_words import same_class
from assistant.language.script import to_simplified
from assistant.models import Citation, Draft, Evidence, Question, Report, Status
from assistant.question.cities import asks_whole_province
from assistant.question.intent import asks_sum


class Extractive:
    """The composer that is always there; `similar` gives the cosine of a question and some texts."""

    name = "built-in"

    def __init__(self, similar: Similar) -> None:
        self._similar = similar

    def compose(self, question: Question, evidence: Evidence) -> Draft:
        # The rules for words read Simplified script; what is said goes back to the asker's script in `finish`.
        plain = replace(question, text=to_simplified(question.text)) if question.language == "zh-Hant" else question
        draft = self._dispatch(plain, evidence)
        told = "\n".join([draft.text, *quoted_doubts(draft, evidence.reports, question.language)])
        if (as_read := read_as(question)) and draft.status in {"answered", "partial", "unreadable"}:
            told += f"\n\n{as_read.lstrip()}" if "\n" in told.strip() else as_read
        return Draft(
            status=draft.status,
            text=finish(told, question.language).strip(),
            citations=draft.citations,
            figures=draft.figures,
            derived=draft.derived,
            comparison=draft.comparison,
            related=draft.related,
            composer=self.name,
        )

    def stream(self, question: Question, evidence: Evidence) -> Iterator[Draft]:
        yield self.compose(question, evidence)

    def complete(self, turn: str, history: Sequence[str]) -> Iterator[str]:
        """Nothing: all that these rules take over from earlier turns is taken over in understanding."""
        yield from ()

    def look_further(self, question: Question, evidence: Evidence, refusal: Draft) -> Iterator[Draft]:
        """Nothing: what these rules do not find, they cannot look for in another way."""
        yield from ()

    def _dispatch(self, question: Question, evidence: Evidence) -> Draft:
        language, example = question.language, evidence.example
        if question.intent == "small_talk":
            return Draft(
                "small_talk",
                answer_small_talk(question, attack=evidence.attack, count=len(evidence.summaries), example=example),
            )
        if question.intent == "library" and not question.parts:
            citations = Citations()
            lines = answer_library(question, evidence.summaries, tuple(evidence.reports.values()), citations)
            return Draft("answered", "\n".join(lines), citations.all())
        if not evidence.summaries:
            return Draft("not_found", say("library_empty", language))
        if question.intent in {"judgement", "unclear"}:
            return Draft("unclear", say(question.intent, language, example=example))
        if question.cities and not any(city.known for city in question.cities):
            return Draft("not_found", no_such_city(question, evidence.summaries))
        if question.province is not None and not evidence.reports:
            return Draft("not_found", say("no_province", language, province=question.province))
        return self._from_reports(question, evidence)

    def _from_reports(self, question: Question, evidence: Evidence) -> Draft:
        reports = tuple(evidence.reports.values())
        question = with_likely_words(question, reports, self._similar)
        if (lines := outside_years(question, reports)) is not None:
            return Draft("not_found", "\n".join(lines), related=self._related(question, reports))
        if question.computes is not None and (told := self._within(question, evidence, reports)) is not None:
            return told
        if question.intent in {"compare", "rank", "difference", "ratio", "total"} or over_years(question, reports):
            told = compare(question, reports, self._similar)
            if asks_whole_province(question.text, question.province):
                note = say("of_cities_only", question.language, province=question.province)
                told = replace(told, text=f"{note}\n\n{told.text}")
            return self._with_unknown(question, evidence, told)
        if question.intent == "which_cities":
            return self._which(question, evidence, reports)
        if question.intent == "summary" and not question.terms_of_substance:
            return answer_stated_number(question, reports, self._similar) or self._summary(question, reports)
        if asks_of_topic(question, reports) and (told := tell_each(question, reports, self._similar)) is not None:
            return told
        if asks_overview(question) and question.cities and (told := self._overview(question, reports)) is not None:
            return told
        parts = question.parts if question.computes is None else ()
        if parts and (told := answer_together(question, evidence, reports, self._similar)) is not None:
            return told
        if asks_place(question) and len(question.cities) == 1:
            return self._fact(question, evidence, reports)
        if question.cities and any(members_of(question, report) for report in reports):
            return self._fact(question, evidence, reports)
        if question.intent == "figure":
            return self._figure(question, evidence, reports)
        if (told := self._counted(question, evidence, reports)) is not None:
            return told
        # 办了什么比赛, what it is called: which, not how many
        of_a_kind = re.search(r"什么|哪些|啥|\bcalled\b|\bnamed?\b", question.text)
        plain = not of_a_kind and (question.asks is None or (question.language == "en" and question.asks == "name"))
        deeds = asks_overview(question)
        if question.intent == "fact" and plain and not deeds and self._is_a_measure(question, reports):
            return self._figure(question, evidence, reports)
        doubted = answer_doubted_number(question, reports, self._similar)
        return doubted or self._fact(question, evidence, reports)

    def _counted(self, question: Question, evidence: Evidence, reports: Sequence[Report]) -> Draft | None:
        """How many there are, where the question states so many of a unit (有25万人参加吗), or None."""
        counted = as_figure(question)
        told = self._figure(counted, evidence, reports) if counted is not None else None
        if counted is None or told is None or not any(same_class(counted.unit or "", f.unit) for f in told.figures):
            return None
        return told

    def _is_a_measure(self, question: Question, reports: Sequence[Report]) -> bool:
        """Whether a bare topic (芜湖的驿站, 粮食产量) is one that the report of the city asked gives a figure of."""
        if len(question.terms_of_substance) > 3 or len(question.cities) != 1:
            return False
        picks = (best_pick(question, report, self._similar) for report in reports)
        return any(pick is not None and pick.own >= 0.85 and not pick.other for pick in picks)

    def _within(self, question: Question, evidence: Evidence, reports: Sequence[Report]) -> Draft | None:
        """What is computed from two figures of one report; one of them alone would be no answer."""
        if question.computes == "share" and any(
            pick.figure is not None and pick.figure.unit == "%"
            for report in reports
            if (pick := best_pick(question, report, self._similar)) is not None
        ):
            return None  # printed as such
        found = (compute_within(question, report, self._similar) for report in reports)
        if (told := next((draft for draft in found if draft is not None), None)) is not None:
            return told
        if question.computes == "share":
            return None
        printed = (best_pick(question, report, self._similar) for report in reports)
        if question.computes == "rest" and any(pick is not None and tells_undone(pick) for pick in printed):
            return None
        return self._not_found(question, evidence, reports, figure=True)

    def _figure(self, question: Question, evidence: Evidence, reports: Sequence[Report]) -> Draft:
        citations = Citations()
        answer = FigureAnswer(question, citations)
        if question.cities:
            picks = [pick for report in reports if (pick := best_pick(question, report, self._similar)) is not None]
            picks = sorted(picks, key=lambda pick: -pick.score)[:1]
        else:
            picks = clear_picks(question, reports, self._similar)
            picks = [pick for pick in picks if pick.score >= picks[0].score - 0.12][:5]
        if asks_change(question) and (told := answer_change(question, picks, reports, self._similar)) is not None:
            return told
        if not picks:
            if names_nothing(question, question.terms):
                return self._not_found(question, evidence, reports, figure=True)
            clear = not question.years or any(_is_of_year(question, report) for report in reports)
            fact = self._fact(question, evidence, reports, only_clear=True) if clear else None
            if fact is None or fact.status == "not_found":
                return self._not_found(question, evidence, reports, figure=True)
            numbered = any(NUMBER.search(one.quote) for one in fact.citations)
            if numbered and only_other_levels(question, reports, self._similar):
                words = fact.text.removeprefix(say("words_instead", question.language)).lstrip()
                return replace(fact, status="partial", text=f"{say('other_level', question.language)}\n{words}")
            return fact
        rows = own_parts(question, line_up(question, [picks[0].report], self._similar)) if len(picks) == 1 else []
        if len(rows) > 1 and picks[0].extra_or_level:
            answer.add_parts(rows)
            return Draft(
                "partial", "\n".join(answer.lines), citations.all(), tuple(answer.figures), tuple(answer.derived)
            )
        if len(picks) == 1 and len(sums := sums_beside(question, picks[0], self._similar)) > 1:
            answer.lines.append(say("sums", question.language))
            picks, answer.status = sums, "partial"
        elif len(picks) > 1:
            answer.lines.append(say("several", question.language) + "\n")
        beside = reached_beside(question, picks, self._similar)
        twin = twin_of(question, picks[0], self._similar) if beside is None and len(picks) == 1 else None
        kinds = twin is not None and are_two_kinds(picks[0], twin) and not question.premise
        if twin is not None and kinds:  # neither is more meant than the other
            picks = sorted((picks[0], twin), key=lambda pick: pick.figure.span.start if pick.figure else 0)
            picks, twin = picks[:1], picks[1]
        for pick in picks:
            answer.add(pick, reached=beside is not None, to_head=twin is not None)
        if (second := beside or twin) is not None:
            answer.lines.append(say("twin", question.language))
            answer.add(second, beside=True, to_head=twin is not None)
            if kinds and asks_sum(question.text) and (total := answer.sum_of_all("summed")):
                answer.lines = [total, *answer.lines[:1], *answer.lines[2:]]
        return Draft(
            answer.status, "\n".join(answer.lines), citations.all(), tuple(answer.figures), tuple(answer.derived)
        )

    def _fact(
        self, question: Question, evidence: Evidence, reports: Sequence[Report], *, only_clear: bool = False
    ) -> Draft:
        citations = Citations()
        found: list[tuple[float, list[str], Report]] = []
        for report in reports if question.cities else with_quoted_name(question, reports):
            picks = pick_sentences(question, report, self._similar)
            if not picks or (only_clear and not tells_clearly(question, picks[0])):
                continue
            before = Citations()
            if lines := answer_fact(question, report, self._similar, before):
                found.append((picks[0].score, lines, report))
        if not found:
            return self._not_found(question, evidence, reports, figure=False)
        vague = not only_clear and max(self._nouns(question, report) for _, _, report in found) < CLEAR
        if vague and (caption := answer_from_captions(question, reports)) is not None:
            return caption
        found.sort(key=lambda item: -item[0])
        kept = (
            found[:1]
            if question.cities and len(question.cities) == 1
            else [item for item in found if item[0] >= found[0][0] - 0.1][:4]
        )
        lines = [line for _, _, report in kept for line in answer_fact(question, report, self._similar, citations)]
        targets = all(c.kind == "target" for c in citations.all())
        quotes = " ".join(one.quote for one in citations.all())
        numbered = bool(NUMBER.search(quotes))
        if only_clear and numbered and question.unit in _IN_UNIT and not _IN_UNIT[question.unit].search(quotes):
            return self._not_found(question, evidence, reports, figure=True)  # 成果17项 does not tell what they cost
        past = asks_past(question) or (_DONE.search(to_simplified(question.text)) and not asks_target(question))
        if targets and past and len(kept) == 1:
            city = city_name(kept[0][2].profile.city, question.language)
            return Draft(
                "partial", "\n".join([say("only_planned", question.language, city=city), *lines]), citations.all()
            )
        if only_clear and targets and not numbered and not asks_target(question):
            return self._not_found(question, evidence, reports, figure=True)  # an intention without a number
        silent = only_clear and not tells_a_number(question, citations.all(), reports)
        if silent and how_many_things(question):
            return self._not_found(question, evidence, reports, figure=True)
        if silent and question.unit is not None:
            lines.insert(0, say("words_instead", question.language))
        status: Status = "partial" if only_clear or (targets and question.intent == "figure") else "answered"
        return Draft(status, "\n".join(lines), citations.all())

    def _nouns(self, question: Question, report: Report) -> float:
        return next((pick.nouns for pick in pick_sentences(question, report, self._similar)), 0.0)

    def _which(self, question: Question, evidence: Evidence, reports: Sequence[Report]) -> Draft:
        condition = condition_of(question)
        if condition is not None:
            told = answer_condition(question, condition, reports, self._similar)
            return told or self._not_found(question, evidence, reports, figure=True)
        citations = Citations()
        lines = answer_which(question, reports, self._similar, citations)
        if not lines:
            return self._not_found(question, evidence, reports, figure=False)
        return Draft("answered", "\n".join(lines), citations.all())

    def _summary(self, question: Question, reports: Sequence[Report]) -> Draft:
        citations = Citations()
        few = 6 if len(reports) == 1 else 2
        lines = [line for report in reports for line in [*answer_summary(question, report, citations, points=few), ""]]
        return Draft("answered", "\n".join(lines), citations.all())

    def _overview(self, question: Question, reports: Sequence[Report]) -> Draft | None:
        """What the reports asked tell of a topic, point by point; None where they tell too little of it for that."""
        citations = Citations()
        parts = [answer_topic(question, report, self._similar, citations) for report in reports]
        lines = [line for part in parts for line in [*part, ""] if part]
        return Draft("answered", "\n".join(lines), citations.all()) if lines else None

    def _not_found(self, question: Question, evidence: Evidence, reports: Sequence[Report], *, figure: bool) -> Draft:
        """That the reports do not say it; whether another city's report does; what may be related."""
        if (doubted := answer_doubted_number(question, reports, self._similar)) is not None:
            return doubted
        nothing = names_nothing(question, question.terms)
        if not nothing and (caption := answer_from_captions(question, reports)) is not None:
            return caption
        language, topic = question.language, topic_of(question)
        if question.cities:
            cities = listed([city_name(city.name, language) for city in question.cities if city.known], language)
            spoken_of = not figure and any(self._nouns(question, report) >= CLEAR for report in reports)
            key = "not_found_figure" if figure else "not_told" if spoken_of else "not_found"
            lines = [say(key, language, city=cities, topic=topic)]
        else:
            lines = [say("not_found_all", language, count=len(reports), topic=topic)]
        return Draft("not_found", "\n".join(lines), related=self._related(question, reports))

    def _with_unknown(self, question: Question, evidence: Evidence, draft: Draft) -> Draft:
        """Says of cities without a report that there is none."""
        if all(city.known for city in question.cities):
            return draft
        return replace(draft, text=f"{draft.text}\n\n{no_such_city(question, evidence.summaries)}")

    def _related(self, question: Question, reports: Sequence[Report]) -> tuple[Citation, ...]:
        picks = [pick for report in reports for pick in pick_sentences(question, report, self._similar)[:2]]
        picks = sorted(picks, key=lambda pick: -pick.score)[:3]
        return tuple(
            citation(pick.report, trim(question, pick, question.terms), n=index, kind=pick.sentence.kind)
            for index, pick in enumerate((pick for pick in picks if pick.score > 0.12), start=1)
        )


_IN_UNIT = {"元": re.compile(r"元|钱|[万亿萬億]"), "%": re.compile(r"[%％率成半]|百分|之一")}
_DONE = re.compile(r"[成造立办建做搞]了|[完建]成|成[绩果效]|\b(?:did|done|achieved|accomplished)\b", re.I)


def _is_of_year(question: Question, report: Report) -> bool:
    """Whether a whole report is of a year asked, so that any of its sentences is."""
    period = report.profile.period
    return period.start is not None and period.start == (period.end or period.start) and period.start in question.years
