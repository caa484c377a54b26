"""Points out a report most of whose sentences stand in another one.

Only a hint for the reader: nothing is refused or merged because of it.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3

SHARE = 0.8  # of a report's long sentences
SHORTEST = 12  # characters; shorter ones (greetings, headings) stand in any report

_BLANK = re.compile(r"\s+")


def mark(text: str) -> int | None:
    """A number that equal sentences share whatever their spacing; None for a short one."""
    bare = _BLANK.sub("", text)
    if len(bare) < SHORTEST:
        return None
    digest = hashlib.blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def find(db: sqlite3.Connection, number: int) -> str | None:
    """The name of the report that holds at least 80 % of this report's long sentences, or None."""
    own = db.execute("SELECT count(DISTINCT hash) FROM units WHERE report = ?", (number,)).fetchone()[0]
    if not own:
        return None
    row = db.execute(
        """SELECT reports.name, count(DISTINCT units.hash) AS common FROM units
           JOIN reports ON reports.number = units.report
           WHERE units.report <> ?1 AND units.hash IN (SELECT hash FROM units WHERE report = ?1)
           GROUP BY units.report ORDER BY common DESC, reports.name LIMIT 1""",
        (number,),
    ).fetchone()
    return str(row[0]) if row and row[1] >= SHARE * own else None
