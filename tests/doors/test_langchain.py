"""The assistant in LangChain chains: the retriever, the runnable, and the examples of the documentation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

import assistant as package
from assistant import ReportRetriever, as_runnable
from assistant.errors import RequestRefused
from assistant.service import Assistant
from tests.doors.conftest import ROOT

QUESTION = "亳州市建成多少家工会驿站？"


def examples() -> list[Any]:
    """Each Python example of the documentation, by the file and its number there."""
    found = []
    for name in ("README.md", "README.zh-CN.md", "docs/api.md"):
        path = ROOT / name
        blocks = re.findall(r"```python\n(.*?)```", path.read_text("utf-8") if path.exists() else "", re.S)
        found += [pytest.param(block, id=f"{name}-{number}") for number, block in enumerate(blocks, 1)]
    return found


def test_the_retriever_stands_in_a_chain(assistant: Assistant) -> None:
    retriever = ReportRetriever(search=assistant.evidence, k=3)
    prompt = ChatPromptTemplate.from_messages([("system", "{found}"), ("human", "{question}")])
    chain = {"found": retriever | (lambda found: "\n".join(one.page_content for one in found)), "question": RunnablePassthrough()} | prompt  # fmt: skip
    system, human = chain.invoke(QUESTION).to_messages()
    assert "工会驿站" in str(system.content) and human.content == QUESTION


def test_a_found_document_tells_its_place(assistant: Assistant) -> None:
    for found in ReportRetriever(search=assistant.evidence, k=3).invoke(QUESTION):
        text = assistant.report(found.metadata["report_id"]).original.text
        assert text[found.metadata["start"] : found.metadata["end"]]
        assert found.metadata["city"] == "亳州市"


@pytest.mark.parametrize("kind", ["achieved", "target"])
def test_only_sentences_of_the_kind_asked_are_ranked(assistant: Assistant, kind: Any) -> None:
    question = "诸城和烟台的职工服务"
    found = ReportRetriever(search=assistant.evidence, k=4, kind=kind).invoke(question)
    assert {one.metadata["kind"] for one in found} == {kind}
    evidence = assistant.evidence(question, kind=kind)
    assert found[0].page_content == evidence.hits[0].text and {hit.kind for hit in evidence.hits} == {kind}
    again = ReportRetriever(search=assistant.evidence, k=4, kind=kind).invoke(question)
    assert [(one.page_content, one.metadata) for one in again] == [(one.page_content, one.metadata) for one in found]


def test_the_assistant_stands_in_a_chain(assistant: Assistant) -> None:
    chain = as_runnable(assistant) | (lambda answer: answer.citations[0].quote)
    assert chain.invoke(QUESTION) == assistant.ask(QUESTION).citations[0].quote
    history = {"question": "菏泽呢？", "history": [QUESTION]}
    assert as_runnable(assistant).invoke(history).text == assistant.ask("菏泽呢？", history=[QUESTION]).text
    both = as_runnable(assistant).batch([QUESTION, "菏泽市建成多少家工会驿站？"])
    assert ["亳州" in both[0].text, "菏泽" in both[1].text] == [True, True]


def test_the_last_part_of_a_stream_is_the_whole_answer(assistant: Assistant) -> None:
    grown = list(as_runnable(assistant).stream(QUESTION))
    assert grown[-1].text == assistant.ask(QUESTION).text
    chain = as_runnable(assistant) | (lambda answer: answer.text)
    assert list(chain.stream(QUESTION))[-1] == grown[-1].text


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_it_answers_in_async_chains(assistant: Assistant, anyio_backend: str) -> None:
    answer = await as_runnable(assistant).ainvoke(QUESTION)
    assert answer.text == assistant.ask(QUESTION).text


def test_a_question_beyond_the_limits_is_refused(assistant: Assistant) -> None:
    for question in ("", "长" * 2001, {"question": "多少？", "history": ["前"] * 201}):
        with pytest.raises(RequestRefused):
            as_runnable(assistant).invoke(question)


@pytest.mark.parametrize("code", examples())
def test_an_example_of_the_documentation_runs(
    code: str, assistant: Assistant, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(package, "start", lambda: assistant, raising=False)
    code = code.replace("http://127.0.0.1:7860", address)
    exec(compile(code, "example", "exec"), {"__name__": "example"})
    assert capsys.readouterr().out.strip()


def test_the_example_of_the_readme_runs_as_it_stands_in_a_home_that_is_new(tmp_path: Path) -> None:
    code = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)[0]
    environment = {**os.environ, "REPORT_ASSISTANT_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    first, *found = done.stdout.strip().splitlines()
    assert "1019家" in first and len(found) >= 3
