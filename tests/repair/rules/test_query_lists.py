"""A list of values in a query."""

import pytest

from codeact_lsp.repair.rules.query_lists import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import sqlite3\n"
                "\n"
                'def a(names: list = ["x", "y"]):\n'
                '    db = sqlite3.connect(":memory:")\n'
                '    db.execute("create table t (n text)")\n'
                '    return db.execute("select * from t where n in (?)", names).fetchall()\n'
            ),
            '"select * from t where n in (?)"',
            "f\"select * from t where n in ({','.join('?' * len(names))})\"",
        ),
        (
            (
                "import sqlite3\n"
                "\n"
                'def a(names: list = ["x", "y"]):\n'
                '    db = sqlite3.connect(":memory:")\n'
                '    db.execute("create table t (n text)")\n'
                '    db.executemany("insert into t values (?)", [1, 2][:0] or names[:0])\n'
                "    rows = [3, 4]\n"
                '    db.executemany("insert into t values (?)", rows)\n'
                '    return db.execute("select sum(n) from t").fetchone()[0]\n'
            ),
            '(?)", rows)',
            '(?)", [(each,) for each in rows])',
        ),
    ],
)
async def test_as_many_marks_as_values(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        (
            "import sqlite3\n"
            "\n"
            'def a(names: list = ["x", "y"]):\n'
            '    db = sqlite3.connect(":memory:")\n'
            '    db.execute("create table t (n text)")\n'
            '    return db.execute("select * from t where n = ?", names).fetchall()\n'
        ),
        "def a(): return 1 + None\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_list_within_a_row(bench: Bench) -> None:
    text = (
        "import sqlite3\n"
        "\n"
        'def a(names: list = ["x", "y"]):\n'
        '    db = sqlite3.connect(":memory:")\n'
        '    db.execute("create table t (n text)")\n'
        '    return db.execute("select * from t where n in (?)", (names,)).fetchall()\n'
    )
    fix, *_ = await bench.fixes(text)
    assert '* len(names))})", names)' in fix.edit.apply(text)
