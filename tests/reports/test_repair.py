"""Repairs: hand-checked cases, the real reports, and what must hold for any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.models import RepairedText, Span
from assistant.reports.repair import repair

ROOT = Path(__file__).parents[2]
CASES = [json.loads(line) for line in (ROOT / "tests/data/repairs.jsonl").read_text(encoding="utf-8").splitlines()]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))

PIECES = [
    *(
        "產(chǎn)",
        "業(yè)",
        "产(chǎn)",
        "学(xué)",
        "习(xí)",
        "?",
        "?wù)?",
        "3",
        "０１",
        "１，０１９",
        "26，530",
        "1,019",
    ),
    *(
        "，",
        "。",
        "、",
        ",",
        ";",
        ":",
        "!",
        "(",
        ")",
        "（次）",
        "(次)",
        "“",
        "”",
        "《",
        "》",
        "工会建成",
        "服务职工",
        "政 府",
    ),
    *(
        "…",
        "——",
        "---",
        "# ",
        "$1.$2",
        "xx",
        "**",
        "一、",
        "（一）",
        "。二、工作安排",
        "首页 > 正文",
        "记者 王",
        "万元",
    ),
    *("（上接A1版）", "％", "App", "the ", "。。", "：：", "<br/>", "<p>", "</p>", "?br/>", "&nbsp;", "&lt;", "&amp;"),
    *("<!--", "-->", "乾", "著", "於", "裏", "輥", "⼯", "⻅", "ﬁ", "4.", "- 3 -"),
]
BLANKS = ["\n", "\n\n", "\r\n", "\r", " ", "\u3000", "\u00a0", "\t", "\x00", "\ufeff", "\ud800", "\u200b", "|"]
texts = st.lists(st.one_of(st.sampled_from(PIECES + BLANKS), st.text(max_size=3)), max_size=40).map("".join)


def check_way_back(repaired: RepairedText, received: str) -> None:
    at = last = 0
    for run in repaired.offsets.runs:
        assert run.start == at
        assert run.received_start >= last
        assert run.length > 0
        assert run.received_length > 0
        at, last = run.start + run.length, run.received_start + run.received_length
    assert at == len(repaired.text)
    assert last <= len(received)


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['rule']}" for n, case in enumerate(CASES, 1)])
def test_a_hand_checked_text_is_repaired_as_expected(case: dict[str, str]) -> None:
    repaired = repair(case["received"])
    assert repaired.text == case["repaired"], case["note"]
    if case["rule"] != "none":
        assert case["rule"] in {change.rule for change in repaired.changes}
    else:
        assert repaired.changes == ()


def test_the_table_of_repairs_is_large_enough() -> None:
    assert len(CASES) >= 60
    assert sum(case["rule"] == "none" for case in CASES) >= 20


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_any_text_is_repaired_once_and_for_all_and_leads_back(text: str) -> None:
    repaired = repair(text)
    check_way_back(repaired, text)
    assert repair(repaired.text).text == repaired.text
    for span in [loss.span for loss in repaired.losses] + [remain.span for remain in repaired.remains]:
        assert 0 <= span.start < span.end <= len(repaired.text)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_real_report_is_repaired_once_and_for_all_and_leads_back(seed: Path) -> None:
    received = seed.read_bytes().decode("utf-8-sig")
    repaired = repair(received)
    check_way_back(repaired, received)
    assert repair(repaired.text).text == repaired.text
    for change in repaired.changes:
        assert change.before == change.received.of(received)
    for loss in repaired.losses:
        assert loss.received == repaired.offsets.to_received(loss.span)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_no_digit_of_a_real_report_is_lost_or_invented(seed: Path) -> None:
    received = seed.read_bytes().decode("utf-8-sig")
    tag = received.find("?br ")
    shown = received if tag < 0 else received[:tag] + received[received.find(">", tag) :]
    digits = [char for char in shown if char.isdigit()]
    assert [char for char in repair(received).text if char.isdigit()] == digits


def test_a_crawled_report_has_neither_readings_nor_traditional_characters_left() -> None:
    repaired = repair(SEEDS[0].read_bytes().decode("utf-8-sig"))
    assert "最美产业工人" in repaired.text
    assert "(chǎn)" not in repaired.text
    assert "，，" not in repaired.text
    assert "产业强市、工业优先" in repaired.text


def test_a_repaired_number_leads_to_its_received_characters() -> None:
    received = "發(fā)展會員１６．１餘萬人,,其中農(nóng)民工8.6萬人。"
    repaired = repair(received)
    at = repaired.text.index("16.1")
    assert repaired.offsets.to_received(Span(at, at + 4)).of(received) == "１６．１"
    at = repaired.text.index("农民工8.6万人")
    assert repaired.offsets.to_received(Span(at, at + 8)).of(received) == "農(nóng)民工8.6萬人"


def test_lines_that_a_page_layout_wrapped_become_paragraphs_again() -> None:
    column = [
        "　　全市各级工会坚持围绕中心服务大局，团结动员广大职工建",
        "功立业，全年开展劳动和技能竞赛322项，参与职工175万人次，建",
        "成工会户外劳动者服务站点280家，新建工人文化宫5个，深入2",
        "67家企业开展用工体检，调解代理仲裁和诉讼案件2000余件，走访",
        "- 3 -",
        "慰问职工40161人次，资助困难职工子女2304名，惠及职工7273人",
        "次。",
        "二、存在的问题",
        "　　基层组织覆盖面还不够广，服务职工的能力还需要不断提升，",
        "工会干部队伍建设有待加强，经费保障水平与职工期待仍有一些差距。",
        "　　各县区工会要认真研究解决这些问题，切实改进作风，把各项",
        "任务落到实处。",
    ]
    paragraphs = repair("\n".join(column)).text.split("\n")
    assert len(paragraphs) == 4
    assert "深入267家企业" in paragraphs[0]
    assert "走访慰问职工40161人次" in paragraphs[0]
    assert paragraphs[1] == "二、存在的问题"
