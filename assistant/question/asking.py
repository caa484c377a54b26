"""The part of a very long text that asks: a report's paragraph pasted before a question is not what is looked for.

Only cuts at sentences, and only where a text is longer than any question that is typed; the whole stays in the question.
"""

from __future__ import annotations

import re

from assistant.language.sentences import split_clauses, split_sentences
from assistant.models import Span
from assistant.question.word_kinds import QUESTION_WORD

LONG = 200
"""Characters up to which a text is a question as it stands."""

MOST_QUESTIONS = 8
SHORT = 10
"""Characters below which a question leans on what was said before it (有多少家？)."""

_REPEATED = re.compile(r"(.{2,80}?)\1{2,}", re.S)
_ASKS = re.compile(
    rf"(?:{QUESTION_WORD.pattern}|[吗呢吧么没]|是不是|是否|\b(?:is|are|was|were|did|do|does|has|have|can)\b).*[？?]\s*$"
    r"|吗\s*[。！]?$|请问|请(?:列|对比|比较|总结|告诉)|\b(?:compare|list|summari[sz]e|tell me)\b",
    re.I | re.S,
)  # a question mark alone does not ask: in a damaged print it stands for a lost character


_SAID_ANYWAY = re.compile(
    r"(?<=[一-鿿][？?，,。；])\s*(?:[又还]?有?(?:哪些|哪几个?|哪个|谁)(?:城市|市|地方|份?报告)?(?:没有?|未)[给写提报说](?:出|到)?(?:具体)?(?:数字|数据|数)[？?。]?|(?:没有?|未)[写给提报]的也?请?(?:标(?:一下|出来|注|明)|注明|写明|说一声)(?:一下)?。?)$|"
    r"(?<=\w[?.,;]) *(?:(?:say|tell me|note|state) (?:so )?where (?:no (?:number|figure)|nothing) is (?:given|reported)|leave (?:the )?(?:plans|targets) out)[.?]?$",
    re.I,
)
"""What every answer over cities tells without being asked: which of them give no figure, and targets apart."""


def asking_part(text: str) -> str:
    """`text`, or of a long one the sentences that ask, with what stands before them where they alone say too little.

    A long text in which nothing asks is given back without what it repeats.
    """
    if len(text) <= LONG:
        return _SAID_ANYWAY.sub("", text)
    once = _REPEATED.sub(r"\1", text)
    sentences = list(dict.fromkeys(span.of(once).strip() for span in split_sentences(once)))
    asking = [at for at, one in enumerate(sentences) if _ASKS.search(one)]
    asking = asking or [at for at, one in enumerate(sentences) if QUESTION_WORD.search(one)]
    if not asking:
        return "\n".join(sentences)
    kept = [_end_of(sentences[at]) for at in asking[-MOST_QUESTIONS:]]
    first = asking[-MOST_QUESTIONS:][0]
    if sum(map(len, kept)) < SHORT and first > 0:
        kept.insert(0, _end_of(sentences[first - 1]))
    return "\n".join(kept)


def _end_of(sentence: str) -> str:
    """A sentence, or the last clauses of a very long one: a question that follows pasted words without a stop."""
    clauses = split_clauses(sentence, Span(0, len(sentence)))
    if len(sentence) <= LONG // 2 or not clauses:
        return sentence
    start = next((one.start for one in clauses if len(sentence) - one.start <= LONG // 3), clauses[-1].start)
    return sentence[start:]
