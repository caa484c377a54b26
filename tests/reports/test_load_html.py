"""HTML: the visible text in order, tables as rows with their header, menus left out."""

from __future__ import annotations

from assistant.reports.load import load


def read(body: str, title: str = "") -> str:
    return load("a.html", f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()).text


def test_blocks_are_lines_and_inline_tags_leave_nothing() -> None:
    assert read("<h1>标题</h1><p>建成<b>工会</b><span>驿站</span>1019家。</p><div>第二段。</div>") == (
        "标题\n建成工会驿站1019家。\n第二段。"
    )


def test_breaks_end_lines_and_source_line_ends_do_not() -> None:
    assert read("<p>第一行<br>第二行\n   仍是第二行</p>") == "第一行\n第二行 仍是第二行"


def test_what_the_reader_does_not_see_is_left_out() -> None:
    hidden = "<p hidden>甲</p><p style='display: none'>乙</p><!-- 丙 -->"
    assert read(f"<script>var a</script><style>p{{}}</style>{hidden}<p>正文。</p>") == "正文。"


def test_menus_footers_and_lists_of_links_are_left_out_and_links_in_the_text_stay() -> None:
    menu = "<ul><li><a href='1'>首页</a></li><li><a href='2'>新闻</a></li><li><a href='3'>公告</a></li></ul>"
    body = f"<nav>导航</nav>{menu}<p>详见<a href='x'>工作报告</a>全文。</p><footer>版权</footer>"
    assert read(body) == "详见工作报告全文。"


def test_a_table_becomes_rows_below_its_header() -> None:
    body = "<table><tr><th>指标</th><th>2023年</th></tr><tr><td>驿站</td><td>1019家</td></tr></table>"
    assert read(body) == "| 指标 | 2023年 |\n| --- | --- |\n| 驿站 | 1019家 |"


def test_merged_cells_are_told_in_every_row_and_column_they_cover() -> None:
    body = (
        "<table><tr><th rowspan=2>地区</th><th colspan=2>驿站</th></tr><tr><th>国家级</th><th>省级</th></tr>"
        "<tr><td rowspan=2>甲县</td><td>17</td><td>25</td></tr><tr><td>18</td><td>26</td></tr></table>"
    )
    assert read(body).split("\n") == [
        "| 地区 | 驿站 国家级 | 驿站 省级 |",
        "| --- | --- | --- |",
        "| 甲县 | 17 | 25 |",
        "| 甲县 | 18 | 26 |",
    ]


def test_cells_that_claim_to_cover_everything_do_not_make_a_small_page_huge() -> None:
    body = "<table>" + "<tr><td rowspan=50 colspan=50>驿站12家</td><td>完</td></tr>" * 100 + "</table>"
    page = read(body)
    assert page.count("完") >= 100
    assert len(page) < 300_000


def test_a_table_that_only_lays_out_a_page_is_read_as_text() -> None:
    long = "全市建成工会驿站，服务户外劳动者。" * 20
    assert read(f"<table><tr><td>栏目</td><td><p>{long}</p><p>完。</p></td></tr></table>") == f"栏目\n{long}\n完。"


def test_a_bar_in_a_cell_does_not_split_it() -> None:
    body = "<table><tr><td>甲|乙</td><td>丙</td></tr></table>"
    assert read(body) == "| 甲｜乙 | 丙 |"


def test_the_title_comes_first_where_the_page_does_not_print_one() -> None:
    assert read("<p>正文在此。</p>", "某市总工会工作报告 - 某某网") == "某市总工会工作报告\n正文在此。"
    assert read("<h1>大标题</h1><p>正文在此。</p>", "另一标题_某某网") == "大标题\n正文在此。"
    assert read("<div>某市总工会工作报告</div><p>正文。</p>", "某市总工会工作报告") == "某市总工会工作报告\n正文。"


def test_every_anchor_leads_to_its_paragraph_or_row() -> None:
    table = "<table><tr><th>一</th><th>二</th></tr><tr><td>3</td><td>4</td></tr></table>"
    page = f"<html><body><p>甲段。</p>{table}<p>乙段。</p></body></html>"
    original = load("a.html", page.encode())
    assert [(a.kind, a.label, a.received.of(original.text)) for a in original.anchors] == [
        ("paragraph", "1", "甲段。"),
        ("table", "1.1", "| 一 | 二 |"),
        ("table", "1.2", "| 3 | 4 |"),
        ("paragraph", "2", "乙段。"),
    ]


def test_entities_are_characters_and_an_xml_declaration_does_no_harm() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?><html><body><p>6.5&permil;&nbsp;以内 A&amp;B</p></body></html>'
    assert load("a.xhtml", page.encode()).text == "6.5‰\u00a0以内 A&B"
