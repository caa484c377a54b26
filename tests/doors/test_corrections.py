"""What a reader corrects by hand in a profile, through the facade that every front end uses."""

from __future__ import annotations

from pathlib import Path

from assistant import bootstrap
from assistant.models import AddResult
from assistant.service import Assistant
from assistant.settings import Settings

TEXT = "温州市总工会2024年工作总结\n\n温州市总工会新建户外劳动者驿站312家，服务职工15.6万人次。\n"


def added(assistant: Assistant, name: str, text: str) -> AddResult:
    return [item for item in assistant.add([(name, text.encode())]) if isinstance(item, AddResult)][-1]


def test_a_report_that_a_reader_calls_a_plan_is_told_as_targets_until_that_is_taken_back(tmp_path: Path) -> None:
    text = "温州市总工会2024年工作\n\n温州市总工会新建户外劳动者驿站312家，服务职工15.6万人次。\n"
    assistant = bootstrap.build(Settings(home=tmp_path))
    try:
        number = str(added(assistant, "a.txt", text).report_id)
        assert {figure.kind for figure in assistant.report(number).figures} == {"achieved"}
        assistant.correct(number, kind="plan")
        assert {figure.kind for figure in assistant.report(number).figures} == {"target"}
        assert assistant.ask("温州新建了多少家驿站？").figures[0].kind == "target"
        assistant.remove(number)
        assistant.restore(number)
        assert {figure.kind for figure in assistant.report(number).figures} == {"target"}
        assistant.correct(number, kind="")
        assert {figure.kind for figure in assistant.report(number).figures} == {"achieved"}
    finally:
        assistant.close()


def test_an_empty_value_takes_a_correction_back_and_what_came_with_it(tmp_path: Path) -> None:
    assistant = bootstrap.build(Settings(home=tmp_path))
    try:
        number = str(added(assistant, "a.txt", TEXT).report_id)
        read = assistant.report(number)
        assistant.correct(number, city="瓯海区", period="2023年")
        corrected = assistant.report(number)
        assert (corrected.profile.city, corrected.profile.level) == ("瓯海区", "district")
        assert {figure.period.label for figure in corrected.figures} == {"2023年"}
        assistant.reread(number)
        assert assistant.report(number).profile.city == "瓯海区"
        assistant.correct(number, city="", period=" ")
        assert assistant.report(number).profile == read.profile
        assert assistant.report(number).figures == read.figures
    finally:
        assistant.close()
