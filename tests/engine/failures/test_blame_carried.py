"""A part is followed past the nodes that put it into something else and never name it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import marked

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


PUT = """
    def ends():
        return {"wall": 7, "base": 5}

    def last(ends):
        if «ends["wall"] > 99»:
            return max(ends)

    def path(last, ends):
        way = [last]
        while len(way) < 2:
            way.append(min(ends))
        return way

    def report(path):
        return " > ".join(path)
    """


async def test_what_a_node_put_into_a_list_as_it_came_is_followed(
    engine: Engine, tmp_path: Path
) -> None:
    found = await blamed(engine, tmp_path, PUT)
    assert found is not None
    assert (found.node, found.span) == ("last", marked(PUT)[1][0])


ENTRIES = {
    "by a changing key": "sum(fees[code] for code in ('a', 'b'))",
    "as a value": "sum(fee + 1 for fee in fees.values())",
    "handed to a helper": "[_added(code, fee=fees[code]) for code in fees]",
    "handed on": "[_handed(fee) for _, fee in fees.items()]",
}


@pytest.mark.parametrize("use", ENTRIES.values(), ids=ENTRIES)
async def test_what_stands_under_any_key_is_shown_where_it_is_made(
    engine: Engine, tmp_path: Path, use: str
) -> None:
    text = f"""
    def _fee(weight):
        if weight > 9:
            return 14
        if «weight > 1»:
            return 5

    def _added(code, fee):
        return len(code) + fee

    def _handed(fee):
        return _added("a", fee)

    def fees():
        return {{code: _fee(weight) for code, weight in (("a", 2), ("b", 1))}}

    def total(fees):
        return {use}
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.span) == ("_fee", marked(text)[1][0])


async def test_a_field_that_is_handed_to_a_helper_is_followed_to_who_made_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from dataclasses import dataclass, field

    @dataclass
    class Parcel:
        code: str
        weight: float
        marks: list = field(default_factory=list)

    class Scale:
        def fee(self, weight):
            return 14 if weight > 10 else 5

    def parcels():
        return [Parcel("p1", «"2.5"»)]

    def marked(parcels):
        for parcel in parcels:
            parcel.marks.append("A")
        return parcels

    def fees(marked):
        scale = Scale()
        return [scale.fee(parcel.weight) for parcel in marked]
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.span) == ("parcels", marked(text)[1][0])


NAMES = """
    def means():
        return {{"Ada": 1.5, "Ben": 2.0}}

    def ranks(means):
        {place}

    def letter(ranks):
        {use}
    """


@pytest.mark.parametrize(
    "use",
    [
        "place, name = ranks[0]\n        return place",
        "return ranks[0].mean",
        "return [name for place, name in ranks]",
    ],
)
async def test_who_kept_only_the_names_of_something_is_to_blame_for_what_they_lack(
    engine: Engine, tmp_path: Path, use: str
) -> None:
    text = NAMES.format(place="return sorted(means)", use=use)
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.likely) == ("ranks", False)
