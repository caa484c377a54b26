"""The frame of the page: header with the library at a glance, and the first screen of the chat."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.models import ReportSummary
from assistant.web.i18n import LANGUAGES, Words
from assistant.web.render.names import city_name
from assistant.web.render.parts import EMPTY, icon_button, join

VIEWS = ("ask", "compare", "library")


def header_html(reports: Sequence[ReportSummary], say: Words, *, starting: Markup = EMPTY) -> Markup:
    """Name, library at a glance, the three views, languages, light or dark, settings."""
    views = join(
        Markup('<button type="button" class="tab" value="do:go:{}">{}</button>').format(view, say(f"view.{view}"))
        for view in VIEWS
    )
    languages = join(
        Markup(
            '<button type="button" class="lang" value="do:speak:{}" lang="{}" aria-pressed="{}" title="{}">{}</button>'
        ).format(
            language,
            language,
            "true" if language == say.language else "false",
            say(f"language.{language}.long"),
            say(f"language.{language}"),
        )
        for language in LANGUAGES
    )
    return Markup(
        '<header class="top" lang="{}"><h1>{}</h1><span class="lib">{}</span><span class="mine">{}{}</span>'
        '<nav aria-label="{}">{}</nav>'
        '<span class="langs" role="group" aria-label="{}">{}</span>{}{}</header>{}'
    ).format(
        say.language,
        say("name"),
        glance(reports, say),
        icon_button("new", "new", say("chats.new"), kind="act wide"),
        icon_button("chats", "chats", say("chats.open"), kind="act wide"),
        say("nav"),
        views,
        say("languages"),
        languages,
        icon_button("theme", "theme", say("theme"), kind="act wide"),
        icon_button("go:settings", "settings", say("view.settings"), kind="act wide"),
        starting,
    )


def starting_html(text: str, done: int, of: int) -> Markup:
    """A thin bar while the library is made ready; the page can be used meanwhile."""
    return Markup(
        '<div class="starting" role="status" data-starting="1"><span>{}</span><progress max="{}" value="{}">'
        "</progress></div>"
    ).format(text, max(of, 1), min(done, of))


def trouble_html(text: str) -> Markup:
    """In the bar's place: what went wrong in making ready. It stays until the next start."""
    return Markup('<div class="starting" role="status"><span>{}</span></div>').format(text)


def glance(reports: Sequence[ReportSummary], say: Words) -> str:
    """How many reports of how many cities about which years, in one line."""
    if not reports:
        return say("glance.empty")
    cities = len({r.city for r in reports if r.city})
    parts = [say("glance.reports", n=len(reports)), say("glance.cities", n=cities), _periods(reports, say)]
    return " · ".join(parts)


def _periods(reports: Sequence[ReportSummary], say: Words) -> str:
    """From which year to which, where every report says; else of how many periods the reports are."""
    if all(r.period.start for r in reports):
        years = [year for r in reports for year in (r.period.start, r.period.end) if year]
        first, last = min(years), max(years)
        return str(first) if first == last else f"{first}–{last}"
    return say("glance.periods", n=len({r.period.label for r in reports}))


def welcome_html(
    reports: Sequence[ReportSummary], examples: Sequence[str], say: Words, *, starting: bool = False
) -> Markup:
    """The first screen: what this is, what the library holds, questions to start with.

    A library that is still `starting` is not told to be empty.
    """
    if starting and not reports:
        return Markup('<section class="welcome"><h2>{}</h2><p>{}</p><p class="soft">{}</p></section>').format(
            say("welcome.title"), say("welcome.what"), say("welcome.starting")
        )
    if not reports:
        return Markup(
            '<section class="welcome"><h2>{}</h2><p>{}</p><p>'
            '<button type="button" class="primary" value="do:go:library">{}</button></p></section>'
        ).format(say("welcome.title"), say("welcome.empty"), say("welcome.add"))
    cities = list(dict.fromkeys(_short(r, say) for r in reports))
    shown = say("list").join(cities[:12]) + (say("welcome.more", n=len(cities)) if len(cities) > 12 else "")
    asks = join(
        Markup('<li><button type="button" class="example" value="do:ask">{}</button></li>').format(text)
        for text in examples
    )
    return Markup(
        '<section class="welcome"><h2>{}</h2><p>{}</p><p class="soft">{}</p><p class="soft try">{}</p>'
        '<ul class="examples">{}</ul></section>'
    ).format(
        say("welcome.title"),
        say("welcome.what"),
        say("welcome.holds", glance=glance(reports, say), cities=shown),
        say("welcome.try"),
        asks,
    )


def _short(report: ReportSummary, say: Words) -> str:
    """The city in few characters: 芜湖 or Wuhu; the title where no city was found."""
    if say.language == "en" and report.city:
        return city_name(report.city, say)
    return say.script(report.short or report.city or "") or report.title
