"""A value that is put into a query of SQLite as text."""

import pytest

from codeact_lsp.repair.rules.spliced_values import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUERY = """
import sqlite3

def a(owner: str = "ANN", legs: int = 4) -> object:
    db = sqlite3.connect(":memory:")
    db.execute("create table pets (name text, owner text, legs int)")
    db.execute("insert into pets values ('Rex', 'OWNER', 4)")
    return db.execute(RUN).fetchall()
"""
_START = "select name from pets where"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f'"{_START} owner = " + owner', f'"{_START} owner = ?", (owner,)'),
        (
            f'"{_START} owner = " + owner + " and legs = " + str(legs)',
            f'"{_START} owner = ? and legs = ?", (owner, legs)',
        ),
        (f'"{_START} owner = %s" % owner', f'"{_START} owner = ?", (owner,)'),
        (
            f'"{_START} owner = %s and legs = %d" % (owner, legs)',
            f'"{_START} owner = ? and legs = ?", (owner, legs)',
        ),
        (f'"{_START} owner = {{}}".format(owner)', f'"{_START} owner = ?", (owner,)'),
        (f'"{_START} owner = ANN"', f'"{_START} owner = ?", ("ANN",)'),
    ],
)
async def test_a_value_without_quotes(bench: Bench, old: str, new: str) -> None:
    text = QUERY.replace("OWNER", "ANN").replace("RUN", old)
    fix = await bench.check_first(text, old, new)
    assert fix.preferred


@pytest.mark.parametrize(
    "old",
    [
        f'"{_START} owner = \'" + owner + "\'"',
        f"\"{_START} owner = '%s'\" % owner",
        f"\"{_START} owner = '{{}}'\".format(owner)",
    ],
)
async def test_a_value_with_a_quote_of_its_own(bench: Bench, old: str) -> None:
    text = QUERY.replace("OWNER", "O''Neil").replace('"ANN"', '"O\'Neil"').replace("RUN", old)
    await bench.check_first(text, old, f'"{_START} owner = ?", (owner,)')


@pytest.mark.parametrize(
    "old",
    [
        '"select " + owner + " from pets"',
        '"select name from pets where %s = 4" % owner',
        f'"{_START} ANN = owner"',
        f"f'{_START} {{owner}} = 4'",
        f'"{_START} owner = ?, ANN"',
    ],
)
async def test_the_name_of_a_column_is_none_of_its_business(bench: Bench, old: str) -> None:
    await bench.check_silent(RULE, QUERY.replace("RUN", old))


async def test_other_failures_are_none_of_its_business(bench: Bench) -> None:
    await bench.check_silent(RULE, "def a(): return int('x')\n")
