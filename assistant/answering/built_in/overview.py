"""Answers from the profiles, summaries by a report's own headings, and the short answers to everything else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.marks import Citations
from assistant.answering.picking.pick import sentences_of
from assistant.answering.wording import city_name, kind_name, listed, period_name, say, verbatim
from assistant.language.script import to_simplified
from assistant.models import Language, Passage, Question, Report, ReportSummary, Sentence, Span

_ABOUT = re.compile(r"时期|时间|哪一?年|什么时候|期间|阶段|覆盖|总结|规划|计划|性质|period|year|cover|when", re.I)
_WRITTEN = re.compile(
    r"(?:哪一?天|什么时候|啥时候|何时|几月|几号|日期).{0,8}(?:作|写|发|做|提交)|(?:哪一?天|什么时候|何时)(?:作|做|写|发|提交)的|when .{0,30}(?:written|delivered|given|published)",
    re.I,
)
SUMMARY_POINTS = 6


def answer_library(
    question: Question, summaries: Sequence[ReportSummary], reports: Sequence[Report], citations: Citations
) -> list[str]:
    """What is in the library, or what one of its reports is."""
    language = question.language
    if question.cities and (_ABOUT.search(question.text) or _WRITTEN.search(question.text)):
        lines = []
        for report in reports:
            profile = report.profile
            if _WRITTEN.search(question.text):
                lines.append(_written(report, citations, language))
                continue
            finding = profile.findings.get("period")
            mark = (
                f"[{citations.cite(report, finding.span)}]" if finding is not None and finding.span is not None else ""
            )
            period = period_name(profile.period.label, language)
            lines.append(
                say(
                    "period_of",
                    language,
                    city=city_name(profile.city, language),
                    period=period,
                    kind=kind_name(profile.kind, language),
                    mark=mark,
                )
            )
        return lines
    if not summaries:
        return [say("library_empty", language)]
    chosen = (
        [item for item in summaries if _is_asked(question, item)]
        if question.asks or "哪" in question.text
        else summaries
    )
    key = "library" if len(chosen) == len(summaries) else "library_some" if chosen else "library_none"
    lines = [say(key, language, count=len(chosen), of=len(summaries))]
    for item in chosen:
        period = period_name(item.period.label, language)
        lines.append(
            say(
                "library_line",
                language,
                city=city_name(item.city, language),
                title=verbatim(item.title),
                period=period,
                kind=kind_name(item.kind, language),
            )
        )
    return lines


def _is_asked(question: Question, item: ReportSummary) -> bool:
    """Whether a report is of the kind and the years that the question names; of any where it names none."""
    text, period = to_simplified(question.text), item.period
    plan, review, news = (bool(kind.search(text)) for kind in (_PLAN, _REVIEW, _NEWS))
    if news and not (plan or review) and item.kind != "news":
        return False
    if plan != review and (item.kind == "plan") != plan:
        return False
    if question.province is not None and item.province != question.province:
        return False
    end = period.end or period.start
    return not question.years or (
        period.start is not None and end is not None and any(period.start <= year <= end for year in question.years)
    )


_PLAN = re.compile(r"计划|规划|打算|今后|未来|\bplans?\b|next (?:few|five) years", re.I)
_NEWS = re.compile(r"新闻|报道|\bnews\b", re.I)
_REVIEW = re.compile(r"总结|回顾|过去|\breviews?\b", re.I)


def _written(report: Report, citations: Citations, language: Language) -> str:
    """When a report was written, with the place that says so; that it does not say, where it does not."""
    written, finding = report.profile.written, report.profile.findings.get("written")
    city = city_name(report.profile.city, language)
    if written is None or finding is None or finding.span is None:
        return say("no_date", language, city=city)
    n = citations.cite(report, finding.span)
    return say("written", language, city=city, date=verbatim(citations.quote(n)), mark=f"[{n}]")


def answer_summary(
    question: Question, report: Report, citations: Citations, *, points: int = SUMMARY_POINTS
) -> list[str]:
    """The most telling sentence of each part of the report, each marked."""
    language, profile = question.language, report.profile
    key = "summary_plan" if profile.kind == "plan" else "summary"
    lines = [
        say(key, language, city=city_name(profile.city, language), period=period_name(profile.period.label, language))
    ]
    for heading, span, sentence in _telling(report, points):
        n = citations.cite(report, span, kind=sentence.kind)
        quote = verbatim(report.repaired.offsets.to_received(span).of(report.original.text))
        title = f"**{verbatim(heading)}** " if heading else ""
        lines.append(f"- {title}“{quote}”[{n}]")
    return lines if len(lines) > 1 else []


def _telling(report: Report, points: int) -> list[tuple[str, Span, Sentence]]:
    """(heading, clauses, sentence) of the best sentence of each top heading, in reading order."""
    best: dict[tuple[str, ...], tuple[float, Passage, Sentence]] = {}
    parted = any(passage.headings and passage.headings != ("署名",) for passage in report.passages)
    for passage, sentence in sentences_of(report):
        if passage.headings == ("署名",) or _is_title(report, sentence):
            continue
        if parted and not passage.headings and _value(report, sentence) < 2:
            continue  # what opens a report that has headings tells little without a figure
        key = passage.headings[-1:] if len({p.headings[:1] for p in report.passages}) < 3 else passage.headings[:1]
        value = _value(report, sentence)
        if key not in best or value > best[key][0]:
            best[key] = (value, passage, sentence)
    told = (
        [item for item in best.values() if item[0] >= 2]
        if sum(item[0] >= 2 for item in best.values()) >= 3
        else list(best.values())
    )
    chosen = sorted(told, key=lambda item: -item[0])[:points]
    chosen.sort(key=lambda item: item[2].span)
    return [
        (passage.headings[-1] if passage.headings else "", short(report, sentence), sentence)
        for _, passage, sentence in chosen
        if _value(report, sentence) > 0
    ]


def _is_title(report: Report, sentence: Sentence) -> bool:
    """Whether a sentence is a part of the report's title, which its answer names anyway."""
    told, title = (re.sub(r"\W", "", words) for words in (sentence.span.of(report.repaired.text), report.profile.title))
    return bool(told) and told in title


def _value(report: Report, sentence: Sentence) -> float:
    figures = [
        figure
        for figure in report.figures
        if sentence.span.contains(figure.span) and figure.readable and figure.doubt is None
    ]
    told = sentence.span.of(report.repaired.text)
    hearsay = 1.0 if re.search(r"记者|采访|说[。”]?$", told) else 0.0
    return 2.0 * min(len(figures), 4) + min(len(sentence.span), 80) / 80 - hearsay


def short(report: Report, sentence: Sentence, limit: int = 110) -> Span:
    """The stretch of the sentence that holds most figures within about `limit` characters, cut at commas."""
    text, span = report.repaired.text, sentence.span
    if len(span) <= limit:
        return _bare(text, span)
    cuts = [span.start, *(m.end() for m in re.finditer(r"[,，;；]", text[span.start : span.end])), len(span)]
    edges = [span.start, *(span.start + cut for cut in cuts[1:])]
    best, most = Span(span.start, min(span.end, span.start + limit)), -1
    for i, start in enumerate(edges[:-1]):
        for end in edges[i + 1 :]:
            if end - start > limit:
                break
            window = Span(start, end)
            count = sum(1 for figure in report.figures if window.contains(figure.span) and figure.readable)
            if count > most or (count == most and count == 0 and len(window) > len(best)):
                best, most = window, count
    return _bare(text, best)


def _bare(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while end > start and text[end - 1] in "，,；;。、 \n":
        end -= 1
    while start < end and text[start] in "，,；;。、 \n":
        start += 1
    return Span(start, end)


_THANKS = re.compile(r"谢|感谢|辛苦|再见|拜|thank|bye", re.I)


def answer_small_talk(question: Question, *, attack: bool, count: int, example: str) -> str:
    """A short, friendly, honest line."""
    language = question.language
    if attack:
        return say("attack", language)
    if _THANKS.search(question.text):
        return say("thanks", language)
    return say("hello", language, count=count, example=example)


def no_such_city(question: Question, summaries: Sequence[ReportSummary]) -> str:
    """That the library has no report of the places asked for."""
    language = question.language
    unknown = [city.name for city in question.cities if not city.known]
    cities = list(dict.fromkeys(city_name(item.city, language) for item in summaries if item.city))
    shown = cities[:12]
    listing = listed(shown, language) + ("…" if len(cities) > len(shown) else "")
    return say(
        "no_such_city", language, city=listed([city_name(name, language) for name in unknown], language), cities=listing
    )
