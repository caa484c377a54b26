"""The library as a table, the progress of files being added, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from markupsafe import Markup

from assistant.models import AddResult, ReportSummary
from assistant.web.i18n import Words
from assistant.web.render.names import city_name, period_name
from assistant.web.render.parts import EMPTY, button, join, tag

FIELDS = ("title", "city", "province", "period", "kind")
KINDS = ("work report", "plan", "news", "unknown")


class StepLike(Protocol):
    """How far a batch is: the file at work, its stage, how many files are done of how many."""

    @property
    def name(self) -> str: ...

    @property
    def stage(self) -> str: ...

    @property
    def done(self) -> int: ...

    @property
    def of(self) -> int: ...


def library_html(
    reports: Sequence[ReportSummary],
    say: Words,
    *,
    stored: int,
    undo: tuple[str, str] | None = None,
    note: str = "",
) -> Markup:
    """The table of reports, with the bytes `stored`; `undo` is the id and title of a report removed just now."""
    return Markup('<div class="lib-view">{}{}{}{}</div>').format(
        _undo(undo, say),
        Markup('<p class="note" role="status">{}</p>').format(note) if note else EMPTY,
        _table(reports, stored, say) if reports else Markup('<p class="soft">{}</p>').format(say("library.empty")),
        _dialog(say),
    )


def intro_html(say: Words) -> Markup:
    """What can be added, above the place where it is dropped."""
    return Markup('<div class="lib-head"><h2>{}</h2><p class="soft">{}</p></div>').format(
        say("view.library"), say("library.drop")
    )


def adding_html(step: StepLike | None, results: Sequence[AddResult], say: Words, *, stopped: bool = False) -> Markup:
    """The file at work with its stage, then what became of each one: refusals first, then the newest.

    `stopped` says that the reader ended it before all files were read.
    """
    if step is None and not results and not stopped:
        return EMPTY
    done = button("clear", say("library.clear"), kind="link")
    head = Markup('<p class="counts"><span>{}</span>{}</p>').format(_counts(results, say), done)
    if stopped:
        head = Markup("<p>{}</p>{}").format(say("adding.stopped"), head)
    if step is not None:
        key = f"stage.{step.stage}"
        head = Markup(
            '<p class="busy"><progress max="{}" value="{}" aria-label="{}"></progress><span>{}</span></p>'
        ).format(
            max(step.of, 1),
            min(step.done, step.of),
            say("view.library"),
            say("adding", n=step.done + 1, of=step.of, name=step.name, stage=say(key) if say.has(key) else step.stage),
        )
    newest = results[::-1]
    ordered = sorted(newest, key=lambda result: result.outcome != "refused")
    rows = join(
        Markup('<li class="{}"><b>{}</b> <span>{}</span></li>').format(
            result.outcome,
            result.name,
            " · ".join(part for part in (say(f"outcome.{result.outcome}"), _reason(result, say)) if part),
        )
        for result in ordered
    )
    return Markup('<div class="adding"><div role="status">{}</div><ul tabindex="0">{}</ul></div>').format(head, rows)


def _counts(results: Sequence[AddResult], say: Words) -> str:
    """How many files ended how."""
    by_outcome: dict[str, int] = {}
    for result in results:
        by_outcome[result.outcome] = by_outcome.get(result.outcome, 0) + 1
    return " · ".join(f"{say(f'outcome.{outcome}')} {count}" for outcome, count in by_outcome.items())


def _reason(result: AddResult, say: Words) -> str | None:
    if say.language == "en":
        return result.reason_en or result.reason
    return result.reason and say.script(result.reason)


def _undo(undo: tuple[str, str] | None, say: Words) -> Markup:
    if undo is None:
        return EMPTY
    return Markup('<p class="note" role="status">{} {}</p>').format(
        say("library.removed", title=undo[1]), button(f"restore:{undo[0]}", say("library.undo"), kind="link")
    )


def _table(reports: Sequence[ReportSummary], stored: int, say: Words) -> Markup:
    columns = ("title", "city", "period", "kind", "figures", "losses", "added")
    head = join(
        Markup('<th scope="col" aria-sort="none"><button type="button" value="do:sort:{}">{}</button></th>').format(
            n, say(f"column.{name}")
        )
        for n, name in enumerate(columns)
    )
    rows = join(_row(r, say) for r in reports)
    return Markup(
        '<div class="filter"><label class="sr" for="lib-filter">{}</label>'
        '<input id="lib-filter" type="search" placeholder="{}" autocomplete="off">'
        '<span class="soft">{}</span></div><div class="scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="lib-table"><thead><tr>{}'
        "</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        say("library.filter"),
        say("library.filter"),
        say(
            "library.size",
            n=len(reports),
            characters=f"{sum(r.characters for r in reports):,}",
            stored=f"{stored / 2**20:,.1f}",
        ),
        say("view.library"),
        head,
        rows,
    )


def _row(report: ReportSummary, say: Words) -> Markup:
    lost = tag("l", str(report.losses)) if report.losses else Markup('<span class="soft">0</span>')
    where = Markup("{}<small>{}</small>").format(
        city_name(report.city, say) if report.city else say("library.no_city"),
        city_name(report.province, say) if report.province else "",
    )
    acts = join(
        button(f"{do}:{report.id}", said, kind=kind, title=f"{said} · {report.title}")
        for do, said, kind in (
            ("open", say("library.open"), "link"),
            ("correct", say("library.correct"), "link"),
            ("reread", say("library.reread"), "link"),
            ("remove", say("library.remove"), "link danger"),
        )
    )
    return Markup(
        '<tr data-id="{}" data-title="{}" data-city="{}" data-province="{}" data-period="{}" data-kind="{}">'
        '<th scope="row"><button type="button" class="title" value="do:open:{}">{}</button><small>{}</small>{}'
        '<span class="row-acts">{}</span></th><td>{}</td><td data-v="{}">{}</td>'
        '<td>{}</td><td data-label="{}" data-v="{}">{}</td><td data-label="{}" data-v="{}">{}</td><td data-v="{}">{}</td></tr>'
    ).format(
        report.id,
        report.title,
        report.city or "",
        report.province or "",
        report.period.label,
        report.kind,
        report.id,
        report.title,
        report.name,
        _unread(report, say),
        acts,
        where,
        report.period.start or 0,
        period_name(report.period.label, say) if report.period.label else say("library.no_period"),
        say(f"report.{report.kind}"),
        say("column.figures"),
        report.figures,
        report.figures,
        say("column.losses"),
        report.losses,
        lost,
        report.added,
        _day(report.added),
    )


def _unread(report: ReportSummary, say: Words) -> Markup:
    """The pages of a PDF whose words are missing, because they are pictures."""
    if not report.unread:
        return EMPTY
    return tag("l", say("library.unread", pages=report.unread), title=say("reader.unread", pages=report.unread))


def _day(iso: str) -> str:
    try:
        return datetime.fromisoformat(iso).date().isoformat()
    except ValueError:
        return iso


def _dialog(say: Words) -> Markup:
    """The form that corrects a profile; the page's script fills it from the row."""
    fields = []
    for name in FIELDS:
        if name == "kind":
            options = join(
                Markup('<option value="{}">{}</option>').format(kind, say(f"report.{kind}")) for kind in KINDS
            )
            control = Markup('<select name="kind" id="correct-kind">{}</select>').format(options)
        else:
            control = Markup('<input name="{}" id="correct-{}" autocomplete="off">').format(name, name)
        fields.append(
            Markup('<p><label for="correct-{}">{}</label>{}</p>').format(name, say(f"column.{name}"), control)
        )
    return Markup(
        '<dialog id="correct" aria-labelledby="correct-title"><form method="dialog"><h2 id="correct-title">{}</h2>'
        '<p class="soft">{}</p>{}'
        '<div class="row">{}<button type="button" class="primary" value="do:corrected">{}</button></div></form>'
        "</dialog>"
    ).format(
        say("correct.title"),
        say("correct.long"),
        join(fields),
        button("dismiss", say("cancel"), kind="link"),
        say("save"),
    )
