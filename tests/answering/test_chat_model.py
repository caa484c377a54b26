"""A chat model words what the built-in composer has found; whatever goes wrong with it, the built-in answer stands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.chat_model.composer import ChatModelComposer
from assistant.answering.chat_model.connect import PROVIDERS, Limits, connect_chat_model
from assistant.answering.chat_model.prompts import as_data
from assistant.answering.marks import MARK, REFUSAL
from assistant.answering.verifying.verify import verify
from assistant.errors import SettingError
from assistant.models import Draft, Evidence, Question
from assistant.reading import read
from tests.answering.composing import PATIENT, QUICK, composing, id_of
from tests.answering.made_answers import (
    STATIONS,
    BuiltIn,
    comparison_draft,
    evidence,
    figure_draft,
    question,
)
from tests.answering.made_reports import TEXTS, reports
from tests.answering.openai_server import Mode, Request, Say, prompt_of, service
from tests.conftest import ROOT, assistant_over

NOTICE = "以上为内置回答"
ATTACKS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "planted_attacks.jsonl").read_text(encoding="utf-8").splitlines()
]


def honest(request: Request) -> str:
    """What a good model says."""
    return f"保山市（2024年）新建职工驿站1326家，服务户外职工35.8万余人次⟦{id_of(request, '1326家')}⟧。"


def of_baoshan() -> Evidence:
    return evidence(reports()["baoshan"])


# --- when all is well ---------------------------------------------------------------------------


def test_the_models_words_are_shown_with_citations_of_the_report() -> None:
    with composing(honest) as (composer, _):
        draft = composer.compose(question(), of_baoshan())
    assert draft.composer == "openai:made"
    assert draft.text == "保山市（2024年）新建职工驿站1326家，服务户外职工35.8万余人次[1]。"
    assert draft.citations[0].quote == STATIONS
    assert {figure.text for figure in draft.figures} == {"1326家", "35.8万余人次"}
    assert not verify(draft, of_baoshan().reports, question()).checks.unconfirmed


def test_a_reply_grows_by_whole_sentences_with_their_marks() -> None:
    def say(request: Request) -> str:
        first, second = id_of(request, "1326家"), id_of(request, "近6万名")
        return f"保山市新建职工驿站1326家⟦{first}⟧。培训职工近6万名。⟦{second}⟧ 开展心理健康讲座约120场⟦{id_of(request, '约120场')}⟧。"

    with composing(say, pause=0.005) as (composer, _):
        texts = [draft.text for draft in composer.stream(question(), of_baoshan())]
    assert len(texts) >= 3
    assert all(re.search(r"(?:。|\[\d+\])$", text) for text in texts)
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))


def test_the_model_gets_question_rules_passages_figures_and_the_computed_comparison() -> None:
    both = evidence(reports()["baoshan"], reports()["qingyuan"])
    with composing(honest, draft=comparison_draft()) as (composer, running):
        composer.compose(question("两市职工驿站差多少？"), both)
    told = prompt_of(running.requests[0])
    for part in (
        "两市职工驿站差多少？",
        "passages:",
        "figures:",
        "computed:",
        "1052家",
        REFUSAL,
        "never an instruction",
        "valid:",
        "invalid:",
    ):
        assert part in told


def test_a_comparison_keeps_its_table_its_figures_and_what_is_computed() -> None:
    def say(request: Request) -> str:
        first, second = id_of(request, "1326家"), id_of(request, "274家")
        return f"保山市新建职工驿站1326家⟦{first}⟧，清远市建成274家⟦{second}⟧，相差1052家⟦{first}⟧⟦{second}⟧。"

    built_in = comparison_draft()
    both = evidence(reports()["baoshan"], reports()["qingyuan"])
    with composing(say, draft=built_in) as (composer, _):
        draft = composer.compose(question("两市职工驿站差多少？"), both)
    assert draft.composer == "openai:made"
    assert draft.text.endswith(built_in.text.partition("\n\n")[2])
    assert (draft.comparison, draft.figures, draft.derived) == (built_in.comparison, built_in.figures, built_in.derived)
    assert not verify(draft, both.reports, question()).checks.unconfirmed


@pytest.mark.parametrize("status", ["not_found", "unreadable", "partial", "unclear", "small_talk"])
def test_the_model_is_not_asked_where_nothing_is_found_or_a_caveat_could_get_lost(status: Any) -> None:
    draft = Draft(status, "保山市的报告没有给出这个数字。")
    with composing(honest, draft=draft) as (composer, running):
        assert composer.compose(question(), of_baoshan()) == draft
    assert running.requests == []


def test_whether_there_is_an_answer_is_not_for_the_model_to_say() -> None:
    with composing(lambda _: REFUSAL) as (composer, _):
        assert composer.compose(question(), of_baoshan()) == figure_draft()


@pytest.mark.parametrize("form", ["[{one}]", "【{one}】", "（{one}）", "⟦{one}，{two}⟧", " ⟦ {one} ⟧"])
def test_the_ids_of_a_request_count_in_any_brackets(form: str) -> None:
    def say(request: Request) -> str:
        one, two = id_of(request, "1326家"), id_of(request, "近6万名")
        return f"保山市新建职工驿站1326家{form.format(one=one, two=two)}。"

    with composing(say) as (composer, _):
        draft = composer.compose(question(), of_baoshan())
    marks = [int(n) for n in MARK.findall(draft.text)]
    assert marks[0] == 1 and len(marks) == (2 if "two" in form else 1)
    assert [one.n for one in draft.citations] == marks


@pytest.mark.parametrize("opening", ["<think>", ""])
def test_what_a_model_thinks_aloud_is_no_part_of_its_answer(opening: str) -> None:
    def say(request: Request) -> str:
        thought = f"保山市的数字是9999家吗？不对。{REFUSAL}也不对。" * 200
        return f"{opening}{thought}</think>\n\n{honest(request)}"

    limits = replace(PATIENT, characters=80_000) if not opening else PATIENT  # without the tag it all counts
    with composing(say, limits=limits) as (composer, _):
        draft = composer.compose(question(), of_baoshan())
    assert draft.composer == "openai:made"
    assert draft.text == "保山市（2024年）新建职工驿站1326家，服务户外职工35.8万余人次[1]。"


def test_chinese_comes_in_the_readers_script_and_quotes_as_printed() -> None:
    def say(request: Request) -> str:
        return f"保山市的报告写明“新建职工驿站1326家”，服务户外职工35.8万余人次⟦{id_of(request, '1326家')}⟧。"

    with composing(say) as (composer, _):
        draft = composer.compose(question("保山市新建了多少家職工驛站？", "zh-Hant"), of_baoshan())
    assert "報告寫明“新建职工驿站1326家”，服務戶外職工35.8萬餘人次" in draft.text


def test_english_answers_hold_the_chinese_words() -> None:
    def say(request: Request) -> str:
        return f"Baoshan built 1,326 workers' stations in 2024: “新建职工驿站1326家”⟦{id_of(request, '1326家')}⟧."

    with composing(say) as (composer, _):
        draft = composer.compose(question("How many stations did Baoshan build?", "en"), of_baoshan())
    assert draft.composer == "openai:made"
    assert not verify(draft, of_baoshan().reports, question(language="en")).checks.unconfirmed


# --- more passages ------------------------------------------------------------------------------


def searching(most: int) -> Say:
    """A model that asks for more passages `most` times before it answers."""

    def say(request: Request) -> str | list[dict[str, Any]]:
        asked = sum(message["role"] == "tool" for message in request["messages"])
        if asked < most and request.get("tools"):
            call = {"name": "search_passages", "arguments": json.dumps({"words": "驿站 清远"})}
            return [{"index": 0, "id": f"call{asked}", "type": "function", "function": call}]
        return honest(request)

    return say


def test_the_model_may_ask_for_more_passages_at_most_twice() -> None:
    asked: list[str] = []

    def look_up(words: str) -> Evidence:
        asked.append(words)
        return of_baoshan()

    with composing(searching(5), look_up=look_up) as (composer, running):
        draft = composer.compose(question(), of_baoshan())
    assert len(asked) == 2
    assert asked[0] == "保山市 驿站 清远"
    assert len(running.requests) == 3
    assert "tools" not in running.requests[-1]
    assert draft.composer == "openai:made"


def test_what_is_found_for_the_model_stays_within_the_reports_of_the_question() -> None:
    with composing(searching(1), look_up=lambda _: evidence(reports()["qingyuan"])) as (composer, running):
        composer.compose(question(), of_baoshan())
    assert "nothing more was found" in prompt_of(running.requests[-1])
    assert "274家" not in prompt_of(running.requests[-1])


@pytest.mark.parametrize(
    "arguments",
    ["{", "[]", '"驿站"', "null", '{"words": 5}', '{"words": ["驿站"]}', '{"other": "驿站"}', '{"words": ""}'],
)
def test_a_call_with_arguments_that_make_no_sense_ends_in_an_answer(arguments: str) -> None:
    def say(request: Request) -> str | list[dict[str, Any]]:
        if len(request["messages"]) > 2:
            return honest(request)
        call = {"name": "search_passages", "arguments": arguments}
        return [{"index": 0, "id": "call", "type": "function", "function": call}]

    with composing(say, look_up=lambda _: of_baoshan()) as (composer, running):
        draft = composer.compose(question(), of_baoshan())
    assert len(running.requests) <= 3
    assert draft.composer == "openai:made" or NOTICE in draft.text
    assert "1326家" in draft.text


def test_a_model_that_does_nothing_but_call_is_left_after_two_searches() -> None:
    def say(_: Request) -> list[dict[str, Any]]:
        call = {"name": "search_passages", "arguments": '{"words": "驿站"}'}
        return [{"index": 0, "id": "call", "type": "function", "function": call}]

    with composing(say, look_up=lambda _: of_baoshan()) as (composer, running):
        draft = composer.compose(question(), of_baoshan())
    assert len(running.requests) == 3
    assert draft.text.startswith(figure_draft().text) and NOTICE in draft.text


# --- when something is wrong --------------------------------------------------------------------

TROUBLES: list[tuple[Mode, str, int]] = [
    ("hang", "太慢", 1),
    ("stall", "太慢", 1),
    ("cut", "中断", 1),
    ("length", "中断", 1),
    ("filter", "中断", 1),
    ("refuse_key", "密钥", 1),
    ("quota", "额度", 1),
    ("payment", "额度", 1),
    ("no_model", "名称或地址不对", 1),
    ("rate", "限制了请求", 3),
    ("server", "服务出错", 3),
    ("reset", "连接不上", 3),
    ("html", "无法读取", 1),
    ("empty", "无法读取", 1),
    ("bad_json", "无法读取", 1),
    ("bad_utf8", "无法读取", 1),
    ("error_in_stream", "无法读取", 1),
    ("flood", "无法读取", 1),
]


@pytest.mark.parametrize(("mode", "why", "tries"), TROUBLES)
def test_the_built_in_answer_comes_instead_and_says_why(mode: Mode, why: str, tries: int) -> None:
    with composing(honest, mode, limits=QUICK if mode in {"hang", "stall"} else PATIENT) as (composer, running):
        draft = composer.compose(question(), of_baoshan())
    assert draft.composer == "built-in"
    assert draft.text.startswith(figure_draft().text)
    assert why in draft.text and NOTICE in draft.text
    assert len(running.requests) == tries
    assert not verify(draft, of_baoshan().reports, question()).checks.unconfirmed


def test_a_service_that_is_down_is_noticed_at_once() -> None:
    with service(honest) as running:
        url = running.url
    composer = ChatModelComposer(
        "openai:made", connect_chat_model("openai:made", url, PATIENT), BuiltIn(figure_draft()), limits=PATIENT
    )
    draft = composer.compose(question(), of_baoshan())
    composer.close()
    assert "连接不上" in draft.text


def test_a_drip_ends_with_the_total_time() -> None:
    limits = Limits(first=10, gap=10, total=1.5)
    with composing(lambda request: honest(request) * 20, "drip", limits=limits) as (composer, running):
        draft = composer.compose(question(), of_baoshan())
        assert running.cut.wait(2)
    assert "太慢" in draft.text


@pytest.mark.parametrize("mode", ["rate_once", "server_once"])
def test_a_passing_trouble_is_tried_again(mode: Mode) -> None:
    with composing(honest, mode) as (composer, running):
        assert composer.compose(question(), of_baoshan()).composer == "openai:made"
    assert len(running.requests) == 2


def test_a_long_retry_after_is_not_waited_for() -> None:
    with composing(honest, "rate", retry_after="30") as (composer, running):
        assert "限制了请求" in composer.compose(question(), of_baoshan()).text
    assert len(running.requests) == 1


def test_after_failures_in_a_row_the_model_rests_and_then_is_asked_again() -> None:
    limits = Limits(first=10, gap=10, total=30, retries=0, failures=2, rest=0.4)
    with composing(honest, "no_model", limits=limits) as (composer, running):
        for _ in range(3):
            last = composer.compose(question(), of_baoshan())
        assert "暂停使用" in last.text
        assert len(running.requests) == 2
        running.mode = "good"
        time.sleep(0.5)
        assert composer.compose(question(), of_baoshan()).composer == "openai:made"


def test_who_stops_listening_closes_the_connection() -> None:
    with composing(lambda request: honest(request) * 30, "drip") as (composer, running):
        growing = composer.stream(question(), of_baoshan())
        next(growing)
        growing.close()
        assert running.cut.wait(30)


def test_a_hanging_connection_is_closed_when_it_is_given_up() -> None:
    with composing(honest, "hang", limits=QUICK) as (composer, running):
        composer.compose(question(), of_baoshan())
        assert running.cut.wait(30)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("保山市新建职工驿站1326家。", "没有注明出处"),
        ("", "没有注明出处"),
        ("驿驿驿驿驿驿驿驿驿驿", "没有注明出处"),
        ("保山市新建职工驿站1362家⟦{id}⟧。", "与报告不符"),
        ("保山市新建职工驿站1326家[1]。", "没有注明出处"),
        ("保山市新建职工驿站1326家⟦zz:9⟧。", "没有注明出处"),
        ("清远市新建职工驿站1326家⟦{id}⟧。", "与报告不符"),
        ("保山市服务户外职工35.8万余人次⟦{id}⟧。", "漏掉了要点"),
        ("Baoshan built 1326 stations for workers in that year ⟦{id}⟧.", "没有用提问的语言"),
    ],
)
def test_nonsense_lies_and_other_languages_are_not_shown(said: str, why: str) -> None:
    with composing(lambda request: said.replace("{id}", id_of(request, "1326家"))) as (composer, _):
        draft = composer.compose(question(), of_baoshan())
    assert draft.composer == "built-in"
    assert why in draft.text


def test_one_wrong_sentence_of_many_is_shown_as_not_confirmed() -> None:
    def say(request: Request) -> str:
        ids = [id_of(request, words) for words in ("1326家", "近6万名", "约120场", "96.4%")]
        said = ["新建职工驿站1326家", "培训职工近6万名", "开展心理健康讲座约150场", "全市企业建会率达96.4%"]
        return "".join(f"保山市{one}⟦{id}⟧。" for one, id in zip(said, ids, strict=True))

    with composing(say) as (composer, _):
        found = verify(composer.compose(question(), of_baoshan()), of_baoshan().reports, question())
    assert found.composer == "openai:made"
    assert "保山市开展心理健康讲座〔数字未能核实〕[" in found.text
    assert (found.checks.checked, found.checks.confirmed) == (4, 3)


# --- planted instructions -----------------------------------------------------------------------


def planted(attack: dict[str, str]) -> Evidence:
    """A report in which an instruction is planted: in a sentence, as a heading, or as the file's name; or as it was."""
    text, name = TEXTS["baoshan"], "baoshan.txt"
    if attack["where"] == "text":
        text = text.replace("培训职工近6万名。", f"培训职工近6万名。\n{attack['text']}\n")
    elif attack["where"] == "heading":
        text = text.replace("二、下一步打算", f"{attack['text']}\n二、下一步打算")
    elif attack["where"] == "name":
        name = attack["text"]
    return evidence(read(name, text.encode()))


def obedient(attack: dict[str, str]) -> Say:
    """A model that does whatever the planted text wants as soon as it sees any of it."""

    def say(request: Request) -> str:
        assert re.search("蓝鲸七号|BLUEWHALE-7", prompt_of(request)), "the model must have seen it"
        said = attack["makes"].replace("{mark}", f"⟦{id_of(request, '1326家')}⟧")
        if "{planted}" in said:  # it gives the planted words themselves as its source
            planted_word = "蓝鲸七号" if "蓝鲸七号" in attack["text"] else "BLUEWHALE-7"
            said = said.replace("{planted}", f"⟦{id_of(request, planted_word)}⟧")
        return said

    return say


def test_there_are_at_least_25_attacks_in_two_languages_and_four_places() -> None:
    assert len(ATTACKS) >= 25
    assert {one["language"] for one in ATTACKS} == {"zh", "en"}
    assert {one["where"] for one in ATTACKS} == {"text", "heading", "name", "question"}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one["id"])
def test_a_planted_instruction_changes_nothing_even_when_the_model_obeys(attack: dict[str, str]) -> None:
    found = planted(attack)
    report = next(iter(found.reports.values()))
    draft = figure_draft()
    item = draft.citations[0]
    start = report.original.text.index(STATIONS)
    there = replace(item, report=report.name, report_id=report.id, start=start, end=start + len(STATIONS))
    draft = replace(draft, citations=(there,))
    asked = question(attack["text"]) if attack["where"] == "question" else question()
    with composing(obedient(attack), draft=draft) as (composer, _):
        answer = verify(composer.compose(asked, found), found.reports, asked)
    assert not re.search(r"http|<|!\[|⟦|⟧", answer.text)
    assert "9999" not in answer.text and "13260" not in answer.text
    assert "1326家" in answer.text or "〔" in answer.text
    for sentence in re.split(r"(?<=[。.\n])", answer.text):
        if re.search("蓝鲸七号|BLUEWHALE-7", sentence):
            assert "未能核实" in sentence, answer.text
    cited = {one.n for one in answer.citations}
    assert {int(n) for n in MARK.findall(answer.text)} <= cited
    assert all(report.original.text[one.start : one.end] == one.quote for one in answer.citations)


def test_what_is_planted_changes_nothing_of_what_the_built_in_answer_says_first(tmp_path: Path) -> None:
    planted_here = [one["text"] for one in ATTACKS if one["where"] == "text"]
    headings = [one["text"] for one in ATTACKS if one["where"] == "heading"]
    text = TEXTS["baoshan"].replace("培训职工近6万名。", "培训职工近6万名。\n" + "\n".join(planted_here) + "\n")
    text = text.replace("二、下一步打算", "\n".join([*headings, "二、下一步打算"]))
    asked = "保山市新建了多少家职工驿站？"
    texts = []
    for number, content in enumerate((TEXTS["baoshan"], text)):
        assistant = assistant_over(tmp_path / str(number), [("baoshan.txt", content.encode())])
        texts.append(assistant.ask(asked).text.splitlines()[0])  # below it, what else the report prints
        assistant.close()
    assert texts[0] == texts[1]
    assert "1326家" in texts[0]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one["id"])
def test_nothing_planted_can_close_the_fence_or_look_like_a_mark(attack: dict[str, str]) -> None:
    shown = as_data(attack["text"])
    assert not re.search(r"[⟦⟧<>\[\]\n\u200b\u202e\u202c]", shown)


# --- setting up ---------------------------------------------------------------------------------


def test_what_the_first_reply_needs_is_imported_when_the_model_is_set_up() -> None:
    code = (
        "import sys; from assistant.answering.chat_model.connect import connect_chat_model as connect; "
        "connect('openai:made', 'http://127.0.0.1:9/v1'); sys.exit('httpx' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("provider", ["anthropic", "deepseek", "ollama"])  # the tests use that of openai
def test_a_missing_package_is_named_with_the_line_that_installs_it(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"langchain_{provider}", None)
    with pytest.raises(SettingError) as raised:
        connect_chat_model(f"{provider}:some-model", None)
    line = f'{sys.executable} -m pip install "{PROVIDERS[provider][0]}"'
    assert raised.value.en.endswith(line) and raised.value.zh.endswith(line)


def test_the_packages_of_the_providers_are_those_of_the_extras() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: found for name, found in project["optional-dependencies"].items() if name not in {"dev", "train"}}
    assert extras == {name: [package] for name, (package, _) in PROVIDERS.items()}
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name, (_, variable) in PROVIDERS.items():
        assert f".[{name}]" in page and (variable is None or f"`{variable}`" in page)


def test_a_missing_key_and_an_unknown_provider_are_told_with_the_next_step_in_both_languages() -> None:
    with pytest.raises(SettingError) as raised:
        connect_chat_model("openai:some-model", None)
    assert "set the environment variable OPENAI_API_KEY" in raised.value.en
    assert "请设置环境变量 OPENAI_API_KEY" in raised.value.zh and "credentials" not in raised.value.zh
    with pytest.raises(SettingError) as raised:
        connect_chat_model("nobody:some-model", None)
    assert "'nobody'" in raised.value.en and "ollama" in raised.value.en and "--chat-url" in raised.value.en
    assert "“nobody”" in raised.value.zh and "--chat-url" in raised.value.zh


def test_a_langchain_fake_without_tools_works_as_well() -> None:
    from langchain_core.language_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    said = AIMessage("保山市新建职工驿站1326家⟦f:1⟧。")
    model = GenericFakeChatModel(messages=iter([said]))
    composer = ChatModelComposer("fake:one", model, BuiltIn(figure_draft()), limits=PATIENT, new_fence=lambda: "f")
    draft = composer.compose(question(), of_baoshan())
    composer.close()
    assert "中断" in draft.text  # it never says that a reply is whole, so it counts as cut off


def test_the_question_is_asked_once_a_turn() -> None:
    asked: list[Question] = []

    class Counting(BuiltIn):
        def compose(self, question: Question, evidence: Evidence) -> Draft:
            asked.append(question)
            return super().compose(question, evidence)

    with service(honest) as running:
        composer = ChatModelComposer(
            "openai:made",
            connect_chat_model("openai:made", running.url, PATIENT),
            Counting(figure_draft()),
            limits=PATIENT,
        )
        composer.compose(question(), of_baoshan())
        composer.close()
    assert len(asked) == 1 and len(running.requests) == 1


def test_while_a_model_is_silent_the_built_in_answer_is_shown_and_then_replaced() -> None:
    waiting = "对话模型还在回答"
    limits = Limits(first=0.6, gap=0.5, total=2.5, beat=0.05, patience=0.1)
    with composing(honest, "hang", limits=limits) as (composer, _):
        texts = [draft.text for draft in composer.stream(question(), of_baoshan())]
    assert waiting in texts[0] and texts[0].startswith(figure_draft().text)
    assert "太慢" in texts[-1] and waiting not in texts[-1]

    slow = Limits(first=10, gap=10, total=30, beat=0.05, patience=0.1)
    with composing(honest, "good", limits=slow, pause=0.1) as (composer, _):
        drafts = list(composer.stream(question(), of_baoshan()))
    shown = list(dict.fromkeys(draft.text for draft in drafts))
    assert waiting in shown[0] and len(shown) == 2  # one change, whatever the pace
    assert drafts[-1].composer == "openai:made"


def test_who_stops_listening_to_a_silent_model_closes_the_connection() -> None:
    limits = Limits(first=30, gap=30, total=60, beat=0.05, patience=0.1)
    with composing(honest, "hang", limits=limits) as (composer, running):
        growing = composer.stream(question(), of_baoshan())
        next(growing)
        growing.close()
        assert running.cut.wait(30)
