"""A killed process, a damaged folder, a full disk, a second process: the library stays right, Chroma heals."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.errors import IndexFolderError, LibraryDamaged, StorageFull
from assistant.index import generations
from assistant.index.build import Index
from assistant.index.chroma import ChromaUnusableError, Collections
from assistant.index.places import UNITS
from assistant.language.words import words
from tests.faults.index_child import TEXTS
from tests.index.made_reports import EAST, NORTH, SOUTH, BigramEmbeddings, make_report, verified_here

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "新建户外劳动者服务站点多少家"
# Each fault takes one to three seconds. `INDEX_FAULTS=all` tries every point and kind,
# `INDEX_KILLS=100` kills that often at random; without them a part is tried.
ALL = os.environ.get("INDEX_FAULTS") == "all"
RANDOM_KILLS = int(os.environ.get("INDEX_KILLS", "1"))


def start(
    home: Path, action: str, function: str = "-", moment: str = "before", times: int = 1
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.index_child", str(home), action, function, moment, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def run(home: Path, action: str, function: str = "-", moment: str = "before", times: int = 1) -> list[str]:
    """What the child said that it had done, until its end or its death."""
    child = start(home, action, function, moment, times)
    said, _ = child.communicate(timeout=90)
    assert child.returncode == (0 if function == "-" else -signal.SIGKILL)
    return said.splitlines()


def opened(home: Path) -> Index:
    return Index(home, BigramEmbeddings(), model="bigrams 32", reading="1")


def assert_whole(index: Index) -> None:
    """Every report there is can be read, found by its words and by its meaning, through Chroma as without."""
    for line in index.library.summaries():
        report = index.library.report(line.id)
        assert report == make_report(report.name, report.original.text)[0]
        assert index.library.content(line.id) == report.original.text.encode()
        assert index.search_words(words(report.original.text[:60]), [line.id])
    exact = index._vectors._exact.query(index.embed(QUESTION), None, 50, "sentence")
    sentences = sum(
        len(passage.sentences) for one in index.library.ids() for passage in index.library.report(one.id).passages
    )
    assert len(exact) == min(50, sentences)
    assert index.warm().result(timeout=60)
    assert index.search_meaning(index.embed(QUESTION), limit=50) == exact
    assert index.state == "ready"
    generations = list((index.library.path.parent / "chroma").glob("generation-*"))
    assert len(generations) == 1


@pytest.fixture(autouse=True)
def verify_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares most tests the second that the verifying process takes to start."""
    if "whole_check" not in request.fixturenames:
        monkeypatch.setattr(generations, "verified", verified_here)


@pytest.fixture
def whole_check() -> None:
    """Asks for the verification in a process of its own."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three reports, its Chroma ready, left in order."""
    home = tmp_path_factory.mktemp("filled") / "home"
    assert run(home, "add")[-1] == "level"
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "home"
    shutil.copytree(filled, copy)
    return copy


# --- killed -------------------------------------------------------------------------------------

IN_ADDING = [
    ("assistant.index.rows:write_report", "after", 2),
    ("assistant.index.rows:write_vectors", "after", 3),
    ("assistant.index.library:Library.add", "after", 2),
    ("assistant.index.chroma:Collections.create", "after", 1),
    ("assistant.index.chroma:Collections.add", "after", 3),
    ("assistant.index.generations:verified", "before", 1),
    ("assistant.index.manifest:write", "before", 1),
    ("assistant.index.manifest:write", "after", 1),
]


@pytest.mark.parametrize(("function", "moment", "times"), IN_ADDING if ALL else IN_ADDING[1::2])
def test_a_kill_while_adding_keeps_all_that_was_told_and_nothing_by_half(
    tmp_path: Path, function: str, moment: str, times: int
) -> None:
    told = run(tmp_path / "home", "add", function, moment, times)
    with opened(tmp_path / "home") as index:
        names = {line.name for line in index.library.summaries()}
        assert names >= {line.split()[1] for line in told if line.startswith("added")}
        assert_whole(index)
        for name, text in TEXTS.items():
            expected = "unchanged" if name in names else "added"
            assert index.add(*make_report(name, text)).outcome == expected


IN_CHANGING = [
    ("replace", "assistant.index.rows:free_name", "after", 1),
    ("replace", "assistant.index.chroma:Collections.remove", "after", 1),
    ("replace", "assistant.index.chroma:Collections.add", "before", 1),
    ("remove", "assistant.index.rows:drop", "after", 1),
    ("remove", "assistant.index.words_index:purge", "before", 1),
    ("remove", "assistant.index.chroma:Collections.remove", "before", 1),
]


@pytest.mark.parametrize(("action", "function", "moment", "times"), IN_CHANGING if ALL else IN_CHANGING[1::2])
def test_a_kill_while_replacing_or_removing_leaves_the_old_or_the_new(
    home: Path, action: str, function: str, moment: str, times: int
) -> None:
    told = run(home, action, function, moment, times)
    with opened(home) as index:
        texts = {line.name: index.library.report(line.id).original.text for line in index.library.summaries()}
        old = dict(TEXTS)
        new = (
            {**TEXTS, "north.txt": SOUTH + EAST}
            if action == "replace"
            else {name: text for name, text in TEXTS.items() if name != "north.txt"}
        )
        assert texts in ([new] if told else [old, new])
        assert_whole(index)
        if texts == new:
            trace = "走访慰问困难职工".encode()
            files = [file for file in home.rglob("*") if file.is_file()]
            assert not [file.name for file in files if trace in file.read_bytes()]


@pytest.mark.parametrize("at", range(RANDOM_KILLS))
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_kill_at_any_moment_keeps_what_was_told(tmp_path: Path, at: int, how: signal.Signals) -> None:
    child = start(tmp_path / "home", "for ever")
    time.sleep(random.Random(at).uniform(0.8, 3.5))
    child.send_signal(how)
    said, _ = child.communicate(timeout=60)
    last = {line.split()[1]: int(line.split()[2]) for line in said.splitlines()}
    with opened(tmp_path / "home") as index:
        for name, times in last.items():
            text = index.library.report(name).original.text
            assert any(f"第{later}次改写" in text for later in (times, *range(times + 1, times + 8)))
        assert_whole(index)


# --- damaged ------------------------------------------------------------------------------------


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    stat = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as a failing disk does it


def _empty(file: Path) -> None:
    file.write_bytes(b"")


DAMAGE: dict[str, Callable[[Path], None]] = {"cut": _cut, "flip": _flip, "empty": _empty, "gone": Path.unlink}


FILES = ["data_level0.bin", "chroma.sqlite3", "header.bin", "length.bin"]


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [(kind, file) for kind in DAMAGE for file in FILES] if ALL else list(zip(DAMAGE, FILES, strict=True)),
)
def test_a_damaged_chroma_folder_is_never_opened_and_heals(home: Path, kind: str, pattern: str) -> None:
    for file in list((home / "chroma").rglob(pattern)):
        DAMAGE[kind](file)
    with opened(home) as index:
        assert_whole(index)


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", '{"generation": "generation-1"}', '{"generation": "../..", "recipe": ""}']
)
def test_a_lost_or_broken_manifest_only_costs_a_new_build(home: Path, text: str | None) -> None:
    manifest = home / "chroma" / "current.json"
    manifest.unlink() if text is None else manifest.write_text(text)
    with opened(home) as index:
        assert_whole(index)


def test_a_chroma_folder_that_is_lost_while_in_use_heals(home: Path) -> None:
    with opened(home) as index:
        assert index.warm().result(timeout=60)
        exact = index._vectors._exact.query(index.embed(QUESTION), None, 9, "sentence")
        for file in list((home / "chroma").rglob("*.bin")) + list((home / "chroma").rglob("chroma.sqlite3")):
            file.unlink()
        for _ in range(5):
            assert index.search_meaning(index.embed(QUESTION), limit=9) == exact
        index.add(*make_report("more.txt", NORTH * 3))
        index.warm().result(timeout=60)
        assert_whole(index)


def test_a_chroma_that_fails_when_asked_is_made_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ChromaUnusableError("Error executing plan")

    with opened(home) as index:
        assert index.warm().result(timeout=60)
        exact = index.search_meaning(index.embed(QUESTION), limit=9)
        before = {folder.name for folder in (home / "chroma").glob("generation-*")}
        with monkeypatch.context() as patched:
            patched.setattr(Collections, "query", fails)
            assert index.search_meaning(index.embed(QUESTION), limit=9) == exact
        assert index.warm().result(timeout=60)
        assert index.search_meaning(index.embed(QUESTION), limit=9) == exact
        assert not before & {folder.name for folder in (home / "chroma").glob("generation-*")}


def test_a_chroma_that_cannot_be_built_is_left_alone_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []
    monkeypatch.setattr(generations, "verified", lambda *_: built.append(1) or False)
    with opened(tmp_path / "home") as index:
        index.add(*make_report("north.txt", NORTH))
        assert index.warm().result(timeout=60) is False
        tried = len(built)
        for _ in range(5):
            assert index.search_meaning(index.embed(QUESTION), limit=1)
        assert index.warm().result(timeout=60) is False
        assert len(built) == tried
        assert index.state == "failed"


@pytest.mark.parametrize("kind", ["cut", "flip"])
def test_a_damaged_library_is_said_and_not_written_to(home: Path, kind: str) -> None:
    library = home / "library.sqlite3"
    data = bytearray(library.read_bytes())
    if kind == "cut":
        library.write_bytes(data[: 4096 * 2 + 100])
    else:
        data[: 4096 * 4] = os.urandom(4096 * 4)
        library.write_bytes(data)
    left = library.read_bytes()
    with pytest.raises(LibraryDamaged) as refused, opened(home) as index:
        index.library.report("north.txt")
        index.add(*make_report("new.txt", EAST * 2))
    assert "library.sqlite3" in refused.value.en
    assert "library.sqlite3" in refused.value.zh
    assert library.read_bytes() == left


# --- full, forbidden, occupied --------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can only be made by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_refuses_a_report_and_keeps_the_others(small_disk: Path) -> None:
    with opened(small_disk / "home") as index:
        index.add(*make_report("north.txt", NORTH))
        big = make_report(
            "big.txt", "".join(f"第{at}条，新建服务站点{at}家，培训职工{at}人次。\n" for at in range(20000))
        )
        with pytest.raises(StorageFull) as refused:
            index.add(*big)
        assert "磁盘" in refused.value.zh
        assert [line.name for line in index.library.summaries()] == ["north.txt"]
        assert index.search_words(words("困难职工"))
        assert index.search_meaning(index.embed("困难职工"))
    shutil.rmtree(small_disk / "home" / "chroma", ignore_errors=True)
    with opened(small_disk / "home") as index:  # nothing to be done by hand
        assert index.add(*make_report("south.txt", SOUTH)).outcome == "added"
        assert len(index.library.summaries()) == 2


def test_a_home_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(IndexFolderError, match="--home"):
        opened(tmp_path / "file")


def test_a_process_beside_the_owner_gives_the_same_and_disturbs_nothing(home: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from tests.faults.test_index_faults import QUESTION, opened, words
with opened(Path({str(home)!r})) as index:
    index.warm().result(timeout=60)
    sys.stdout.write(repr((index.state, index.search(index.embed(QUESTION), words(QUESTION)))))
"""
    with opened(home) as owner:
        assert owner.warm().result(timeout=60)
        found = owner.search(owner.embed(QUESTION), words(QUESTION))
        command = [sys.executable, "-c", code]
        beside = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
        assert beside.stdout == repr(("owned elsewhere", found))
        assert owner.search(owner.embed(QUESTION), words(QUESTION)) == found
        assert owner.state == "ready"


@pytest.mark.usefixtures("whole_check")
def test_a_new_generation_is_tried_by_another_process(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as index:
        index.add(*make_report("north.txt", NORTH))
        assert_whole(index)
        counts = {unit: index._vectors._exact.size(unit, [one.id for one in index.library.ids()]) for unit in UNITS}
    (generation,) = (tmp_path / "home" / "chroma").glob("generation-*")
    assert generations.verified(generation, counts)
    assert not generations.verified(generation, {**counts, "sentence": counts["sentence"] + 1})
    (generation / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    assert not generations.verified(generation, counts)
    assert not generations.verified(tmp_path / "nowhere", counts)


def test_a_killed_owner_leaves_no_lock_behind(home: Path) -> None:
    run(home, "remove", "assistant.index.chroma:Collections.remove", "before", 1)
    with opened(home) as index:
        assert index.warm().result(timeout=60)
        assert index.state == "ready"
