"""The library and the comparison on the page: add, refuse, correct, remove, undo; pick, compare, export."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.pages.browsing import Server, ask, go_on, in_view, ready, serving
from tests.pages.conftest import OpenPage, watch
from tests.pages.speed import FILE, TITLE, long_report
from tests.reports.files import pdf_of_pages


def rows(page: Any) -> list[str]:
    texts: list[str] = page.locator(".lib-table .title").all_inner_texts()
    return texts


@pytest.fixture
def library(browser: Any, tmp_path: Path) -> Any:
    """The library view of a server of its own, because these tests change the library."""
    faults: list[str] = []
    with serving("double", tmp_path) as server:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page = context.new_page()
        watch(page, server.url, faults)
        ready(page, server.url)
        page.click('button[value="do:go:library"]')
        yield page
        context.close()
    assert not faults, "\n".join(faults)


def test_files_are_added_or_refused_with_reasons_and_can_be_asked_about_at_once(library: Any, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("子目录/../己市.txt", "己市工会工作\n建成驿站77家。\n")
        archive.writestr("__MACOSX/._己市.txt", "x")
    page = library
    page.set_input_files(
        "#ra-files input[type=file]",
        [
            {"name": "戊市.txt", "mimeType": "text/plain", "buffer": "戊市工会工作\n建成驿站66家。\n".encode()},
            {"name": "空.txt", "mimeType": "text/plain", "buffer": b" "},
            {"name": "坏.zip", "mimeType": "application/zip", "buffer": b"PK nothing"},
            {"name": "一批.zip", "mimeType": "application/zip", "buffer": packed.getvalue()},
        ],
    )
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 6")
    page.wait_for_function("document.querySelectorAll('.adding li').length == 4")
    told = page.locator(".adding li").all_inner_texts()
    assert any("坏.zip" in line and "压缩包已损坏" in line for line in told)
    assert any("空.txt" in line and "文件是空的" in line for line in told)
    assert sum("已加入" in line for line in told) == 2
    page.wait_for_function("document.querySelector('header.top .lib').textContent.startsWith('6 份')")


def drop(page: Any, *paths: Path) -> None:
    """Lets files and folders of this machine go in the middle of the page, as a mouse does."""
    devtools = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 400, "data": data})


def test_files_folders_and_zips_are_dropped_wherever_on_the_page(library: Any, tmp_path: Path) -> None:
    page, given = library, tmp_path / "given"
    (given / "年度" / "深处").mkdir(parents=True)
    (given / "年度" / "戊市.txt").write_text("戊市工会工作\n建成驿站66家。\n", "utf-8")
    (given / "年度" / ".DS_Store").write_bytes(b"kept by a system")
    (given / "年度" / "深处" / "己市.txt").write_text("己市工会工作\n建成驿站77家。\n", "utf-8")
    (given / "庚市.txt").write_text("庚市工会工作\n建成驿站88家。\n", "utf-8")
    with zipfile.ZipFile(given / "一批.zip", "w") as archive:
        archive.writestr("辛市.txt", "辛市工会工作\n建成驿站99家。\n")
    page.click('button[value="do:go:ask"]')
    drop(page, given / "年度")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 6")
    assert page.locator("#ra-files").is_visible()
    page.wait_for_selector("#ra-files input[type=file]", state="attached")
    drop(page, given / "庚市.txt", given / "一批.zip")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 8")
    assert page.locator(".adding li").count() == page.locator(".adding li.added").count() == 2


def test_files_dropped_while_others_are_added_come_next(browser: Any, tmp_path: Path) -> None:
    faults: list[str] = []
    given = [tmp_path / f"{'慢' if n == 1 else '戊'}{n}.txt" for n in range(9)]
    for n, path in enumerate(given):
        path.write_text(f"戊市{n}工会工作\n建成驿站{n}家。\n", "utf-8")
    with serving("slow", tmp_path / "home") as server:
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        watch(page, server.url, faults)
        ready(page, server.url)
        drop(page, *given[:3])
        page.wait_for_selector(".adding .busy")
        drop(page, *given[3:6])
        page.wait_for_selector(".toast:has-text('排在后面')")
        go_on(server, given[1].name)
        drop(page, *given[6:])
        page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 13", timeout=60000)
        page.context.close()
    assert not faults, "\n".join(faults)


def test_too_large_a_file_is_refused_in_the_readers_language(library: Any, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(51 * 2**20)
    library.set_input_files("#ra-files input[type=file]", large)
    library.wait_for_selector(".toast")
    assert "最大 50 MB" in library.inner_text(".toast")
    assert library.locator("[data-testid=toast-body]:visible").count() == 0


def test_adding_is_stopped_and_what_was_added_stays(browser: Any, tmp_path: Path) -> None:
    with serving("slow", tmp_path) as server:
        page = browser.new_context(locale="zh-CN").new_page()
        ready(page, server.url)
        page.click('button[value="do:go:library"]')
        files = [
            {
                "name": f"{'慢' if n == 9 else '戊'}{n}.txt",
                "mimeType": "text/plain",
                "buffer": f"戊市{n}\n建成驿站{n}家。\n".encode(),
            }
            for n in range(1, 30)
        ]
        page.set_input_files("#ra-files input[type=file]", files)
        page.wait_for_selector(".adding .added")
        assert "共 29 份" in page.inner_text(".adding .busy")
        with page.expect_response(lambda got: got.request.method == "POST"):
            page.click("#ra-halt")
        go_on(server, "慢9.txt")
        page.wait_for_function("document.querySelector('.adding')?.textContent.startsWith('已停止')")
        added = page.locator(".adding li.added").count()
        assert 1 <= added < 29
        page.wait_for_timeout(1500)  # nothing that was under way may come after it
        assert page.inner_text(".adding").startswith("已停止")
        assert page.locator(".lib-table tbody tr").count() == 4 + added
        page.context.close()


def test_a_profile_is_corrected_and_a_removed_report_comes_back(library: Any) -> None:
    page = library
    page.locator('tr:has-text("乙市工会") button', has_text="更正").click()
    page.fill("#correct-city", "乙乙市")
    page.click('dialog button[value="do:corrected"]')
    page.wait_for_selector('.lib-table td:has-text("乙乙市")')
    page.locator('tr:has-text("丙市工会") button', has_text="移除").click()
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 3")
    page.wait_for_function("document.querySelector('header.top .lib').textContent.startsWith('3 份')")
    page.locator(".note button", has_text="撤销").click()
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 4")


def test_a_report_is_read_again_from_its_row_with_what_was_corrected(library: Any) -> None:
    page = library
    page.locator('tr:has-text("乙市工会") button', has_text="更正").click()
    page.fill("#correct-city", "乙乙市")
    page.click('dialog button[value="do:corrected"]')
    page.locator('tr:has-text("乙市工会"):has-text("乙乙市") button', has_text="重读").click()
    page.wait_for_selector('.note:has-text("已重新读取")')
    assert page.locator('.lib-table tr:has-text("乙市工会"):has-text("乙乙市")').count() == 1
    assert len(rows(page)) == 4


def test_the_table_is_sorted_filtered_and_opens_a_report(open_page: OpenPage) -> None:
    page = open_page()
    page.click('button[value="do:go:library"]')
    page.locator(".lib-table thead button", has_text="数字").click()
    assert rows(page)[-1].startswith("甲市")
    page.locator(".lib-table thead button", has_text="数字").click()
    assert rows(page)[0].startswith("甲市")
    page.fill("#lib-filter", "丙市")
    assert page.locator(".lib-table tbody tr:visible").count() == 1
    page.locator(".lib-table .title:visible").click()
    page.wait_for_selector("#reader-root")
    assert page.inner_text("#reader-root h2") == "丙市工会今后五年这么干"


def test_a_report_of_200_000_characters_opens_and_shows_its_whole_text(library: Any) -> None:
    content = long_report()
    page = library
    page.set_input_files("#ra-files input[type=file]", [{"name": FILE, "mimeType": "text/plain", "buffer": content}])
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 5")
    page.locator(".lib-table .title", has_text=TITLE).click()
    page.wait_for_function("name => document.querySelector('#reader-root')?.dataset.name == name", arg=FILE)
    shown = page.inner_text("#reader-text")
    assert len(content.decode()) > 200_000
    assert shown.startswith(TITLE) and "建成驿站1199家" in shown
    assert page.locator('[data-drawer="figures"] li').count() == 2 * 1199, "a figure is missing from the list"


def test_cities_and_a_topic_are_picked_compared_and_exported(open_page: OpenPage) -> None:
    page = open_page()
    page.click('button[value="do:go:compare"]')
    page.wait_for_selector(".matrix")
    assert page.locator(".matrix tbody tr").count() == 5
    assert page.locator(".matrix tbody tr").nth(1).locator("td.has").count() == 1
    page.uncheck('input[name=city][value="丁市"]')
    page.wait_for_function("document.querySelectorAll('.matrix thead th').length == 4")
    page.locator(".topic", has_text="驿站").first.click()
    page.wait_for_selector(".result .answer table")
    assert "甲市最多" in page.inner_text(".result")
    page.locator(".result td a.cite").nth(1).click()
    page.wait_for_selector("#reader-text mark.on")
    assert "".join(page.locator("#reader-text mark.on").all_inner_texts()) == "建成驿站312家"
    with page.expect_download() as waiting:
        page.click('button[value="do:export:csv"]')
    lines = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert lines[1][:3] == ["总数", "甲市", "1204家"] and lines[1][-1] == "建成驿站1204家"
    assert len(lines) == 1 + 3 * 3
    with page.expect_download() as waiting:
        page.click('button[value="do:export:md"]')
    text = Path(waiting.value.path()).read_text("utf-8")
    assert "| 总数 | 1204家" in text and "建成驿站1204家" in text
    with page.expect_download() as waiting:
        page.click('button[value="do:export:xlsx"]')
    cells = [
        cell
        for sheet in load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
        for row in sheet.values
        for cell in row
    ]
    assert 1204 in cells and "建成驿站312家" in cells
    with page.expect_download() as waiting:
        page.click('button[value="do:export:docx"]')
    with zipfile.ZipFile(waiting.value.path()) as packed:
        assert "建成驿站312家" in packed.read("word/footnotes.xml").decode()


def test_the_focus_and_the_place_in_the_matrix_outlive_a_comparison(open_page: OpenPage) -> None:
    page = open_page(height=560)
    page.click('button[value="do:go:compare"]')
    page.wait_for_selector(".matrix")
    page.fill("#topic-filter", "工")
    last = page.locator(".topic:visible").last
    last.focus()
    top = page.evaluate("document.querySelector('.matrix').scrollTop")
    page.keyboard.press("Enter")
    page.wait_for_selector(".result .answer")
    assert page.evaluate("document.activeElement.dataset.topic") == last.get_attribute("data-topic")
    assert page.input_value("#topic-filter") == "工"
    assert page.locator(".topic:visible").count() < 5
    assert page.evaluate("document.querySelector('.matrix').scrollTop") == top
    assert in_view(page, ".result .answer p", "#ra-compare")
    page.focus('input[name=city][value="丁市"]')
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelectorAll('.matrix thead th').length == 4")
    assert page.evaluate("document.activeElement.value") == "丁市"


def test_the_table_stays_sorted_and_the_focus_goes_to_the_undoing_of_a_removal(library: Any) -> None:
    page = library
    page.locator(".lib-table thead button", has_text="报告").click()
    before = rows(page)
    assert len(before) == 4
    page.locator(".lib-table tr", has_text="丙市工会").get_by_text("移除").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 3")
    assert rows(page) == [title for title in before if not title.startswith("丙市")]
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.lib-table tbody tr').length == 4")
    assert rows(page) == before


def test_pages_of_a_pdf_that_are_pictures_are_named_in_the_library_and_the_reader(browser: Any, tmp_path: Path) -> None:
    sentence = "嘉禾市总工会2024年工作总结。全市建成驿站66家，服务职工八百人。"
    with serving("seeds", tmp_path) as server:
        page = browser.new_context(locale="zh-CN").new_page()
        ready(page, server.url)
        page.click('button[value="do:go:library"]')
        scan = {
            "name": "嘉禾.pdf",
            "mimeType": "application/pdf",
            "buffer": pdf_of_pages([sentence, "picture", sentence]),
        }
        page.set_input_files("#ra-files input[type=file]", [scan])
        row = page.locator(".lib-table tr", has_text="嘉禾.pdf")
        row.wait_for()
        assert "第 2 页未读" in row.inner_text()
        row.locator(".title").click()
        page.wait_for_selector("#reader-root")
        assert "第 2 页是图片" in page.inner_text("#reader-root .unread")
        assert page.locator("#reader-text .leaf").evaluate_all("leaves => leaves.map(leaf => leaf.title)") == [
            "第 1 页",
            "第 3 页",
        ]
        page.context.close()


def test_an_empty_library_leads_to_adding_reports(open_page: OpenPage) -> None:
    page = open_page("empty")
    assert page.inner_text("header.top .lib") == "报告库是空的"
    page.click(".welcome .primary")
    assert page.locator("#ra-files").is_visible()


def test_the_first_indexing_is_shown_and_the_page_can_be_used_meanwhile(
    open_page: OpenPage, servers: Callable[[str], Server]
) -> None:
    page = open_page("starting")
    assert "正在准备报告库" in page.inner_text(".starting")
    ask(page, "甲市建成多少家驿站？")
    go_on(servers("starting"), "indexed")
    page.wait_for_selector(".starting", state="detached")
    assert page.locator("#ra-chat .acts").count() == 1
