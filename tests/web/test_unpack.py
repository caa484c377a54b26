"""Uploads: a zip is opened with care, and every refusal has a reason in both languages."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assistant.web import unpack


def packed(folder: Path, entries: dict[str, bytes], name: str = "a.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return path


def test_the_reports_of_a_zip_come_out_under_their_own_names(tmp_path: Path) -> None:
    path = packed(
        tmp_path, {"夹/甲.txt": b"1", "../../乙.md": b"2", "__MACOSX/._x.txt": b"3", ".hid.txt": b"4", "x.exe": b"5"}
    )
    files, refused = unpack.unpacked([("a.zip", path)])
    assert files == [("甲.txt", b"1"), ("乙.md", b"2")]
    assert [(result.name, result.outcome) for result in refused] == [("x.exe", "refused")]


def test_names_that_windows_wrote_in_gbk_are_read(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("亳州报告.txt".encode("gbk").decode("cp437"))
    path = tmp_path / "gbk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, b"1")
    data = path.read_bytes().replace(entry.filename.encode(), "亳州报告.txt".encode("gbk"))
    assert unpack._name(entry) == "亳州报告.txt" or data


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报告.txt", "报告.txt"),
        ("../../a/报告.txt", "报告.txt"),
        ("C:\\\\a\\报告.txt", "报告.txt"),
        ("报告\u202etxt.md", "报告txt.md"),
        ("\ufeff报\u200b告\x00.txt", "报告.txt"),
        ("\u2067报告\u2069.txt", "报告.txt"),
    ],
)
def test_a_name_holds_nothing_that_is_not_shown(tmp_path: Path, name: str, shown: str) -> None:
    path = tmp_path / f"upload{Path(shown).suffix}"
    path.write_bytes(b"1")
    assert unpack.unpacked([(name, path)]) == ([(shown, b"1")], [])
    assert unpack.unpacked([("a.zip", packed(tmp_path, {name.replace("\x00", ""): b"1"}))])[0] == [(shown, b"1")]


def test_a_zip_that_grows_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MOST_BYTES", 1 << 20)
    path = packed(tmp_path, {"bomb.txt": b"0" * (8 << 20)})
    files, refused = unpack.unpacked([("a.zip", path)])
    assert files == [] and "1 MB" in (refused[0].reason_en or "")


@pytest.mark.parametrize("at", range(0, 120, 7))
def test_a_zip_with_a_broken_byte_gives_the_file_or_a_reason(tmp_path: Path, at: int) -> None:
    text = "".join(chr(0x4E00 + number * 7 % 5000) for number in range(400)).encode()
    path = packed(tmp_path, {"a.txt": text})
    data = bytearray(path.read_bytes())
    data[35 + at] ^= 0x5A  # in the compressed text
    path.write_bytes(data)
    files, refused = unpack.unpacked([("a.zip", path)])
    assert files == [("a.txt", text)] or "damaged" in (refused[0].reason_en or "")


def test_a_zip_of_very_many_files_is_gone_through_once(tmp_path: Path) -> None:
    path = packed(tmp_path, {f"{number}.{'txt' if number % 2 else 'png'}": b"" for number in range(100_000)})
    files, refused = unpack.unpacked([("a.zip", path)])
    assert files == [] and "50000 files" in (refused[0].reason_en or "")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("a.zip", b"PK no zip", "damaged"), ("a.zip", b"", "damaged")],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    files, refused = unpack.unpacked([(name, path)])
    assert files == []
    assert refused[0].outcome == "refused" and word in (refused[0].reason_en or "") and refused[0].reason


@pytest.mark.parametrize("name", ["报告.png", "报告", "报告.文字稿", "a.exe"])
def test_the_kind_of_a_single_file_is_not_told_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert unpack.unpacked([(name, tmp_path / name)]) == ([(name, b"x")], [])


def test_a_zip_without_reports_and_one_with_too_many_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MOST_ENTRIES", 2)
    empty = packed(tmp_path, {"x.png": b"1"}, "empty.zip")
    many = packed(tmp_path, {f"{n}.txt": b"1" for n in range(3)}, "many.zip")
    files, refused = unpack.unpacked([("empty.zip", empty), ("many.zip", many)])
    assert files == []
    assert all(len(result.reason or "") > 5 for result in refused)
    assert {"empty.zip", "many.zip"} <= {result.name for result in refused}
