"""An English figure is found by resemblance only where no dictionary leads to it and one alone is near."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.picking.best import best_pick
from assistant.answering.picking.pick import Similar
from tests.answering.asking import asked, no_model, reports

BODY = "添置免费接驳专车62辆。栽种行道树3.1万棵。"


def _likes(words: str, by: float) -> Similar:
    def similar(_: str, texts: Sequence[str]) -> Sequence[float]:
        return [by if words in text else 0.1 for text in texts]

    return similar


def _figure(question: str, similar: Similar) -> str | None:
    [report] = reports(BODY)
    pick = best_pick(asked(question, (report,)), report, similar)
    return pick.figure.text if pick is not None and pick.figure is not None else None


def test_an_english_figure_whose_words_no_dictionary_knows_is_found_by_resemblance() -> None:
    question = "How many shuttles did Baoshan procure?"
    assert _figure(question, no_model) is None
    assert _figure(question, _likes("接驳专车", 0.6)) == "62辆"


def test_a_weak_resemblance_or_one_shared_by_two_figures_finds_nothing() -> None:
    question = "How many shuttles did Baoshan procure?"
    assert _figure(question, _likes("接驳专车", 0.3)) is None
    assert _figure(question, lambda _, texts: [0.6] * len(texts)) is None


def test_resemblance_alone_finds_no_figure_for_a_chinese_question() -> None:
    assert _figure("保山采购了多少摆渡舟？", _likes("接驳专车", 0.6)) is None


def test_resemblance_finds_no_figure_of_another_unit() -> None:
    assert _figure("How many shuttle drivers did Baoshan hire?", _likes("接驳专车", 0.6)) is None
