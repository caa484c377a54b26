"""The questions with gold over the five reports, turned: a changed digit is followed, swapped reports swap their answers,
and put to a city whose report does not say it, nothing of another city's is told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.evaluation.text import hits, normal
from assistant.language.script import to_simplified
from assistant.models import Answer
from assistant.service import Assistant
from tests.conftest import SEEDS, assistant_over, read_lines

NAMES = {
    "000": ("诸城", "諸城", "Zhucheng"),
    "001": ("亳州", "亳州", "Bozhou"),
    "002": ("菏泽", "菏澤", "Heze"),
    "003": ("临沂", "臨沂", "Linyi"),
    "004": ("烟台", "煙臺", "Yantai"),
}
PAIRS = (("001", "002"), ("003", "004"))
QUESTIONS = [
    item
    for item in read_lines("seed_questions.jsonl")
    if item["cite"] and not item["gold"].get("abstain") and "cities" not in item["gold"]
]
WITH_DIGITS = [item for item in QUESTIONS if re.search(r"\d", item["gold"]["all"][-1][0])]
TOLD_BY_ANOTHER = {row["id"]: row["cities"] for row in read_lines("seed_questions_of_others.jsonl")}
TEXTS = {path.name: path.read_bytes().decode("utf-8-sig") for path in sorted(SEEDS.glob("*.txt"))}


def home(item: dict[str, Any]) -> str:
    """The number of the report that answers."""
    return str(item["cite"][0]["file"][:3])


def asked(made: Assistant, item: dict[str, Any], city: str | None = None) -> Answer:
    """The answer to a question, put to another city where one is given."""

    def turned(text: str) -> str:
        text = text.replace("荷泽", "菏泽")
        for own, other in zip(NAMES[home(item)], NAMES[city or home(item)], strict=True):
            text = text.replace(own, other)
        return text

    return made.ask(turned(item["question"]), history=[turned(one) for one in item["history"]])


def says(answer: Answer, item: dict[str, Any]) -> bool:
    return all(any(hits(form, normal(answer.text)) for form in forms) for forms in item["gold"]["all"])


def changed(quote: str, figure: str) -> tuple[str, str]:
    """A quote and its figure with the last digit of the figure made another."""
    digits = re.search(r"\d[\d.]*", figure)
    assert digits is not None
    old = digits.group()
    new = old[:-1] + str((int(old[-1]) + 4) % 10 or 7)
    return re.sub(rf"(?<![\d.]){re.escape(old)}(?![\d.])", new, quote), new


def test_the_answers_follow_a_changed_digit(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts, wanted = dict(TEXTS), {}
    for item in WITH_DIGITS:
        cite = item["cite"][-1]
        quote, wanted[item["id"]] = changed(cite["quote"], to_simplified(item["gold"]["all"][-1][0]))
        texts[cite["file"]] = texts[cite["file"]].replace(cite["quote"], quote)
    made = assistant_over(tmp_path_factory.mktemp("digits"), [(name, text.encode()) for name, text in texts.items()])
    followed = [item["id"] for item in WITH_DIGITS if wanted[item["id"]] in asked(made, item).text.replace(",", "")]
    made.close()
    assert len(WITH_DIGITS) > 20
    assert [item["id"] for item in WITH_DIGITS if item["id"] not in followed] == []


def test_swapped_reports_swap_their_answers(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts, other = {}, {}
    for first, second in PAIRS:
        other |= {first: second, second: first}
    for name, text in TEXTS.items():
        if (at := name[:3]) in other:
            (old, *_), (new, *_) = NAMES[at], NAMES[other[at]]
            text = text.replace(new, "\0").replace(old, new).replace("\0", old)
        texts[name] = text.encode()
    made = assistant_over(tmp_path_factory.mktemp("swapped"), list(texts.items()))
    moved = [item for item in QUESTIONS if home(item) in other]
    lost = [item["id"] for item in moved if not says(asked(made, item, other[home(item)]), item)]
    made.close()
    assert len(moved) > 20 and lost == []


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item["id"])
def test_what_another_city_does_not_say_is_refused(item: dict[str, Any], assistant: Assistant) -> None:
    for city in NAMES.keys() - {home(item)}:
        answer = asked(assistant, item, city)
        assert {one.report[:3] for one in answer.citations} <= {city}
        if NAMES[city][0] not in TOLD_BY_ANOTHER.get(item["id"], ()):
            assert answer.status in {"not_found", "partial", "unreadable", "unclear"}, (city, answer.text)
            assert not answer.figures, (city, answer.text)
