"""An answer as the chat shows it: text with chips, table, warnings, chart, sources, actions."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Sequence

from markupsafe import Markup

from assistant.models import Answer, Citation, Language
from assistant.question.intent import wants_of
from assistant.web.i18n import Words, words
from assistant.web.keep import Turn
from assistant.web.render.chart import charts_html
from assistant.web.render.markdown import to_html
from assistant.web.render.names import city_name, english_topic, period_name, topic_gloss, topic_name
from assistant.web.render.parts import EMPTY, button, citation_href, hidden, icon_button, join, tag

_SIGNS = {"verbatim": "", "figures_match": "≈", "partial": "~", "unsupported": "?"}
_PLACES = ("page", "paragraph", "table")
_SURE = ("verbatim", "figures_match")


def messages(turns: Sequence[Turn], language: Language, *, growing: bool = False) -> list[dict[str, str]]:
    """The turns as messages of the chat component; while `growing`, the last one has no actions yet."""
    say = words(language)
    out: list[dict[str, str]] = []
    for n, turn in enumerate(turns):
        last = growing and n == len(turns) - 1
        out.append({"role": "user", "content": _one_line(_question(turn, n, say))})
        out.append({"role": "assistant", "content": _one_line(_reply(turn, n, say, growing=last))})
    return out


def _one_line(markup: str) -> str:
    """The markup on one line: the chat component takes what follows a blank line for Markdown again."""
    return re.sub(r"[\r\n]+", " ", markup)


def answer_html(answer: Answer, turn: int, say: Words, *, growing: bool = False, rating: str | None = None) -> Markup:
    """The whole answer; while `growing`, only its text. Turn -1 is the comparison view's."""
    chips, tags = _chips(answer, say)
    script = words(answer.language).script
    told = tag("n", say("tag.computed"), title=say("verdict.computed"))
    computed = {script(derived.text): told for derived in answer.derived}
    body = to_html(
        answer.text, chips, tags, computed, table_label=say("answer.table"), glosses=_row_glosses(answer, say)
    )
    if growing:
        return Markup('<div class="answer growing">{}</div>').format(body)
    pieces = (
        body,
        _warnings(answer, say),
        charts_html(answer, say, wanted=turn < 0 or wants_of(answer.question) == "chart"),
        _related(answer, say),
        _carried(answer, turn, say),
        _sources(answer, say),
        _actions(answer, turn, say, rating),
    )
    return Markup('<div class="answer s-{}">{}</div>').format(answer.status, join(pieces))


def _row_glosses(answer: Answer, say: Words) -> dict[str, tuple[str, str]]:
    """For English readers the labels of the rows in two lines: their English name, and their words in the reports."""
    if answer.comparison is None or say.language != "en":
        return {}
    found = {}
    for label in (row.label.replace("|", "/") for row in answer.comparison.rows):
        if name := english_topic(label):
            found[label] = found[f"{name} ({label})"] = found[f"{name[:1].lower()}{name[1:]} ({label})"] = (name, label)
        elif gloss := topic_gloss(label, say):
            found[label] = (label, gloss)
    return found


def plain_text(answer: Answer, language: Language) -> str:
    """The answer with its sources as text for the clipboard."""
    say = words(language)
    lines = [answer.text.strip(), ""]
    for citation in answer.citations:
        lines.append(f"[{citation.n}] {source_line(citation, say)}")
    return "\n".join(lines).strip() + "\n"


def source_line(citation: Citation, say: Words) -> str:
    """Where a citation stands, its quote and its verdict, for a text that leaves the page."""
    return say(
        "copy.source",
        whence=whence(citation, say),
        quote=_quoted(citation.quote),
        place=_place(citation, say),
        verdict=say(f"verdict.{citation.verdict}"),
    )


def whence(citation: Citation, say: Words) -> str:
    """City, period and, where the format has them, page of a citation."""
    kind, _, label = (citation.place or "").partition(" ")
    place = say(f"place.{kind}", label=label) if kind in _PLACES else ""
    city = city_name(citation.city, say) if citation.city else citation.report
    period = citation.period and period_name(citation.period, say)
    return " · ".join(part for part in (city, period, place) if part)


def _question(turn: Turn, n: int, say: Words) -> str:
    text = Markup("<br>").join(turn.question.splitlines())
    edit = icon_button(f"edit:{n}", "edit", say("chat.edit"))
    return Markup('<div class="q"><span class="qt">{}</span></div><div class="qa">{}</div>').format(text, edit)


def _reply(turn: Turn, n: int, say: Words, *, growing: bool) -> str:
    if turn.answer is not None:
        shown = answer_html(turn.answer, n, say, growing=growing, rating=turn.rating)
        if turn.trouble and not growing:
            return Markup("{}{}").format(shown, _trouble(turn.trouble, n, say))
        return shown
    if growing:
        return Markup('<div class="answer waiting"><span class="dots">{}</span></div>').format(
            hidden(say("chat.waiting"))
        )
    return _trouble(turn.trouble or say("chat.interrupted"), n, say)


def _trouble(text: str, n: int, say: Words) -> Markup:
    retry = button(f"retry:{n}", say("chat.retry"), kind="link")
    return Markup('<div class="trouble"><p>{} {}</p></div>').format(text, retry)


# --- marks ----------------------------------------------------------------------------------


def _flags(answer: Answer) -> dict[int, set[str]]:
    """What is to be known of each cited place: target, lost in print, doubtful, computed from."""
    asked_lost = answer.status == "unreadable" and not answer.figures
    flags: dict[int, set[str]] = {c.n: {"lost"} if asked_lost else set() for c in answer.citations}
    for figure in answer.figures:
        found = flags.setdefault(figure.citation, set())
        found |= {"target"} if figure.kind == "target" else set()
        found |= {"lost"} if not figure.readable else set()
        found |= {"doubt"} if figure.doubt else set()
    for derived in answer.derived:
        if derived.kind == "conversion":
            continue  # the same figure in other units: nothing new that its print would have to bear out
        for n in derived.operands:
            flags.setdefault(n, set()).add("computed")
    for citation in answer.citations:
        if citation.kind == "target":
            flags[citation.n].add("target")
    return flags


def _chips(answer: Answer, say: Words) -> tuple[dict[int, Markup], dict[int, Markup]]:
    flags = _flags(answer)
    chips = {c.n: _chip(c, flags[c.n], say) for c in answer.citations}
    return chips, {n: mark for n, found in flags.items() if (mark := _tag(found, say))}


def _tag(flags: Container[str], say: Words) -> Markup:
    """The weightiest thing to be known of a cited place, in words."""
    for flag, kind in (("lost", "l"), ("doubt", "d"), ("target", "t")):
        if flag in flags:
            return tag(kind, say(f"tag.{flag}"), title=say(f"tag.{flag}.long"))
    return EMPTY


def _chip(citation: Citation, flags: Collection[str], say: Words) -> Markup:
    told = " · ".join((whence(citation, say), _verdict(citation, flags, say), say("chip.open")))
    return Markup('<a class="cite v-{}" href="{}" title="{}">{}{}{}</a>').format(
        citation.verdict,
        citation_href(citation),
        told,
        hidden(say("chip.source")),
        citation.n,
        _SIGNS[citation.verdict],
    )


def _verdict(citation: Citation, flags: Collection[str], say: Words) -> str:
    if citation.verdict in _SURE and "computed" in flags:
        return say("verdict.operand")
    return say(f"verdict.{citation.verdict}")


# --- below the text -------------------------------------------------------------------------


def _warnings(answer: Answer, say: Words) -> Markup:
    """Warnings of a comparison that its text has not given yet; where it has given many, the rest is folded away."""
    if answer.comparison is None:
        return EMPTY
    said = _bare(answer.text)
    script = words(answer.language).script
    left = [text for warning in answer.comparison.warnings if _bare(text := script(warning.text)) not in said]
    if not left:
        return EMPTY
    lines = join(Markup("<p>{}</p>").format(text) for text in left)
    if len(answer.comparison.warnings) - len(left) >= MANY:
        summary = say("answer.further", n=len(left))
        return Markup('<details class="note"><summary>{}</summary>{}</details>').format(summary, lines)
    return Markup('<blockquote class="note">{}</blockquote>').format(lines)


MANY = 4  # warnings under a table, behind which further ones are folded


def _bare(text: str) -> str:
    """Text without marks, emphasis, closing stops and spaces, to see whether something is said already."""
    return re.sub(r"\[\d+\]|[\s*_>。.]", "", text)


def _related(answer: Answer, say: Words) -> Markup:
    if not answer.related:
        return EMPTY
    rows = (
        Markup('<li><a class="place" href="{}">{}</a> <span>{}</span></li>').format(
            citation_href(c), whence(c, say), _quoted(c.quote)
        )
        for c in answer.related
    )
    return Markup('<div class="related"><p>{}</p><ul>{}</ul></div>').format(say("answer.related"), join(rows))


def _carried(answer: Answer, turn: int, say: Words) -> Markup:
    chips = []
    if answer.carried_cities:
        chips.append(
            _carry(f"drop:{turn}:cities", say("list").join(city_name(city, say) for city in answer.carried_cities), say)
        )
    if answer.carried_topic:
        chips.append(_carry(f"drop:{turn}:topic", topic_name(answer.carried_topic, say), say))
    if not chips:
        return EMPTY
    return Markup('<div class="carry"><span>{}</span>{}</div>').format(say("answer.carried"), join(chips))


def _carry(action: str, text: str, say: Words) -> Markup:
    return Markup(
        '<button type="button" class="chip" value="do:{}" title="{}">{} <span class="x">×</span>{}</button>'
    ).format(action, say("answer.drop"), text, hidden(say("answer.drop")))


def _sources(answer: Answer, say: Words) -> Markup:
    facts = [_coverage(answer, say), _composed(answer, say)]
    notes = join(Markup("<span>{}</span>").format(fact) for fact in facts if fact)
    if not answer.citations:
        return Markup('<div class="meta">{}</div>').format(notes)
    flags = _flags(answer)
    unsure = sum(c.verdict not in _SURE for c in answer.citations)
    total = len(answer.citations)
    if unsure:
        head = Markup('<span class="unsure">⚠ {}</span>').format(say("sources.some", n=total, unsure=unsure))
    elif all(c.verdict == "verbatim" for c in answer.citations):
        head = Markup('<span class="ok">✓ {}</span>').format(say("sources.all", n=total))
    else:
        head = Markup('<span class="ok">✓ {}</span>').format(say("sources.figures", n=total))
    rows = join(_source(c, flags[c.n], say) for c in answer.citations)
    return Markup(
        '<details class="sources"><summary>{}{}<span class="open">{}</span></summary><ol>{}</ol></details>'
    ).format(head, notes, say("sources.open"), rows)


def _source(citation: Citation, flags: Collection[str], say: Words) -> Markup:
    sure = citation.verdict in _SURE
    return Markup(
        '<li value="{}"><a class="place" href="{}">{}</a> <span class="{}">{} {}</span>{}<br><q>{}</q></li>'
    ).format(
        citation.n,
        citation_href(citation),
        whence(citation, say),
        "ok" if sure else "unsure",
        "✓" if sure else "⚠",
        _verdict(citation, flags, say),
        _tag(flags, say),
        _quoted(citation.quote),
    )


def _coverage(answer: Answer, say: Words) -> str | None:
    found = answer.comparison
    return say("answer.coverage", reported=found.reported, of=found.of) if found else None


def _composed(answer: Answer, say: Words) -> str:
    who = say("answer.built_in") if answer.composer == "built-in" else answer.composer
    return say("answer.took", who=who, ms=sum(answer.took_ms.values())) if answer.took_ms else who


def _actions(answer: Answer, turn: int, say: Words, rating: str | None) -> Markup:
    forms = ("docx", "md", "xlsx", "csv") if answer.comparison is not None else ("docx", "md")
    saving = Markup('<details class="saving"><summary>{}</summary>{}</details>').format(
        say("export"), join(button(f"export:{form}:{turn}", say(f"export.{form}"), kind="link") for form in forms)
    )
    return Markup('<div class="acts">{}{}</div>').format(
        join(
            (
                icon_button(f"copy:{turn}", "copy", say("chat.copy")),
                icon_button(f"retry:{turn}", "retry", say("chat.retry")),
                icon_button(f"rate:{turn}:up", "up", say("chat.good"), kind="act on" if rating == "up" else "act"),
                icon_button(f"rate:{turn}:down", "down", say("chat.bad"), kind="act on" if rating == "down" else "act"),
            )
        ),
        saving,
    )


def _place(citation: Citation, say: Words) -> str:
    return say("place.characters", report=citation.report, start=citation.start, end=citation.end)


def _quoted(quote: str) -> str:
    """A quote on one line; its own characters are kept, only line breaks become a sign."""
    return re.sub(r"\s*\n\s*", " ⏎ ", quote.strip())
