"""Example questions made from what a library really holds; none is written by hand for a particular report."""

from __future__ import annotations

from assistant.answering.wording import city_name
from assistant.index.library import Library
from assistant.language.script import to_traditional
from assistant.models import Language, Report
from assistant.topics import topics_of

MOST_READ = 12  # reports looked at


def examples_of(library: Library, language: Language) -> tuple[str, ...]:
    """A figure, an approach, a which-cities, a comparison, a summary and one in the other language."""
    reports = [library.report(item.id) for item in library.summaries()[:MOST_READ] if item.city]
    if not reports:
        return ()
    figure = next((found for report in reports if (found := _figure(report)) is not None), None)
    shared = next((topic for topic in topics_of(library) if len(topic.reports) >= 2), None)
    chinese: list[str] = []
    english: list[str] = []
    if figure is not None:
        chinese.append(f"{figure[0].profile.short}有多少{figure[2]}{figure[1]}？")
    if shared is not None:
        cities = [report.profile for report in reports if report.id in shared.reports][:2]
        if len(cities) == 2:
            chinese.append(f"{cities[0].short}和{cities[1].short}的{shared.label}哪个多？")
            english.append(f"Compare the main figures of {city_name(cities[0].city, 'en')} and {city_name(cities[1].city, 'en')}")
        chinese.append(f"哪些城市提到了{shared.label}？")
    last = reports[-1].profile
    chinese += [f"{last.short}的报告有哪些要点？", f"{last.short}的报告说的是哪个时期？"]
    english += [f"What are the highlights of the report of {city_name(last.city, 'en')}?", "Which reports are in the library?"]
    if language == "en":
        return tuple([*english, *chinese][:6])
    mixed = [*chinese[:5], english[-2]]
    return tuple(to_traditional(text) if language == "zh-Hant" and text[0] > "z" else text for text in mixed)


def _figure(report: Report) -> tuple[Report, str, str] | None:
    for item in report.figures:
        plain = 3 <= len(item.label) <= 8 and item.unit in {"家", "个", "场", "名", "件"} and item.readable
        if plain and item.kind == "achieved" and item.head is None and not item.scope:
            return report, item.label, item.unit
    return None
