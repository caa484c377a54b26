"""Another embedding model takes over in the background: answers meanwhile, nothing lost, told when it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import embeddings.load as door
from assistant import bootstrap
from assistant.renewal import Progress
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.web.library import LibraryDesk
from assistant.web.waking import WakingDesk
from embeddings.errors import EmbeddingError
from embeddings.static import StaticModel
from tests.doors.conftest import ROOT
from tests.embeddings.tiny_models import write_transformer

QUESTION = "亳州市建成多少家工会驿站？"
HEAVY = "/models/heavy"


@pytest.fixture
def library(tmp_path: Path) -> Settings:
    """A home with two reports, embedded by the bundled model."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for path in sorted((ROOT / "seeds").glob("*.txt"))[:2]:
        shutil.copy(path, seeds)
    settings = Settings(home=tmp_path / "home", seeds=seeds)
    made = bootstrap.build(settings)
    assert len(list(bootstrap.first_reports(made, settings))) == 6
    made.close()
    return settings


@pytest.fixture
def heavy(library: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The same with a model set that takes long to load: the bundled one under another name, in half its dimensions."""

    class Heavy(StaticModel):
        def __init__(self) -> None:
            super().__init__(door.BUNDLED_MODEL)
            self.dimension //= 2
            self.fingerprint = "heavy@1"
            self._rows = self._rows[:, : self.dimension]

    bundled = door.load_model
    monkeypatch.setattr(door, "look_for", lambda name: name is None)
    monkeypatch.setattr(door, "load_model", lambda name=None: bundled() if name is None else Heavy())
    yield Settings(home=library.home, seeds=library.seeds, embedding_model=HEAVY)


def _models(assistant: Assistant) -> dict[str, int]:
    """How many reports have vectors of each model."""
    index = assistant._index
    names = (index.model, "heavy@1/128")
    return {name: len(index.library.ids()) - len(index.library.without_vectors(name)) for name in names}


def test_the_bundled_model_answers_until_the_other_one_has_the_whole_library(heavy: Settings) -> None:
    made = bootstrap.build_at_once(heavy)
    before = made.ask(QUESTION)
    assert before.status == "answered" and made._index.model != "heavy@1/128"
    bootstrap.catch_up(made, heavy)
    assert _models(made) == {"heavy@1/128": 2}
    assert made.ask(QUESTION).text == before.text
    assert made.starting() is None and made.trouble() is None
    made.close()


def test_a_change_that_is_broken_off_goes_on_at_the_next_start(
    heavy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bootstrap.build_at_once(heavy)
    bundled = made._index.model
    told: list[tuple[int, int]] = []

    def stop_after_one(done: int, of: int) -> None:
        told.append((done, of))
        if done == 1:
            made.renewal._stopping.set()

    other = bootstrap._index(heavy, door.load_model(HEAVY))
    made.catch_up(stop_after_one, index=other, composer=made._composer)
    assert told == [(0, 2), (1, 2)]
    assert _models(made) == {bundled: 2, "heavy@1/128": 1}  # the old vectors stay until all new ones are there
    assert made.ask(QUESTION).status == "answered"
    other.close()
    made.close()
    seen: list[tuple[int, int]] = []
    later = bootstrap.build(heavy, lambda done, of: seen.append((done, of)))
    assert seen == [(0, 1), (1, 1)] and _models(later) == {"heavy@1/128": 2}
    later.close()


@pytest.mark.filterwarnings("ignore")  # sentence-transformers and its libraries warn about each other on import
def test_a_transformer_embeds_the_library_and_the_bundled_model_embeds_it_again(
    library: Settings, tmp_path: Path
) -> None:
    folder = write_transformer(tmp_path / "transformer", {"query": "问", "document": "答"}, QUESTION + "问答")
    other = Settings(home=library.home, seeds=library.seeds, embedding_model=str(folder))
    texts = []
    for settings in (other, library):
        told: list[tuple[int, int]] = []
        made = bootstrap.build(settings, lambda done, of, told=told: told.append((done, of)))
        assert told == [(0, 2), (1, 2), (2, 2)]
        index = made._index
        assert not index.library.without_vectors(index.model) and len(index.library.ids()) == 2
        assert index.closeness("工会", ["工会"]) == ([0.0] if settings is other else [pytest.approx(1.0, abs=1e-3)])
        texts.append(made.ask(QUESTION).text)
        made.close()
    assert texts[0] == texts[1] and "1019" in texts[0]


def test_what_is_added_while_the_model_loads_is_found_by_it_too(heavy: Settings) -> None:
    made = bootstrap.build_at_once(heavy)
    text = "丙市总工会2024年工作报告\n\n2024年，丙市总工会建成职工书屋37家。\n".encode()
    list(made.add([("bing.txt", text)]))
    bootstrap.catch_up(made, heavy)
    assert _models(made) == {"heavy@1/128": 3}
    made.close()


def test_a_model_that_cannot_be_loaded_is_told_of_and_the_bundled_one_answers(
    heavy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bootstrap.build_at_once(heavy)

    def broken(name: str | None = None) -> StaticModel:
        raise EmbeddingError(en="It is broken.", zh="它坏了。")

    monkeypatch.setattr(door, "load_model", broken)
    bootstrap.catch_up(made, heavy)
    assert made.ask(QUESTION).status == "answered" and _models(made)["heavy@1/128"] == 0
    page = WakingDesk(made, LibraryDesk(made, heavy.home))
    assert "它坏了。" in page.header("zh-Hans") and "It is broken." in page.header("en")
    made.close()


@pytest.mark.parametrize("command", [["serve", "--no-browser"], ["mcp"], ["ask", QUESTION]], ids=lambda given: given[0])
def test_a_model_that_is_not_there_is_told_of_before_the_program_is_loaded(command: list[str], tmp_path: Path) -> None:
    given = [*command, "--home", str(tmp_path / "home"), "--embedding-model", "nobody/no-such-model"]
    script = f"""
import sys
from assistant.cli import main
code = main({given!r})
print(code, {{"gradio", "mcp", "transformers", "assistant.bootstrap"}} & set(sys.modules))
"""
    environment = {**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "1 set()" and "nobody/no-such-model" in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress("heavy", "loading", 0, 1), "正在加载向量模型 heavy"),
        (Progress("", "renewing", 3, 9), "正在更新报告库：3/9"),
        (Progress("a.txt", "reading", 0, 2), "正在准备报告库：a.txt（0/2）"),
    ],
    ids=lambda value: value.stage if isinstance(value, Progress) else "",
)
def test_the_header_says_what_is_made_ready(assistant: Assistant, home: Path, progress: Progress, said: str) -> None:
    with assistant.renewal.at_work(progress):
        assert said in WakingDesk(assistant, LibraryDesk(assistant, home)).header("zh-Hans")
    assert said not in WakingDesk(assistant, LibraryDesk(assistant, home)).header("zh-Hans")
