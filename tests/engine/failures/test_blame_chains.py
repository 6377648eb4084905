"""What is wrong three nodes down the way: which of the nodes in between did it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame, check_no_blame

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_too_few_items_come_from_the_one_condition_above(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def loans():
        return ["a1", "b22", "c3"]

    def late(loans):
        return [loan for loan in loans if len(loan) > 2]

    def texts(late):
        return ["please: " + loan for loan in late]

    def second(texts):
        return texts[1]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == ["late", "texts"]
    assert blame.message.endswith("is made of what 'late' returned here, which has as few items.")


async def test_whoever_had_more_to_make_it_of_made_too_few_items(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def loans():
        return ["a1", "b22", "c3"]

    def texts(loans):
        return ["please: " + loan for loan in loans[2:]]

    def second(texts):
        return texts[1]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "texts"


async def test_who_asks_for_a_key_that_is_not_there_made_none_of_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"Payee": "Ann"}]

    def bookings(rows):
        return [{"payee": «row.get("payee")»} for row in rows]

    def names(bookings):
        return [each["payee"].upper() for each in bookings]
    """
    await check_blame(engine, tmp_path, text, "`each['payee']` (None) was made here.", likely=False)


KEYS = """
def titles():
    return {"b1": "Dune"}

def loans():
    return [("b1", "m1")]

def members():
    return {"m1": "Tom"}

def owed(loans):
    return {%s: 3 for book, member in loans}

def texts(owed, members, titles):
    return [members[member] for member in owed]
"""


async def test_a_key_of_something_else_is_wrong_and_not_what_lacks_it(
    engine: Engine, tmp_path: Path
) -> None:
    blame = await blamed(engine, tmp_path, KEYS % "book")
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == ["owed", "members"]


async def test_what_lacks_a_key_of_its_own_kind_is_wrong(engine: Engine, tmp_path: Path) -> None:
    text = (KEYS % "member").replace('{"m1": "Tom"}', '{"Tom": "m1"}')
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "members"


async def test_who_took_a_value_of_a_dictionary_for_its_key_is_wrong(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def totals():
        return {"jan": 3, "feb": 5}

    def best(totals):
        return «max(totals.values())»

    def line(totals, best):
        return totals[best]
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == ["best", "totals"]


async def test_an_object_in_another_one_is_followed_to_who_made_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from dataclasses import dataclass

    @dataclass
    class Customer:
        name: str
        discount: float

    @dataclass
    class Order:
        customer: Customer
        amount: int

    def customers():
        return {"a": Customer("Ann", «"0.1"»)}

    def orders(customers):
        return [Order(customers["a"], 3)]

    def total(orders):
        return sum(order.amount * (1 - order.customer.discount) for order in orders)
    """
    message = (
        "`order.customer.discount` ('0.1') was made here by 'customers', and passed on by 'orders'."
    )
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_dictionary_that_is_keyed_as_no_other_is_wrong(
    engine: Engine, tmp_path: Path
) -> None:
    text = (KEYS % "book").replace('{"m1": "Tom"}', '{9: "Tom", "m1": "Tom"}')
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "members"


async def test_objects_that_do_not_say_what_they_hold_clear_no_dictionary(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class Person:
        def __init__(self, name):
            self.name = name

    def staff():
        return [Person("Ann")]

    def years(staff):
        return {person: 3 for person in staff}

    def longest(staff, years):
        return max(staff, key=lambda person: years[person.name])
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "years"


@pytest.mark.parametrize("operation", ["day - start", "day < start"])
async def test_of_two_sides_the_one_is_meant_that_is_no_number_or_day(
    engine: Engine, tmp_path: Path, operation: str
) -> None:
    text = f"""
    from datetime import date

    def day():
        return date(2024, 1, 1)

    def start():
        «return "2024-01-01"»

    def since(day, start):
        return {operation}
    """
    message = "`start` ('2024-01-01') was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_what_stands_beside_the_odd_one_is_not_blamed(engine: Engine, tmp_path: Path) -> None:
    text = """
    from datetime import date

    def day():
        return date(2024, 1, 1)

    def since(day):
        start = str(day)
        return day - start
    """
    await check_no_blame(engine, tmp_path, text)


async def test_a_member_of_other_values_is_no_slip_of_whoever_asks(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def days():
        found = []
        for day in ["2024-01-01"]:
            found.append((«day», 3))
        return found

    def lines(days):
        return [day.isoformat() for day, _ in days]
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    await check_blame(engine, tmp_path, text, blame.message, likely=False)


PROMISE = """
def prices() -> dict[str, int]:
    return {"a": None}

def shown(prices):
    return "-".join(f"{name} {price}" for name, price in prices.items())

def more():
    return "x"

def last(shown, more):
    return int(%s)
"""


async def test_whoever_broke_a_promise_on_the_way_comes_first_and_not_for_sure(
    engine: Engine, tmp_path: Path
) -> None:
    blame = await blamed(engine, tmp_path, PROMISE % "shown")
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == ["prices", "shown"]
    assert blame.message == (
        "'prices' did not keep its promise: of what it returned, ['a'] is None, declared int."
    )
    assert not blame.likely


async def test_a_broken_promise_that_leads_elsewhere_explains_nothing(
    engine: Engine, tmp_path: Path
) -> None:
    blame = await blamed(engine, tmp_path, PROMISE % "more")
    assert blame is not None
    assert blame.node == "more"


async def test_items_that_are_handed_on_lack_what_their_source_lacks(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import csv

    def rows():
        reader = «csv.DictReader(["a;b", "1;2"], delimiter=",")»
        return [row for row in reader]

    def firsts(rows):
        return [row["a"] for row in rows]
    """
    message = "`row` ({'a;b': '1;2'}) was made here, without that key."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_what_is_put_into_a_dictionary_that_has_something_is_no_making_of_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def hops():
        count = {"a": 0}
        for name in ["b"]:
            if «name in count»:
                count[name] = 1
        return count

    def last(hops):
        return hops["a"] + hops["b"]
    """
    message = "`hops` ({'a': 0}) is what 'hops' keeps here, without that key."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_what_is_begun_again_in_a_loop_was_made_there(engine: Engine, tmp_path: Path) -> None:
    text = """
    def kept():
        kept = {}
        for name in ["a", "b"]:
            kept = «[name]»
        return kept

    def counts(kept):
        return {name: len(words) for name, words in kept.items()}
    """
    await check_blame(engine, tmp_path, text, "`kept` (['b']) was made here.", likely=False)


async def test_who_knew_a_dictionary_and_makes_another_key_is_wrong(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def graph():
        return {"A": {"B": 1}, "B": {"A": 1}}

    def depot(graph):
        «return min(graph).lower()»

    def near(graph, depot):
        return list(graph[depot])
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == ["depot", "graph"]


@pytest.mark.parametrize(
    ("handed", "asked"),
    [
        ("max(orders, key=lambda order: order['days'])", "slowest"),
        ("{order['sku']: order for order in orders}", "slowest['a']"),
    ],
)
async def test_what_is_chosen_or_put_under_keys_as_it_is_was_made_before(
    engine: Engine, tmp_path: Path, handed: str, asked: str
) -> None:
    text = f"""
    def orders():
        return [{{"sku": "a", "days": "7"}}]

    def slowest(orders):
        return {handed}

    def wait(slowest):
        return {asked}["days"] - 1
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "orders"


async def test_a_number_that_was_only_taken_was_made_above(engine: Engine, tmp_path: Path) -> None:
    text = """
    def levels():
        return {"a": «2.0»}

    def rows(levels):
        return [(name, levels[name]) for name in levels]

    def lines(rows):
        return [f"{level:d}" for name, level in rows]
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == ["levels"]


async def test_a_variable_that_is_rightly_used_is_wrong_where_it_is_put(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def orders():
        supplier = {"name": "Ann", "days": 3}
        return [{"supplier": «supplier», "days": supplier["days"]}]

    def lines(orders):
        return [order["supplier"].upper() for order in orders if order["days"]]
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    await check_blame(engine, tmp_path, text, blame.message, likely=False)


async def test_what_may_have_come_with_what_nobody_promised_is_no_likely_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def entries() -> list[dict]:
        return [{"route": "a", "ms": "35"}]

    def latencies(entries) -> dict[str, list[int]]:
        found = {}
        for entry in entries:
            found[entry["route"]] = [entry["ms"]]
        return found

    def averages(latencies):
        return {name: sum(values) for name, values in latencies.items()}
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert not blame.likely


async def test_an_input_that_is_the_very_key_that_is_not_there_is_wrong(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def graph():
        return {"A": {"B": 1}, "B": {"A": 1}}

    def depot(graph):
        «return min(graph).lower()»

    def reached(graph, depot):
        found, queue = [], [(0, depot)]
        while queue:
            far, node = queue.pop()
            found += graph[node]
        return found
    """
    message = "`depot` ('a') was made here, and is not there."
    await check_blame(engine, tmp_path, text, message, likely=False)
