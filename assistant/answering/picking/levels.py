"""Administrative levels: which one a question asks for, which one a figure is of, and whether they agree.

Pure; of 保山市 as the city of a question no level follows, unless an honour is named by it (保山市劳动模范).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.script import to_simplified
from assistant.language.spoken import spoken_levels
from assistant.models import Figure, Question, Term

_LEVELS = (
    ("national", re.compile(r"国家级|全国|中华全国|国家|\bnational(?:ly)?\b|\bnationwide\b", re.I)),
    (
        "provincial",
        re.compile(
            r"省级|省部级|全省|(?:^|\s)省(?=[一-鿿]{2})|省(?=五一|劳|先|工|模|总|级)|[一-鿿]{2}(?<![在获到被从经为])省|自治区级|\bprovincial\b"
        ),
    ),
    (
        "municipal",
        re.compile(
            r"市级|全市级|(?:^|\s)[一-鿿]{2,3}市(?=[一-鿿]{2})|(?<!省)[一-鿿]{2}市(?=五一|劳|先|工|模|级)|[一-鿿]{2}(?:级)(?=示范)|\bmunicipal\b|\bcity-level\b"
        ),
    ),
    ("county", re.compile(r"县级|区级|县区级|\bcounty[- ]level\b")),
    ("company", re.compile(r"企业级|企业(?=工匠学院)")),
)
_WHICH_CITY = re.compile(r"[哪各每几][个些座]?市|全市(?!级)")  # 哪个市工匠学院最多, 全市职工: no municipal one is asked

_EVENT = re.compile(r"[省市](?=第?[一二三四五六七八九十\d]{1,3}(?:届|次|运会))")  # 省九运会: a name, no level


def levels_of(text: str) -> frozenset[str]:
    """The administrative levels that `text` names."""
    text = spoken_levels(_EVENT.sub("", _WHICH_CITY.sub("", text)))
    return frozenset(name for name, pattern in _LEVELS if pattern.search(text))


def level_fit(question: Question, terms: Sequence[Term], figure: Figure, text: str) -> float:
    words = " ".join(term.text for term in terms)
    asked = levels_of(f"{without_cities(question)} {words}" if terms is question.terms else words)
    printed = levels_of(" ".join((*figure.scope, figure.label)))
    if not printed:
        near = text[max(figure.clause.start, figure.span.start - 14) : figure.span.start]
        printed = levels_of(near) if asked else frozenset()
    if asked and printed:
        return 0.12 if asked & printed else -0.3
    if asked:
        return -0.12
    return -0.05 if printed else 0.0


_ABOVE = re.compile(r"以上|以下|above|or higher")


def other_level(question: Question, terms: Sequence[Term], figure: Figure, text: str) -> bool:
    """Whether a level is asked (省级) and the figure is of another one (市级), or of none that is told."""
    asked = levels_of(f"{without_cities(question, honours=True)} {' '.join(term.text for term in terms)}")
    if not asked or RANKED.search(question.text) or _ABOVE.search(question.text):
        return False
    printed = levels_of(" ".join((*figure.scope, figure.label)))
    near = levels_of(f"{figure.head or ''} {text[figure.sentence.start : figure.clause.end]}")
    return not asked & (printed or near) and bool(printed or asked <= {"provincial", "county"})


def without_cities(question: Question, *, honours: bool = False) -> str:
    """The question without its cities: of 保山市 only an honour (保山市劳动模范) is of the city's level by that name.

    With `honours` these are taken out as well.
    """
    text = to_simplified(question.text)
    if question.province is not None:
        text = re.sub(rf"{question.province[:-1]}(?:{question.province[-1]}(?!级))?(?:全省)?", "，", text)
    for city in question.cities:
        text = re.sub(re.escape(city.name) + ("(?!级)" if honours else f"(?!级|{_HONOUR})"), "，", text)
    return text


_HONOUR = r"(?:五一|劳动模范|劳模|先进|工人先锋|模范|工匠(?!学院)|金牌|标兵)"


RANKED = re.compile(r"全国(?:第|排|前|率先|首|最|平均|性)|排名?|位[居列次]|national(?:ly)? (?:rank|average)", re.I)
