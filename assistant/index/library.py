"""The library: every report as received and all that was made of it, in one SQLite file. The truth.

Chroma and every cache are derived from here and can be lost. The library neither reads report
files nor embeds: it keeps what it is given, and says which of it was made by other rules than the
present ones (`stale`), which it then shows and finds no more until it is given anew.
"""

from __future__ import annotations

import hashlib
import json
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.index import corrections, near_duplicates, outcomes, rows, words_index
from assistant.index.codec import layout
from assistant.index.database import Database
from assistant.index.places import Scored, Unit
from assistant.index.rows import Matrix, Places, Stored
from assistant.language import words as language_words
from assistant.models import AddResult, Period, Profile, Report, ReportKind, ReportSummary

CACHED_REPORTS = 256  # half a megabyte each


class Library:
    """All reports of one home. Every method may be called from any thread, at any time.

    `reading` names the rules that made the reports given to `add` (repair, passages, figures …).
    Rows made by others, or by another shape of the value classes, are `stale`.
    Raises IndexFolderError and its kinds as `Database` does.
    """

    def __init__(self, path: Path, *, reading: str = "") -> None:
        self.path = path
        self.reading = f"{reading}; {language_words.VERSION}; shape {layout(Report)}"
        self._db = Database(path)
        self._decoded = lru_cache(maxsize=CACHED_REPORTS)(self._decode)
        self._at_hand = threading.local()
        self._lines: tuple[int, tuple[ReportSummary, ...]] = (-1, ())
        self._sizes: tuple[int, dict[str, int]] = (-1, {})
        if self._fact("reading") != self.reading:
            self._start_anew()
        if self._fact("untidy") == "1":
            self.tidy()
        self.id = self._fact("id")

    # --- putting in and taking out --------------------------------------------------------

    def unchanged(self, name: str, content: bytes) -> AddResult | None:
        """The result of adding this file when it is there already, else None. Costs one hash.

        The same bytes under a further name are kept once; the report is found by that name too.
        """
        with self._db.reading() as db:
            row = db.execute(
                "SELECT number, id, name FROM reports WHERE sha256 = ? AND reading = ?",
                (hashlib.sha256(content).hexdigest(), self.reading),
            ).fetchone()
            alias = db.execute("SELECT report FROM aliases WHERE name = ?", (name,)).fetchone()
            taken = db.execute("SELECT 1 FROM reports WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        if row[2] == name:
            return AddResult(name, "unchanged", row[1])
        if taken or (alias and alias[0] != row[0]):
            return None  # the name stands for another content, which has to go
        if not alias:
            with self._db.writing() as db:
                db.execute("INSERT OR REPLACE INTO aliases SELECT ?, number FROM reports WHERE id = ?", (name, row[1]))
        return outcomes.same_content(name, "unchanged", row[1], row[2])

    def add(
        self,
        report: Report,
        content: bytes,
        *,
        sentence_vectors: Matrix | None = None,
        passage_vectors: Matrix | None = None,
        model: str = "",
    ) -> AddResult:
        """Keeps a report, in one transaction; readers see all of it or nothing.

        A report of the same name with other content is replaced; the same content costs nothing.
        `reason` of the result tells of a near-duplicate, unread pages, and corrections that went. Vectors are one row a
        sentence (in reading order) and one a passage; they may be given later by `set_vectors`.
        """
        there = self.unchanged(report.name, content)
        if there is not None:
            return there
        with self._db.writing() as db:
            corrected = rows.corrected_fields(db, report.name, report.id)
            replaced = rows.free_name(db, report.name, report.id, self.reading)
            twin = db.execute("SELECT number, name, reading FROM reports WHERE id = ?", (report.id,)).fetchone()
            if twin and twin[1] != report.name:
                db.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (report.name, twin[0]))
            if twin and twin[2] == self.reading:
                result = outcomes.same_content(report.name, "replaced" if replaced else "unchanged", report.id, twin[1])
            else:
                number = rows.write_report(db, report, content, self.reading)
                if sentence_vectors is not None and passage_vectors is not None:
                    rows.write_vectors(db, number, "sentence", model, sentence_vectors)
                    rows.write_vectors(db, number, "passage", model, passage_vectors)
                alike = near_duplicates.find(db, number)
                result = outcomes.written(report, "replaced" if replaced else "added", alike, corrected)
        if replaced:
            self.tidy()
        return result

    def renew(
        self, report: Report, content: bytes, *, sentence_vectors: Matrix, passage_vectors: Matrix, model: str
    ) -> None:
        """Puts a new reading of a stored file in the place of the old one; name and corrections stay."""
        with self._db.writing() as db:
            number = rows.write_report(db, report, content, self.reading)
            rows.write_vectors(db, number, "sentence", model, sentence_vectors)
            rows.write_vectors(db, number, "passage", model, passage_vectors)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Makes the changes within the block one transaction: all are kept, or none."""
        with self._db.writing():
            yield

    def remove(self, *ids_or_names: str) -> int:
        """Takes reports out, leaving none of their text in the file; the number taken out.

        Raises ReportNotFound, having taken out nothing, where one of them is not there.
        """
        with self._db.writing() as db:
            found = {rows.stored(db, one).number for one in ids_or_names}
            for number in found:
                rows.drop(db, number, self.reading)
        self._decoded.cache_clear()
        if found:
            self.tidy()
        return len(found)

    def tidy(self) -> None:
        """Wipes what removed reports left in the word tables and in the WAL."""
        self._db.tidy(words_index.purge, lambda db: rows.set_fact(db, "untidy", "0"))

    def set_vectors(self, report_id: str, model: str, sentence_vectors: Matrix, passage_vectors: Matrix) -> None:
        """Gives a report the vectors of a model, beside those of others. Raises ReportNotFound."""
        with self._db.writing() as db:
            number = rows.stored(db, report_id).number
            rows.write_vectors(db, number, "sentence", model, sentence_vectors)
            rows.write_vectors(db, number, "passage", model, passage_vectors)
            db.execute("UPDATE reports SET version = ? WHERE number = ?", (rows.next_revision(db), number))

    def forget_vectors_but(self, model: str) -> None:
        """Drops the vectors of every other model."""
        with self._db.writing() as db:
            db.execute("DELETE FROM vectors WHERE model <> ?", (model,))

    def set_profile(self, report_id: str, **fields: str | Period | None) -> Profile:
        """Corrects fields of a profile by hand; kept apart, so that a new reading does not lose them.

        The new profile, whose findings say "corrected by the reader". Raises ReportError for a field
        that a profile does not have or a value that the field cannot hold, and ReportNotFound.
        """
        kept = {name: corrections.encoded(name, value) for name, value in fields.items()}
        with self._db.writing() as db:
            number = rows.stored(db, report_id).number
            given = [(number, *item) for item in kept.items()]
            db.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)", given)
            db.execute("UPDATE reports SET version = ? WHERE number = ?", (rows.next_revision(db), number))
        return self.report(report_id).profile

    def clear_profile(self, report_id: str, *fields: str) -> Profile:
        """Takes back corrections (all of them when no field is named); the profile as read."""
        with self._db.writing() as db:
            number = rows.stored(db, report_id).number
            for field in fields or corrections.FIELDS:
                db.execute("DELETE FROM corrections WHERE report = ? AND field = ?", (number, field))
            db.execute("UPDATE reports SET version = ? WHERE number = ?", (rows.next_revision(db), number))
        return self.report(report_id).profile

    def corrected_kind(self, id_or_name: str) -> ReportKind | None:
        """The kind of report that a reader has set by hand, else None. Raises ReportNotFound."""
        with self._db.reading() as db:
            number = rows.stored(db, id_or_name).number
            row = db.execute("SELECT value FROM corrections WHERE report = ? AND field = 'kind'", (number,)).fetchone()
        kind: ReportKind | None = json.loads(row[0]) if row else None
        return kind

    # --- reading --------------------------------------------------------------------------

    def summaries(self) -> tuple[ReportSummary, ...]:
        """A line for every report, by file name."""
        with self._db.reading() as db:
            revision = int(rows.fact(db, "revision") or 0)
            known, lines = self._lines
            if known != revision:
                lines = rows.summaries(db, self.reading)
                self._lines = (revision, lines)
            return lines

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """Within the block this thread reads each report once, however many there are, and as it was then.

        One question goes through the reports of a large library several times.
        """
        self._at_hand.reports = {}
        try:
            yield
        finally:
            del self._at_hand.reports

    def report(self, id_or_name: str) -> Report:
        """A whole report, by its id or any of its names. Raises ReportNotFound."""
        held: dict[str, Report] | None = getattr(self._at_hand, "reports", None)
        if held is None:
            return self._report(id_or_name)
        if id_or_name not in held:
            held[id_or_name] = self._report(id_or_name)
        return held[id_or_name]

    def _report(self, id_or_name: str) -> Report:
        with self._db.reading() as db:
            stored = rows.stored(db, id_or_name, self.reading)
        return self._decoded(stored.number, stored.version)

    def content(self, id_or_name: str) -> bytes:
        """The file as received, also of a stale report. Raises ReportNotFound."""
        with self._db.reading() as db:
            number = rows.stored(db, id_or_name).number
            row = db.execute("SELECT content FROM reports WHERE number = ?", (number,)).fetchone()
        return bytes(row[0])

    def name(self, id_or_name: str) -> str:
        """The file name that a report is shown under, also of a stale one. Raises ReportNotFound."""
        with self._db.reading() as db:
            return rows.stored(db, id_or_name).name

    def ids(self) -> tuple[Stored, ...]:
        """The reports that can be asked about, in the order of their ids."""
        with self._db.reading() as db:
            found = db.execute(
                "SELECT id, name, number, version FROM reports WHERE reading = ? ORDER BY id", (self.reading,)
            )
            return tuple(Stored(*row) for row in found)

    def labels(self, stored: Stored) -> frozenset[str]:
        """What the figures of a report count, in its own words; a tenth of the time of the whole report.

        Empty where the report has changed or is gone.
        """
        with self._db.reading() as db:
            return rows.labels(db, stored.number, stored.version)

    def stale(self) -> tuple[Stored, ...]:
        """The reports that were read by other rules; to be read again from their `content`."""
        with self._db.reading() as db:
            found = db.execute(
                "SELECT id, name, number, version FROM reports WHERE reading <> ? ORDER BY id", (self.reading,)
            )
            return tuple(Stored(*row) for row in found)

    def without_vectors(self, model: str) -> tuple[Stored, ...]:
        """The reports that have no vectors of this model yet."""
        with self._db.reading() as db:
            have = {row[0] for row in db.execute("SELECT report FROM vectors WHERE model = ?", (model,))}
        return tuple(one for one in self.ids() if one.number not in have)

    def revision(self) -> int:
        """A number that grows with every change, whichever process made it."""
        return int(self._fact("revision"))

    def search_words(
        self,
        terms: Iterable[str],
        report_ids: Sequence[str] | None = None,
        limit: int = 50,
        unit: Unit = "sentence",
    ) -> list[Scored]:
        """Sentences (or passages) with any of the terms, best BM25 first (greater than 0).

        `terms` come from `assistant.language.words.words`. `report_ids` narrows to some reports;
        unknown ones are passed over; None looks in all. Ties stand in the order of the reports.
        """
        with self._db.reading() as db:
            numbers = None if report_ids is None else rows.numbers(db, report_ids)
            return words_index.search(db, unit, terms, numbers, limit)

    def frequencies(self, terms: Iterable[str], unit: Unit = "sentence") -> tuple[dict[str, int], int]:
        """In how many sentences (or passages) of the whole library each term stands, and how many there are.

        Terms that stand nowhere are left out.
        """
        with self._db.reading() as db:
            revision = int(rows.fact(db, "revision") or 0)
            known, sizes = self._sizes
            if known != revision:
                sizes = dict(db.execute("SELECT unit, count(*) FROM units GROUP BY unit").fetchall())
                self._sizes = (revision, sizes)
            return words_index.frequencies(db, unit, terms), sizes.get(unit, 0)

    def vectors(self, stored: Stored, unit: Unit, model: str) -> tuple[Places, Matrix]:
        """Passage and sentence number of each unit of a report, and as many rows of float16 vectors.

        Both are empty where the report has changed, is gone, or has no vectors of that model.
        """
        with self._db.reading() as db:
            row = db.execute(
                "SELECT vectors.dimensions, vectors.data FROM vectors JOIN reports ON reports.number = vectors.report "
                "WHERE report = ? AND reports.version = ? AND unit = ? AND model = ?",
                (stored.number, stored.version, unit, model),
            ).fetchone()
            if row is None or not row[0]:
                return np.zeros((0, 2), np.int32), np.zeros((0, 0), np.float16)
            places = db.execute(
                "SELECT passage, sentence FROM units WHERE report = ? AND unit = ? ORDER BY id", (stored.number, unit)
            ).fetchall()
        return np.array(places, np.int32).reshape(-1, 2), np.frombuffer(row[1], "<f2").reshape(-1, row[0])

    def close(self) -> None:
        """Closes the file; the library cannot be used afterwards."""
        self._db.close()

    # --- inner ----------------------------------------------------------------------------

    def _start_anew(self) -> None:
        """Empties all that was derived by other rules; the rows of `reports` become stale.

        So do those that bear the present rules already: they are of a time before the others, which took their units.
        """
        with self._db.writing() as db:
            if rows.fact(db, "id") is None:
                rows.set_fact(db, "id", uuid.uuid4().hex)
            db.execute("DELETE FROM units")
            db.execute("UPDATE reports SET reading = '' WHERE reading = ?", (self.reading,))
            words_index.create(db)
            rows.set_fact(db, "reading", self.reading)
            rows.next_revision(db)

    def _fact(self, key: str) -> str:
        with self._db.reading() as db:
            return rows.fact(db, key) or ""

    def _decode(self, number: int, version: int) -> Report:
        with self._db.reading() as db:
            return rows.decoded(db, number, version)
