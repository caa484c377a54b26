"""The topics of a library are those that its reports give figures of, also after one is added, changed or removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.figures.align import canonical_label
from assistant.service import Assistant
from tests.conftest import SEEDS, assistant_over


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Assistant]:
    """An assistant of its own over two reports, because these tests change the library."""
    files = [(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))[:2]]
    made = assistant_over(tmp_path, files)
    yield made
    made.close()


def counted(assistant: Assistant) -> dict[str, set[str]]:
    """Which reports have a figure of which topic, found in the whole reports."""
    found: dict[str, set[str]] = {}
    for line in assistant.reports():
        for figure in assistant.report(line.id).figures:
            label = canonical_label(figure)
            if label is not None:
                found.setdefault(label, set()).add(line.id)
    return found


def test_each_topic_names_the_reports_with_a_figure_of_it(library: Assistant) -> None:
    topics = library.topics()
    expected = counted(library)
    assert len(topics) > 10
    assert all(expected[topic.label] == set(topic.reports) for topic in topics)
    shared = {label for label, reports in expected.items() if len(reports) == 2}
    assert {topic.label for topic in topics[: len(shared)]} == shared


def test_the_topics_of_some_reports_are_only_theirs(library: Assistant) -> None:
    one = library.reports()[0].id
    topics = library.topics({one})
    assert {report for topic in topics for report in topic.reports} == {one}
    assert all(one in counted(library)[topic.label] for topic in topics)
    assert library.topics(()) == ()


def test_topics_follow_what_is_added_corrected_and_removed(library: Assistant) -> None:
    before = library.topics()
    text = f"丰原市总工会2024年工作总结\n全市建成{before[0].label}77家。\n"
    told = list(library.add([("丰原.txt", text.encode())]))[-1]
    added = getattr(told, "report_id", "")
    assert [topic.label for topic in library.topics() if added in topic.reports] == [before[0].label]
    library.correct(added, period="2023年")
    assert [topic.label for topic in library.topics() if added in topic.reports] == [before[0].label]
    library.remove(added)
    assert library.topics() == before
