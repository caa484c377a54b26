"""Uploaded files as pairs of name and bytes; a zip is opened and its reports taken one by one.

It does not read reports. Of a zip only what is named like a report is taken: it may hold anything. A zip is untrusted: entries, sizes and names are checked while it is read, so
that a small file cannot grow without end and no name leads out of the library.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from assistant.models import AddResult
from assistant.reports.refusals import PARSER_ERRORS

MOST_ENTRIES = 2000
"""Reports taken from one zip."""

MOST_BYTES = 100 * 1024 * 1024
"""Bytes of one zip after unpacking."""

KINDS = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_OF_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # kept by systems in each folder
_PIECE = 1 << 16
# With U+202E `report\u202etxt.exe` would be shown as `reportexe.txt`.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def unpacked(uploads: Iterable[tuple[str, Path]]) -> tuple[list[tuple[str, bytes]], list[AddResult]]:
    """The files to add, and the uploads refused here, each with its reason."""
    files: list[tuple[str, bytes]] = []
    refused: list[AddResult] = []
    for given, path in uploads:
        name = plain_name(given)
        if name in _OF_SYSTEMS or name.startswith("._"):
            continue  # nobody meant to add it
        if path.suffix.lower() == ".zip":
            found, others, reason = _from_zip(path)
            files += found
            refused += [_of_no_kind(other) for other in others]
            if reason:
                refused.append(AddResult(name, "refused", reason=reason[0], reason_en=reason[1]))
        else:
            files.append((name, path.read_bytes()))  # what kind it is, its content tells
    return files, refused


def plain_name(text: str) -> str:
    """The name of a file without its folders and without signs that are not shown or turn the direction of writing."""
    return _UNSHOWN.sub("", PurePosixPath(text.replace("\\", "/")).name)


def _of_no_kind(name: str) -> AddResult:
    kinds = " ".join(KINDS)
    return AddResult(
        name,
        "refused",
        reason=f"不支持这种文件，可以加入的有：{kinds} .zip",
        reason_en=f"Only these kinds of files can be read: {kinds} .zip",
    )


def _from_zip(path: Path) -> tuple[list[tuple[str, bytes]], list[str], tuple[str, str] | None]:
    """The reports in the zip, the names of its other files, and why it (or the rest of it) was not taken."""
    files: list[tuple[str, bytes]] = []
    others: list[str] = []
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(path) as packed:
            shown = [entry for entry in packed.infolist() if _is_shown(entry)]
            entries = [entry for entry in shown if _is_report(entry)]
            others = [_name(entry) for entry in shown if not _is_report(entry)][:MOST_ENTRIES]
            if len(entries) > MOST_ENTRIES:
                return (
                    [],
                    [],
                    (
                        f"压缩包里有 {len(entries)} 个文件，最多 {MOST_ENTRIES} 个。",
                        f"The zip holds {len(entries)} files, at most {MOST_ENTRIES} are taken.",
                    ),
                )
            for entry in entries:
                if entry.flag_bits & 1:
                    return [], [], ("压缩包有密码，无法打开。", "The zip is locked with a password.")
                content = _inflated(packed, entry, left)
                if content is None:
                    return (
                        [],
                        [],
                        (
                            f"压缩包解开后超过 {MOST_BYTES // 2**20} MB。",
                            f"The zip is larger than {MOST_BYTES // 2**20} MB when unpacked.",
                        ),
                    )
                left -= len(content)
                files.append((_name(entry), content))
    except (zipfile.BadZipFile, *PARSER_ERRORS):
        return [], [], ("压缩包已损坏，无法打开。", "The zip is damaged and cannot be opened.")
    if not files:
        return [], others, ("压缩包里没有可以读取的报告。", "The zip holds no report that can be read.")
    return files, others, None


def _is_report(entry: zipfile.ZipInfo) -> bool:
    return PurePosixPath(entry.filename).suffix.lower() in KINDS


def _is_shown(entry: zipfile.ZipInfo) -> bool:
    """Whether somebody put the entry there: no folder, and none of the files that systems add."""
    place = PurePosixPath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in place.parts)
    return not entry.is_dir() and not hidden


def _inflated(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes | None:
    """The bytes of the entry, or None when there are more than `left` of them, whatever its header says."""
    pieces: list[bytes] = []
    with packed.open(entry) as stream:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                return None
            pieces.append(piece)
    return b"".join(pieces)


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's own name without folders; Chinese Windows writes it in GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return plain_name(name)
