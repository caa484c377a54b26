"""Figures of tables: the row names what is counted, the column the period; the unit may stand in either."""

from __future__ import annotations

import pytest

from assistant.models import Figure
from assistant.reading import read

TITLE = "# 滁州市总工会2024年工作总结\n\n一、2024年工作回顾\n\n全市工会主动作为，服务大局。\n\n"


def figures_of(*rows: str) -> tuple[Figure, ...]:
    lines = [rows[0], "|" + " --- |" * (rows[0].count("|") - 1), *rows[1:]]
    return read("a.md", (TITLE + "\n".join(lines) + "\n").encode("utf-8")).figures


def told(figure: Figure) -> tuple[str, str, float | None, str, str]:
    return figure.label, figure.shown, figure.value, figure.period.label, figure.kind


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ("| 指标 | 2023年 | 2024年 |", "| 职工书屋 | 88个 | 97个 |"),
            [("职工书屋", "88个", 88, "2023年", "achieved"), ("职工书屋", "97个", 97, "2024年", "achieved")],
        ),
        (
            ("| 指标 | 2023年 | 2024年 |", "| 工会会员（万人） | 35.6 | 37.12 |"),
            [
                ("工会会员", "35.6 万人", 356000, "2023年", "achieved"),
                ("工会会员", "37.12 万人", 371200, "2024年", "achieved"),
            ],
        ),
        (
            ("| 序号 | 指标 | 单位 | 2024年 | 增长（%） |", "| 1 | 慰问金 | 万元 | 1,458 | -4.3 |"),
            [("慰问金", "1,458 万元", 14580000, "2024年", "achieved"), ("慰问金 增长", "-4.3 %", -4.3, "2024年", "achieved")],
        ),
        (
            ("| 县区 | 工会驿站（家） | 备注（说明） |", "| 来安县 | 61 | 12 |"),
            [("来安县 工会驿站", "61 家", 61, "2024年", "achieved")],
        ),
        (
            ("| 指标 | 2024年完成 | 2025年目标 |", "| 工会驿站（家） | 205 | 230 |"),
            [("工会驿站", "205 家", 205, "2024年", "achieved"), ("工会驿站", "230 家", 230, "2025年", "target")],
        ),
        (
            ("| 指标 | 2023年 | 2024年 |", "| 慰问金（万元） | 458 | ** |"),
            [("慰问金", "458 万元", 4580000, "2023年", "achieved"), ("慰问金", "**", None, "2024年", "achieved")],
        ),
        (("| 指标 | 2023年 | 2024年 |", "| 工作人员 | 12 | — |"), []),
    ],
)  # fmt: skip
def test_a_cell_has_what_its_row_and_column_say(
    rows: tuple[str, ...], expected: list[tuple[str, str, float | None, str, str]]
) -> None:
    assert [told(figure) for figure in figures_of(*rows)] == expected


def test_the_unit_column_and_the_header_hold_no_figures() -> None:
    found = figures_of("| 指标 | 计量单位 | 总额（万元） |", "| 慰问金 | 万元 | 458 |", "| 帮扶金 | 万元 | - |")
    assert [figure.text for figure in found] == ["458"]


def test_a_number_in_a_cell_is_its_exact_characters() -> None:
    report = read("a.md", (TITLE + "| 指标 | 2024年 |\n| --- | --- |\n| 驿站（家） | 1,205 |\n").encode("utf-8"))
    figure = report.figures[0]
    assert report.repaired.offsets.to_received(figure.span).of(report.original.text) == figure.text == "1,205"
    assert figure.value == 1205
