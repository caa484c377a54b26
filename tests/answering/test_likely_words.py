"""A word that a report does not print is met by the words that the model finds near it, and by no others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.answering.asking import answered

NEAR = {"烧煤": {"燃煤": 0.65, "燃煤锅炉": 0.6}, "年货": {"慰问品": 0.42}, "直播": {"播入": 0.9}}


def neighbours(text: str, words: Sequence[str]) -> Sequence[float]:
    """The cosines of a model that knows little else than a few neighbours."""
    return [NEAR.get(text, {}).get(word, 0.0) for word in words]


@pytest.mark.parametrize(
    ("question", "body", "figures"),
    [
        ("保山拆了多少台烧煤的锅炉？", "拆除燃煤锅炉593台。", ["593台"]),
        ("保山发了多少份年货？", "发放慰问品2100份。", []),
        ("保山有多少场直播？", "开展宣讲283场次，思想的种子播入心中。", []),
    ],
    ids=["near enough", "not near enough", "no word"],
)
def test_a_figure_is_found_by_a_word_that_the_model_knows_for_the_one_asked(
    question: str, body: str, figures: list[str]
) -> None:
    draft = answered(question, body, similar=neighbours)
    assert [figure.text for figure in draft.figures] == figures
    assert figures or draft.status == "not_found"
