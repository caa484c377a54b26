"""Answers "which cities …": exactly the cities whose reports say it, each with its passage, and how many were read."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistant.answering.built_in.captions import caption_of
from assistant.answering.marks import Citations
from assistant.answering.picking.for_texts import for_texts
from assistant.answering.picking.periods import period_of
from assistant.answering.picking.pick import Pick, Similar, pick_sentences
from assistant.answering.picking.sentence_found import LISTED_NOUNS, listed
from assistant.answering.picking.trim import trim
from assistant.answering.picking.zones import plain
from assistant.answering.wording import city_name, period_name, say, verbatim
from assistant.answering.wording import listed as join
from assistant.language.script import to_simplified
from assistant.models import Kind, Question, Report, Span
from assistant.reports.plan_or_actual import is_formality


def naming_picks(question: Question, reports: Sequence[Report], similar: Similar) -> list[Pick]:
    """The best sentence of each report that clearly says it, in the order of the reports."""
    if question.parts:  # any one of several things
        every = {
            pick.report.id: pick for part in reversed(question.parts) for pick in naming_picks(part, reports, similar)
        }
        return [every[report.id] for report in reports if report.id in every]
    quoted = [plain(to_simplified(name)) for name in _QUOTED.findall(question.text)]
    if quoted and not _KIND_OF_THING.search(
        question.text
    ):  # what is asked by its very words is named where those words stand
        literal = [
            pick for report in reports if (pick := _with_words(quoted, pick_sentences(question, report, similar)))
        ]
        if literal:
            return literal
    did = bool(_DID.search(to_simplified(question.text)))
    text = to_simplified(question.text)
    reached = bool(_REACHED.search(text) or _ALREADY.search(text)) and not _OR_WISHED.search(text)
    turn = _turn_asked(question)
    found = []
    for report in reports:
        picks = tuple(pick for pick in pick_sentences(question, report, similar) if not _tells_nothing(pick))
        if did:
            picks = tuple(pick for pick in picks if pick.sentence.kind != "target")
        if reached:  # who asks which cities won it does not ask which strive for it
            picks = tuple(pick for pick in picks if not _only_wished(question, pick))
        if turn is not None:
            picks = tuple(pick for pick in picks if _turns(question, pick, turn))
        pick = _listed_of(question, picks)
        if pick is not None:
            found.append(pick)
    return _as_fully(question, found)


_DOWN, _UP = r"下降|减少|降低|下滑|回落|下跌|负增长|萎缩", r"(?<!负)增长|上升|提高|增加|上涨|提升"
_TURN_ASKED = re.compile(
    rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:了|的)*\s*[？?。]?$|\b(?:(?P<fell>fell|fall|dropped|declined|decreased|shrank)|(?P<rose>rose|grew|increased))\W*$"
)


def _turn_asked(question: Question) -> re.Pattern[str] | None:
    """The words of the way that things must have gone for a city to be named (哪些城市的收入下降了), or None."""
    match = _TURN_ASKED.search(to_simplified(question.text))
    if match is None:
        return None
    return re.compile(_DOWN if match["down"] or match["fell"] else _UP)


def _turns(question: Question, pick: Pick, turn: re.Pattern[str]) -> bool:
    """Whether the first way that is told behind the thing asked, in its clause or the next one, is the one asked."""
    text = plain(pick.sentence.span.of(pick.report.repaired.text))
    forms = [plain(form) for term in question.terms if term.noun for form in term.forms]
    for form in forms:
        at = text.find(form)
        while at >= 0:
            told = re.compile(f"{_DOWN}|{_UP}").search(re.split(r"[；;。]", text[at:])[0])
            if told is not None and turn.fullmatch(told.group()):
                return True
            at = text.find(form, at + 1)
    return False


def _tells_nothing(pick: Pick) -> bool:
    """Whether a sentence only opens, closes or signs the report, and tells nothing of the city."""
    return pick.passage.headings == SIGNED or is_formality(pick.sentence.span.of(pick.report.repaired.text))


def with_quoted_name(question: Question, reports: Sequence[Report]) -> Sequence[Report]:
    """The reports that print a name which the question quotes, where any does; else all."""
    quoted = [plain(to_simplified(name)) for name in _QUOTED.findall(question.text)]
    named = [report for report in reports if all(name in plain(report.repaired.text) for name in quoted)]
    return named or reports


def _as_fully(question: Question, picks: list[Pick]) -> list[Pick]:
    """Without those that meet much less of the question than the best one does, where that meets nearly all of it.

    Of a model workers' park only the park is told, not everybody's model workers.
    """
    met = [_share_met(question, pick) for pick in picks]
    best = max(met, default=0.0)
    return [pick for pick, share in zip(picks, met, strict=True) if best < _NEARLY_ALL or share >= best - _MUCH_LESS]


def _share_met(question: Question, pick: Pick) -> float:
    """The weighted share of the question's things that a sentence meets, those that only a dictionary knows included."""
    things = [term for term in question.terms if term.noun or (term.near and not term.forms)]
    total = sum(term.weight for term in things)
    return sum(term.weight * pick.each.get(term.text, 0.0) for term in things) / total if total else 1.0


def _listed_of(question: Question, picks: Sequence[Pick]) -> Pick | None:
    """The best sentence that says it; one that meets all that is named rather than one that lacks a name."""
    clear = [pick for pick in picks[:3] if listed(question.terms, pick)]
    named = [term.text for term in question.terms if term.noun]
    return max(
        clear,
        key=lambda pick: (not lists_contents(pick), sum(pick.each.get(name, 0.0) >= SAID for name in named)),
        default=None,
    )


def lists_contents(pick: Pick) -> bool:
    """Whether a sentence is a table of contents (内容包括总则、…)."""
    return _CONTENTS.search(pick.sentence.span.of(pick.report.repaired.text)) is not None


def _with_words(words: Sequence[str], picks: Sequence[Pick]) -> Pick | None:
    """The best sentence that holds all of the `words` as they stand."""
    return next(
        (p for p in picks if all(word in plain(p.sentence.span.of(p.report.repaired.text)) for word in words)), None
    )


def _only_wished(question: Question, pick: Pick) -> bool:
    """Whether the words about the thing say that it is striven for."""
    words = trim(question, pick, question.terms, limit=60).of(pick.report.repaired.text)
    return pick.sentence.kind == "target" or bool(_WISHED.search(words) and not _REACHED.search(words))


BREAK = re.compile(r"\s*\n\s*")
_CONTENTS = re.compile(r"内容(?:包括|涵盖|涉及)")
SIGNED = ("署名",)  # the heading over whoever wrote a report
SAID = 0.6  # a word is met by the sentence itself, not only by what stands around it
_NEARLY_ALL, _MUCH_LESS = 0.85, 0.3  # shares of the question's words
_REACHED = re.compile(r"荣获|获评|蝉联|获得|获批|通过|入选|评为|命名|摘得|夺得|成功|实现了|达到了|建成了")
_ALREADY = re.compile(r"已经?是|已成为|到手")
_DID = re.compile(
    r"(?:办|建|开|搞|做|设|设立|推出|实施|开展|举办|成立|组织|发放|完成|建成|新增|打造|培育|培养|创建|开设|推行)(?:过|了)|\b(?:built|established|set up|held|launched|opened|created|organi[sz]ed|founded|carried out)\b",
    re.I,
)
_WISHED = re.compile(r"争创|力争|申报|创建|争取|确保|冲刺|力爭|爭創|努力|跻身.{0,4}行列")
_OR_WISHED = re.compile(r"或者?(?:是|正?在)*(?:创建|争创|申报|力争|争取)")
_KIND_OF_THING = re.compile(r"这(?:件|类|种|项|样)|类似|之类|similar", re.I)
_QUOTED = re.compile(r"[“‘\"「『《]([^”’\"」』》]{2,24})[”’\"」』》]")


def topic_of(question: Question) -> str:
    """The thing asked, as a reader would name it."""
    if question.parts and question.intent == "which_cities":
        return (" or " if question.language == "en" else "或").join(topic_of(part) for part in question.parts)
    names = list(dict.fromkeys(term.text for term in question.terms if term.noun))
    kept = [name for name in names if not any(name != other and name in other for other in names)]
    return f"“{_joined(question, kept) or question.topic}”"


def _joined(question: Question, names: Sequence[str]) -> str:
    """Names that stand together in the question as one; those that stand apart are told apart."""
    english = question.language == "en"
    joint, apart = (" ", ", ") if english else ("", "、")
    asked = re.sub(r"[（）()]" if english else r"[（）()“”\s]", "", question.text)
    together = "".join(names[:1])
    for before, name in pairwise(names):
        near = question.carried_topic is not None or f"{before}{joint}{name}" in asked
        together += f"{joint if near else apart}{name}"
    return together


def answer_which(question: Question, reports: Sequence[Report], similar: Similar, citations: Citations) -> list[str]:
    """The lines that name the cities, or none when no report says it."""
    language, question = question.language, for_texts(question, reports)
    said = {
        pick.report.id: (trim(question, pick, question.terms, limit=100), pick.sentence.kind)
        for pick in naming_picks(question, reports, similar)
    }
    # A picture on the page may speak of it where the text does not.
    silent = [report for report in reports if report.id not in said]
    shown = {report.id: span for report in silent if (span := caption_of(question, report)) is not None}
    note = say("in_caption", language)
    found: list[tuple[Report, Span, Kind, str]] = [
        (report, *said[report.id], "") if report.id in said else (report, shown[report.id], "unknown", note)
        for report in reports
        if report.id in said or report.id in shown
    ]
    if not found:
        return []
    cities = [city_name(report.profile.city, language) for report, *_ in found]
    marks: list[str] = []
    lines: list[str] = []
    for report, span, kind, note in found:
        told = period_of(report, span, kind).label
        n = citations.cite(report, span, kind=kind, period=told)
        marks.append(f"[{n}]")
        quote = verbatim(BREAK.sub(" ", report.repaired.offsets.to_received(span).of(report.original.text)))
        period = period_name(told, language)
        if kind == "target":
            period += "; planned" if language == "en" else "，计划"
        line = say("which_line", language, city=cities[len(lines)], period=period, quote=quote, mark=f"[{n}]")
        lines.append(line + note)
    named = [f"{city}{mark}" for city, mark in zip(cities, marks, strict=True)]
    first = say(
        "which", language, count=len(found), topic=topic_of(question), cities=join(named, language), of=len(reports)
    )
    return [first, "", *lines, "", *_others(question, reports, {report.id for report, *_ in found}, similar, citations)]


def _others(
    question: Question, reports: Sequence[Report], saying: Collection[str], similar: Similar, citations: Citations
) -> list[str]:
    """The lines about the reports that are not among those `saying` it: those that only plan it, those that do not speak of it."""
    language, text = question.language, to_simplified(question.text)
    planned: list[str] = []
    without: list[str] = []
    for report in reports:
        if report.id in saying:
            continue
        picks = pick_sentences(question, report, similar)
        pick, city = _listed_of(question, picks), city_name(report.profile.city, language)
        if pick is not None and _DID.search(text) and pick.sentence.kind == "target":
            n = citations.cite(report, trim(question, pick, question.terms, limit=100), kind="target")
            planned.append(f"{city}[{n}]")
        elif not any(one.nouns >= LISTED_NOUNS for one in picks[:3]) and not _REACHED.search(text):
            without.append(city)  # of others that mention it in another way, nothing is said
    told = [("which_planned", planned), ("which_without", without)]
    return [say(key, language, cities=join(cities, language)) for key, cities in told if cities]
