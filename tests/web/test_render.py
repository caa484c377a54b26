"""Markup: everything from outside is escaped, the text stays what it is, marks become chips."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from assistant.models import Answer, AnswerFigure, Citation, Comparison, Language, Row, Span, Warning
from assistant.web import render
from assistant.web.i18n import words
from assistant.web.keep import Place, Turn
from assistant.web.render.markdown import to_html
from assistant.web.render.names import period_name, topic_gloss
from assistant.web.render.weave import Note, woven

SAY = words("zh-Hans")
CHIPS = {1: Markup("<a>1</a>"), 2: Markup("<a>2</a>")}
WILD = st.text(alphabet=st.sampled_from(list("<>&\"'`[]()!*_|#\\\n 1甲$\u202e")), max_size=60)


def citation(n: int = 1, **changes: object) -> Citation:
    one = Citation(n, "甲.txt", "id", "甲市", 10, 20, "建成驿站1204家", "verbatim", None, "2024年", "achieved")
    return replace(one, **changes)  # type: ignore[arg-type]


def answer(text: str = "甲市建成1204家[1]。", **changes: object) -> Answer:
    whole = Answer(
        "问", "zh-Hans", "answered", text, (citation(),), (), (), None, (), (), None, "built-in", {"compose": 3}
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def visible(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def tags(markup: str) -> set[str]:
    return set(re.findall(r"<\s*/?\s*([a-zA-Z][\w-]*)", markup))


@given(WILD)
def test_markdown_makes_only_the_tags_that_it_means_to(text: str) -> None:
    made = to_html(text, CHIPS, {}, {}, table_label="t")
    assert tags(made) <= {
        "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "hr", "a", "div", "table", "thead", "tbody",
        "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
    }  # fmt: skip
    assert not re.search(r"<a (?!>)|<[^>]*\bon\w+\s*=|javascript:[^<]*\"|<img", made)
    assert "\n" not in made


def test_a_mark_becomes_its_chip_and_an_unknown_one_stays_text() -> None:
    made = to_html("甲[1]乙[3]", CHIPS, {}, {}, table_label="t")
    assert made == "<p>甲<a>1</a>乙[3]</p>"


def test_images_links_and_references_stay_the_characters_that_they_are() -> None:
    text = "![x](http://e/a.png) [y](http://e) <http://e> [1]: http://e\n\n[z]: http://e\n\n[z]"
    made = to_html(text, {}, {}, {}, table_label="t")
    assert tags(made) == {"p"}
    assert "http://e/a.png" in visible(made) and "[z]: http://e" in visible(made)


def test_a_tag_stands_after_its_chip_unless_its_words_stand_there_already() -> None:
    tag = {1: Markup("<i>目标</i>")}
    assert to_html("五百家[1]", CHIPS, tag, {}, table_label="t") == "<p>五百家<a>1</a><i>目标</i></p>"
    assert to_html("目标五百家[1]", CHIPS, tag, {}, table_label="t") == "<p>目标五百家<a>1</a></p>"


@given(WILD, WILD, WILD)
def test_whatever_a_report_or_a_reader_says_an_answer_holds_no_foreign_markup(text: str, city: str, quote: str) -> None:
    cited = citation(city=city, quote=quote, report=quote)
    made = render.messages([Turn(text, answer=answer(text, citations=(cited,), carried_cities=(city,)))], "zh-Hans")
    for message in made:
        assert "\n" not in message["content"]
        assert not re.search(r"<(script|img|svg|iframe|style|form|video)|\son\w+=", message["content"].replace("&", ""))
    assert visible(made[0]["content"]).startswith("".join(text.splitlines()))


def test_each_verdict_has_a_sign_and_words_of_its_own() -> None:
    cited = tuple(
        citation(n, verdict=verdict)
        for n, verdict in enumerate(("verbatim", "figures_match", "partial", "unsupported"), 1)
    )
    made = render.answer_html(answer("甲[1]乙[2]丙[3]丁[4]", citations=cited), 0, SAY)
    signs = re.findall(r'<a class="cite[^>]*><span class="sr">[^<]*</span>(\d)([^<]?)</a>', made)
    assert signs == [("1", ""), ("2", "≈"), ("3", "~"), ("4", "?")]
    for verdict in ("原文如此", "数字与原文一致", "部分核实", "未能核实"):
        assert verdict in made
    assert "其中 2 处未能完全核实" in made


def test_a_growing_answer_has_no_actions_and_a_broken_one_can_be_asked_again() -> None:
    growing = render.messages([Turn("问", answer=answer())], "en", growing=True)[1]["content"]
    assert "do:copy" not in growing
    broken = render.messages([Turn("问")], "en")[1]["content"]
    assert "do:retry:0" in broken and "interrupted" in broken


def test_warnings_that_the_text_gives_already_are_not_given_twice() -> None:
    from assistant.models import Warning

    warning = Warning("period", ("甲市",), "统计期不同。")
    comparison = Comparison("驿站", ("甲市",), (), None, (), (warning,), 1, 1)
    for text, times in (("甲[1]\n\n> 统计期不同。", 1), ("甲[1]", 1)):
        made = render.answer_html(answer(text, comparison=comparison), 0, SAY)
        assert made.count("统计期不同") == times


@pytest.mark.parametrize(("given", "tag"), [(1, "<blockquote"), (4, "<details")])
def test_warnings_beyond_many_of_the_text_are_folded_away(given: int, tag: str) -> None:
    from assistant.models import Warning

    told = tuple(Warning("scope", ("甲市",), f"口径不同之{n}。") for n in range(given))
    warnings = (*told, Warning("approximate", ("甲市",), "含约数。"))
    comparison = Comparison("驿站", ("甲市",), (), None, (), warnings, 1, 1)
    text = "\n".join(["甲[1]\n", *(f"> {one.text}" for one in told)])
    made = render.answer_html(answer(text, comparison=comparison), 0, SAY)
    assert f'{tag} class="note">' in made and made.count("含约数") == 1


def test_the_copied_text_names_each_source_with_its_place() -> None:
    assert render.plain_text(answer(), "zh-Hans") == (
        "甲市建成1204家[1]。\n\n[1] 甲市 · 2024年：“建成驿站1204家”（甲.txt，第 10–20 字；原文如此）\n"
    )


# --- the text of a report -------------------------------------------------------------------

SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(min(pair), max(pair)))
NOTES = st.lists(
    st.builds(Note, SPANS, st.sampled_from(["cited", "fig", "lost", "chg"]), st.sampled_from(["", "1-2", "3-4"])),
    max_size=8,
)


@given(WILD, NOTES)
@settings(max_examples=300)
def test_notes_never_change_the_characters_of_a_text(text: str, notes: list[Note]) -> None:
    made = woven(text, Span(0, len(text)), notes)
    assert visible(made) == text
    assert tags(made) <= {"mark", "span"}


@given(WILD, NOTES)
def test_the_marked_characters_are_exactly_those_of_the_note(text: str, notes: list[Note]) -> None:
    span = Span(min(3, len(text)), min(9, len(text)))
    made = woven(text, Span(0, len(text)), [*notes, Note(span, "cited", "me")])
    pieces = re.findall(r'<mark [^>]*data-c="[^"]*\bme\b[^"]*"[^>]*>([^<]*)</mark>', made)
    assert "".join(html.unescape(piece) for piece in pieces) == span.of(text)


@pytest.mark.parametrize("view", ["repaired", "received", "both", "nonsense"])
def test_the_reader_shows_a_cited_span_in_every_view(view: str) -> None:
    from tests.pages.double import Double

    report = Double().report("ding.txt")
    start = report.original.text.index("建成驛站")
    made = render.reader_html(report, Place(report.id, (start, start + 11), view=view), SAY)
    shown = "".join(re.findall(r'<mark class="cited[^"]* on"[^>]*>([^<]*)</mark>', made))
    received, repaired = report.original.text[start : start + 11], "建成驿站，约860家"
    assert shown == {"received": received, "both": repaired + received}.get(view, repaired)
    assert "<script" not in made and "&lt;script&gt;" in made


@given(st.integers(-5, 10**9), st.integers(-5, 10**9))
def test_offsets_from_an_address_are_clipped_to_the_report(start: int, end: int) -> None:
    from tests.pages.double import Double

    report = Double().report("bing.txt")
    made = render.reader_html(report, Place(report.id, (start, end)), SAY)
    assert "新建驿站" in visible(made)


def test_a_computed_result_says_so_beside_it() -> None:
    computed = {"892家": Markup("<i>算出</i>")}
    made = to_html("多**892家**（1204[1]）", CHIPS, {}, computed, table_label="t")
    assert made == "<p>多<strong>892家</strong><i>算出</i>（1204<a>1</a>）</p>"


@pytest.mark.parametrize(
    ("language", "city", "period", "topic"),
    [
        ("en", "Wuhu", "the past five years", "Rest station"),
        ("zh-Hant", "蕪湖市", "過去五年", "工會驛站"),
        ("zh-Hans", "芜湖市", "过去五年", "工会驿站"),
    ],
)
def test_cities_periods_and_topics_are_named_in_the_readers_language(
    language: Language, city: str, period: str, topic: str
) -> None:
    cited = (citation(city="芜湖市", period="过去五年"),)
    whole = answer(citations=cited, carried_cities=("芜湖市",), carried_topic="工会驿站")
    shown = visible(render.answer_html(whole, 0, words(language)))
    assert f"{city} · {period}" in shown
    assert f"{topic} ×" in shown
    assert f"{city} · {period}" in render.plain_text(whole, language)


def test_one_thing_is_not_several_in_english() -> None:
    assert "1 citation, printed so" in visible(render.answer_html(answer(), 0, words("en")))


def test_a_warning_in_the_other_script_is_not_told_twice() -> None:
    compared = Comparison("驿站", (), (), None, (), (Warning("period", (), "统计期不同。"),), 1, 1)
    whole = answer("> 統計期不同。", language="zh-Hant", comparison=compared)
    assert visible(render.answer_html(whole, 0, words("zh-Hant"))).count("期不同") == 1


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("45个[1]（2024年）", '<td class="num">45个<a>1</a><small>2024年</small></td>'),
        ("45个[2]（今后五年，目标）", '<td class="num">45个<a>2</a><i>目标</i><small>今后五年</small></td>'),
        ("45个[2]（目标）", '<td class="num">45个<a>2</a><i>目标</i></td>'),
        ("45个[1] (2024, doubtful)", '<td class="num">45个<a>1</a><small>2024, doubtful</small></td>'),
        ("报告未提及", '<td class="none">报告未提及</td>'),
    ],
)
def test_what_a_cell_says_after_its_mark_stands_below_it_and_a_tag_says_its_own_part(cell: str, shown: str) -> None:
    made = to_html(f"| | 甲 |\n|---|---|\n| 驿站 | {cell} |", CHIPS, {2: Markup("<i>目标</i>")}, {}, table_label="t")
    assert shown in made


@pytest.mark.parametrize(
    ("label", "language", "shown"),
    [
        ("工会驿站", "en", "Rest station"),
        ("省级工会驿站", "en", "Provincial rest station"),
        ("样板工会驿站", "en", "… rest station"),
        ("工会驿站", "zh-Hans", ""),
        ("stations", "en", ""),
    ],
)
def test_an_english_reader_is_told_what_a_chinese_row_is(label: str, language: Language, shown: str) -> None:
    assert topic_gloss(label, words(language)) == shown


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("2020年和“十三五”时期", "2020 and the thirteenth Five-Year Plan"),
        ("“九五”时期", "the ninth Five-Year Plan"),
        ("十五期间", "the tenth Five-Year Plan"),
        ("过去六年", "the past six years"),
        ("今后5年", "the next five years"),
        ("2018年以来", "since 2018"),
        ("本届政府和2020年", "本届政府和2020年"),
    ],
)
def test_a_period_is_told_in_english_or_stays_as_printed(label: str, english: str) -> None:
    assert period_name(label, words("en")) == english


@pytest.mark.parametrize(
    ("question", "cities", "turn", "bars"),
    [
        ("哪个多", 2, 0, 0),
        ("哪个多", 3, 0, 3),
        ("画个图", 2, 0, 2),
        ("哪个多", 2, -1, 2),  # the comparison view
    ],
)
def test_a_chart_is_drawn_of_three_cities_or_where_one_is_wanted(
    question: str, cities: int, turn: int, bars: int
) -> None:
    named = ("甲市", "乙市", "丙市")[:cities]
    cells = {
        city: AnswerFigure(city, "驿站", f"{n}家", n, "家", None, "achieved", "2024年", 1)
        for n, city in enumerate(named, 5)
    }
    compared = Comparison("驿站", named, (Row("驿站", "家", dict(cells)),), None, (), (), cities, cities)
    made = render.answer_html(answer(question=question, comparison=compared), turn, SAY)
    assert made.count('<a class="bar"') == bars


@pytest.mark.parametrize(
    ("place", "told"),
    [("page 3", "第 3 页"), ("paragraph 12", "第 12 段"), ("table 2.4", "表 2.4"), ("elsewhere", ""), (None, "")],
)
def test_a_source_names_its_page_paragraph_or_table(place: str | None, told: str) -> None:
    assert render.whence(citation(place=place), SAY) == " · ".join(part for part in ("甲市", "2024年", told) if part)
