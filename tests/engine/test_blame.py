"""Where a bad value came from: the node that made it and the `return` that ran, no surer than the
evidence.
"""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def check_blame(
    engine: Engine, folder: Path, text: str, message: str, *, likely: bool
) -> None:
    """The blame of the one failure lies at the marked place."""
    ran = await run_plan(engine, folder, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert error.blame.message == message
    assert error.blame.likely is likely
    (place,) = marked(text)[1]
    assert ran.text(error.blame.span) == ran.text(place)
    assert error.blame.span == place


async def check_no_blame(engine: Engine, folder: Path, text: str) -> None:
    (error,) = (await run_plan(engine, folder, text)).errors.values()
    assert error.blame is None


async def test_a_value_that_breaks_its_annotation_is_the_likely_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rate() -> float:
        «return "0.5"»

    def total(rate):
        return 10 * rate / 2
    """
    message = "`rate` ('0.5') was made here by 'rate': it is '0.5', declared float."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_breach_deep_inside_a_value_is_told(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rates() -> dict[str, float]:
        «return {"a": 0.5, "b": None}»

    def total(rates):
        return sum(rates.values())
    """
    what = "`rates` ({'a': 0.5, 'b': None}) was made here by 'rates'"
    message = f"{what}: its ['b'] is None, declared float."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_node_that_ended_without_a_return_is_told_so(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rate() -> float:
        «0.5»

    def total(rate):
        return 10 * rate
    """
    what = "`rate` (None) was made here by 'rate', which ended without a return"
    message = f"{what}: it is None, declared float."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_of_several_values_the_one_that_breaks_its_annotation_is_blamed(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def price() -> int:
        return 3

    def count() -> int:
        «return None»

    def total(price, count):
        return price * count
    """
    message = "`count` (None) was made here by 'count': it is None, declared int."
    await check_blame(engine, tmp_path, text, message, likely=True)


@pytest.mark.parametrize(("asked", "likely"), [("amount", True), ("sum", False)])
async def test_a_key_that_one_node_alone_spells_otherwise_is_its_likely_slip(
    engine: Engine, tmp_path: Path, asked: str, likely: bool
) -> None:
    text = f"""
    def orders():
        row = {{«"ammount"»: 3}}
        return [row]

    def total(orders):
        return sum(order["amount"] for order in orders)

    def shown(orders):
        return "{asked}"
    """
    ran = await run_plan(engine, tmp_path, text, ["total"])
    blame = ran.errors["total"].blame
    assert blame is not None
    message = "'orders' writes the key 'ammount' here, where 'amount' is asked for."
    assert (blame.message, blame.likely, [blame.span]) == (message, likely, marked(text)[1])


async def test_a_value_without_the_key_was_made_elsewhere_and_no_more(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def orders():
        «return dict(amount=3)»

    def total(orders):
        return orders["ammount"]
    """
    message = "`orders` ({'amount': 3}) was made here, without that key."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_value_is_followed_to_the_input_that_holds_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def orders():
        «return [{"amount": 1}, {"amount": None}]»

    def total(orders):
        amount = 0
        for order in orders:
            amount += order["amount"]
        return amount
    """
    message = "`order` ({'amount': None}) is a part of what was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_promise_that_an_input_broke_is_told_where_no_value_is_known(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def edges() -> list[tuple[str, int]]:
        «return ["ab", "c"]»

    def graph(edges):
        return {start: weight for start, weight in edges}
    """
    message = (
        "The inputs come from 'edges', among others: of what it returned, [0] is 'ab', declared "
        "tuple[str, int]."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


@pytest.mark.parametrize("end", ["rows, 1", "print(rows)", "rows = [2]"])
async def test_a_node_that_lacks_its_return_is_shown_where_it_ended(
    engine: Engine, tmp_path: Path, end: str
) -> None:
    text = f"""
    def made():
        rows = [1]
        «{end}»

    def total(made):
        return len(made)
    """
    await check_blame(engine, tmp_path, text, "`made` (None) was made here.", likely=False)


async def test_a_value_that_merely_stands_there_was_made_elsewhere_and_no_more(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def count() -> int:
        «return 0»

    def mean(count: int):
        return 10 / count
    """
    await check_blame(engine, tmp_path, text, "`count` (0) was made here.", likely=False)


async def test_a_value_is_followed_into_a_helper(engine: Engine, tmp_path: Path) -> None:
    text = """
    def name():
        «return None»

    def greeting(name):
        return "Hello " + _cleaned(name)

    def _cleaned(text):
        return text.strip()
    """
    await check_blame(engine, tmp_path, text, "`text` (None) was made here.", likely=False)


async def test_none_where_something_else_was_needed_came_from_elsewhere(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def name():
        «return None»

    def greeting(name):
        return "Hello " + name.strip()
    """
    await check_blame(engine, tmp_path, text, "`name` (None) was made here.", likely=False)


@pytest.mark.parametrize("branch", ["first", "second", "third"])
async def test_of_several_returns_the_one_that_ran_is_shown(
    engine: Engine, tmp_path: Path, branch: str
) -> None:
    text = f"""
    def count(branch="{branch}"):
        def _inner():
            return "not this one"

        if branch == "first":
            «first»return 0«/first»
        for _ in range(1):
            try:
                if branch == "second":
                    «second»return (
                        0
                    )«/second»
            finally:
                pass
        match branch:
            case "third":
                with open(__file__):
                    «third»return len([])«/third»

    def mean(count):
        return 10 / count
    """
    for other in {"first", "second", "third"} - {branch}:
        text = text.replace(f"«{other}»", "").replace(f"«/{other}»", "")
    text = text.replace(f"«{branch}»", "«").replace(f"«/{branch}»", "»")
    await check_blame(engine, tmp_path, text, "`count` (0) was made here.", likely=False)


@pytest.mark.parametrize(
    "definition",
    [
        "def «count»():\n    pass\n",
        "def «count»(flag=False):\n    if flag:\n        return 1\n",
        "import functools\n\n@functools.cache\ndef «count»():\n    return None\n",
        "async def count():\n    «return»\n",
    ],
    ids=["falls off its end", "a return that did not run", "decorated", "a bare return"],
)
async def test_where_no_return_is_known_to_have_run_the_node_is_shown(
    engine: Engine, tmp_path: Path, definition: str
) -> None:
    text = f"{definition}\ndef total(count):\n    return 1 + count\n"
    await check_blame(engine, tmp_path, text, "`count` (None) was made here.", likely=False)


async def test_a_blame_survives_the_store(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rate() -> float:
        if True:
            «return None»
        return 1.0

    def total(rate):
        return 10 * rate
    """
    message = "`rate` (None) was made here by 'rate': it is None, declared float."
    for _ in range(2):
        await check_blame(engine, tmp_path, text, message, likely=True)
    assert (await run_plan(engine, tmp_path, text)).became["rate"] == "cached"


@pytest.mark.parametrize(
    "use",
    [
        "return missing + 1",
        "raise ValueError('not about values')",
        "count = 5; return count.x",
        "import nowhere_to_be_found",
        "raise SystemExit(count)",
        "return count.bit_lenth()",
    ],
)
async def test_a_failure_that_is_not_about_a_value_blames_nobody(
    engine: Engine, tmp_path: Path, use: str
) -> None:
    await check_no_blame(engine, tmp_path, f"def count(): return 0\ndef total(count): {use}\n")


async def test_a_value_that_two_inputs_are_is_blamed_on_neither(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(): return None\ndef b(): return None\ndef c(a, b): return a.x + b.x\n"
    await check_no_blame(engine, tmp_path, text)


async def test_a_value_from_outside_the_plan_is_blamed_on_no_node(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(count: int = 0): return 1 / count\n"
    await check_no_blame(engine, tmp_path, text)


@pytest.mark.parametrize(
    "passing", ["return rows", "if rows is None:\n        return rows\n    return [*rows]"]
)
async def test_a_value_is_followed_through_nodes_that_passed_it_on(
    engine: Engine, tmp_path: Path, passing: str
) -> None:
    text = f"""
def rows():
    «return None»

def kept(rows):
    {passing}

def again(kept):
    return kept

def total(again):
    return len(again)
"""
    message = "`again` (None) was made here by 'rows', and passed on by 'kept' and 'again'."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_the_same_small_value_made_twice_is_not_passed_on(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return None

    def kept(rows):
        «return print(rows)»

    def total(kept):
        return len(kept)
    """
    await check_blame(engine, tmp_path, text, "`kept` (None) was made here.", likely=False)


async def test_a_large_value_that_comes_out_as_it_went_in_was_passed_on(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        «return [{"region": "north", "amount": str(n)} for n in range(9)]»

    def kept(rows):
        return [row for row in rows if row]

    def total(kept):
        return sum(row["amount"] for row in kept)
    """
    ran = await run_plan(engine, tmp_path, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert (error.blame.node, error.blame.likely) == ("rows", False)


async def test_who_made_a_value_that_another_one_promised_is_named_with_the_promise(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return None

    def kept(rows) -> list[int]:
        «return rows»

    def total(kept):
        return len(kept)
    """
    message = "`kept` (None) was made here by 'kept': it is None, declared list[int]."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_promise_broken_further_up_is_the_likely_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def prices() -> dict[str, float]:
        «return {"a": "7", "b": 2.0}»

    def listed(prices):
        return list(prices.values())

    def doubled(listed):
        return [price * 2 for price in listed]

    def total(doubled):
        return sum(doubled)
    """
    message = (
        "`doubled` (['77', 4.0]) comes from 'prices', among others: of what it returned, ['a'] is "
        "'7', declared float."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_promise_that_was_kept_is_no_cause(engine: Engine, tmp_path: Path) -> None:
    text = """
    def prices() -> dict[str, float]:
        return {"a": 7}

    def listed(prices):
        «return [None, *prices.values()]»

    def total(listed):
        return sum(listed)
    """
    message = "`listed` ([None, 7]) was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_of_a_division_by_zero_only_what_is_zero_is_doubted(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def mean():
        return 11.5

    def spread():
        «return 0»

    def score(mean, spread):
        return mean / spread
    """
    await check_blame(engine, tmp_path, text, "`spread` (0) was made here.", likely=False)


async def test_a_zero_that_is_an_input_is_no_nodes_work(engine: Engine, tmp_path: Path) -> None:
    text = """
    def mean():
        return 11.5

    def score(mean, unit=0):
        return mean / unit
    """
    await check_no_blame(engine, tmp_path, text)
