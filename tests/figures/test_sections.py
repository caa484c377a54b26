"""What is told of the last of several years is dated with that year, however the section begins to speak of it."""

from __future__ import annotations

import pytest

from assistant.reading import read

HEAD = "保山市政府工作报告\n\n——2022年2月18日在保山市第六届人民代表大会第一次会议上\n\n一、过去五年工作回顾\n\n过去的五年，我们新建学校131所。\n\n"


@pytest.mark.parametrize(
    "opening",
    [
        "五年中，我们经受了考验。特别是2021年，我们攻坚突破。",
        "各位代表，刚刚过去的一年殊为不易。",
        "一年来的主要工作和成效是：",
    ],
)
def test_figures_after_words_of_the_last_year_are_of_that_year(opening: str) -> None:
    report = read("保山市.txt", f"{HEAD}{opening}\n\n一是经济稳中向好。新增企业81家。\n".encode())
    periods = {figure.text: figure.period.label for figure in report.figures}
    assert periods["131所"] == "过去五年"
    assert periods["81家"] == "2021年"


def test_in_a_report_since_a_meeting_the_year_just_past_is_that_year() -> None:
    text = (
        "保山市政府工作报告\n\n——2022年2月18日在保山市第七届人民代表大会第一次会议上\n\n一、本届政府工作回顾\n\n"
        "市六届人大一次会议以来，我们新建学校131所。\n\n"
        "各位代表！刚刚过去的2021年，极不平凡。新增企业81家。\n\n二、今后五年目标任务\n\n新建学校90所。\n"
    )
    periods = {figure.text: figure.period.label for figure in read("保山市.txt", text.encode()).figures}
    assert periods["81家"] == "2021年"
    assert periods["131所"] != "2021年" != periods["90所"]
