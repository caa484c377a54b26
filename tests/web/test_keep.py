"""What goes to the browser comes back the same, and nothing of another shape is believed."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.web import keep
from assistant.web.chat import ChatDesk
from tests.pages.double import Double


@pytest.mark.parametrize("question", ["甲市建成多少家驿站？", "哪个多？", "差多少", "火星", "乙市服务多少人次"])
def test_a_turn_with_its_answer_survives_the_browser(question: str) -> None:
    turn = keep.Turn(question, ("甲市",), Double().ask(question))
    assert keep.read(keep.Turn, keep.write(turn)) == turn


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"question": 5, "chat": "x"},
        {"question": "x"},
        {"question": "x", "chat": "y", "language": "fr"},
        {"question": "x", "chat": "y", "turns": [{"question": "z", "answer": {"text": "<b>"}}]},
    ],
)
def test_data_of_another_shape_is_refused(data: Any) -> None:
    with pytest.raises(ValueError):
        keep.read(keep.Asked, data)


def test_the_history_of_a_question_begins_anew_where_something_carried_over_was_taken_away() -> None:
    turns = (keep.Turn("甲市的驿站"), keep.Turn("差多少", context=("驿站",)), keep.Turn("丙市呢"))
    assert keep.history(turns) == ("驿站", "差多少", "丙市呢")


def test_earlier_questions_that_nobody_could_have_asked_are_left_out() -> None:
    turns = (keep.Turn("甲市的驿站"), keep.Turn("长" * 2_000_000, context=("短",) * 5000 + ("长" * 9999,)))
    told = keep.history((*turns, keep.Turn("丙市呢")))
    assert told[-1] == "丙市呢" and set(told[:-1]) == {"短"}
    assert len(told) <= 200


def test_the_assistant_is_asked_with_the_earlier_questions_only() -> None:
    double = Double()
    desk = ChatDesk(double)  # type: ignore[arg-type]
    list(desk.ask({"question": " 丙市呢 ", "chat": "c", "turns": [{"question": "甲市的驿站"}]}))
    list(desk.ask({"question": "再问", "chat": "c", "turns": [{"question": "甲市的驿站"}], "context": []}))
    assert double.asked == [("丙市呢", ("甲市的驿站",)), ("再问", ())]


def test_two_readers_at_once_see_only_their_own_words() -> None:
    from concurrent.futures import ThreadPoolExecutor

    desk = ChatDesk(Double(slow=0.001))  # type: ignore[arg-type]

    def shown(n: int) -> str:
        shows = list(desk.ask({"question": f"甲市 canary{n}x", "chat": f"c{n}", "turns": []}))
        return "".join(message["content"] for messages, _ in shows for message in messages)

    with ThreadPoolExecutor(16) as pool:
        for n, text in enumerate(pool.map(shown, range(60))):
            assert f"canary{n}x" in text
            assert not [m for m in range(60) if m != n and f"canary{m}x" in text]
