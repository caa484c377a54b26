"""Answers what was done about a topic (做了哪些工作, 有哪些举措): the most telling sentences, each marked.

Sentences under a heading that names the topic come first; sentences with figures and names before slogans. What a
report plans is left to questions about plans. Difficulties are told by the list that follows their naming.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.built_in.overview import short
from assistant.answering.marks import Citations
from assistant.answering.picking.decide import names_nothing
from assistant.answering.picking.fits import asks_target
from assistant.answering.picking.pick import Pick, Similar, pick_sentences, rare_terms, sentences_of
from assistant.answering.picking.trim import in_its_group, trim
from assistant.answering.picking.zones import Zone, coverage, plain
from assistant.answering.wording import city_name, period_name, say, verbatim
from assistant.language.script import to_simplified
from assistant.models import Passage, Question, Report, Span

POINTS = 5
_DEEDS = re.compile(
    r"(?:做|干)[了过点]*(?:些|哪些|什么|啥)(?:工作|事|实事|措施|举措|做法|动作|服务|活动|努力|帮扶|探索)?|"
    r"(?:办|开展|搞|采取|推出|实施|出台|落实)了?(?:些|哪些|什么|啥)(?:工作|事|实事|措施|举措|做法|动作|服务|活动|努力|帮扶|探索|(?=[？?，,。\s]|$))|"
    r"(?:有|采取了?|推出了?)(?:些)?(?:哪些|什么|啥)[一-鿿]{0,8}?(?:具体|的)?(?:举措|措施|做法|办法|成效|成绩|进展|工作|亮点|动作|活动|服务|成果)|"
    r"方面(?:都|主要|具体)?(?:做|干|办|搞)了?(?:些)?(?:什么|啥|哪些)|(?:概括|总结|介绍|综述|说说|讲讲|谈谈).{0,20}(?:工作|方面|情况|做法|建设|服务|改革|事)|"
    r"(?:工作|方面)(?:做得)?(?:怎么样|如何|情况)|\b(?:what (?:did|has|have|was|were)|which measures|what measures|what steps)\b.{0,60}\b(?:do|done|doing|take|taken|for|about|to)\b|"
    r"\bwhat (?:does|do|did) .{0,60}\b(?:say|says|tell|report|mention)\b.{0,12}\b(?:about|on|of)\b|"
    r"(?:关于|对于?|就|在)[一-鿿]{2,12}(?:方面)?(?:都|主要|具体)?(?:说|讲|写|提)(?:到)?了?(?:些|哪些|什么|啥)",
    re.I,
)
_PROBLEMS = re.compile(
    r"(?:困难|问题|不足|短板|挑战|差距)(?:主要)?(?:有|是)?(?:哪些|什么|啥)|(?:哪些|什么|啥)(?:困难|问题|不足|短板|挑战|差距)"
)
_TROUBLE = re.compile(r"困难|问题|不足|短板|挑战|差距|制约|矛盾")
_COMPLAINT = re.compile(r"压力|短板|不足|不强|矛盾|亟待|有待|不够|欠账|较慢|薄弱")
_LISTED = re.compile(r"主要(?:表现|体现|是|有|存在|：|:)|一是|表现在|体现在|[：:]$")
_LEADS = re.compile(r"[一二三四五六七八九十]+(?:是|、)|（[一二三四五六七八九十]+）|——|第[一二三四五六七八九十]")
_SLOGAN = re.compile(r"^(?:必须|坚持|要|始终|我们要|各级)|新篇章|汇聚|磅礴|憧憬|旗帜|精神$")


def asks_overview(question: Question) -> bool:
    """Whether the question asks for what was done about a topic, rather than for one fact."""
    text = to_simplified(question.text)
    if question.intent == "summary":
        return bool(question.terms)
    if question.asks == "how" and question.intent == "fact" and names_nothing(question, question.terms):
        return True  # 怎么服务职工: of all that was done for them
    return question.intent == "fact" and bool(_DEEDS.search(text) or _PROBLEMS.search(text))


def asks_of_topic(question: Question, reports: Sequence[Report]) -> bool:
    """Whether what is said of a topic is asked, and of no city, so that each report may tell of it."""
    if question.cities or question.unit or len(reports) < 2 or not question.terms_of_substance:
        return False
    open_ended = question.asks == "how" or (question.asks is None and _OPEN.search(to_simplified(question.text)))
    return question.intent in {"fact", "summary"} and bool(open_ended or asks_overview(question))


_OPEN = re.compile(r"了解|介绍|说说|讲讲|谈谈|聊聊|关于|方面|\b(?:about|on)\b", re.I)


def answer_topic(question: Question, report: Report, similar: Similar, citations: Citations) -> list[str]:
    """The lines of an overview, or none where fewer than two sentences tell of the topic."""
    # Where no difficulties are listed, what was done about a 困难 or 短板 is no answer.
    troubles = _PROBLEMS.search(to_simplified(question.text))
    spans = _problems(report) if troubles else _telling(question, report, similar)
    if len(spans) < 2:
        return []
    language, profile = question.language, report.profile
    key = "summary_plan" if profile.kind == "plan" else "summary"
    lines = [
        say(key, language, city=city_name(profile.city, language), period=period_name(profile.period.label, language))
    ]
    homes = {sentence.span: sentence for _, sentence in sentences_of(report)}
    for span in spans:
        home = next((one for place, one in homes.items() if place.overlaps(span)), None)
        n = citations.cite(report, span, kind=home.kind if home else "unknown")
        lines.append(f"- “{verbatim(report.repaired.offsets.to_received(span).of(report.original.text))}”[{n}]")
    return lines


def _telling(question: Question, report: Report, similar: Similar) -> list[Span]:
    """The spans of the best sentences about the topic, in reading order."""
    plans = asks_target(question) or report.profile.kind == "plan"
    rare = rare_terms(question.terms, report)
    found: list[tuple[float, Span]] = []
    for pick in pick_sentences(question, report, similar):
        if pick.passage.headings == ("署名",) or (pick.sentence.kind == "target" and not plans):
            continue
        inside = _under_heading(question, report.repaired.text, pick.passage, rare)
        if not inside and pick.nouns < 0.5:
            continue
        words = pick.sentence.span.of(report.repaired.text)
        if len(words) <= TITLE and pick.sentence is pick.passage.sentences[0] and _is_a_title(words, pick.passage):
            continue  # what all of the paragraph is about is no deed of its own
        figures = sum(1 for figure in report.figures if pick.sentence.span.contains(figure.span) and figure.readable)
        trimmed = trim(question, pick, question.terms, limit=100)
        span = short(report, pick.sentence) if inside else in_its_group(pick, trimmed, 120)
        value = pick.score + 0.2 * inside + 0.12 * min(figures, 3) - _emptiness(pick, figures, span)
        found.append((value, span))
    found.sort(key=lambda item: (-item[0], item[1].start))
    kept = [span for value, span in found[:POINTS] if value >= max(0.3, found[0][0] - 0.45)]
    if len(kept) == 1:
        whole = next(pick for pick in pick_sentences(question, report, similar) if pick.sentence.span.contains(kept[0]))
        parts = _parts_of(report.repaired.text, whole.sentence.span)
        # Where the sentence does not open with the topic, only some of its parts are about it.
        text = report.repaired.text
        about = [part for part in parts if _speaks_of(question, text, part, rare)]
        opens = bool(parts) and _speaks_of(question, text, _first_clause(text, parts[0]), rare)
        return parts[:POINTS] if opens else about[:POINTS]
    return sorted(kept, key=lambda span: span.start)


def _parts_of(text: str, sentence: Span) -> list[Span]:
    """The groups of a long sentence that tells all of a topic alone."""
    parts = [
        Span(sentence.start + m.start(), sentence.start + m.end()) for m in re.finditer(r"[^；;。]+", sentence.of(text))
    ]
    return [part for part in parts if 8 < len(part) <= 160]


def _first_clause(text: str, part: Span) -> Span:
    length = re.search(r"[，,]|$", part.of(text))
    return Span(part.start, part.start + length.start()) if length else part


def _speaks_of(question: Question, text: str, part: Span, rare: dict[str, float]) -> bool:
    nouns = [term for term in question.terms if term.noun]
    return coverage(nouns, (Zone(plain(part.of(text)), 1.0),), rare)[1] > 0.25


def _is_a_title(lead: str, passage: Passage) -> bool:
    """Whether the sentence that opens a passage names what all of it is about."""
    return (bool(_LEADS.match(lead)) and len(lead) <= 50) or (len(lead) <= TITLE and len(passage.sentences) > 2)


TITLE = 24  # characters of an opening sentence that only names its paragraph


def _under_heading(question: Question, text: str, passage: Passage, rare: dict[str, float]) -> bool:
    """Whether a heading over the passage, or the short sentence that opens it (一是……), names the topic."""
    nouns = [term for term in question.terms if term.noun]
    lead = passage.sentences[0].span.of(text) if passage.sentences else ""
    titles = [*passage.headings, *([lead] if _is_a_title(lead, passage) else [])]
    return bool(nouns and titles) and coverage(nouns, (Zone(plain(" ".join(titles)), 1.0),), rare)[1] >= 0.6


def _emptiness(pick: Pick, figures: int, span: Span) -> float:
    """How little a sentence, and what is quoted of it, tells: slogans, headings, complaints."""
    words = pick.sentence.span.of(pick.report.repaired.text)
    value = 0.0 if figures or "“" in words or "《" in words else 0.1
    value += 0.35 if words[:1] in "“‘" or re.search(r"[^说]说[。”]*$|表示[。”]*$", words) else 0.0
    value += 0.3 if words[-1:] not in "。；;！!”" and not figures else 0.0  # a title or a heading
    value += 0.25 if _SLOGAN.search(span.of(pick.report.repaired.text)) else 0.0
    value += 0.2 if len(words) < 16 and not figures else 0.0
    value += 0.5 if len(_COMPLAINT.findall(words)) >= 2 else 0.0
    heading = " ".join(pick.passage.headings)
    return value + (0.4 if _TROUBLE.search(heading) or "还存在" in words or "清醒" in words else 0.0)


def _problems(report: Report) -> list[Span]:
    """The items that follow where a report names its difficulties."""
    text, homes = report.repaired.text, sentences_of(report)
    for index, (_, sentence) in enumerate(homes):
        words = sentence.span.of(text)
        if not _TROUBLE.search(words) or not re.search(r"看到|认识到|存在|面临|还有|仍有|不少|主要", words):
            continue
        following = [one for _, one in homes[index : index + 6]]
        listed = next((at for at, one in enumerate(following[:3]) if _LISTED.search(one.span.of(text))), None)
        if listed is None:
            continue
        items = _items(text, [one.span for one in following[listed:]])
        if len(items) >= 2:
            return items[:POINTS]
    return []


def _items(text: str, spans: Sequence[Span]) -> list[Span]:
    """The parts between semicolons of the sentences that list, ended by the first that lists nothing."""
    found: list[Span] = []
    for span in spans:
        parts = [Span(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"[^；;。]+", span.of(text))]
        if found and len(parts) < 2 and not re.match(r"[一二三四五六]是|[（(]?[一二三四五六\d]", span.of(text)):
            break
        found += [part for part in parts if len(part) > 6]
    return found
