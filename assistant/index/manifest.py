"""What built the Chroma vectors, of which reports they are, and whether the writing was finished.

One small JSON file, replaced whole: it is the pointer to the present generation too. A manifest
that does not fit exactly means that the vectors are built anew; nothing is ever mended.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` are the size and checksum of each file of a generation when it was left in order."""

    generation: str
    recipe: str
    reports: dict[str, int] = field(default_factory=dict)  # id -> version in the library
    counts: dict[str, int] = field(default_factory=dict)  # unit -> vectors
    dimensions: int = 0
    removed: int = 0  # vectors deleted since it was built; they still take room
    files: dict[str, list[int]] = field(default_factory=dict)
    settled: bool = False  # False from before the first write until all of it is done


def read(path: Path) -> Manifest | None:
    """The manifest, or None where there is none that can be understood."""
    try:
        found = json.loads(path.read_text("utf-8"))
        return Manifest(**found)
    except (OSError, ValueError, TypeError):
        return None


def write(path: Path, manifest: Manifest) -> None:
    """Replaces the manifest in one step that survives a crash. Raises OSError."""
    aside = path.with_suffix(".new")
    with aside.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
    if os.name == "posix":  # the new name is safe only once its folder is
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
