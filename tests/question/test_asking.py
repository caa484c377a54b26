"""Of a very long text the part that asks is understood; what is pasted around it is not looked for."""

from __future__ import annotations

import pytest

from assistant.language.places import lookup
from assistant.question.asking import LONG, asking_part
from assistant.question.understand import MOST_TERMS, understand

PASTED = "".join(
    f"第{n}项，全市建成劳动者港湾{n}家，发展会员{n}万余人，走访慰问困难职工{n}户，开展技能竞赛{n}场。"
    for n in range(20, 60)
)[:1900]
ASKED = "保山市一共办理了多少件法律援助案件？"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"{PASTED}\n{ASKED}", ASKED),
        (f"{PASTED}。请问{ASKED}", f"请问{ASKED}"),
        (f"{ASKED}\n{PASTED}", ASKED),
        (ASKED * 100, ASKED),
        (f"{PASTED}\n保山市的驿站呢？有多少？", "保山市的驿站呢？\n有多少？"),
        (f"{PASTED}\n说到法律援助案件。多少件？", "说到法律援助案件。\n多少件？"),
        ("工会驿站" * 500, "工会驿站"),
        ("The report says a lot about stations and members. " * 20 + "How many cases did Baoshan handle?", "How many cases did Baoshan handle?"),
    ],
)  # fmt: skip
def test_the_sentences_that_ask_are_found_in_a_long_text(text: str, part: str) -> None:
    assert asking_part(text) == part


def test_a_question_after_pasted_words_without_a_stop_is_found_in_their_last_clauses() -> None:
    part = asking_part(f"{PASTED.replace('。', '，')}，{ASKED}")
    assert part.endswith(ASKED) and len(part) <= LONG // 3


@pytest.mark.parametrize("text", ["", ASKED, f"{ASKED * 9}", "有多少？", "保山。" * 60])
def test_what_is_no_longer_than_a_question_stays_as_it_is(text: str) -> None:
    assert asking_part(text[:LONG]) == text[:LONG]


def test_what_is_asked_after_a_pasted_page_is_understood_as_if_it_stood_alone() -> None:
    baoshan = lookup("保山市")
    assert baoshan is not None
    alone, pasted = (understand(text, library=[baoshan]) for text in (ASKED, f"{PASTED}\n{ASKED}"))
    assert (pasted.terms, pasted.cities, pasted.unit, pasted.intent) == (
        alone.terms,
        alone.cities,
        alone.unit,
        alone.intent,
    )
    assert pasted.whole == f"{PASTED}\n{ASKED}" and alone.whole == ""


def test_a_page_without_a_question_is_looked_for_with_a_limited_number_of_terms() -> None:
    page = "，".join(
        f"{one}工作" for one in ("劳模评选", "法律援助", "技能竞赛", "困难帮扶", "文化演出", "健康体检") * 1
    )
    words = "驿站书屋竞赛培训慰问调解讲座演出体检疗休养帮扶就业创业维权普法宣传评选表彰创新攻关安全生产劳动保护互助保障集体协商民主管理厂务公开"
    assert len(understand(f"{page}，{words * 8}").terms) <= MOST_TERMS


def test_what_every_answer_over_cities_tells_is_not_asked_again() -> None:
    assert asking_part("各市的驿站有多少？哪些市没给数字？") == "各市的驿站有多少？"
    assert asking_part("各市的驿站有多少？没写的标一下。") == "各市的驿站有多少？"
    assert asking_part("哪些市没给数字？") == "哪些市没给数字？"
    assert asking_part("Rank the cities by stations. Leave plans out.") == "Rank the cities by stations."
