"""Tries a Chroma generation in a process of its own: `python -m assistant.index.verify FOLDER COUNTS`.

Ends with 0 when the counts are right and every vector tried finds itself, else with 1 (or with the
signal that a damaged file caused). It changes nothing and says nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from assistant.index.chroma import ChromaUnusableError, Collections


def main(folder: str, counts: str) -> int:
    """The exit status for a generation's folder and its expected counts (JSON, by unit)."""
    try:
        collections = Collections.open_folder(Path(folder))
        try:
            return 0 if collections.sound(json.loads(counts)) else 1
        finally:
            collections.close()
    except ChromaUnusableError:
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
