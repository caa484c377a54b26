"""Taking reports out while others ask, and putting them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import bootstrap
from assistant.errors import ReportError, ReportNotFound, StorageFull
from assistant.index.build import Index
from assistant.index.library import Library
from assistant.models import AddResult, Report
from assistant.service import Assistant
from assistant.settings import Settings

TEXT = "温州市总工会2024年工作总结\n\n温州市总工会新建户外劳动者驿站312家，服务职工15.6万人次。\n"
OTHER = "金华市总工会2024年工作总结\n\n金华市总工会新建户外劳动者驿站88家，服务职工2.5万人次。\n"


def added(assistant: Assistant, name: str, text: str) -> str:
    told = [item for item in assistant.add([(name, text.encode())]) if isinstance(item, AddResult)]
    return str(told[-1].report_id)


def test_a_report_taken_out_in_mid_question_is_left_out_and_the_others_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = bootstrap.build(Settings(home=tmp_path))
    real = Library.report
    try:
        added(assistant, "a.txt", TEXT)
        number = added(assistant, "b.txt", OTHER)

        def report(library: Library, id_or_name: str) -> Report:
            if id_or_name == number and library.summaries()[1:]:
                assistant._index.remove(number)  # as another reader does at this moment
            return real(library, id_or_name)

        monkeypatch.setattr(Library, "report", report)
        answer = assistant.ask("温州和金华各新建了多少家户外劳动者驿站？")
        assert "312家" in answer.text and "88" not in answer.text
        assert {citation.report for citation in answer.citations} == {"a.txt"}
        with pytest.raises(ReportNotFound):
            assistant.report(number)
    finally:
        assistant.close()


def test_a_removed_report_that_cannot_be_put_back_now_can_be_put_back_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageFull(en="There is no room left.", zh="磁盘空间不足。")

    assistant = bootstrap.build(Settings(home=tmp_path))
    try:
        number = added(assistant, "a.txt", TEXT)
        assistant.remove(number)
        with monkeypatch.context() as patched:
            patched.setattr(Index, "add", full)
            with pytest.raises(ReportError, match="no room"):
                assistant.restore(number)
        assistant.restore(number)
        assert [line.name for line in assistant.reports()] == ["a.txt"]
    finally:
        assistant.close()
