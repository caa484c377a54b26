"""Weaves notes (cited, figure, lost, repaired ...) into the text of a report, paragraph by paragraph.

Notes may overlap: the text is cut at every edge, and each piece bears the classes of all notes over it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from assistant.models import Report, Span
from assistant.web.render.parts import EMPTY

# Joined, not formatted: a long report has ten thousand pieces, and joining (which escapes as well) is ten times as quick.
_P, _END_P, _QUOTE, _CLOSE = Markup("<p>"), Markup("</p>"), Markup('"'), Markup(">")
_MARK = (Markup('<mark class="'), Markup("</mark>"))
_SPAN = (Markup('<span class="'), Markup("</span>"))
_NAMES = {name: Markup(f' {name}="') for name in ("data-c", "id", "title")}


@dataclass(frozen=True, slots=True)
class Note:
    """A class for a span; `key` names a cited span, `anchor` gives its first piece an id."""

    span: Span
    kind: str
    key: str = ""
    anchor: str = ""
    title: str = ""
    on: bool = False


def notes_repaired(report: Report, cited: Iterable[Note]) -> list[Note]:
    """The notes of the repaired text; `cited` has received spans."""
    offsets = report.repaired.offsets
    notes = [Note(offsets.to_repaired(note.span), note.kind, note.key, title=note.title, on=note.on) for note in cited]
    notes += [Note(f.span, "fig", anchor=f"f-{n}") for n, f in enumerate(report.figures)]
    notes += [Note(loss.span, "lost", anchor=f"l-{n}") for n, loss in enumerate(report.repaired.losses)]
    notes += [Note(remain.span, "remain") for remain in report.repaired.remains]
    return notes


def notes_received(report: Report, cited: Iterable[Note]) -> list[Note]:
    """The notes of the text as received, with every repair."""
    offsets = report.repaired.offsets
    notes = list(cited)
    notes += [Note(offsets.to_received(f.span), "fig", anchor=f"f-{n}") for n, f in enumerate(report.figures)]
    notes += [Note(loss.received, "lost", anchor=f"l-{n}") for n, loss in enumerate(report.repaired.losses)]
    notes += [Note(c.received, "chg", title=f"→ {c.after or '∅'}") for c in report.repaired.changes]
    return notes


def headings_of(report: Report) -> tuple[tuple[int, str, int], ...]:
    """The lines of the repaired text that are headings: start, text, depth from 0."""
    depths: dict[str, int] = {}
    for passage in report.passages:
        for depth, heading in enumerate(passage.headings):
            depths.setdefault(heading.strip(), depth)
    found = []
    at = 0
    for line in report.repaired.text.split("\n"):
        text = line.strip()
        if text and text in depths:
            found.append((at, text, min(depths[text], 3)))
        at += len(line) + 1
    return tuple(found)


def paragraphs(text: str, notes: Sequence[Note], headings: Mapping[int, tuple[int, int]]) -> Iterator[Markup]:
    """Each line of the text as a paragraph, or as a heading where `headings` has its start."""
    at = 0
    by_line = _by_line(text, notes)
    for number, line in enumerate(text.split("\n")):
        span = Span(at, at + len(line))
        inside = woven(text, span, by_line.get(number, ()))
        if at in headings:
            n, depth = headings[at]
            yield Markup('<h{0} class="hd" id="h-{1}">{2}</h{0}>').format(min(depth + 3, 6), n, inside)
        elif line.strip() or by_line.get(number):
            yield EMPTY.join((_P, inside, _END_P))
        at += len(line) + 1


def pairs(report: Report, cited: Sequence[Note]) -> Iterator[Markup]:
    """Each paragraph of the repaired text beside the received characters that it was made from."""
    text, received = report.repaired.text, report.original.text
    left, right = notes_repaired(report, cited), notes_received(report, cited)
    right = sorted((Note(n.span, n.kind, n.key, "", n.title, n.on) for n in right), key=lambda note: note.span.start)
    starts = [note.span.start for note in right]
    longest = max((len(note.span) for note in right), default=0)
    by_line = _by_line(text, left)
    at = 0
    for number, line in enumerate(text.split("\n")):
        span = Span(at, at + len(line))
        at += len(line) + 1
        if not line.strip():
            continue
        source = report.repaired.offsets.to_received(span)
        near = right[bisect_left(starts, source.start - longest) : bisect_right(starts, source.end)]
        here = [note for note in near if _touches(note.span, source)]
        yield Markup('<div class="pair"><p>{}</p><p class="raw">{}</p></div>').format(
            woven(text, span, by_line.get(number, ())), woven(received, source, here)
        )


def woven(text: str, span: Span, notes: Sequence[Note]) -> Markup:
    """The characters of `span`, escaped, cut where a note begins or ends."""
    if not notes:
        return escape(span.of(text))
    edges = {span.start, span.end}
    points: dict[int, list[Note]] = {}
    for note in notes:
        if not len(note.span):
            points.setdefault(note.span.start, []).append(note)
        edges |= {min(max(edge, span.start), span.end) for edge in (note.span.start, note.span.end)}
    cuts = sorted(edges)
    waiting = sorted((note for note in notes if len(note.span)), key=lambda note: note.span.start, reverse=True)
    over: list[Note] = []
    pieces: list[Markup] = [_point(note) for note in points.get(span.start, ())]
    for start, end in pairwise(cuts):
        over = [note for note in over if note.span.end > start]
        while waiting and waiting[-1].span.start <= start:
            note = waiting.pop()
            if note.span.end > start:
                over.append(note)
        pieces.append(_piece(text[start:end], over, start, span))
        pieces += [_point(note) for note in points.get(end, ())]
    return EMPTY.join(pieces)


def _piece(text: str, over: Sequence[Note], start: int, line: Span) -> Markup:
    if not over:
        return escape(text)
    kinds = dict.fromkeys(note.kind for note in over)
    keys = " ".join(note.key for note in over if note.key)
    anchors = [note.anchor for note in over if note.anchor and max(note.span.start, line.start) == start]
    titles = [note.title for note in over if note.title]
    begin, end = _MARK if "cited" in kinds else _SPAN
    on = " on" if any(note.on for note in over) else ""
    return EMPTY.join(
        (
            begin,
            " ".join(kinds) + on,
            _QUOTE,
            _attribute("data-c", keys),
            _attribute("id", anchors[0] if anchors else ""),
            _attribute("title", "，".join(titles)),
            _CLOSE,
            text,
            end,
        )
    )


def _point(note: Note) -> Markup:
    """A note of no characters (something was swallowed here) as a sign of its own."""
    return Markup('<span class="{} point"{}></span>').format(
        note.kind, _attribute("id", note.anchor) + _attribute("title", note.title)
    )


def _attribute(name: str, value: str) -> Markup:
    return EMPTY.join((_NAMES[name], value, _QUOTE)) if value else EMPTY


def _touches(note: Span, span: Span) -> bool:
    return note.overlaps(span) or (not len(note) and span.start <= note.start <= span.end)


def _by_line(text: str, notes: Sequence[Note]) -> dict[int, list[Note]]:
    """The notes that touch each line, by its number."""
    starts = [0]
    for at, character in enumerate(text):
        if character == "\n":
            starts.append(at + 1)
    found: dict[int, list[Note]] = {}
    for note in notes:
        first = bisect_right(starts, note.span.start) - 1
        last = bisect_right(starts, max(note.span.start, note.span.end - 1)) - 1
        for number in range(first, last + 1):
            found.setdefault(number, []).append(note)
    return found
