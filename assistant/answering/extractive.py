"""The built-in composer: answers by quoting, computes by code, needs no model but the embeddings.

Dispatches by intent; the wording and the picking are in the files beside it. It never states a figure that it did
not read as readable in the report of the city asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.captions import CLEAR, answer_from_captions
from assistant.answering.comparison import compare, over_years
from assistant.answering.decide import figure_found
from assistant.answering.fact_answer import answer_fact
from assistant.answering.figure_answer import FigureAnswer, best_pick, clear_picks
from assistant.answering.list_answer import answer_which, topic_of
from assistant.answering.marks import Citations, citation
from assistant.answering.members import members_of
from assistant.answering.overview import answer_library, answer_small_talk, answer_summary, no_such_city
from assistant.answering.pick import Pick, Similar, pick_figures, pick_sentences
from assistant.answering.rows import RowPicks, line_up
from assistant.answering.topic_overview import answer_topic, asks_overview
from assistant.answering.trim import trim
from assistant.answering.wording import city_name, finish, listed, period_name, say
from assistant.language.script import to_simplified
from assistant.models import Citation, Draft, Evidence, Question, Report, Status


class Extractive:
    """The composer that is always there; `similar` gives the cosine of a question and some texts."""

    name = "built-in"

    def __init__(self, similar: Similar) -> None:
        self._similar = similar

    def compose(self, question: Question, evidence: Evidence) -> Draft:
        # The rules for words read Simplified script; what is said goes back to the asker's script in `finish`.
        plain = replace(question, text=to_simplified(question.text)) if question.language == "zh-Hant" else question
        draft = self._dispatch(plain, evidence)
        told = draft.text
        if question.respelt is not None and draft.status in {"answered", "partial", "unreadable"}:
            told += ("\n\n" if "\n" in told.strip() else "") + say(
                "respelt", question.language, wrong=question.respelt[0], right=question.respelt[1]
            )
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
        if question.intent == "library":
            citations = Citations()
            lines = answer_library(question, evidence.summaries, tuple(evidence.reports.values()), citations)
            return Draft("answered", "\n".join(lines), citations.all())
        if not evidence.summaries:
            return Draft("not_found", say("library_empty", language))
        if question.intent == "judgement":
            return Draft("unclear", say("judgement", language, example=example))
        if question.intent == "unclear":
            return Draft("unclear", say("unclear", language, example=example))
        if question.cities and not any(city.known for city in question.cities):
            return Draft("not_found", no_such_city(question, evidence.summaries))
        if question.province is not None and not evidence.reports:
            return Draft("not_found", say("no_province", language, province=question.province))
        return self._from_reports(question, evidence)

    def _from_reports(self, question: Question, evidence: Evidence) -> Draft:
        reports = tuple(evidence.reports.values())
        outside = self._outside_years(question, reports)
        if outside is not None:
            return outside
        if question.intent in {"compare", "rank", "difference", "ratio", "total"} or over_years(question, reports):
            return self._with_unknown(question, evidence, compare(question, reports, self._similar))
        if question.intent == "which_cities":
            return self._which(question, evidence, reports)
        if question.intent == "summary" and not question.terms_of_substance:
            return self._summary(question, reports)
        if asks_overview(question) and question.cities and (told := self._overview(question, reports)) is not None:
            return told
        if question.parts and (together := self._together(question, evidence, reports)) is not None:
            return together
        if question.cities and any(members_of(question, report) for report in reports):
            return self._fact(question, evidence, reports)
        if question.intent == "figure":
            return self._figure(question, evidence, reports)
        plain = question.asks is None or (question.language == "en" and question.asks == "name")
        if question.intent == "fact" and plain and self._is_a_measure(question, reports):
            return self._figure(question, evidence, reports)
        return self._fact(question, evidence, reports)

    def _is_a_measure(self, question: Question, reports: Sequence[Report]) -> bool:
        """Whether a bare topic (芜湖的驿站, 粮食产量) is one that the report of the city asked gives a figure of."""
        if len(question.terms_of_substance) > 3 or len(question.cities) != 1:
            return False
        picks = [pick for report in reports if (pick := best_pick(question, report, self._similar)) is not None]
        return any(pick.own >= 0.85 and not pick.other for pick in picks)

    def _outside_years(self, question: Question, reports: Sequence[Report]) -> Draft | None:
        """A refusal where the years asked lie outside of what the reports of the city cover."""
        if not question.years or not question.cities:
            return None
        language = question.language
        for report in reports:
            if any(f"{year}年" in report.repaired.text for year in question.years):
                return None
            period = report.profile.period
            written = (report.profile.written or "")[:4]
            if written.isdigit() and all(year > int(written) for year in question.years):
                continue  # written before the years asked
            years = {year for figure in report.figures for year in (figure.period.start, figure.period.end) if year}
            years |= {year for year in (period.start, period.end) if year}
            if not years or any(min(years) <= year <= max(years) for year in question.years):
                return None
        if not reports:
            return None
        lines = [
            say(
                "no_such_year",
                language,
                city=city_name(report.profile.city, language),
                period=period_name(report.profile.period.label, language),
                year=question.years[0],
            )
            for report in reports
        ]
        return Draft("not_found", "\n".join(lines), related=self._related(question, reports))

    def _together(self, question: Question, evidence: Evidence, reports: Sequence[Report]) -> Draft | None:
        """Several figures asked of one city at once, one sentence each; None where one of them is not found."""
        citations = Citations()
        figures, derived, lines, statuses = [], [], [], []
        for part in question.parts:
            picks = [pick for report in reports if (pick := best_pick(part, report, self._similar)) is not None]
            if not picks:  # 多少家企业 alone names little; beside the rest of the question it is clear
                picks = [p for report in reports for p in self._of_unit(question, part, report)]
            if not picks:
                return None
            answer = FigureAnswer(part, citations)
            answer.add(max(picks, key=lambda pick: pick.score))
            figures += answer.figures
            derived += answer.derived
            lines += answer.lines
            statuses.append(answer.status)
        status: Status = next((one for one in statuses if one != "answered"), "answered")
        return Draft(status, "\n".join(lines), citations.all(), tuple(figures), tuple(derived))

    def _of_unit(self, whole: Question, part: Question, report: Report) -> list[Pick]:
        """The best figure for the whole question that counts in the unit of the part."""
        picks = pick_figures(whole, report, self._similar)[:4]
        found = [p for p in picks if p.figure and part.unit == p.figure.unit and figure_found(whole, p)]
        return found[:1]

    def _figure(self, question: Question, evidence: Evidence, reports: Sequence[Report]) -> Draft:
        citations = Citations()
        answer = FigureAnswer(question, citations)
        if question.cities:
            picks = [pick for report in reports if (pick := best_pick(question, report, self._similar)) is not None]
            picks = sorted(picks, key=lambda pick: -pick.score)[:1]
        else:
            picks = clear_picks(question, reports, self._similar)
            picks = [pick for pick in picks if pick.score >= picks[0].score - 0.12][:5]
        if not picks:
            fact = self._fact(question, evidence, reports, only_clear=True)
            return fact if fact.status != "not_found" else self._not_found(question, evidence, reports, figure=True)
        rows = _own_parts(line_up(question, [picks[0].report], self._similar)) if len(picks) == 1 else []
        if len(rows) > 1 and picks[0].extra_or_level:
            answer.add_parts(rows)
            return Draft(
                "partial", "\n".join(answer.lines), citations.all(), tuple(answer.figures), tuple(answer.derived)
            )
        if len(picks) > 1:
            answer.lines.append(say("several", question.language) + "\n")
        for pick in picks:
            answer.add(pick)
        if len(picks) == 1 and (twin := self._twin(question, picks[0])) is not None:
            answer.lines.append(say("twin", question.language))
            answer.add(twin)
        return Draft(
            answer.status, "\n".join(answer.lines), citations.all(), tuple(answer.figures), tuple(answer.derived)
        )

    def _twin(self, question: Question, pick: Pick) -> Pick | None:
        """Another figure of the same label that fits as well (two success rates), so that neither is told alone."""
        figure = pick.figure
        for other in pick_figures(question, pick.report, self._similar)[:4]:
            twin = other.figure
            if twin is None or figure is None or twin is figure or len(figure.label) < 3:
                continue
            same = (twin.label, twin.unit, twin.kind) == (figure.label, figure.unit, figure.kind)
            if same and twin.value != figure.value and other.score > pick.score - 0.06:
                return other
        return None

    def _fact(
        self, question: Question, evidence: Evidence, reports: Sequence[Report], *, only_clear: bool = False
    ) -> Draft:
        citations = Citations()
        found: list[tuple[float, list[str], Report]] = []
        for report in reports:
            picks = pick_sentences(question, report, self._similar)
            if not picks or (only_clear and (picks[0].nouns < 0.85 or not _has_number(picks[0]))):
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
        status: Status = "partial" if only_clear or (targets and question.intent == "figure") else "answered"
        return Draft(status, "\n".join(lines), citations.all())

    def _nouns(self, question: Question, report: Report) -> float:
        picks = pick_sentences(question, report, self._similar)
        return picks[0].nouns if picks else 0.0

    def _which(self, question: Question, evidence: Evidence, reports: Sequence[Report]) -> Draft:
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
        if (caption := answer_from_captions(question, reports)) is not None:
            return caption
        language, topic = question.language, topic_of(question)
        if question.cities:
            cities = listed([city_name(city.name, language) for city in question.cities if city.known], language)
            lines = [say("not_found_figure" if figure else "not_found", language, city=cities, topic=topic)]
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


def _own_parts(rows: list[RowPicks]) -> list[RowPicks]:
    """The rows that are parts of the thing asked: none is the whole, all name it and can be read."""
    if not rows or not rows[0].key:
        return []
    picks = [pick for row in rows for pick in row.picks.values()]
    best = max(pick.on_label for pick in picks)
    return [
        row
        for row in rows
        if all(p.figure is not None and p.figure.readable and p.on_label >= best - 0.1 for p in row.picks.values())
    ]


def _has_number(pick: Pick) -> bool:
    return any(pick.sentence.span.contains(figure.span) for figure in pick.report.figures)
