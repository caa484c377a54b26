"""The comparison view: which report says something of which topic, and the comparison picked there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from markupsafe import Markup

from assistant.models import Answer, ReportSummary
from assistant.web.i18n import Words
from assistant.web.render.answer import answer_html
from assistant.web.render.names import city_name, english_topic, topic_name
from assistant.web.render.parts import EMPTY, button, hidden, join, topic_href

_MOST_TOPICS = 200
_AT_FIRST = 5
_MANY_CITIES = 20


class TopicLike(Protocol):
    """A topic found in the library, and the ids of the reports that speak of it."""

    @property
    def label(self) -> str: ...

    @property
    def reports(self) -> tuple[str, ...]: ...


def comparison_html(
    reports: Sequence[ReportSummary],
    topics: Sequence[TopicLike],
    cities: Sequence[str],
    topic: str | None,
    answer: Answer | None,
    say: Words,
) -> Markup:
    """The picker with `cities` picked and, once two cities and a topic are, the comparison itself."""
    held = _held(reports)
    if len(held) < 2:
        return Markup('<div class="compare"><h2>{}</h2><p class="soft">{}</p><p>{}</p></div>').format(
            say("view.compare"), say("compare.few"), button("go:library", say("welcome.add"), kind="second")
        )
    shown = _result(answer, say) if answer else Markup('<p class="soft">{}</p>').format(say("compare.pick"))
    return Markup(
        '<div class="compare"><h2>{}</h2><p class="soft">{}</p>{}{}'
        '<div class="result" id="compare-result" aria-live="polite">{}</div></div>'
    ).format(
        say("view.compare"),
        say("compare.what"),
        _cities(held, cities, say),
        _matrix(reports, topics, cities, topic, say),
        shown,
    )


def picked_cities(reports: Sequence[ReportSummary], wanted: Sequence[str]) -> list[str]:
    """Those of the cities wanted that there are; the first ones where there is none."""
    held = _held(reports)
    return [city for city in wanted if city in held] or held[:_AT_FIRST]


def _held(reports: Sequence[ReportSummary]) -> list[str]:
    return list(dict.fromkeys(report.city for report in reports if report.city))


def _cities(held: Sequence[str], picked: Sequence[str], say: Words) -> Markup:
    boxes = join(
        Markup('<label class="pick"><input type="checkbox" name="city" value="{}"{}>{}</label>').format(
            city, Markup(" checked") if city in picked else EMPTY, city_name(city, say)
        )
        for city in held
    )
    return Markup('{}<fieldset class="cities"><legend>{}</legend>{}</fieldset>').format(
        _filter("city-filter", say("compare.cities.filter")) if len(held) > _MANY_CITIES else EMPTY,
        say("compare.cities"),
        boxes,
    )


def _filter(name: str, said: str) -> Markup:
    return Markup(
        '<div class="filter"><label class="sr" for="{}">{}</label>'
        '<input id="{}" type="search" placeholder="{}" autocomplete="off"></div>'
    ).format(name, said, name, said)


def _matrix(
    reports: Sequence[ReportSummary], topics: Sequence[TopicLike], picked: Sequence[str], topic: str | None, say: Words
) -> Markup:
    """Topics down, the picked cities across; a dot where the city's report speaks of it."""
    ids = {city: [r.id for r in reports if r.city == city] for city in picked}
    rows = []
    for one in topics[:_MOST_TOPICS]:
        cells = join(
            _cell(next((id_ for id_ in ids[city] if id_ in one.reports), None), one.label, city, say) for city in picked
        )
        rows.append(
            Markup(
                '<tr{}><th scope="row"><button type="button" class="topic" value="do:topic" data-topic="{}"'
                ' aria-pressed="{}">{}</button>{}</th>{}</tr>'
            ).format(
                Markup(' class="on"') if one.label == topic else EMPTY,
                one.label,
                "true" if one.label == topic else "false",
                topic_name(one.label, say),
                _original(one.label, say),
                cells,
            )
        )
    short = {r.city: r.short for r in reports}
    head = join(
        Markup('<th scope="col">{}</th>').format(
            city_name(city, say) if say.language == "en" else say.script(short.get(city) or city)
        )
        for city in picked
    )
    return Markup(
        '{}<div class="scroll matrix" tabindex="0" role="region" aria-label="{}"><table><thead><tr><th scope="col">{}'
        "</th>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        _filter("topic-filter", say("compare.filter")),
        say("compare.matrix"),
        say("compare.topic"),
        head,
        join(rows),
    )


def _original(label: str, say: Words) -> Markup:
    """The topic in the words of the reports, beside its English name."""
    translated = say.language == "en" and english_topic(label) is not None
    return Markup(' <small lang="zh">{}</small>').format(label) if translated else EMPTY


def _cell(report_id: str | None, topic: str, city: str, say: Words) -> Markup:
    """A dot that opens the report where it gives the topic, or a dash."""
    if report_id is None:
        return Markup('<td class="none"><span aria-hidden="true">–</span>{}</td>').format(hidden(say("compare.silent")))
    told = say("compare.reported", city=city_name(city, say), topic=topic_name(topic, say))
    return Markup('<td class="has"><a class="dot" href="{}" title="{}">{}</a></td>').format(
        topic_href(report_id, topic), told, hidden(told)
    )


def _result(answer: Answer, say: Words) -> Markup:
    exports = join(
        button(f"export:{form}", say(f"export.{form}"), kind="link") for form in ("xlsx", "csv", "docx", "md")
    )
    return Markup('{}<div class="exports"><span>{}</span>{}</div>').format(
        answer_html(answer, -1, say), say("export"), exports
    )
