"""A part is followed past the nodes that put it into something else and never name it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import check_blame

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

_BY = "was made here by"


@pytest.mark.parametrize(
    "carrying",
    [
        "found = {row['team']: row for row in rows}\n    return [*found.values()]",
        "return [{**row, 'rank': 1} for row in rows]",
        "return [dict(row, rank=1) for row in sorted(rows, key=lambda row: row['team'])]",
        "return [row | {'rank': 1} for row in rows]",
    ],
)
async def test_what_stands_under_a_key_came_with_the_input_that_has_it(
    engine: Engine, tmp_path: Path, carrying: str
) -> None:
    text = f"""
def rows():
    return [{{"team": "red", "score": «str(1)»}}]

def again(rows):
    {carrying}

def total(again):
    return [row["score"] + 1 for row in again]
"""
    message = f"`row['score']` ('1') {_BY} 'rows', and passed on by 'again'."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_who_may_have_written_the_key_itself_is_followed_no_further(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"team": "red", "score": 1}]

    def again(rows):
        «return [{**row, **_more(row)} for row in rows]»

    def _more(row):
        return {name: str(row[name]) for name in ["score"]}

    def total(again):
        return [row["score"] + 1 for row in again]
    """
    message = "`row['score']` ('1') is a part of what was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_key_that_two_inputs_have_may_be_of_either(engine: Engine, tmp_path: Path) -> None:
    text = """
    def first():
        return {"score": 1}

    def second():
        return {"score": "1"}

    def both(first, second):
        «return {**first, **second}»

    def total(both):
        return both["score"] + 1
    """
    message = "`both['score']` ('1') is a part of what was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize("kind", ["declared", "set"])
async def test_a_field_came_with_the_objects_of_its_class(
    engine: Engine, tmp_path: Path, kind: str
) -> None:
    fields = (
        "@dataclass\nclass Book:\n    title: str\n    copies: int\n    out: int = 0"
        if kind == "declared"
        else "class Book:\n    def __init__(self, title, copies):\n        self.title = title\n"
        "        self.copies = copies\n        self.out = 0"
    )
    text = f"""
from dataclasses import dataclass

{fields}

def books():
    return [Book("Emma", «str(2)»)]

def lent(books):
    for book in books:
        book.out += 1
    return books[:]

def free(lent):
    return [book.copies - book.out for book in lent]
"""
    message = f"`book.copies` ('2') {_BY} 'books', and passed on by 'lent'."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_member_of_a_part_of_an_object_was_taken_wrongly_by_who_took_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from dataclasses import dataclass
    from datetime import date

    @dataclass
    class Loan:
        reader: str
        since: date

    def loans():
        return [Loan("ann", date(2024, 5, 1))]

    def late(loans):
        return [(loan.reader, «loan.since.day») for loan in loans]

    def lines(late):
        return [day.isoformat() for _, day in late]
    """
    message = "`day` (1) was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)
