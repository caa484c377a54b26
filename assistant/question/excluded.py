"""What a question says that it does not mean (不是省级的那个, not the provincial ones), parted from what it asks.

Works on the words alone, in either script; only a phrase that stands as a clause of its own is taken out, so that
是不是 and a denial that is asked about (不是12家吗) stay in the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.script import to_simplified
from assistant.models import Question
from assistant.question.terms import chinese_terms
from assistant.question.terms_english import english_terms
from assistant.question.word_kinds import is_generic

_ENDS = r"(?=[，,。？?；;、\s]|$)"
_THAT = r"(?:那|这|這)?(?:一)?(?:个|個|种|種|些|类|類|家|项|項|场|場|批|边|邊)?"
_CHINESE = re.compile(
    rf"(?:而|[我問问]的?)?(?<!是)不是(?!说|說|很|有|只|仅|僅|也|都)(?:[指说說问問])?([^，,。？?；;]{{2,16}}?)(?:的{_THAT})?{_ENDS}"
)
_ENGLISH = re.compile(
    r"[,(]?\s*\b(?:and )?(?:not|rather than|other than|instead of) (?:the|those|counting the|including the) "
    r"([\w'’+“”\" -]{2,40}?)(?: ones?)?\)?(?=[,?.;]|$)",
    re.I,
)
_DENIES = re.compile(r"\d|[吗嗎吧呢么麼]$|什么|什麼|多少|哪")
_MARKS = re.compile(r"[“”‘’\"「」『』《》\s]")


def without_excluded(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without the phrases that say what is not meant, and what they name; the text itself where there are none."""
    found: list[str] = []

    def out(match: re.Match[str]) -> str:
        named = _MARKS.sub("", match.group(1)) if not match.group(1).isascii() else match.group(1).strip()
        if _DENIES.search(named):
            return match.group()
        found.append(named)
        return "，" if not match.group(1).isascii() else ""

    rest = _ENGLISH.sub(out, _CHINESE.sub(out, text))
    return (rest, tuple(found)) if found and rest.strip("，,。？?；; ") else (text, ())


def names_of(excluded: Sequence[str], question: Question) -> tuple[str, ...]:
    """What is not meant and its other names, without what the question asks for all the same (不是省级的驿站)."""
    wanted = {form for term in question.terms for form in (term.text, *term.forms)}
    names: dict[str, None] = {}
    for phrase in excluded:
        terms = english_terms(phrase) if phrase.isascii() else chinese_terms(to_simplified(phrase))
        forms = [form for term in terms if term.text not in wanted for form in (*term.forms, *term.near)]
        named = [form for form in forms if form not in wanted and not is_generic(form)]
        names |= dict.fromkeys([to_simplified(phrase), *named])
    return tuple(names)
