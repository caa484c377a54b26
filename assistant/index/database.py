"""The SQLite file behind the library: its tables, its connections and its transactions.

WAL mode lets readers go on while one writes; `synchronous=FULL` makes a commit outlive the process
and the machine. Nothing here knows what a report is.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue

from assistant.errors import IndexFolderError, LibraryDamaged, LibraryLocked, StorageFull

SCHEMA_VERSION = 1
BUSY_SECONDS = 20.0
_UNUSABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR)

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reports (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    added TEXT NOT NULL,
    reading TEXT NOT NULL,         -- the rules that the columns below were made with
    version INTEGER NOT NULL,      -- the library's revision when they were written
    characters INTEGER NOT NULL,
    content BLOB NOT NULL,         -- the file, byte for byte
    original BLOB NOT NULL, repaired BLOB NOT NULL, profile BLOB NOT NULL,
    passages BLOB NOT NULL, figures BLOB NOT NULL,
    figure_count INTEGER NOT NULL, loss_count INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS aliases (   -- other names under which the same content came
    name TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports(number) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS corrections (
    report INTEGER NOT NULL REFERENCES reports(number) ON DELETE CASCADE,
    field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (report, field)
);
CREATE TABLE IF NOT EXISTS units (     -- what can be found: a sentence, or a passage (sentence = -1)
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports(number) ON DELETE CASCADE,
    unit TEXT NOT NULL, passage INTEGER NOT NULL, sentence INTEGER NOT NULL,
    hash INTEGER                       -- of a long sentence's text: tells near-duplicates
);
CREATE INDEX IF NOT EXISTS units_by_report ON units(report, unit);
CREATE INDEX IF NOT EXISTS units_by_hash ON units(hash) WHERE hash IS NOT NULL;
CREATE TABLE IF NOT EXISTS vectors (   -- float16, one row a unit, in the order of units.id
    report INTEGER NOT NULL REFERENCES reports(number) ON DELETE CASCADE,
    unit TEXT NOT NULL, model TEXT NOT NULL, dimensions INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (report, unit, model)
);
"""


class Database:
    """Connections to one SQLite file: many readers at a time, one writer at a time.

    Raises LibraryDamaged where the file is no readable library, LibraryLocked where another
    process writes for longer than 20 seconds, StorageFull where the disk is full, and
    IndexFolderError where the folder cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.RLock()
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._closed = False
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._connect()
            version = self._writer.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA_VERSION):
                raise _other_schema(path, version)
            if version == 0:
                self._writer.execute("BEGIN IMMEDIATE")
                for statement in _TABLES.split(";\n"):
                    self._writer.execute(statement)
                self._writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                self._writer.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the library from the first to the last query."""
        with self._told():
            try:
                connection = self._idle.get_nowait()
            except Empty:
                connection = self._connect()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                if connection.in_transaction:
                    connection.rollback()
                if self._closed:
                    connection.close()
                else:
                    self._idle.put(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole when the block ends well, and dropped whole when not."""
        with self._writing, self._told():
            if self._writer.in_transaction:  # part of a larger change
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                if self._writer.in_transaction:
                    self._writer.rollback()

    def tidy(self, work: Callable[[sqlite3.Connection], None], done: Callable[[sqlite3.Connection], None]) -> None:
        """Does `work`, empties the WAL so that removed text is gone, then notes that it is `done`.

        Leaves it undone within a transaction, and while a reader still needs the WAL.
        """
        with self._writing, self._told():
            if self._writer.in_transaction:
                return
            work(self._writer)
            busy, _, _ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                done(self._writer)

    def close(self) -> None:
        """Closes every idle connection; a reader still at work closes its own."""
        with self._writing:
            self._closed = True
            self._writer.close()
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what SQLite and the file system report into the assistant's own errors."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            explained = self._explained(error)
            if explained is None:
                raise  # not the file's fault
            raise explained from error
        except OSError as error:
            raise IndexFolderError(
                en=f"The library folder {self.path.parent} cannot be used: {error}. Set another one with --home.",
                zh=f"报告库文件夹 {self.path.parent} 无法使用：{error}。请用 --home 另设一个。",
            ) from error

    def _explained(self, error: sqlite3.DatabaseError) -> IndexFolderError | None:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without its extension
        path = self.path
        if code == sqlite3.SQLITE_FULL:
            return StorageFull(
                en=f"There is no room left to write {path}. Nothing was changed; free some space and try again.",
                zh=f"磁盘空间不足，无法写入 {path}。报告库未作改动；请腾出空间后重试。",
            )
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LibraryLocked(
                en=f"Another process has been writing to {path} for {BUSY_SECONDS:.0f} seconds. Try again later.",
                zh=f"另一个进程正在写入 {path}，已等待 {BUSY_SECONDS:.0f} 秒。请稍后重试。",
            )
        if code in _UNUSABLE:
            return IndexFolderError(
                en=f"{path} cannot be written ({error}). Check its permissions, or set another folder with --home.",
                zh=f"无法写入 {path}（{error}）。请检查其权限，或用 --home 另设一个文件夹。",
            )
        if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return None
        return LibraryDamaged(
            en=f"The library {path} cannot be read ({error}). Move that file away and add the reports again.",
            zh=f"报告库 {path} 无法读取（{error}）。请将该文件移走，再重新加入报告。",
        )


def _other_schema(path: Path, version: int) -> LibraryDamaged:
    return LibraryDamaged(
        en=f"{path} has structure {version}, which this version of the program cannot read; it reads "
        f"{SCHEMA_VERSION}. Use the version that wrote it, or another --home.",
        zh=f"{path} 的结构版本为 {version}，本版程序只能读取 {SCHEMA_VERSION}。请使用写成它的版本，或另设 --home。",
    )
