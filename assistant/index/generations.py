"""Folders of Chroma generations: made aside, verified in another process, left behind when replaced.

Chroma 1.5.9 may lose vectors without a word when its process is killed while it writes, and a
damaged folder may take the process that opens it down. So a folder is only opened when every file
is as it was left, and a new one is first tried by a process that may die of it.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path

PREFIX = "generation-"
VERIFY_SECONDS = 180


def new_name() -> str:
    """The name of a generation that there has not been yet."""
    return f"{PREFIX}{time.time_ns():x}"


def checksums(folder: Path) -> dict[str, list[int]]:
    """[size, CRC-32] of every file; empty where the folder is missing or cannot be read."""
    found: dict[str, list[int]] = {}
    with contextlib.suppress(OSError):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                found[file.relative_to(folder).as_posix()] = _checksum(file)
        return found
    return {}


def sweep(root: Path, keep: str | None) -> None:
    """Deletes every generation but one."""
    for folder in root.glob(f"{PREFIX}*"):
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)


def verified(folder: Path, counts: dict[str, int]) -> bool:
    """Whether another process could open the generation, count its vectors and find them."""
    command = [sys.executable, "-m", "assistant.index.verify", str(folder), json.dumps(counts)]
    here = str(Path(__file__).resolve().parents[2])
    try:
        done = subprocess.run(  # the command is ours; the folder's name was made above
            command, cwd=here, timeout=VERIFY_SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _checksum(file: Path) -> list[int]:
    size, crc = 0, 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            size += len(block)
            crc = zlib.crc32(block, crc)
    return [size, crc]
