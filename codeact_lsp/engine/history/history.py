"""What calls of nodes took: feeds the order of a run, its mode, forecasts and hints.

It is advice, never truth: a history that is missing, broken or locked is an empty one, and no run
fails for it. Whoever reads it gets `Record`s: the latest good call of one node (`of`) or of all
nodes of a plan (`of_plan`), all remembered calls of a node, newest first (`calls`), and the runs of
a plan, newest first (`runs`).
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any, TypeVar

from codeact_lsp.engine.history.code_changes import CodeParts
from codeact_lsp.engine.history.records import RAN, Ran, Record, RunRecord
from codeact_lsp.engine.store.frozen import frozen

__all__ = ["NAME", "RAN", "History", "Ran", "Record", "RunRecord"]

# The number is that of the layout: versions of ours with another one do not meet in one file.
NAME = "history-3.sqlite"
_T = TypeVar("_T")
_PATIENCE_SECONDS = 2.0
_MOST_CALLS_OF_A_NODE = 20
_MOST_RUNS_OF_A_PLAN = 200
_MOST_CALLS = 200_000  # About 200 bytes each.
_MOST_RUNS = 20_000

_COLUMNS = ", ".join(column.name for column in fields(Record))
_SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL, node TEXT NOT NULL, key TEXT NOT NULL,
    outcome TEXT NOT NULL, why TEXT NOT NULL, wall REAL NOT NULL, cpu REAL NOT NULL,
    memory INTEGER NOT NULL, size INTEGER NOT NULL, at REAL NOT NULL, run TEXT NOT NULL,
    reused INTEGER NOT NULL, error TEXT NOT NULL, place TEXT NOT NULL,
    read INTEGER, written INTEGER, disk_read INTEGER, disk_written INTEGER
);
CREATE INDEX IF NOT EXISTS calls_by_node ON calls (file, outcome, node);
CREATE INDEX IF NOT EXISTS calls_by_key ON calls (key);
CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, file TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS runs_by_file ON runs (file);
CREATE TABLE IF NOT EXISTS code (
    file TEXT, node TEXT, parts TEXT NOT NULL, PRIMARY KEY (file, node)
) WITHOUT ROWID;
"""
_LATEST = f"""
SELECT {_COLUMNS} FROM calls WHERE id IN
    (SELECT MAX(id) FROM calls WHERE file = ? AND outcome = 'ran' GROUP BY node)
"""  # noqa: S608 - our own column names.
_BY_KEY = f"""
SELECT {_COLUMNS} FROM calls WHERE id IN
    (SELECT MAX(id) FROM calls WHERE key IN (SELECT value FROM json_each(?)) AND outcome = 'ran'
     GROUP BY key)
"""  # noqa: S608 - as above.
_OF_NODE = f"SELECT {_COLUMNS} FROM calls WHERE file = ? AND node = ? ORDER BY id DESC"  # noqa: S608
_OF_NODES = f"SELECT {_COLUMNS} FROM calls WHERE file = ? ORDER BY id DESC"  # noqa: S608
_PLACES = ", ".join("?" for _ in fields(Record))
_INSERT = f"INSERT INTO calls (file, {_COLUMNS}) VALUES (?, {_PLACES})"  # noqa: S608 - as above.
_REUSED = """
UPDATE calls SET reused = reused + 1 WHERE id IN
    (SELECT MAX(id) FROM calls WHERE file = ? AND outcome = 'ran'
     AND node IN (SELECT value FROM json_each(?)) GROUP BY node)
"""
_TRIM_NODES = """
DELETE FROM calls WHERE id IN
    (SELECT id FROM
        (SELECT id, row_number() OVER (PARTITION BY node ORDER BY id DESC) AS age
         FROM calls WHERE file = ?)
     WHERE age > ?)
"""
_TRIM_ALL = """
DELETE FROM calls WHERE id <= (SELECT MAX(id) FROM calls) - ? RETURNING file, node
"""
_TRIM_ALL_RUNS = "DELETE FROM runs WHERE id <= (SELECT MAX(id) FROM runs) - ?"
_TRIM_CODE = """
DELETE FROM code WHERE file = ?1 AND node = ?2 AND NOT EXISTS
    (SELECT * FROM calls WHERE file = ?1 AND outcome = 'ran' AND node = ?2)
"""
_TRIM_RUNS = """
DELETE FROM runs WHERE file = ? AND id NOT IN
    (SELECT id FROM runs WHERE file = ? ORDER BY id DESC LIMIT ?)
"""


class History:
    """The calls and runs of all plans of one user; safe in several threads and processes."""

    def __init__(
        self, folder: Path, most_calls: int = _MOST_CALLS, most_runs: int = _MOST_RUNS
    ) -> None:
        """Open it, creating it if need be; never raises.

        Args:
            folder: Where it is.
            most_calls: How many calls of all plans are remembered.
            most_runs: How many runs of all plans are.
        """
        self._bounds = most_calls, most_runs
        self._lock = threading.Lock()
        self._connection = _opened(folder / NAME)

    def close(self) -> None:
        """Close it."""
        with self._lock:
            self._connection.close()

    def of(self, file: Path, node: str) -> Record | None:
        """The latest call of a node that returned a value."""
        good = (record for record in self.calls(file, node) if record.outcome == RAN)
        return next(good, None)

    def of_plan(self, file: Path, keys: Mapping[str, str]) -> dict[str, Record]:
        """The latest good call of each node of a plan, as far as there is one; one or two reads.

        Args:
            file: The plan's path.
            keys: The code key of each node. A node that has not run under its name is found by its
                code: the plan may have been moved or copied.
        """
        found = {record.node: record for record in self._records(_LATEST, str(file))}
        found = {node: record for node, record in found.items() if node in keys}
        if unknown := {key: node for node, key in keys.items() if node not in found}:
            moved = self._records(_BY_KEY, json.dumps(list(unknown)))
            found |= {unknown[record.key]: record for record in moved}
        return found

    def calls(self, file: Path, node: str) -> list[Record]:
        """The last calls of a node, good and bad, newest first; at most twenty."""
        return self._records(_OF_NODE, str(file), node)

    def calls_of_plan(self, file: Path) -> dict[str, list[Record]]:
        """The last calls of each node of a plan, newest first; at most twenty of a node."""
        found: dict[str, list[Record]] = {}
        for record in self._records(_OF_NODES, str(file)):
            found.setdefault(record.node, []).append(record)
        return found

    def runs(self, file: Path) -> list[RunRecord]:
        """The last runs of a plan, newest first; at most two hundred."""
        query = "SELECT record FROM runs WHERE file = ? ORDER BY id DESC"
        rows = self._rows(query, str(file))
        return [RunRecord(**json.loads(row[0])) for row in rows]

    def code(self, file: Path) -> dict[str, CodeParts]:
        """What the code of each node of a plan was made of when it last ran well."""
        query = "SELECT node, parts FROM code WHERE file = ?"
        rows = self._rows(query, str(file))
        return {node: json.loads(parts) for node, parts in rows}

    def record(self, file: Path, ran: Ran) -> None:
        """Remember a run."""

        def work(connection: sqlite3.Connection) -> None:
            _write(connection, str(file), ran)
            _trim(connection, *self._bounds)

        self._asked(work, None)

    def _records(self, query: str, *arguments: str) -> list[Record]:
        return [Record(*row) for row in self._rows(query, *arguments)]

    def _rows(self, query: str, *arguments: str) -> list[Any]:
        nothing: list[Any] = []
        return self._asked(lambda c: c.execute(query, arguments).fetchall(), nothing)

    def _asked(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        try:
            with self._lock, self._connection:
                return work(self._connection)
        except sqlite3.Error:
            return otherwise


def _write(connection: sqlite3.Connection, file: str, ran: Ran) -> None:
    run = json.dumps({each.name: getattr(ran.run, each.name) for each in fields(ran.run)})
    connection.execute("INSERT INTO runs (file, record) VALUES (?, ?)", (file, run))
    connection.execute(_TRIM_RUNS, (file, file, _MOST_RUNS_OF_A_PLAN))
    connection.execute(_REUSED, (file, json.dumps(ran.reused)))
    if ran.calls:
        connection.executemany(_INSERT, [(file, *astuple(call)) for call in ran.calls])
        connection.execute(_TRIM_NODES, (file, _MOST_CALLS_OF_A_NODE))
    code = [(file, node, json.dumps(parts)) for node, parts in ran.code.items()]
    connection.executemany("INSERT OR REPLACE INTO code VALUES (?, ?, ?)", code)


def _trim(connection: sqlite3.Connection, most_calls: int, most_runs: int) -> None:
    """Forget what is oldest of all plans: most of those that were ever run are gone."""
    connection.execute(_TRIM_ALL_RUNS, (most_runs,))
    gone = set(connection.execute(_TRIM_ALL, (most_calls,)).fetchall())
    connection.executemany(_TRIM_CODE, gone)


def _opened(path: Path) -> sqlite3.Connection:
    """The database; where nothing can be written one to read, or one in memory."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _renewed(path)
    except (OSError, sqlite3.Error):
        return _unwritten(path)


def _renewed(path: Path) -> sqlite3.Connection:
    """The database; a new one where it is broken."""
    try:
        return _connected(str(path))
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise
        for suffix in ("", "-wal", "-shm"):  # A log is not to be applied to another file.
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _connected(str(path))


def _unwritten(path: Path) -> sqlite3.Connection:
    try:
        return frozen(path, "runs")
    except sqlite3.Error:
        return _connected(":memory:")


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=_PATIENCE_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.executescript(_SCHEMA)
        with closing(connection.execute("SELECT COUNT(*) FROM runs")):
            return connection
    except sqlite3.Error:
        connection.close()
        raise
