"""A query of SQLite whose names or rows are not as its code takes them."""

import pytest

from codeact_lsp.repair.rules.queries import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_table_that_is_called_otherwise(bench: Bench) -> None:
    await bench.check_first(
        """
        import sqlite3

        def a() -> object:
            db = sqlite3.connect(":memory:")
            db.execute("create table items (n integer)")
            return db.execute("select count(*) from item").fetchone()[0]
        """,
        'from item"',
        'from items"',
    )


async def test_columns_by_their_names(bench: Bench) -> None:
    await bench.check_first(
        """
        import sqlite3

        def a() -> object:
            db = sqlite3.connect(":memory:")
            row = db.execute("select 3 as n").fetchone()
            return row["n"]
        """,
        'connect(":memory:")\n',
        'connect(":memory:")\n    db.row_factory = sqlite3.Row\n',
    )


async def test_the_one_value_of_a_row(bench: Bench) -> None:
    await bench.check_first(
        """
        import sqlite3

        def _count() -> int:
            db = sqlite3.connect(":memory:")
            return db.execute("select 3").fetchone()

        def a() -> object:
            return _count() + 1
        """,
        ".fetchone()",
        ".fetchone()[0]",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return (1, 2)['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_column_of_a_table(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            sales = pd.DataFrame({"day": [1, 2], "amount": [3, 4]})
            return len(sales.query("ammount > 3 and day > 1"))
        """,
        '"ammount >',
        '"amount >',
    )


HEAD = """
import sqlite3

def _of(db: sqlite3.Connection, name: str) -> object:
    return [row["n"] for row in db.execute("select n from t")]

def _by(db: sqlite3.Connection, name: str) -> object:
    return db.execute(f"select n from t where who = {name}").fetchone()[0]

def a() -> object:
    db = sqlite3.connect(":memory:")
    db.execute("create table t (who text, n integer)")
    db.execute("insert into t values ('x', 3)")
    return CALL(db, "x")
"""


async def test_values_that_are_written_into_a_query(bench: Bench) -> None:
    new = 'db.execute("select n from t where who = ?", (name,))'
    text = HEAD.replace("CALL", "_by")
    fix = await bench.check_first(text, 'db.execute(f"select n from t where who = {name}")', new)
    assert fix.preferred


async def test_rows_by_name_of_a_connection_that_is_handed_over(bench: Bench) -> None:
    text = HEAD.replace("CALL", "_of")
    line = "    db.row_factory = sqlite3.Row\n"
    await bench.check_first(text, "    return [row", f"{line}    return [row")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import sqlite3\n"
                "\n"
                'def a(name: str = "O\'Neil"):\n'
                '    db = sqlite3.connect(":memory:")\n'
                '    db.execute("create table p (name text)")\n'
                '    db.execute("insert into p values (?)", (name,))\n'
                "    return db.execute(f\"select 1 from p where name = '{name}'\").fetchone()[0]\n"
            ),
            "f\"select 1 from p where name = '{name}'\"",
            '"select 1 from p where name = ?", (name,)',
        ),
        (
            (
                "import sqlite3\n"
                "\n"
                'def a(name: str = "O\'Neil"):\n'
                '    db = sqlite3.connect(":memory:")\n'
                '    db.execute("create table p (name text)")\n'
                '    db.execute("insert into p values (?)", (name,))\n'
                "    return db.execute(f\"select 2 from p where name like '%{name}'\").fetchone()\n"
            ),
            "f\"select 2 from p where name like '%{name}'\"",
            '"select 2 from p where name like ?", (f"%{name}",)',
        ),
    ],
)
async def test_a_value_in_quotes(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


async def test_a_query_that_was_set_before(bench: Bench) -> None:
    text = (
        "import sqlite3\n"
        "\n"
        'def a(name: str = "O\'Neil"):\n'
        '    db = sqlite3.connect(":memory:")\n'
        '    db.execute("create table p (name text)")\n'
        '    db.execute("insert into p values (?)", (name,))\n'
        "    sql = f\"select count(*) from p where name = '{name}'\"\n"
        "    return db.execute(sql).fetchone()[0]\n"
    )
    fix, *_ = await bench.fixes(text)
    mended = fix.edit.apply(text)
    assert 'sql = "select count(*) from p where name = ?"' in mended
    assert "db.execute(sql, (name,))" in mended


@pytest.mark.parametrize(
    ("old", "new"),
    [('row.get("a")', 'row["a"]'), ('row.get("b", 0)', 'dict(row).get("b", 0)')],
)
async def test_a_row_that_is_asked_as_a_dictionary(bench: Bench, old: str, new: str) -> None:
    await bench.check_first(
        f"""
        import sqlite3

        def a() -> int:
            connection = sqlite3.connect(":memory:")
            connection.row_factory = sqlite3.Row
            row = connection.execute("select 1 as a").fetchone()
            return {old}
        """,
        old,
        new,
    )
