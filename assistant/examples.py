"""Example questions made from what a library really holds; none is written by hand for a particular report."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.comparing.rows import shared_topics
from assistant.answering.wording import city_name
from assistant.index.library import Library
from assistant.language.glossary import glossary
from assistant.language.script import to_traditional
from assistant.models import Language, Report

MOST_READ = 12  # reports looked at
# Ends of English names that have no plural.
_UNCOUNTED = ("s", "ing", "tion", "growth", "employment", "investment", "development", "income", "insurance", "output")
_PLAIN_UNITS = frozenset({"家", "个", "场", "名", "件", "项"})


def examples_of(library: Library, language: Language) -> tuple[str, ...]:
    """A figure, an approach, a which-cities, a comparison, a summary and one in English, as far as there are."""
    reports = [library.report(item.id) for item in library.summaries()[:MOST_READ] if item.city]
    if not reports:
        return ()
    chinese, english = _chinese(reports), _english(reports)
    if language == "en":
        return tuple(dict.fromkeys((*english, *chinese)))[:6]
    mixed = (*chinese[:5], english[0])
    return tuple(to_traditional(text) if language == "zh-Hant" and not text.isascii() else text for text in mixed)


def _chinese(reports: Sequence[Report]) -> tuple[str, ...]:
    found: list[str] = []
    for report in reports:
        figure = _figure(report)
        if figure is not None:
            found.append(f"{report.profile.short}有多少{figure[1]}{figure[0]}？")
            break
    rows = [row for row in shared_topics(reports) if len(row.picks) > 1]
    if rows:
        cities = [pick.report.profile.short for pick in rows[0].picks.values()]
        found.append(f"{cities[0]}和{cities[1]}的{rows[0].label}哪个多？")
        last = rows[min(1, len(rows) - 1)]
        found.append(f"哪些城市提到了{last.label}？")
    for report in reversed(reports):
        doing = _doing(report)
        if doing is not None:
            found.append(f"{report.profile.short}在{doing}方面是怎么做的？")
            break
    found.append(f"总结一下{reports[-1].profile.short}的报告")
    return tuple(found)


def _english(reports: Sequence[Report]) -> tuple[str, ...]:
    """The same kinds of questions, of topics that the glossary has an English name for; the summary first."""
    names = [city_name(report.profile.city, "en") for report in reports]
    found = [f"What are the highlights of the report of {names[0]}?"]
    for name, report in zip(names, reports, strict=True):
        figure = _figure(report, named=True)
        if figure is not None:
            found.append(f"How many {_plural(figure[0])} does {name} report?")
            break
    rows = [row for row in shared_topics(reports) if len(row.picks) > 1 and _english_name(row.label)]
    if rows:
        cities = [city_name(pick.report.profile.city, "en") for pick in rows[0].picks.values()]
        found.append(f"Which has more {_plural(rows[0].label)}, {cities[0]} or {cities[1]}?")
        found.append(f"Which cities mention {_plural(rows[min(1, len(rows) - 1)].label)}?")
    for name, report in zip(reversed(names), reversed(reports), strict=True):
        doing = _doing(report)
        if doing is not None and _english_name(doing):
            found.append(f"What does {name} do for {_plural(doing)}?")
            break
    return (*found, "Which reports are in the library?")


def _english_name(label: str) -> str | None:
    return next((entry.english[0] for entry in glossary().entries_of(label) if entry.english), None)


def _plural(label: str) -> str:
    """The English name of a topic for several of them."""
    name = _english_name(label) or label
    if name.endswith(_UNCOUNTED):
        return name
    return f"{name[:-1]}ies" if name.endswith("y") and name[-2] not in "aeiou" else f"{name}s"


def _figure(report: Report, *, named: bool = False) -> tuple[str, str] | None:
    """A label and its measure word that a reader would ask for: short, whole, achieved; `named`: with an English name."""
    for item in report.figures:
        if named and _english_name(item.label) is None:
            continue
        plain = 3 <= len(item.label) <= 8 and item.unit in _PLAIN_UNITS and item.readable and item.value is not None
        if plain and item.kind == "achieved" and item.head is None and not item.scope and glossary().find(item.label):
            return item.label.strip("“”"), item.unit
    return None


def _doing(report: Report) -> str | None:
    """A topic of the glossary that the report tells of in several sentences."""
    counted: dict[str, int] = {}
    for passage in report.passages:
        names = {
            item.entry.canonical for item in glossary().find(passage.span.of(report.repaired.text)) if not item.everyday
        }
        for name in names:
            if len(name) >= 4:
                counted[name] = counted.get(name, 0) + 1
    return max(sorted(counted), key=lambda name: counted[name], default=None)
