"""The sentences of the built-in answers, in Simplified Chinese and English; Traditional is converted from Simplified.

Only words: nothing is decided here. Verbatim pieces of a report are fenced so that no conversion touches them.
"""

from __future__ import annotations

import re

from assistant.language.measure_words import english_unit
from assistant.language.numerals import parse_number
from assistant.language.places import lookup
from assistant.language.script import to_traditional
from assistant.models import Language

_FENCE = re.compile("\u0002(.*?)\u0003", re.S)

_PHRASES: dict[str, tuple[str, str]] = {
    "figure": ("{where}**{figure}**：“{quote}”{mark}。", "{where}**{figure}**{gloss}: “{quote}”{mark}."),
    "target": (
        "{city}的报告没有给出已实现的数字，只提出目标**{figure}**（{period}，尚未实现）：“{quote}”{mark}。",
        "{city}'s report gives no achieved figure, only a target: **{figure}**{gloss} ({period}, a plan, not a result): “{quote}”{mark}.",
    ),
    "target_asked": (
        "{where}目标是**{figure}**（计划，尚未实现）：“{quote}”{mark}。",
        "{where}the target is **{figure}**{gloss} (a plan, not yet a result): “{quote}”{mark}.",
    ),
    "unreadable": (
        "{where}这个数字在原文中已经缺损，无法辨认，这里不作推测：“{quote}”{mark}。",
        "{where}the figure is damaged in the source and cannot be read, so no guess is made: “{quote}”{mark}.",
    ),
    "doubt": (
        "注意：这个数字照原文印出，但不合常理（{why}），请核对原件。",
        "Note: the figure is quoted as printed, but it is implausible ({why}); please check the original.",
    ),
    "quoted_doubt": (
        "注意：“{figure}”照原文印出，但不合常理（{why}），请核对原件{mark}。",
        "Note: “{figure}” is quoted as printed, but it is implausible ({why}); please check the original{mark}.",
    ),
    "quoted_damage": (
        "注意：引文中“{figure}”处的数字在原文中已经缺损，无法辨认{mark}。",
        "Note: the figure at “{figure}” is damaged in the original and cannot be read{mark}.",
    ),
    "added_only": (
        "报告给出的是新增的数，不是总数。",
        " The report gives how many were added, not how many there are.",
    ),
    "qualifier_余": ("“余”表示略多于这个数。", " “余” means a little more than this number."),
    "qualifier_近": ("“近”表示接近、未到这个数。", " “近” means close to, but not above, this number."),
    "qualifier_约": ("“约”表示大约。", " “约” means approximately."),
    "qualifier_超": ("“超”表示多于这个数。", " “超” means more than this number."),
    "qualifier_不少于": ("“不少于”表示至少。", " “不少于” means at least."),
    "qualifier_不超过": ("“不超过”表示至多。", " “不超过” means at most."),
    "qualifier_none": ("原文没有“余”“近”“约”等限定词。", " The print has no qualifier such as “about” or “over”."),
    "respelt": ("（按“{right}”查找，没有“{wrong}”这个词。）", " (Looked for “{right}”; “{wrong}” is no word.)"),
    "completed": ("（按“{text}”理解。）", " (Read as “{text}”.)"),
    "achieved_only": (
        "这是已实现的数字，报告没有给出这项的目标。",
        " This was achieved; the report gives no target for it.",
    ),
    "fell": ("原文说的是{verb}，不是增长。", " The report says {verb} (a decrease), not growth."),
    "change": ("原文说的是{verb}。", " The report says {verb}."),
    "rate_only": ("报告只给出这个比率或增速，没有给出数额。", " The report gives only this rate, no amount."),
    "part_only": (
        "报告给出的是{extra}的数字，没有给出总数。",
        " The report gives this for {extra} only, not in total.",
    ),
    "year_differs": (
        "报告说的是{period}，不是{year}年单独一年的数字。",
        " The report covers {period}, not {year} alone.",
    ),
    "fact": ("{where}{sep}“{quote}”{mark}。", "{where}: “{quote}”{mark}."),
    "fact_target": ("{where}（计划）：“{quote}”{mark}。", "{where} (a plan): “{quote}”{mark}."),
    "not_told": (
        "{city}的报告提到了{topic}，但没有说到所问的这一点。",
        "{city}'s report mentions {topic} but does not say what is asked.",
    ),
    "not_found": ("{city}的报告没有提到{topic}。", "{city}'s report does not mention {topic}."),
    "not_found_figure": ("{city}的报告没有给出{topic}的数字。", "{city}'s report gives no figure for {topic}."),
    "caption": (
        "{city}的报告正文没有说到，页面上的一条图片说明写着：“{quote}”{mark}。",
        "The text of {city}'s report does not say it; a picture caption on the page reads: “{quote}”{mark}.",
    ),
    "in_caption": ("（图片说明）", " (a picture caption)"),
    "span_differs": (
        "报告只说{period}，没有更长时间的数字。",
        " The report covers {period} only, not a longer time.",
    ),
    "not_found_all": (
        "库中的{count}份报告都没有提到{topic}。",
        "None of the {count} reports in the library mentions {topic}.",
    ),
    "no_such_city": (
        "库中没有{city}的报告，无法回答；现有：{cities}。",
        "There is no report of {city} in the library, so this cannot be answered; there are: {cities}.",
    ),
    "no_such_year": (
        "{city}的报告说的是{period}，没有{year}年的内容。",
        "{city}'s report covers {period}; it says nothing of {year}.",
    ),
    "no_province": ("库中没有{province}的报告。", "There is no report from {province} in the library."),
    "elsewhere": ("提到的是{others}的报告：", "It is mentioned in the report of {others}:"),
    "meets": (
        "{topic}符合这个条件的是：{cities}（共查看{of}份报告）。",
        "{topic} meets this in {cities} ({of} reports looked at).",
    ),
    "meets_none": (
        "共查看{of}份报告，给出的{topic}没有符合这个条件的。",
        "None of the {of} reports gives {topic} that meets this.",
    ),
    "meets_not": ("不符合这个条件的：{cities}。", "Not meeting it: {cities}."),
    "meets_without": ("没有给出已实现的数字的：{cities}。", "Not giving a figure of a result: {cities}."),
    "from_to": (
        "{where}由**{start}**变为**{end}**：“{quote}”{mark}。",
        "{where}from **{start}** to **{end}**: “{quote}”{mark}.",
    ),
    "between": (
        "相差**{difference}**（{high}{mark} − {low}{mark}）。",
        " The difference is **{difference}** ({high}{mark} − {low}{mark}).",
    ),
    "which": (
        "有{count}个城市的报告提到{topic}：{cities}（共查看{of}份报告）。",
        "{count} of {of} reports mention {topic}: {cities}.",
    ),
    "which_line": ("- **{city}**（{period}）：“{quote}”{mark}", "- **{city}** ({period}): “{quote}”{mark}"),
    "which_planned": ("尚未做到、只写在计划里的：{cities}。", "Only planned and not yet done: {cities}."),
    "which_without": ("没有提到的：{cities}。", "Not mentioned by: {cities}."),
    "shared": (
        "{cities}的报告都有数字的事项如下，按印出的数字并列。",
        "What the reports of {cities} give figures for, side by side as printed.",
    ),
    "written": ("{city}的报告注明的日期是“{date}”{mark}。", "{city}'s report is dated “{date}”{mark}."),
    "no_date": ("{city}的报告没有注明日期。", "{city}'s report bears no date."),
    "twin": ("同一份报告还有：", " The same report also has:"),
    "yes": ("是。", "Yes. "),
    "no": ("不是。", "No. "),
    "parts": ("{where}没有给出总数，分项为：{parts}。", "{where}gives no total; the parts are: {parts}."),
    "parts_total": ("分项合计**{total}**（{sum}）。", " The parts add up to **{total}** ({sum})."),
    "within_difference": (
        "{where}相差**{result}**（按两个印出的数字计算）：{shown}。",
        "{where}the difference is **{result}** (computed from two printed figures): {shown}.",
    ),
    "within_rest": (
        "{where}还有**{result}**（报告没有直接印出，由总数减去已有的得出）：{shown}。",
        "{where}**{result}** remain (not printed; computed from the whole and the part): {shown}.",
    ),
    "within_ratio": (
        "{where}**{result}**（按两个印出的数字计算）：{shown}。",
        "{where}**{result}** (computed from two printed figures): {shown}.",
    ),
    "within_share": (
        "{where}占**{result}**（按两个印出的数字计算）：{shown}。",
        "{where}a share of **{result}** (computed from two printed figures): {shown}.",
    ),
    "joint": (
        "原文是与{others}合在一起的数字，没有分开。",
        " The print counts this together with {others}.",
    ),
    "words_instead": (
        "报告没有给出这个数字，只有这样的话：",
        "The report gives no such figure; it only says:",
    ),
    "levels_together": (
        "原文是几级合在一起的数字，没有分开。",
        " The print counts several levels together.",
    ),
    "other_level": (
        "报告没有给出这一级的数字，给出的是：",
        "The report gives no figure for this level; it gives:",
    ),
    "no_average": (
        "这不是平均数；报告没有给出平均数。",
        " This is no average; the report gives none.",
    ),
    "only_words": (
        "报告没有给出可以比较的数字，只有下面这些说法。",
        "No report gives a figure that could be compared; this is what they say in words.",
    ),
    "other_meaning": (
        "{city}的报告里另有“{quote}”{mark}，说的不是同一回事。",
        " {city}'s report has “{quote}”{mark}, which is a different thing.",
    ),
    "several": ("没有说明城市，以下是各报告中的数字：", "No city was named; these are the figures of the reports:"),
    "summary": ("{city}的报告（{period}）要点：", "Main points of {city}'s report ({period}):"),
    "summary_plan": (
        "{city}的报告是计划（{period}），以下都是目标和打算，尚未实现：",
        "{city}'s report is a plan ({period}); all of this is intended, not achieved:",
    ),
    "library": ("库中有{count}份报告：", "There are {count} reports in the library:"),
    "library_some": ("库中{of}份报告里，符合的有{count}份：", "Of the {of} reports in the library, {count} fit:"),
    "library_none": ("库中{of}份报告里没有这样的。", "None of the {of} reports in the library is of this kind."),
    "library_line": ("- **{city}**：{title}（{period}，{kind}）", "- **{city}**: {title} ({period}, {kind})"),
    "library_empty": (
        "库中还没有报告。请在“报告库”里添加文件。",
        "There are no reports in the library yet. Add files under “Library”.",
    ),
    "period_of": ("{city}的报告说的是{period}（{kind}）{mark}。", "{city}'s report covers {period} ({kind}){mark}."),
    "hello": (
        "您好！我根据库中的{count}份城市报告回答问题：查数字、找做法、比较城市，每一处都标出原文位置。可以这样问：“{example}”",
        "Hello! I answer from the {count} city reports in the library: figures, approaches, comparisons, each with its place in the original. Try: “{example}”",
    ),
    "thanks": ("不客气。还想查哪个城市、哪项工作，请直接问。", "You are welcome. Ask about any other city or topic."),
    "attack": (
        "我只根据库中报告的原文回答，不会改变这条规则，也不会编造内容。请直接问报告里的数字或做法。",
        "I answer only from the reports in the library; I will not change that rule or make anything up. Please ask about a figure or an approach in the reports.",
    ),
    "judgement": (
        "“好不好”是判断，报告里没有答案，我不替您评价。可以比较具体的数字或做法，例如：“{example}”",
        "Which is better is a judgement that the reports do not contain, so I do not make it. I can compare figures or approaches, for example: “{example}”",
    ),
    "unclear": (
        "没有看懂问的是什么。请写出城市和想了解的事，例如：“{example}”",
        "I could not tell what is asked. Please name a city and a topic, for example: “{example}”",
    ),
    "pointed": (
        "{city}的报告没有用问题里的说法写明；对话模型认为下面的原文说的是这件事，请自行判断：",
        "{city}'s report does not say it in these words; the chat model takes these words of it for the answer; please judge for yourself:",
    ),
    "related": (
        "下面是可能相关的原文，并不回答这个问题：",
        "These passages may be related, but do not answer the question:",
    ),
    "also": ("另见", "See also"),
}
_KINDS = {
    "work report": ("工作总结", "a report of work done"),
    "plan": ("计划，尚未实现", "a plan, not results"),
    "news": ("新闻报道", "a news report"),
    "unknown": ("性质不明", "kind unknown"),
}
_DOUBTS = {
    "more_households_than_a_city_has": (
        "户数比这一级行政区可能有的总户数还多",
        "more households than any place of this level has",
    ),
    "more_people_than_a_city_has": (
        "人数比这一级行政区可能有的人口还多",
        "more people than any place of this level has",
    ),
    "share_above_100": ("这样的比率不会多过全部", "such a share cannot exceed the whole"),
}
_PLAN = re.compile(r"“?([一二三四五六七八九十]{1,2})五”?(?:规划)?(?:时期|期间)?")
_YEARS_OF = re.compile(r"(过去|今后|未来|近)([二两三四五六七八九十\d]{1,2})年来?")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SINCE_CONGRESS = re.compile(r".*?第([一二三四五六七八九十]+)次(?:全国)?代表大会以来")
# In words, so that nobody takes the number of a congress for a figure of the report.
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_PERIOD_EN = (
    (r"(\d{4})年", r"\1"),
    (r"五年来", "the past five years"),
    (r"过去一年|一年来", "the past year"),
    (r"今年以?来?", "this year"),
    (r"去年", "last year"),
    (r"每年", "each year"),
    (r"今年", "this year"),
    (r"上一?年", "the previous year"),
    (r"同期", "the same period"),
    (r"(\d{4})年以来", r"since \1"),
    (r"(\d{4})[—\-至](\d{4})年", r"\1–\2"),
)


def verbatim(text: str) -> str:
    """Fences words of a report against conversion."""
    return f"\u0002{text}\u0003"


def finish(text: str, language: Language) -> str:
    """Converts what is ours to the reader's script and takes the fences away."""
    if language == "zh-Hant":
        pieces, at = [], 0
        for match in _FENCE.finditer(text):
            pieces += [to_traditional(text[at : match.start()]), match.group(1)]
            at = match.end()
        pieces.append(to_traditional(text[at:]))
        return "".join(pieces)
    return _FENCE.sub(r"\1", text)


def say(key: str, language: Language, **values: object) -> str:
    """The phrase `key` with its values."""
    chinese, english = _PHRASES[key]
    return (english if language == "en" else chinese).format(**values)


def kind_name(kind: str, language: Language) -> str:
    """What a kind of report is called."""
    chinese, english = _KINDS.get(kind, _KINDS["unknown"])
    return english if language == "en" else chinese


def doubt_name(rule: str, language: Language) -> str:
    """Why a print is doubtful."""
    chinese, english = _DOUBTS[rule]
    return english if language == "en" else chinese


def city_name(city: str | None, language: Language) -> str:
    """A city in the reader's language: 芜湖市 or Wuhu."""
    if city is None:
        return "A report without a city" if language == "en" else "（未注明城市）"
    if language == "en":
        name, _, period = city.removesuffix("）").partition("（")  # 铁岭市（2022年）: one of several years of a city
        place = lookup(name)
        english = place.english if place is not None else name
        return f"{english} ({period_name(period, language)})" if period else english
    return city


def period_name(label: str | None, language: Language) -> str:
    """A period in the reader's language; what has no common English name stays as printed."""
    if not label:
        return "period not stated" if language == "en" else "时期未注明"
    if language != "en":
        return label
    since = _SINCE_CONGRESS.fullmatch(label)
    if since and (count := parse_number(since.group(1))) and count < len(_ORDINALS):
        return f"since the {_ORDINALS[int(count)]} congress"
    plan = _PLAN.fullmatch(label)
    if plan and (count := parse_number(plan.group(1))) and count < len(_ORDINALS):
        return f"the {_ORDINALS[int(count)]} Five-Year Plan"
    several = _YEARS_OF.fullmatch(label)
    if several and (count := parse_number(several.group(2))) and count < len(_NUMBERS):
        return f"the {'past' if several.group(1) in '过去近' else 'next'} {_NUMBERS[int(count)]} years"
    both = label.split("和")
    if len(both) == 2 and all(both):
        first, second = (period_name(part, language) for part in both)
        return label if both[0] == first or both[1] == second else f"{first} and {second}"
    for pattern, english in _PERIOD_EN:
        if re.fullmatch(pattern, label):
            return re.sub(pattern, english, label)
    return label


def listed(names: list[str], language: Language) -> str:
    """Names as a list in a sentence."""
    if language == "en":
        return ", ".join(names)
    return "、".join(names)


def where(city: str | None, period: str | None, language: Language) -> str:
    """City and period at the head of a sentence."""
    if language == "en":
        return f"{city_name(city, language)} ({period_name(period, language)}) "
    return f"{city_name(city, language)}（{period_name(period, language)}）"


_QUALIFIERS_EN = {
    "余": "more than ",
    "近": "nearly ",
    "约": "about ",
    "超": "more than ",
    "不少于": "at least ",
    "不超过": "at most ",
}


_ONE_OF = {"people": "person", "copies": "copy"}


def spoken_value(value: float | None, unit: str, qualifier: str | None = None) -> str | None:
    """A value written out for English readers: 1.58万余人次 -> more than 15,800 person-times."""
    if value is None:
        return None
    return _QUALIFIERS_EN.get(qualifier or "", "") + _spoken(value, unit)


def _spoken(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"
    if unit == "%":
        return f"{number}%"
    name = english_unit(unit)
    if value == 1:
        name = _ONE_OF.get(name, name.removesuffix("s"))
    return f"{number} {name}".strip()
