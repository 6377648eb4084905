"""Databases that are read as they are, where there is no room for what SQLite writes beside them.

No locks are taken, so what another process writes meanwhile may be in the way. Then less is found
than there is, or what bears no right mark; whoever has a database open leaves room for all others,
so that none of them needs this.
"""

import sqlite3
from pathlib import Path


def frozen(path: Path, table: str) -> sqlite3.Connection:
    """A connection that writes nothing.

    Args:
        path: The database.
        table: A table that it has.

    Raises:
        sqlite3.Error: It cannot be read either.
    """
    connection = _connected(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
    try:
        connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - the name is ours.
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def empty(layout: str) -> sqlite3.Connection:
    """A connection to nothing, to which nothing can be added: what is not kept has to be told.

    Args:
        layout: What makes its tables.
    """
    connection = _connected(":memory:")
    connection.executescript(layout)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _connected(place: str) -> sqlite3.Connection:
    return sqlite3.connect(place, uri=True, check_same_thread=False, isolation_level=None)
