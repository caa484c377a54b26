"""The word index: one FTS5 row a sentence and one a passage, in the library's own file.

Rows are cut by `assistant.language.words` before they come here, and the table keeps no text
(`content=''`), so a row can only be taken out by naming its words again. Ranking is BM25 as
SQLite computes it (k1 1.2, b 0.75), over all rows of one kind.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from assistant.index.places import Scored, Unit

TABLES: dict[Unit, str] = {"sentence": "sentence_words", "passage": "passage_words"}


def create(db: sqlite3.Connection) -> None:
    """Makes empty word tables in place of any that are there.

    The `ascii` tokenizer takes every non-ASCII character as part of a word, whatever Unicode
    version SQLite knows; with `.` and `%` added each term stays whole.
    """
    for table in TABLES.values():
        db.execute(f"DROP TABLE IF EXISTS {table}")
        db.execute(f"""CREATE VIRTUAL TABLE {table} USING fts5(terms, content='', tokenize="ascii tokenchars '.%'")""")


def add(db: sqlite3.Connection, unit: Unit, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Adds rows of (units.id, terms)."""
    table = TABLES[unit]
    db.executemany(f"INSERT INTO {table}(rowid, terms) VALUES (?, ?)", ((at, " ".join(terms)) for at, terms in rows))


def take_out(db: sqlite3.Connection, unit: Unit, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Takes out rows; `terms` must be those that the row was added with."""
    table = TABLES[unit]
    db.executemany(
        f"INSERT INTO {table}({table}, rowid, terms) VALUES ('delete', ?, ?)",
        ((at, " ".join(terms)) for at, terms in rows),
    )


def purge(db: sqlite3.Connection) -> None:
    """Merges the tables so that no word of a row that was taken out is left in the file."""
    for table in TABLES.values():
        db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def search(
    db: sqlite3.Connection, unit: Unit, terms: Iterable[str], numbers: Sequence[int] | None, limit: int
) -> list[Scored]:
    """The rows with any of the terms, best BM25 first, ties in the order of the reports.

    `numbers` are the reports to look in (`reports.number`); None looks in all.
    """
    distinct = [term for term in dict.fromkeys(terms) if term and "\0" not in term]  # NUL ends a query
    if not distinct or limit < 1 or (numbers is not None and not numbers):
        return []
    table = TABLES[unit]
    within = "" if numbers is None else "AND units.report IN (SELECT value FROM json_each(?))"
    given: list[object] = [" OR ".join('"' + term.replace('"', '""') + '"' for term in distinct)]
    if numbers is not None:
        given.append(json.dumps(list(numbers)))
    rows = db.execute(
        f"""SELECT reports.id, units.passage, units.sentence, -bm25({table}) AS score
            FROM {table} JOIN units ON units.id = {table}.rowid JOIN reports ON reports.number = units.report
            WHERE {table} MATCH ? {within}
            ORDER BY score DESC, reports.id, units.passage, units.sentence LIMIT ?""",
        (*given, limit),
    )
    return [Scored(*row) for row in rows]


def frequencies(db: sqlite3.Connection, unit: Unit, terms: Iterable[str]) -> dict[str, int]:
    """In how many rows of the whole library each of the terms stands; those that stand nowhere are left out."""
    table = TABLES[unit]
    # A view on the word table itself, of this connection only: nothing is written to the file.
    db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_terms USING fts5vocab(main, {table}, row)")
    found = {}
    for term in dict.fromkeys(terms):
        row = db.execute(f"SELECT doc FROM temp.{table}_terms WHERE term = ?", (term,)).fetchone()
        if row is not None:
            found[term] = int(row[0])
    return found
