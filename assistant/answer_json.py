"""The JSON form of an `Answer` and of a report's line, as other programs may rely on it."""

from __future__ import annotations

from typing import Any

from assistant.models import Answer, AnswerFigure, Cell, Citation, Comparison, Derived, ReportSummary, TextCell


def answer_json(answer: Answer) -> dict[str, Any]:
    """All of an answer."""
    return {
        "id": answer.id,
        "question": answer.question,
        "language": answer.language,
        "status": answer.status,
        "answer": answer.text,
        "citations": [_citation(item) for item in answer.citations],
        "figures": [_figure(item) for item in answer.figures],
        "derived": [_derived(item) for item in answer.derived],
        "comparison": None if answer.comparison is None else _comparison(answer.comparison),
        "related": [_citation(item) for item in answer.related],
        "carried_over": {"cities": list(answer.carried_cities), "topic": answer.carried_topic},
        "composer": answer.composer,
        "took_ms": answer.took_ms,
        "checks": {
            "statements": answer.checks.statements,
            "checked": answer.checks.checked,
            "confirmed": answer.checks.confirmed,
            "unconfirmed": [{"text": item.text, "why": item.why} for item in answer.checks.unconfirmed],
        },
    }


def summary_json(item: ReportSummary) -> dict[str, Any]:
    """One report of the library."""
    return {
        "id": item.id,
        "name": item.name,
        "title": item.title,
        "city": item.city,
        "province": item.province,
        "kind": item.kind,
        "period": item.period.label,
        "characters": item.characters,
        "figures": item.figures,
        "losses": item.losses,
        "added": item.added,
        "format": item.format,
        "encoding": item.encoding,
    }


def _citation(item: Citation) -> dict[str, Any]:
    return {
        "n": item.n,
        "report": item.report,
        "city": item.city,
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
        "verdict": item.verdict,
        "report_id": item.report_id,
        "place": item.place,
        "period": item.period,
        "kind": item.kind,
    }


def _figure(item: AnswerFigure) -> dict[str, Any]:
    return {
        "city": item.city,
        "label": item.label,
        "text": item.text,
        "value": item.value,
        "unit": item.unit,
        "qualifier": item.qualifier,
        "kind": item.kind,
        "period": item.period,
        "citation": item.citation,
        "readable": item.readable,
        "doubt": item.doubt,
        "scope": list(item.scope),
    }


def _derived(item: Derived) -> dict[str, Any]:
    return {"kind": item.kind, "text": item.text, "value": item.value, "operands": list(item.operands)}


def _cell(cell: Cell) -> dict[str, Any] | None:
    if cell is None:
        return None
    if isinstance(cell, TextCell):
        return {"text": cell.text, "citation": cell.citation}
    return _figure(cell)


def _comparison(item: Comparison) -> dict[str, Any]:
    ranking = (
        None
        if item.ranking is None
        else [{"city": r.city, "rank": r.rank, "citation": r.citation} for r in item.ranking]
    )
    return {
        "topic": item.topic,
        "cities": list(item.cities),
        "rows": [
            {"label": row.label, "unit": row.unit, "cells": {city: _cell(cell) for city, cell in row.cells.items()}}
            for row in item.rows
        ],
        "ranking": ranking,
        "apart": [{"city": a.city, "why": a.why} for a in item.apart],
        "warnings": [{"kind": w.kind, "cities": list(w.cities), "text": w.text} for w in item.warnings],
        "coverage": {"reported": item.reported, "of": item.of},
        "derived": [_derived(d) for d in item.derived],
    }
