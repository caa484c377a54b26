"""The figures of paragraphs labelled by hand are found and bound as the goals demand."""

from __future__ import annotations

import pytest

from tests.quality.figures import measure, paragraphs


def test_the_labelled_paragraphs_are_enough_to_measure_with() -> None:
    labelled = list(paragraphs())
    assert len({paragraph["report"] for paragraph in labelled}) >= 40
    assert sum(len(paragraph["figures"]) for paragraph in labelled) >= 600


@pytest.mark.parametrize("part", ["first", "second", "third"])
def test_extraction_reaches_its_goals(part: str) -> None:
    score = measure(part)
    assert score.precision >= 0.98, score.wrong
    assert score.recall >= 0.95, score.wrong
    assert score.label >= 0.9, score.wrong
    assert score.scope >= 0.9, score.wrong


def test_every_label_lies_where_the_paragraph_prints_it() -> None:
    for paragraph in paragraphs():
        for gold in paragraph["figures"]:
            assert paragraph["text"].startswith(gold["text"], gold["start"])
