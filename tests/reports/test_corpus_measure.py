"""The measure over a folder of reports: it counts what holds, and notices what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.models import OffsetMap, Report
from assistant.reading import read
from tests.quality import corpus

TEXT = (
    "宿遷市政府工作報告\n\n——2024年1月9日在宿遷市第六屆人民代表大會第三次會議上\n\n"
    "2023年，全市產(chǎn)業(yè)增長５.１%,，新增就業(yè)3萬人，走訪職工?000余人次。\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "宿迁市_2024.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_report_that_needs_every_repair_still_leads_back_everywhere(report: Path) -> None:
    found = corpus.examine(report)
    assert found.failed == []
    assert found.counts["figures lead back to their words"] == found.counts["figures lead back to their words of"] > 0
    assert found.counts["sentences once repaired"] > 0
    assert found.counts["figures at a loss without a value of"] == 1
    assert found.counts["city right"] == found.counts["year right"] == 1


def test_a_map_that_is_one_character_off_is_noticed(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(name: str, content: bytes) -> Report:
        whole = read(name, content)
        runs = tuple(replace(run, received_start=run.received_start + 1) for run in whole.repaired.offsets.runs)
        return replace(whole, repaired=replace(whole.repaired, offsets=OffsetMap(runs)))

    monkeypatch.setattr(corpus, "read", shifted)
    found = corpus.examine(report)
    assert found.counts["figures lead back to their words"] < found.counts["figures lead back to their words of"]
    assert found.counts["offset map total and monotonic"] == 0


def test_a_figure_at_a_loss_that_states_a_value_is_noticed(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(name: str, content: bytes) -> Report:
        whole = read(name, content)
        return replace(whole, figures=tuple(replace(figure, value=figure.value or 1.0) for figure in whole.figures))

    monkeypatch.setattr(corpus, "read", careless)
    assert corpus.examine(report).counts["figures at a loss without a value"] == 0


def test_a_folder_without_files_is_bad_usage(tmp_path: Path) -> None:
    assert corpus.main([str(tmp_path)]) == 2
