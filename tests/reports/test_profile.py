"""Profiles: whose report, of what time, review or plan, each with where it was read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.models import Original, Profile
from assistant.reports.profile import profile
from assistant.reports.repair import repair
from tests.quality import profile_corpus

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "data" / "profiles.jsonl").read_text("utf-8").splitlines()
]


def profile_of(text: str, name: str = "report.txt") -> Profile:
    return profile(Original(name, "", text, "txt", "utf-8"), repair(text))


def test_the_table_holds_sixty_profiles_of_which_forty_are_of_real_reports() -> None:
    assert len(CASES) >= 60
    assert sum(case["source"] != "written for this test" for case in CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['source']}-{case['text'][:12].strip()}")
def test_a_hand_checked_profile_is_told(case: dict[str, Any]) -> None:
    found = profile_of(case["text"], case["file"])
    assert (found.city, found.province, found.level) == (case["city"], case["province"], case["level"])
    assert (found.body, found.kind, found.written) == (case["body"], case["kind"], case["written"])
    assert (found.period.label, found.period.start, found.period.end) == (case["period"], case["start"], case["end"])


@pytest.mark.parametrize("case", CASES[::5], ids=lambda case: case["source"])
def test_every_decided_field_says_how_and_where(case: dict[str, Any]) -> None:
    found = profile_of(case["text"], case["file"])
    text = repair(case["text"]).text
    for name in ("city", "body", "written"):
        if getattr(found, name) is not None:
            finding = found.findings[name]
            assert finding.how
            assert finding.span is None or finding.span.of(text)
    if found.period.kind != "unknown":
        assert "period" in found.findings


def test_nothing_is_guessed_where_the_print_says_nothing() -> None:
    found = profile_of("工作情况\n\n各级工会组织开展活动，服务职工。\n")
    assert (found.city, found.province, found.level, found.written) == (None, None, None, None)
    assert found.period.kind == "unknown"
    assert "city" not in found.findings


def test_the_file_name_is_the_last_resort_and_is_named_as_such() -> None:
    found = profile_of("工作情况\n\n各级工会组织开展活动，服务职工。\n", "衡水市.txt")
    assert found.city == "衡水市"
    assert found.findings["city"].how == "file name"
    assert found.findings["city"].certainty == "likely"
    other = profile_of("株洲市总工会2023年工作总结\n\n2023年，株洲市总工会帮扶职工300人。\n", "衡水市.txt")
    assert other.city == "株洲市"


def test_places_named_in_passing_do_not_win() -> None:
    text = (
        "劳动最光荣\n\n2023年，宿迁市总工会组织职工赴南京、苏州、无锡学习，承办江苏省职工运动会，接待浙江省宁波市考察团。"
        "江苏省总工会、全国总工会给予肯定。宿迁市各级工会开展竞赛60场。沭阳县、泗洪县、泗阳县总工会积极参与。\n"
    )
    assert profile_of(text).city == "宿迁市"


def test_a_year_reasoned_from_an_anniversary_says_so() -> None:
    found = profile_of("工会新篇\n\n宿迁市总工会不断前行。今年是新中国成立75周年，全市各级工会将继续奋斗。\n")
    assert found.written == "2024"
    assert found.findings["written"].how.startswith("reasoned")
    assert found.findings["written"].certainty == "likely"


def test_captions_above_a_report_are_not_its_title() -> None:
    captions = "举办职工运动会\n开展送清凉活动\n召开工会代表大会\n举行技能竞赛颁奖仪式\n"
    body = "宿迁市工会第五次代表大会以来，全市各级工会团结奋斗，工会工作实现新发展，职工生活品质持续提升。\n"
    found = profile_of(captions + body)
    assert found.title == "宿迁市工会第五次代表大会以来"
    assert found.findings["title"].certainty == "guess"


def test_the_measure_reads_nothing_off_the_file_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "宿迁市政府工作报告\n\n——2024年1月9日在宿迁市第六届人民代表大会第三次会议上\n\n2023年，全市经济稳中向好。\n"
    (tmp_path / "宿迁市_2024.md").write_text(text, encoding="utf-8")
    assert profile_corpus.main([str(tmp_path)]) == 0
    (tmp_path / "衡水市_2019.md").write_text(text, encoding="utf-8")
    assert profile_corpus.main([str(tmp_path), "--failures"]) == 1
    shown = capsys.readouterr().out
    assert "city        1 of 2" in shown
    assert "衡水市_2019.md: 宿迁市" in shown
    assert profile_corpus.main([str(tmp_path / "empty")]) == 2


@pytest.mark.parametrize(
    ("signature", "kind"),
    [
        ("\n记者 王建明\n", "news"),
        ("\n市融媒体中心记者 李小兰 通讯员 周大勇\n", "news"),
        ("邀请记者采访劳模12人。\n", "work report"),
    ],
)
def test_an_article_that_a_reporter_signs_is_news_though_it_reviews_a_year(signature: str, kind: str) -> None:
    text = f"奋进的一年\n2024年，清远市总工会建成驿站12家，服务职工300人。全年培训职工800人次。{signature}"
    found = profile_of(text, "清远.txt")
    assert (found.kind, found.period.label) == (kind, "2024年")
