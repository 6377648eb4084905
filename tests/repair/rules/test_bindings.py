"""A query of SQLite that is given more or fewer values than it has marks, or a table columns."""

import pytest

from codeact_lsp.repair.rules.bindings import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEAD = """
import sqlite3

INSERT = "insert into pets values (?, ?)"

def a(name: str = "Rex", legs: int = 4) -> object:
    db = sqlite3.connect(":memory:")
    db.execute(\'\'\'
        create table if not exists pets (
            MADE  -- of the form
        )
    \'\'\')
    RUN
    return db.execute("select name from pets").fetchall()
"""
_WITH_KEY = "id integer primary key, name text check (name in ('Rex', 'Tom')), legs integer"
_WITH_DEFAULT = "name text, legs int, seen text default current_timestamp, unique (name, legs)"
_WITH_BOTH = f"id integer primary key, {_WITH_DEFAULT}"
_WITH_MADE = "id integer primary key, name text, legs int, half real as (legs / 2)"


async def test_one_value_in_a_row(bench: Bench) -> None:
    await bench.check_first(
        """
        import sqlite3

        def a(name: str = "tea") -> object:
            db = sqlite3.connect(":memory:")
            return db.execute("select length(?)", name).fetchone()[0]
        """,
        ", name)",
        ", (name,))",
    )


async def test_as_many_marks_as_values(bench: Bench) -> None:
    await bench.check_first(
        """
        import sqlite3

        def a(name: str = "tea", n: int = 3) -> object:
            db = sqlite3.connect(":memory:")
            db.execute("create table items (name text, n integer)")
            db.execute("insert into items values (?)", (name, n))
            return db.execute("select n from items").fetchone()[0]
        """,
        "(?)",
        "(?, ?)",
    )


@pytest.mark.parametrize("made", [_WITH_KEY, _WITH_DEFAULT, _WITH_BOTH, _WITH_MADE])
@pytest.mark.parametrize(
    "row", ["execute(INSERT, (name, legs))", "executemany(INSERT, [(name, 4)])"]
)
async def test_the_columns_that_a_table_does_not_fill(bench: Bench, made: str, row: str) -> None:
    text = HEAD.replace("MADE", made).replace("RUN", f"db.{row}")
    fix = await bench.check_first(text, "pets values", "pets (name, legs) values")
    assert fix.preferred


async def test_a_query_that_is_written_in_pieces(bench: Bench) -> None:
    run = 'db.execute("insert into pets "\n        "values (?, ?)", (name, legs))'
    text = HEAD.replace("MADE", _WITH_KEY).replace("RUN", run)
    await bench.check_first(text, '"insert into pets "', '"insert into pets (name, legs) "')


async def test_the_columns_for_more_values_than_there_are_marks(bench: Bench) -> None:
    run = 'db.execute("insert into pets values (?)", (name, legs))'
    await bench.check_first(
        HEAD.replace("MADE", _WITH_KEY).replace("RUN", run),
        'pets values (?)"',
        'pets (name, legs) values (?, ?)"',
    )


async def test_a_row_that_is_as_long_as_its_table_but_not_its_marks(bench: Bench) -> None:
    run = "db.execute(INSERT, (None, name, legs))"
    await bench.check_first(
        HEAD.replace("MADE", _WITH_KEY).replace("RUN", run), "(?, ?)", "(?, ?, ?)"
    )


async def test_a_table_that_is_created_elsewhere(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        import sqlite3

        def a():
            db = sqlite3.connect(":memory:")
            name = "pets"
            db.execute(f"create table {name} (id integer primary key, legs int)")
            db.execute("insert into pets values (?)", (3,))
        """,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("insert into pets (name, legs) values (?)", "insert into pets (name, legs) values (?, ?)"),
        ("insert into pets (legs) values (?, ?)", ""),
    ],
)
async def test_columns_that_are_named(bench: Bench, old: str, new: str) -> None:
    text = HEAD.replace("MADE", _WITH_KEY).replace("RUN", f'db.execute("{old}", (name, legs))')
    if new:
        await bench.check_first(text, old, new)
    else:
        await bench.check_silent(RULE, text)


QUERY = """
import sqlite3

def a(name: str = "Rex", legs: int = 4) -> object:
    db = sqlite3.connect(":memory:")
    db.execute("create table pets (name text, legs int)")
    db.execute("insert into pets values ('Rex', 4)")
    return db.execute(RUN).fetchall()
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"select legs from pets where name = ?", (name)', "(name,)"),
        ('"select legs from pets where name = ?", name.title()', "(name.title(),)"),
        ('"select name from pets where legs = ?", 4', "(4,)"),
        ('"select 1 from pets where name = ? and legs = ?", (name,)', "(name, legs)"),
        ('"select 2 from pets where name = ?", (name, db)', "(name,)"),
        ('"select 3 from pets where name = ?", (str(name), 4)', "(str(name),)"),
        (
            '"select 4 from pets where name = ? or ? is null", (legs and name,)',
            "(legs and name, legs and name)",
        ),
    ],
)
async def test_as_many_values_as_marks(bench: Bench, old: str, new: str) -> None:
    query = old.rpartition('", ')[0]
    meant = f'{query}", {new}'
    await bench.check_first(QUERY.replace("RUN", old), old, meant)


async def test_rows_that_are_given_at_once(bench: Bench) -> None:
    text = HEAD.replace("MADE", "name text, legs integer").replace(
        "RUN", 'rows = [("a", 1), ("b", 2), ("c", 3)]\n    db.execute(INSERT, rows)'
    )
    await bench.check_first(text, "execute(INSERT", "executemany(INSERT")


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return (1, 2)['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
