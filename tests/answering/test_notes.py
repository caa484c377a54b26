"""What a report itself explains of a name is told where that is asked: its notes, whole or the sentence that answers."""

from __future__ import annotations

import pytest

from assistant.answering.built_in.notes import explained
from tests.answering.asking import asked, reports

NOTES = (
    "开展“5+2”专项行动，健全“一核多点”力量，推行“3+1”模式。专项行动：即清垃圾、扫厕所、勤洗手。\n\n"
    "[3]“5+2”专项行动：省里部署的维权、普法、调解、送岗“5个专项行动”和我市部署的清欠、体检“2个专项行动”。\n\n"
    "〔4〕一核多点：以职工服务站为主力，乡镇服务队和村级服务点为辅助的服务力量。\n\n"
    "“四早”要求：早发现、早报告、早隔离、早治疗。\n\n"
    f"5. “3+1”模式：{'推行职工议事、职工监督、职工评议三项制度，' * 12}覆盖企业。“1”是指一个职工议事平台。"
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("保山“5+2”专项行动里，市里自己部署的那两个是什么？", "清欠、体检“2个专项行动”"),
        (
            "保山说的“一核多点”，核是谁，点是谁？",
            "一核多点：以职工服务站为主力，乡镇服务队和村级服务点为辅助的服务力量",
        ),
        ("保山落实的“四早”是什么？", "“四早”要求：早发现、早报告、早隔离、早治疗"),
        ("保山“3+1”模式里的“1”是指什么？", "“1”是指一个职工议事平台"),
    ],
)
def test_the_note_of_the_name_that_is_asked_about_answers(question: str, told: str) -> None:
    [report] = reports(NOTES)
    span = explained(asked(question, (report,)), report)
    assert span is not None and span.of(report.repaired.text).endswith(told)


@pytest.mark.parametrize("question", ["保山“5+2”专项行动是什么时候开展的？", "保山“6+2”专项行动指什么？"])
def test_a_note_is_no_answer_to_when_nor_for_another_name(question: str) -> None:
    [report] = reports(NOTES)
    assert explained(asked(question, (report,)), report) is None
