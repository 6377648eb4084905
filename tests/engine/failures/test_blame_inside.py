"""Where inside of a node a bad part was made: where its key, field or item is written."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_a_part_is_shown_where_its_key_is_written(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rows():
        found = []
        for line in ["a 1", "b 2"]:
            name, amount = line.split()
            amount_text = «amount.strip()»
            found.append({"name": name, "amount": amount_text})
        return found

    def total(rows):
        return sum(row["amount"] * 0.5 for row in rows)
    """
    message = "`row['amount']` ('1') was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_part_is_shown_where_its_field_is_given(engine: Engine, tmp_path: Path) -> None:
    text = """
    from dataclasses import dataclass

    @dataclass
    class Item:
        name: str
        price: float

    def items():
        return [Item("a", price=«"2.5"»)]

    def total(items):
        return sum(item.price * 1.5 for item in items)
    """
    message = "`item.price` ('2.5') was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


SPANS = """
    def spans():
        found = []
        for name, start in [("a", "1")]:
            found.append((name, «start.strip()»))
        return found

    def total(spans):
        return sum(start * 0.5 for name, start in spans)
    """


async def test_a_part_at_a_position_is_shown_where_that_is_filled(
    engine: Engine, tmp_path: Path
) -> None:
    message = "`start` ('1') was made here."
    await check_blame(engine, tmp_path, SPANS, message, likely=False)


@pytest.mark.parametrize(
    "end",
    ["found.insert(0, ('b', '2')); return found", "found[0] = ('b', '2'); return found"],
)
async def test_a_list_that_is_filled_in_another_way_too_is_shown_as_a_whole(
    engine: Engine, tmp_path: Path, end: str
) -> None:
    text = SPANS.replace("«", "").replace("»", "").replace("return found", end)
    ran = await run_plan(engine, tmp_path, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert ran.text(error.blame.span) == "return found"


async def test_a_key_that_is_written_in_two_places_is_shown_with_all_of_the_value(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def row():
        found = {"amount": "1"}
        found["amount"] = "2"
        «return found»

    def total(row):
        return row["amount"] * 0.5
    """
    message = "`row['amount']` ('2') is a part of what was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_value_is_shown_where_its_variable_got_that_type(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def names():
        found = []
        found = «found.append("a")»
        return found

    def count(names):
        return len(names)
    """
    await check_blame(engine, tmp_path, text, "`names` (None) was made here.", likely=False)


async def test_none_is_followed_past_nodes_that_only_took_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def raw():
        return [{"amount": «{"b": 1}.get("a")», "name": "x"}]

    def rows(raw):
        found = []
        for each in raw:
            found.append({"eur": each["amount"]})
        return found

    def doubled(rows):
        return [{"twice": row.get("eur"), "half": 1} for row in rows]

    def total(doubled):
        return sum(row["twice"] * 2 for row in doubled)
    """
    message = "`row['twice']` (None) was made here by 'raw', and passed on by 'rows' and 'doubled'."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_text_that_was_to_be_converted_on_the_way_is_not_followed_further(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def raw():
        return [{"amount": "1"}]

    def rows(raw):
        return [{"eur": row["amount"]} for row in raw]

    def total(rows):
        return sum(row["eur"] * 0.5 for row in rows)
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "rows"


async def test_a_part_that_breaks_a_promise_is_shown_where_it_is_written(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows() -> list[dict[str, float]]:
        found = []
        for amount in ["1"]:
            found.append({"amount": «amount.strip()»})
        return found

    def total(rows):
        return sum(row["amount"] * 0.5 for row in rows)
    """
    message = (
        "`row['amount']` ('1') comes from 'rows', among others: of what it returned, "
        "[0]['amount'] is '1', declared float."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


@pytest.mark.parametrize(
    "filling",
    [
        "found = {}\n    for row in rows:\n        found[«row.strip()»] = 1\n    return found",
        "found = {}\n    found.setdefault(«rows[0].strip()», [])\n    return found",
        "return {«row.strip()»: 1 for row in rows}",
        "found = {}\n    name, _ = «rows[0].split('=')»\n    found[name] = 1\n    return found",
    ],
)
async def test_a_wrong_name_is_shown_where_the_dictionary_gets_it(
    engine: Engine, tmp_path: Path, filling: str
) -> None:
    text = f"""
def rows():
    return ["DB=1"]

def settings(rows):
    {filling}

def lines(settings):
    return [name + 1 for name, value in settings.items()]
"""
    ran = await run_plan(engine, tmp_path, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert [error.blame.span] == marked(text)[1]


@pytest.mark.parametrize(
    "asking", ["left, right = pair\n    return right.upper()", "return pair[1].upper()"]
)
async def test_of_a_pair_the_part_that_was_asked_for_is_shown(
    engine: Engine, tmp_path: Path, asking: str
) -> None:
    text = f"""
def pair():
    name = "ann"
    count = «len(name)»
    return name, count

def line(pair):
    {asking}
"""
    ran = await run_plan(engine, tmp_path, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert [error.blame.span] == marked(text)[1]


async def test_a_field_of_what_was_cut_out_is_shown_where_it_is_given(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from dataclasses import dataclass

    @dataclass
    class Order:
        good: str
        amount: int

    def orders():
        good, amount = "nails;2".split(";")
        return [Order(good, «amount»)]

    def total(orders):
        return [order.amount + 1 for order in orders]
    """
    await check_blame(engine, tmp_path, text, "`order.amount` ('2') was made here.", likely=False)
