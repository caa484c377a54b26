"""Bars of a comparison, made of plain HTML: the axis starts at 0 and every bar leads to its passage.

Only figures of one kind of unit stand in one chart; a target is hatched, what cannot be read is not drawn.
"""

from __future__ import annotations

from markupsafe import Markup

from assistant.figures.chart import on_one_axis
from assistant.models import Answer, AnswerFigure, Citation, Row
from assistant.web.i18n import Words
from assistant.web.render.names import city_name, gloss, period_name, topic_name, unit_name
from assistant.web.render.parts import EMPTY, citation_href, hidden, join, tag

FEWEST = 3
"""Bars that a chart has where none was asked for; of two figures a sentence tells as much."""


def charts_html(answer: Answer, say: Words, *, wanted: bool) -> Markup:
    """A chart for each row with figures of at least `FEWEST` cities that can be drawn, of two where one is wanted."""
    if answer.comparison is None:
        return EMPTY
    places = {c.n: c for c in answer.citations}
    least = 2 if wanted else FEWEST
    drawn = [chart for row in answer.comparison.rows if (chart := _chart(row, places, say, least))]
    if not drawn:
        return EMPTY
    if len(drawn) == 1:
        return drawn[0]
    more = Markup('<details class="more"><summary>{}</summary>{}</details>').format(
        say("chart.more", n=len(drawn) - 1), join(drawn[1:])
    )
    return drawn[0] + more


def _chart(row: Row, places: dict[int, Citation], say: Words, least: int) -> Markup:
    figures = on_one_axis([cell for cell in row.cells.values() if isinstance(cell, AnswerFigure)])
    if len(figures) < least:
        return EMPTY
    top = max(f.value or 0 for f in figures) or 1
    ordered = sorted(figures, key=lambda f: (f.kind == "target", -(f.value or 0)))
    bars = join(_bar(f, top, places.get(f.citation), say) for f in ordered)
    unit = figures[0].unit if len({f.unit for f in figures}) == 1 else ""
    left = [city for city, cell in row.cells.items() if cell not in figures]
    note = say("chart.apart", cities=say("list").join(city_name(city, say) for city in left)) if left else ""
    return Markup('<figure class="chart"><figcaption>{}{}<small>{}</small></figcaption><ul>{}</ul>{}</figure>').format(
        topic_name(row.label, say),
        say("chart.unit", unit=unit_name(unit, say)) if unit and unit_name(unit, say) else "",
        say("chart.axis"),
        bars,
        Markup('<p class="soft">{}</p>').format(note) if note else EMPTY,
    )


def _bar(figure: AnswerFigure, top: float, citation: Citation | None, say: Words) -> Markup:
    target = figure.kind == "target"
    who = Markup('<span class="who">{}<small>{}</small></span>').format(
        city_name(figure.city or "", say), period_name(figure.period, say) if figure.period else ""
    )
    fill = Markup('<span class="track"><span class="fill{}" style="width:{}%"></span></span>').format(
        " hatched" if target else "", round(100 * (figure.value or 0) / top, 2)
    )
    spoken = gloss(figure, say)
    value = Markup('<span class="val">{}{}{}</span>').format(
        figure.text,
        tag("t", say("tag.target")) if target else EMPTY,
        Markup("<small>{}</small>").format(spoken) if spoken else EMPTY,
    )
    if citation is None:
        return Markup('<li><span class="bar">{}{}{}</span></li>').format(who, fill, value)
    return Markup('<li><a class="bar" href="{}" title="{}">{}{}{}{}</a></li>').format(
        citation_href(citation), say("chip.open"), who, fill, value, hidden(say("chip.open"))
    )
