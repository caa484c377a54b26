"""The words of a clause and the list of verbs that bind numbers to nouns.

Knows nothing about numbers; `phrases` reads clauses with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.language.glossary import glossary

_NAMES = re.compile(r"(“[^“”]{1,30}”|《[^《》]{1,60}》|[（(][^（()）]{1,30}[)）])")
# Nouns that a verb forms a compound with: 服务站点 and 调解率 are nouns, 服务职工 is not.
_COMPOUND_TAIL = re.compile(
    r"(?:班|基地|中心|站|点位?|站点|室|工作室|平台|品牌|项目|成果|案例|案件|课程|机构|队伍?|团队?|系统|体系|工程|活动|面积|资金|经费|"
    r"费用?|率|成功率|总?额|总?量|人员|人才|规模|能力|载体|空间|岗位|贸易|收入|支出|用地|任务|指标|业|厂|园|券|卡|车|员|器|线路?|网|"
    r"周期|时间|水平|强度|标准|类|型|性|区|村|群众性|负荷|规划|贷款|保险|协会|材料|设备|电子|制造|加工|用水|用电|生态|制度|机制|"
    r"方案|服务|行动|专项|事项|问题|补贴|补助|主体|对象|目标|会议?|仪式|大赛|竞赛|比赛|日|周|月|季|年|热线|渠道|途径|方式|模式|情况|"
    r"就业|再就业|创业|措施|政策|举措|协议|方面|领域|环境|条件|功能|价格|成本|效率|进度|用品|产业|物资)$"
)
# After these even a verb that always takes an object is part of a noun: 消除率, 建成面积.
_MEASURE_TAIL = re.compile(
    r"[\u4e00-\u9fff]{0,3}率$|(?:总?量|总?额|费用?|面积|标准|比例|总?数|时间|周期|速度|增速|强度)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause with its part of speech as rjieba tags it."""

    text: str
    tag: str
    start: int


def cut(text: str) -> list[Word]:
    """The words of a clause; what stands in quotes, brackets or book marks stays one word."""
    import rjieba  # its dictionary takes 0.16 s to load, which --help need not pay

    words: list[Word] = []
    at = 0
    for piece in _NAMES.split(text):
        if piece[:1] in ("“", "《", "（", "("):
            words.append(Word(piece, "x" if piece[0] in "（(" else "n", at))
            at += len(piece)
            continue
        for token, tag in rjieba.tag(piece):
            for part in _parts(token, tag):
                words.append(Word(part, tag, at))
                at += len(part)
    return _with_names_of_giving(words)


def _with_names_of_giving(words: list[Word]) -> list[Word]:
    """The words with 送 and what is given as one where that is a name and done by another verb (开展|送温暖|活动)."""
    joined: list[Word] = []
    for word in words:
        behind = len(joined) > 1 and joined[-1].text == "送" and classes(joined[-2].text)
        if behind and glossary().entries_of(f"送{word.text}"):
            word = Word(f"送{word.text}", "n", joined.pop().start)
        joined.append(word)
    return joined


def _parts(token: str, tag: str) -> tuple[str, ...]:
    """Set phrases of verb and object (发展党员) come as one word and are cut again."""
    if tag in ("l", "i", "nz") and len(token) == 4 and classes(token[:2]) and not is_compound_tail(token[2:]):
        return token[:2], token[2:]
    return (token,)


def classes(word: str) -> frozenset[str]:
    """The classes of a verb (act, both, link, change); none for other words."""
    found = _verbs().get(word)
    if found is None and len(word) > 1 and word[-1] in "了着":
        found = _verbs().get(word[:-1])
    return found or frozenset()


def is_act(word: str) -> bool:
    """Whether a word is always a verb that takes what is counted as its object."""
    return "act" in classes(word)


def is_compound_tail(word: str) -> bool:
    """Whether a verb before this word is the first part of a noun (服务 + 站点)."""
    return bool(word) and bool(_COMPOUND_TAIL.match(word))


def is_measure_tail(word: str) -> bool:
    """Whether any verb before this word is the first part of a measure (消除 + 率)."""
    return bool(word) and bool(_MEASURE_TAIL.match(word))


@lru_cache(maxsize=1)
def tail_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What links a measure to its number at the end of a text, and what tells of a change."""

    def ending(kind: str) -> re.Pattern[str]:
        words = sorted((verb for verb, kinds in _verbs().items() if kind in kinds), key=len, reverse=True)
        return re.compile(f"({'|'.join(map(re.escape, words))})(?:了|着)?$")

    return ending("link"), ending("change")


@lru_cache(maxsize=1)
def _verbs() -> dict[str, frozenset[str]]:
    table = files("assistant.language").joinpath("data/figure_verbs.tsv").read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            verb, kind = line.split("\t")
            found[verb] = found.get(verb, frozenset()) | {kind}
    return found
