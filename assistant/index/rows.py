"""The library's rows: how a report is written, taken out, found and read within one transaction.

Every function works on a connection that its caller opened, and leaves the commit to the caller.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ReportNotFound
from assistant.index import corrections, near_duplicates, words_index
from assistant.index.codec import dumps, loads, loads_field, loads_tuple
from assistant.index.places import UNITS, Unit
from assistant.index.texts import unit_texts
from assistant.language.words import words
from assistant.models import Figure, Original, Passage, Profile, RepairedText, Report, ReportSummary, page_ranges

Matrix = NDArray[np.float16]
Places = NDArray[np.int32]  # two columns: passage, and sentence or -1


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as the other files of this room know it: which one, and since which revision."""

    id: str
    name: str
    number: int
    version: int


def fact(db: sqlite3.Connection, key: str) -> str | None:
    """A fact about the whole library."""
    row = db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_fact(db: sqlite3.Connection, key: str, value: str) -> None:
    """Writes a fact about the whole library."""
    db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, value))


def next_revision(db: sqlite3.Connection) -> int:
    """Counts a change of the library."""
    revision = int(fact(db, "revision") or 0) + 1
    set_fact(db, "revision", str(revision))
    return revision


def stored(db: sqlite3.Connection, id_or_name: str, reading: str | None = None) -> Stored:
    """The report of that id or name or further name. Raises ReportNotFound.

    With `reading`, a report that was read by other rules counts as not there.
    """
    row = db.execute(
        """SELECT id, name, number, version FROM reports
           WHERE (id = ?1 OR name = ?1 OR number = (SELECT report FROM aliases WHERE name = ?1))
           AND (?2 IS NULL OR reading = ?2) ORDER BY id <> ?1, name <> ?1 LIMIT 1""",
        (id_or_name, reading),
    ).fetchone()
    if row is None:
        raise not_found(id_or_name)
    return Stored(*row)


def numbers(db: sqlite3.Connection, report_ids: Sequence[str]) -> list[int]:
    """`reports.number` of those ids that there are."""
    found = (db.execute("SELECT number FROM reports WHERE id = ?", (one,)).fetchone() for one in report_ids)
    return [row[0] for row in found if row is not None]


def write_report(db: sqlite3.Connection, report: Report, content: bytes, reading: str) -> int:
    """Writes a report's rows, over those of an earlier reading of the same content; its number.

    The name of an earlier reading stays, so do its corrections; vectors go, they fit other spans.
    """
    old = db.execute("SELECT number FROM reports WHERE id = ?", (report.id,)).fetchone()
    if old is not None:
        clear_words(db, old[0], reading)
        db.execute("DELETE FROM vectors WHERE report = ?", old)
    parts = (report.original, report.repaired, report.profile, report.passages, report.figures)
    row = (
        old[0] if old else None,
        report.id,
        report.name,
        report.original.sha256,
        report.added or datetime.now(UTC).isoformat(timespec="seconds"),
        reading,
        next_revision(db),
        len(report.repaired.text),
        content,
        *(dumps(part).encode("utf-8", "surrogatepass") for part in parts),
        len(report.figures),
        len(report.repaired.losses),
    )
    kept = ("reading", "version", "characters", "original", "repaired", "profile", "passages", "figures")
    updates = ", ".join(f"{column} = excluded.{column}" for column in (*kept, "figure_count", "loss_count"))
    number: int = db.execute(
        f"INSERT INTO reports VALUES ({', '.join('?' * len(row))}) "
        f"ON CONFLICT (number) DO UPDATE SET {updates} RETURNING number",
        row,
    ).fetchone()[0]
    for unit in UNITS:
        _write_words(db, number, report, unit)
    return number


def write_vectors(db: sqlite3.Connection, number: int, unit: Unit, model: str, vectors: Matrix) -> None:
    """Keeps one row of a model's vectors for each unit of the report, as float16."""
    units = db.execute("SELECT count(*) FROM units WHERE report = ? AND unit = ?", (number, unit)).fetchone()[0]
    if len(vectors) != units:
        raise ValueError(f"{len(vectors)} vectors for {units} {unit} rows")
    rows = np.ascontiguousarray(vectors, "<f2")
    db.execute(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
        (number, unit, model, rows.shape[1] if rows.ndim == 2 else 0, rows.tobytes()),
    )


def free_name(db: sqlite3.Connection, name: str, report_id: str, reading: str) -> bool:
    """Takes `name` from any other content; whether one had it.

    That content goes, unless it is known by a further name: then it goes on under that one.
    """
    db.execute(
        "DELETE FROM aliases WHERE name = ? AND report NOT IN (SELECT number FROM reports WHERE id = ?)",
        (name, report_id),
    )
    holder = db.execute("SELECT number FROM reports WHERE name = ? AND id <> ?", (name, report_id)).fetchone()
    if holder is None:
        return False
    further = db.execute("SELECT name FROM aliases WHERE report = ? ORDER BY name LIMIT 1", holder).fetchone()
    if further is None:
        drop(db, holder[0], reading)
    else:
        db.execute("DELETE FROM aliases WHERE name = ?", further)
        db.execute("UPDATE reports SET name = ?, version = ? WHERE number = ?", (*further, next_revision(db), *holder))
    return True


def corrected_fields(db: sqlite3.Connection, name: str, report_id: str) -> tuple[str, ...]:
    """The fields that a reader corrected in the report of this name, where it has other content."""
    found = db.execute(
        "SELECT field FROM corrections JOIN reports ON reports.number = corrections.report "
        "WHERE reports.name = ? AND reports.id <> ? ORDER BY field",
        (name, report_id),
    )
    return tuple(row[0] for row in found)


def drop(db: sqlite3.Connection, number: int, reading: str) -> None:
    """Takes out a report with all its rows."""
    clear_words(db, number, reading)
    db.execute("DELETE FROM reports WHERE number = ?", (number,))
    next_revision(db)


def clear_words(db: sqlite3.Connection, number: int, reading: str) -> None:
    """Takes out a report's units and words, which are those of its text under the present rules."""
    version, read_by = db.execute("SELECT version, reading FROM reports WHERE number = ?", (number,)).fetchone()
    if read_by != reading:
        return  # they went when the present rules began
    report = decoded(db, number, version)
    for unit in UNITS:
        ids = db.execute("SELECT id FROM units WHERE report = ? AND unit = ? ORDER BY id", (number, unit))
        texts = [words(text) for _, _, text in unit_texts(report, unit)]
        words_index.take_out(db, unit, [(at, terms) for (at,), terms in zip(ids, texts, strict=True)])
    db.execute("DELETE FROM units WHERE report = ?", (number,))
    set_fact(db, "untidy", "1")


def decoded(db: sqlite3.Connection, number: int, version: int) -> Report:
    """The report as it was at that version. Raises ReportNotFound when it has gone since."""
    row = db.execute(
        "SELECT id, name, added, original, repaired, profile, passages, figures FROM reports "
        "WHERE number = ? AND version = ?",
        (number, version),
    ).fetchone()
    if row is None:
        raise not_found(str(number))
    repaired, profile = loads(RepairedText, _text(row[4])), _profile(db, number, row[5])
    period = loads(Profile, _text(row[5])).period
    figures = loads_tuple(Figure, _text(row[7]))
    return Report(
        id=row[0],
        original=replace(loads(Original, _text(row[3])), name=row[1]),
        repaired=repaired,
        profile=profile,
        passages=loads_tuple(Passage, _text(row[6])),
        figures=corrections.applied_to_figures(figures, repaired.text, period, profile.period),
        added=row[2],
    )


def summaries(db: sqlite3.Connection, reading: str) -> tuple[ReportSummary, ...]:
    """A line for every report of that reading, by file name."""
    rows = db.execute(
        "SELECT number, id, name, added, profile, characters, figure_count, loss_count, "
        "json_extract(CAST(original AS TEXT), '$[3]'), json_extract(CAST(original AS TEXT), '$[4]'), "
        "json_extract(CAST(original AS TEXT), '$[6]') "
        "FROM reports WHERE reading = ? ORDER BY name",
        (reading,),
    ).fetchall()
    return tuple(_summary(row, _profile(db, row[0], row[4])) for row in rows)


def labels(db: sqlite3.Connection, number: int, version: int) -> frozenset[str]:
    """What the figures of a report count; empty where the report has changed or is gone."""
    row = db.execute("SELECT figures FROM reports WHERE number = ? AND version = ?", (number, version)).fetchone()
    return frozenset() if row is None else frozenset(loads_field(Figure, "label", _text(row[0])))


def not_found(id_or_name: str) -> ReportNotFound:
    """The error for a report that there is not."""
    return ReportNotFound(
        en=f"There is no report {id_or_name!r} in the library. `report-assistant reports list` shows those there are.",
        zh=f"报告库中没有 {id_or_name!r}。可用 report-assistant reports list 查看已有的报告。",
    )


def _summary(row: Sequence[object], profile: Profile) -> ReportSummary:
    _, report_id, name, added, _, characters, figures, losses, file_format, encoding, unread = row
    return ReportSummary(
        id=str(report_id),
        name=str(name),
        title=profile.title,
        city=profile.city,
        short=profile.short,
        province=profile.province,
        kind=profile.kind,
        period=profile.period,
        characters=int(str(characters)),
        figures=int(str(figures)),
        losses=int(str(losses)),
        added=str(added),
        format=str(file_format),
        encoding=None if encoding is None else str(encoding),
        unread=page_ranges(json.loads(str(unread))),
    )


def _write_words(db: sqlite3.Connection, number: int, report: Report, unit: Unit) -> None:
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM units").fetchone()[0]
    texts = list(unit_texts(report, unit))
    db.executemany(
        "INSERT INTO units VALUES (?, ?, ?, ?, ?, ?)",
        (
            (first + at, number, unit, passage, sentence, near_duplicates.mark(text) if unit == "sentence" else None)
            for at, (passage, sentence, text) in enumerate(texts)
        ),
    )
    words_index.add(db, unit, ((first + at, words(text)) for at, (_, _, text) in enumerate(texts)))


def _profile(db: sqlite3.Connection, number: int, stored_profile: bytes) -> Profile:
    kept = db.execute("SELECT field, value FROM corrections WHERE report = ?", (number,)).fetchall()
    return corrections.applied(loads(Profile, _text(stored_profile)), kept)


def _text(blob: bytes) -> str:
    return blob.decode("utf-8", "surrogatepass")
