"""Answers a question that asks one thing of one city and another thing of another: one row a part."""

from __future__ import annotations

from assistant.answering.built_in.list_answer import topic_of
from assistant.answering.comparing.caveats import Told, warnings_of
from assistant.answering.comparing.cells import Table, cell_of
from assistant.answering.comparing.rows import city_of, line_up
from assistant.answering.comparing.words import named, table_text, warning_text
from assistant.answering.picking.pick import Pick, Similar
from assistant.answering.picking.quote import label_of
from assistant.answering.wording import city_name, say
from assistant.models import (
    AnswerFigure,
    Comparison,
    Draft,
    Row,
    Warning,
)


def answer_severally(table: Table, similar: Similar) -> Draft:
    """A question that asks one thing of one city and another of another: one row a part."""
    question, language = table.question, table.question.language
    by_city = {city_of(report): report for report in table.reports}
    cities = list(by_city)
    warnings: list[Warning] = []
    picks: dict[str, Pick] = {}
    lines = []
    for part in question.parts:
        for city in part.cities:
            report = by_city.get(city.name)
            rows = line_up(part, [report], similar) if report is not None else []
            pick = rows[0].picks.get(city.name) if rows else None
            cell = cell_of(table, pick)
            label = label_of(pick) if pick is not None else topic_of(part).strip("“”")
            table.rows.append(
                Row(
                    label,
                    pick.figure.unit if pick is not None and pick.figure is not None else None,
                    {name: cell if name == city.name else None for name in cities},
                )
            )
            if pick is None or not isinstance(cell, AnswerFigure):
                lines.append(
                    say("not_found_figure", language, city=city_name(city.name, language), topic=topic_of(part))
                )
                warnings.append(Warning("missing", (city.name,), lines[-1]))
            else:
                picks[city.name] = pick
                lines.append(
                    f"{named(city.name, cell, language)}。"
                    if language != "en"
                    else f"{named(city.name, cell, language)}."
                )
    warnings += warnings_of(picks, Told(), language)
    if len(picks) > 1 and not any(w.kind == "scope" for w in warnings):
        detail = "，".join(f"{city_name(city, language)}“{label_of(pick)}”" for city, pick in picks.items())
        warnings.append(
            Warning(
                "scope", tuple(picks), f"Different things: {detail}." if language == "en" else f"口径不同：{detail}。"
            )
        )
    comparison = Comparison(
        topic_of(question).strip("“”"),
        tuple(cities),
        tuple(table.rows),
        None,
        (),
        tuple(warnings),
        len(picks),
        len(cities),
    )
    text = "\n\n".join(part for part in ("".join(lines), table_text(table, cities), warning_text(warnings)) if part)
    return Draft(
        "answered" if picks else "not_found", text, table.citations.all(), tuple(table.figures), (), comparison
    )
