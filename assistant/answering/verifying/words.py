"""Checks the words of an answer against the words that it cites: quotes, and prose that a model wrote around them.

A quote must stand in its report, contiguous; blanks, width, punctuation and script do not matter. Prose is confirmed
where its content words stand in the cited sentences; it is never understood, so it is rather doubted than believed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.answering.verifying.figures import Source
from assistant.answering.verifying.parts import HELD
from assistant.language.dates import find_periods
from assistant.language.glossary import glossary
from assistant.language.people import names_of_people
from assistant.language.places import find_places
from assistant.language.quantities import find_quantities
from assistant.language.script import to_simplified
from assistant.models import Question, Report, Span

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_FILL = re.compile(
    r"两者|二者|三者|具体来说|具体而言|而言|来说|户数|人数|件数|个数|总的来说|值得注意的是|需要说明的是|换句话说|可以看出|由此可见|如下|截至|年底|年末|全年|当年|年内|参加|参与|"
    r"并非如此|不是|并非|而非|如此|属实|准确|确切|回答|问题|说法|所说|所问|应为|应该|实际|正确|有误|结果|列出|给出|仅|只|"
    r"根据|依据|按照|报告|材料|原文|提到|指出|显示|写明|写道|介绍|记载|数据|数字|情况|方面|其中|分别|共计|合计|总共|累计|达到|超过|"
    r"多于|少于|高于|低于|相比|比较|之间|相差|差距|最多|最少|最高|最低|其次|而且|以及|同时|此外|另外|也就是|即|因此|所以|计划|目标|尚未|实现|"
    r"全市|各级|工会|职工|城市|该市|该|这|那|其|它|们|一共|共|达|为|是|有|的|了|在|和|与|及|并|也|还|等|由|对|从|到|于|则|而|但|比|约|近|余|超|多|"
    r"数量|规模|建设|开展|举办|组织|进行|提供|推进|不同|都|均|已|更多|更高|更低|更少|较多|较少|两市|三市|各市|各地|共有|总体|来看|方面|属于|提出|还|通过|一年|今年|去年|期间|以来|过去|今后|未来|五年|年度|统计期|口径|印出"
)
_NEGATED = re.compile(r"没有|未能|未曾|尚未|并未|从未|不再|无法|取消|停止|\bnot\b|\bnever\b|\bno\b|n't", re.I)
_NOT_YET = re.compile(r"尚未(?:实现|完成|达到)|\bnot (?:yet|a result|an achievement)\b", re.I)
ENOUGH = 0.62  # share of the content characters that must stand in the cited sentences
NEAR = 0.72  # likeness from which a quote is taken for a slip in copying, and put right from the report
_SHORT = 4  # quotation marks around fewer characters set a word off rather than quote


def normal(text: str) -> str:
    """`text` for comparing quotes: Simplified, half width, lower case, without blanks, punctuation and markup."""
    folded = unicodedata.normalize("NFKC", to_simplified(text)).lower()
    return "".join(sign for sign in folded if sign.isalnum() or sign in "%+")


@lru_cache(maxsize=256)
def normal_report(report: Report) -> tuple[str, str]:
    """The repaired and the received text of a report, for comparing quotes."""
    return normal(report.repaired.text), normal(report.original.text)


def stands_in(words: str, source: Source, *, anywhere: bool = False) -> bool:
    """Whether quoted `words` stand in what the source cites, or with `anywhere` in its report."""
    wanted = normal(words)
    if not wanted:
        return True
    if anywhere:
        return any(wanted in text for text in normal_report(source.report))
    return wanted in normal(source.words) or wanted in normal(source.citation.quote)


def is_named(words: str, question: Question | None, own: Iterable[str]) -> bool:
    """Whether quoted `words` are no quote: a word set off, or what the question calls the thing."""
    wanted = normal(words)
    if len(wanted) < (3 * _SHORT if wanted.isascii() else _SHORT) and not re.search(r"\d", wanted):
        return True
    if question is None:
        return False
    names = [question.text, question.topic, *(term.text for term in question.terms)]
    joined = "".join(term.text for term in question.terms if term.noun)
    forms = [form for term in question.terms for form in term.forms]
    return any(wanted in normal(name) for name in (*names, joined, *own)) or wanted in {normal(form) for form in forms}


def own_words_for(words: str, sources: Sequence[Source]) -> str | None:
    """The report's own words that a faulty quote was made from, or None where nothing comes near."""
    best, share = None, NEAR
    for source in sources:
        quote = source.citation.quote
        for start, end in _windows(quote, len(words)):
            piece = quote[start:end]
            likeness = difflib.SequenceMatcher(None, normal(words), normal(piece), autojunk=False).ratio()
            if likeness > share or (likeness == share and best and len(piece) < len(best)):
                best, share = piece, likeness
    return best


def _windows(text: str, length: int) -> Iterable[tuple[int, int]]:
    """Stretches of whole clauses of a text, from half to twice as long as what is looked for, and the whole."""
    edges = [0, *(match.end() for match in re.finditer(r"[，,；;。、：:]+", text)), len(text)]
    for index, start in enumerate(edges):
        for end in edges[index + 1 :]:
            if length / 2 <= end - start <= 2 * length + 8:
                stop = end
                while stop > start and text[stop - 1] in "，,；;。、：: \n":
                    stop -= 1
                yield start, stop


def says(prose: str, sources: Sequence[Source], question: Question | None, *, english: bool, quoted: bool) -> bool:
    """Whether the sources bear out prose (without marks and quotes)."""
    around = "".join(f"{source.around} {source.report.profile.title}" for source in sources)
    if _NEGATED.search(_NOT_YET.sub("", prose)) and not re.search(r"[没未无不]|停|取消", around):
        return False
    if english:
        return _english_says(prose, around, question, quoted=quoted)
    left = content(prose, question, around)
    if any(name not in around for name in names_of_people(prose)):
        return False
    if len(left) <= 3:
        return quoted or not left or _covered(left, around) > 0
    return _covered(left, around) >= ENOUGH


def content(prose: str, question: Question | None, around: str) -> str:
    """The Han characters of prose that say something: without places, periods, figures, and words that only connect.

    The question's own name for a thing counts as said where the sources print one of its official forms.
    """
    spans = [span for span, _ in find_places(prose)] + [span for span, _ in find_periods(prose)]
    spans += [quantity.span for quantity in find_quantities(prose)]
    kept = "".join(" " if any(_in(at, span) for span in spans) else sign for at, sign in enumerate(prose))
    for term in question.terms if question is not None else ():
        if len(term.text) > 1 and any(form and form in around for form in (*term.forms, *term.near)):
            kept = kept.replace(term.text, " ")
    return "".join(re.findall(f"[{_HAN} ]", _FILL.sub(" ", kept.replace(HELD, " ")))).strip()


def _in(at: int, span: Span) -> bool:
    return span.start <= at < span.end


def _covered(left: str, around: str) -> float:
    """The share of the characters of `left` that stand in `around` together with a neighbour."""
    counted = covered = 0
    for piece in left.split():
        if len(piece) < 2:
            continue
        for at in range(len(piece)):
            counted += 1
            before, after = piece[max(0, at - 1) : at + 1], piece[at : at + 2]
            covered += any(len(pair) == 2 and pair in around for pair in (before, after))
    return covered / counted if counted else 1.0


def _english_says(prose: str, around: str, question: Question | None, *, quoted: bool) -> bool:
    """Whether something that the English words name is printed: by the glossary, or by the question's own terms.

    Beside a quote they may name nothing that is known; what they claim beyond it needs its own words in the print.
    """
    for claims, printed in _ENGLISH_CLAIMS:
        if claims.search(prose) and not printed.search(around):
            return False
    named = [found.entry for found in glossary().find_english(_MONEY.sub("", prose))]
    if any(form in around for entry in named for form in (*entry.official, *entry.everyday)):
        return True
    terms = [term for term in (question.terms if question is not None else ()) if term.noun]
    asked = [term for term in terms if term.text.lower() in prose.lower()]
    if any(form and form in around for term in asked for form in (*term.forms, *term.near)):
        return True
    return quoted and not named and not asked


_MONEY = re.compile(r"\b(?:yuan|RMB|CNY)\b", re.I)  # units, no things
_ENGLISH_CLAIMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"\b(?:because|thanks to|due to|owing to|as a result of|caused by)\b", re.I),
        re.compile("因|由于|得益|促使"),
    ),
    (
        re.compile(r"\b(?:rose|grew|growth|increased?|increasing|doubled|tripled|up \d)\b", re.I),
        re.compile("增|涨|升|翻|提高"),
    ),
    (re.compile(r"\b(?:fell|dropped|declined?|decreased?|down \d)\b", re.I), re.compile("减|降|跌|下滑")),
    (re.compile(r"\b(?:nationwide|national|in the country|in China)\b", re.I), re.compile("全国|国家")),
    (re.compile(r"\b(?:provincial|province-wide|in the province)\b", re.I), re.compile("省")),
    (re.compile(r"\b(?:the (?:first|only|leading)|unique|pioneer\w*)\b", re.I), re.compile("首|第一|唯一|率先|先行")),
)
