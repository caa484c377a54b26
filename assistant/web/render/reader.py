"""A whole report in the reader: its text with everything worth seeing marked in it.

The text shown is the repaired one, the one as received, or both side by side. Spans from the browser
are received offsets and are clipped to the report; nothing here looks a report up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from assistant.models import Figure, Report, ReportSummary, Span
from assistant.web.i18n import Words
from assistant.web.keep import Place
from assistant.web.render.names import city_name, gloss, period_name
from assistant.web.render.parts import EMPTY, button, icon_button, join, kind_key, tag
from assistant.web.render.weave import Note, headings_of, notes_received, notes_repaired, pairs, paragraphs

_LONGEST_QUOTE = 2000
_MOST_CARDS = 300


def reader_html(report: Report, place: Place, say: Words) -> Markup:
    """The report opened at `place`, its other cited spans highlighted more quietly."""
    spans = sorted({_clip(span, report) for span in (*place.cites, *((place.at,) if place.at else ()))})
    spans = [span for span in spans if len(span)]
    focus = _clip(place.at, report) if place.at else None
    view = place.view if place.view in ("repaired", "received", "both") else "repaired"
    return Markup(
        '<section class="reader" id="reader-root" tabindex="-1" data-report="{}" data-name="{}" data-view="{}"'
        ' data-at="{}" aria-label="{}">{}{}{}'
        '<div class="text v-{}" id="reader-text" tabindex="0" role="region" aria-label="{}"'
        ' lang="zh">{}</div>{}{}</section>'
    ).format(
        report.id,
        report.name,
        view,
        _key(focus) if focus else "",
        say("reader.label"),
        _head(report, view, len(spans), say),
        _find(say),
        _drawers(report, say),
        view,
        say("reader.text"),
        _body(report, spans, focus, view, say),
        _quotes(report, spans),
        _foot(focus, say),
    )


def idle_html(reports: Sequence[ReportSummary], say: Words) -> Markup:
    """The reader with no report open: what the library holds, each a click away."""
    rows = join(
        Markup(
            '<li><button type="button" class="card" value="do:open:{}"><b>{}</b><span>{}</span></button></li>'
        ).format(
            r.id,
            r.title,
            " · ".join(
                part
                for part in (
                    city_name(r.city, say) if r.city else say("library.no_city"),
                    period_name(r.period.label, say) if r.period.label else say("library.no_period"),
                    say("library.figures", n=r.figures),
                )
                if part
            ),
        )
        for r in reports[:_MOST_CARDS]
    )
    if len(reports) > _MOST_CARDS:
        rows += Markup("<li>{}</li>").format(
            button("go:library", say("reader.more", n=len(reports) - _MOST_CARDS), kind="link")
        )
    return Markup(
        '<section class="reader idle" aria-label="{}"><header class="rh"><h2>{}</h2><p class="soft">{}</p></header>'
        '<ul class="cards" tabindex="0">{}</ul></section>'
    ).format(say("reader.label"), say("reader.idle"), say("reader.idle.long" if reports else "library.empty"), rows)


def missing_html(text: str, say: Words) -> Markup:
    """The reader when the report asked for is not (or no longer) in the library."""
    return Markup(
        '<section class="reader missing" aria-label="{}"><header class="rh"><div class="rt"><h2>{}</h2>{}</div>'
        "</header>"
        '<p class="pad">{}</p></section>'
    ).format(say("reader.label"), say("reader.missing"), icon_button("close", "close", say("reader.close")), text)


def numbered(shown: Markup, ticket: int) -> Markup:
    """What the reader shows, with the number of the request that it answers."""
    return shown + Markup('<template data-ticket="{}"></template>').format(ticket)


# --- head, panels, foot ---------------------------------------------------------------------


def _head(report: Report, view: str, cited: int, say: Words) -> Markup:
    profile = report.profile
    where = " · ".join(city_name(part, say) for part in (profile.city, profile.province) if part)
    tags = join(
        tag("n", text)
        for text in (where, period_name(profile.period.label, say), say(f"report.{profile.kind}"), _damage(report, say))
        if text
    )
    steps = EMPTY
    if cited:
        steps = Markup('<span class="steps">{}<span id="reader-step" aria-live="polite">–</span>{}</span>').format(
            icon_button("step:-1", "prev", say("reader.prev")), icon_button("step:1", "next", say("reader.next"))
        )
    views = join(
        Markup('<button type="button" class="seg" value="do:view:{}" aria-pressed="{}">{}</button>').format(
            name, "true" if name == view else "false", say(f"view.{name}")
        )
        for name in ("repaired", "received", "both")
    )
    drawers = join(
        Markup('<button type="button" class="seg" value="do:drawer:{}" aria-expanded="false">{}</button>').format(
            name, say(f"drawer.{name}")
        )
        for name in ("outline", "figures", "repairs", "find")
    )
    return Markup(
        '<header class="rh"><div class="rt"><h2 title="{}">{}</h2>{}{}</div><div class="tags">{}</div>{}'
        '<div class="tools"><span class="group">{}</span><span class="group" role="group" aria-label="{}">{}</span>'
        "</div></header>"
    ).format(
        report.name,
        profile.title,
        steps,
        icon_button("close", "close", say("reader.close")),
        tags,
        _unread(report, say),
        drawers,
        say("view.label"),
        views,
    )


def _unread(report: Report, say: Words) -> Markup:
    """Which pages of a PDF are missing from the text, because they are pictures."""
    pages = report.original.unread
    return Markup('<p class="unread">⚠ {}</p>').format(say("reader.unread", pages=pages)) if pages else EMPTY


def _damage(report: Report, say: Words) -> str:
    return say("reader.damage", repairs=len(report.repaired.changes), losses=len(report.repaired.losses))


def _find(say: Words) -> Markup:
    return Markup(
        '<div class="drawer find" data-drawer="find" hidden><label class="sr" for="reader-find">{}</label>'
        '<input id="reader-find" type="search" autocomplete="off" placeholder="{}">{}{}'
        '<span id="reader-found" aria-live="polite"></span></div>'
    ).format(
        say("reader.find"),
        say("reader.find"),
        icon_button("found:-1", "prev", say("reader.found.prev")),
        icon_button("found:1", "next", say("reader.found.next")),
    )


def _drawers(report: Report, say: Words) -> Markup:
    outline = [
        Markup('<li class="d{}"><button type="button" value="do:jump:h-{}">{}</button></li>').format(depth, n, text)
        for n, (_, text, depth) in enumerate(headings_of(report))
    ]
    figures = [
        Markup('<li><button type="button" value="do:jump:f-{}"><b>{}</b> {} <small>{}</small></button></li>').format(
            n, f.text, f.label, _told(f, say)
        )
        for n, f in enumerate(report.figures)
    ]
    repairs = (
        [
            Markup(
                '<li><button type="button" value="do:jump:l-{}"><b class="lost">{}</b> {} <small>{}</small></button></li>'
            ).format(
                n,
                say(f"loss.{loss.kind}"),
                _around(loss.received, report),
                say("reader.characters", start=loss.received.start, end=loss.received.end),
            )
            for n, loss in enumerate(report.repaired.losses)
        ]
        + _changes(report, say)
        + _remains(report, say)
    )
    return join(
        _drawer(name, items, say) for name, items in (("outline", outline), ("figures", figures), ("repairs", repairs))
    )


def _around(span: Span, report: Report) -> str:
    """What was received at a loss, with a few characters of its line before and after it."""
    text = report.original.text
    before = text[max(0, span.start - 8) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + 8].partition("\n")[0]
    return f"…{before}{_seen(span.of(text))}{after}…"


def _told(figure: Figure, say: Words) -> str:
    """What is to be known of a figure: in English the number written out, its period, achieved or target."""
    state = say(kind_key(figure.kind)) if figure.readable else say("tag.lost")
    period = period_name(figure.period.label, say) if figure.period.label else ""
    return " · ".join(part for part in (gloss(figure, say), period, state) if part)


def _changes(report: Report, say: Words) -> list[Markup]:
    """The repairs by rule, most frequent first, each with a few of its before and after."""
    by_rule: dict[str, list[tuple[str, str]]] = {}
    for change in report.repaired.changes:
        by_rule.setdefault(change.rule, []).append((change.before, change.after))
    rows = []
    for rule, pairs_of in sorted(by_rule.items(), key=lambda item: -len(item[1])):
        shown = join(
            (
                Markup('<span class="swap"><del>{}</del>→<ins>{}</ins></span>').format(_seen(before), _seen(after))
                for before, after in dict.fromkeys(pairs_of[:60])
            ),
            " ",
        )
        key = f"rule.{rule}"
        name = say(key) if say.has(key) else rule
        rows.append(Markup('<li class="rule"><b>{}</b> × {} <small>{}</small></li>').format(name, len(pairs_of), shown))
    return rows


def _seen(text: str) -> str:
    """Characters as they can be seen: nothing, spaces and line breaks get signs of their own."""
    return text.replace("\n", "⏎").replace(" ", "␣").replace("\u3000", "␣␣").replace("\t", "⇥") or "∅"


def _remains(report: Report, say: Words) -> list[Markup]:
    """How many pieces of the web page around the report were set aside; the text shows them paler."""
    kinds: dict[str, int] = {}
    for remain in report.repaired.remains:
        kinds[remain.kind] = kinds.get(remain.kind, 0) + 1
    names = say("list").join(
        f"{say(f'remain.{kind}') if say.has(f'remain.{kind}') else kind} {n}" for kind, n in kinds.items()
    )
    return (
        [Markup('<li class="rule"><b>{}</b> <small>{}</small></li>').format(say("reader.remains"), names)]
        if kinds
        else []
    )


def _drawer(name: str, items: Sequence[Markup], say: Words) -> Markup:
    inside = (
        Markup("<ul>{}</ul>").format(join(items))
        if items
        else Markup('<p class="soft">{}</p>').format(say("drawer.none"))
    )
    return Markup('<nav class="drawer" data-drawer="{}" aria-label="{}" hidden>{}</nav>').format(
        name, say(f"drawer.{name}"), inside
    )


def _foot(focus: Span | None, say: Words) -> Markup:
    where = say("reader.characters", start=f"{focus.start:,}", end=f"{focus.end:,}") if focus else ""
    acts = join(
        button(action, say(key), kind="link")
        for action, key in (("quote", "reader.quote"), ("link", "reader.link"), ("about", "reader.about"))
    )
    return Markup('<footer class="rf"><span id="reader-where">{}</span><div class="group">{}</div></footer>').format(
        where, acts
    )


# --- text -----------------------------------------------------------------------------------


def _body(report: Report, spans: Sequence[Span], focus: Span | None, view: str, say: Words) -> Markup:
    cited = [Note(span, "cited", _key(span), on=span == focus) for span in spans]
    cited += [
        Note(Span(anchor.received.start, anchor.received.start), "leaf", title=say("anchor.page", label=anchor.label))
        for anchor in report.original.anchors
        if anchor.kind == "page"
    ]
    if view == "received":
        return join(paragraphs(report.original.text, notes_received(report, cited), {}))
    if view == "both":
        heads = Markup('<div class="pair heads" aria-hidden="true"><p>{}</p><p class="raw">{}</p></div>').format(
            say("view.repaired"), say("view.received")
        )
        return heads + join(pairs(report, cited))
    return join(paragraphs(report.repaired.text, notes_repaired(report, cited), _headings(report)))


def _headings(report: Report) -> dict[int, tuple[int, int]]:
    return {start: (n, depth) for n, (start, _, depth) in enumerate(headings_of(report))}


def _quotes(report: Report, spans: Iterable[Span]) -> Markup:
    """The exact received characters of each cited span, for copying."""
    rows = join(
        Markup('<li data-c="{}">{}</li>').format(_key(span), span.of(report.original.text)[:_LONGEST_QUOTE])
        for span in spans
    )
    return Markup('<ul class="quotes" hidden>{}</ul>').format(rows)


def _clip(span: tuple[int, int], report: Report) -> Span:
    length = len(report.original.text)
    start = min(max(0, span[0]), length)
    return Span(start, min(max(start, span[1]), length))


def _key(span: Span) -> str:
    return f"{span.start}-{span.end}"
