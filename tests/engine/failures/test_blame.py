"""Where a bad value came from: the node that made it and the `return` that ran."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame, check_no_blame
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


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
    message = "`order['amount']` (None) is a part of what was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


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
        "def count(flag=False):\n    if «flag»:\n        return 1\n",
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


async def test_a_value_from_outside_the_plan_is_blamed_on_no_node(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(count: int = 0): return 1 / count\n"
    await check_no_blame(engine, tmp_path, text)


@pytest.mark.parametrize(
    ("use", "told"),
    [
        ("return [round(row * 2) for row in rows]", "row"),
        ("return sum(row * 2 for row in rows)", "row"),
        ("for number, row in enumerate(rows): row + number", "row"),
        ("return [a + b for a, b in zip(rows, rows[1:])]", "b"),
        ("first, second = rows; return second.x", "second"),
        ("kept = list(rows); return kept[1] + 1", "kept[1]"),
        ("return _added(1, row=rows[1])", "row"),
        ("return [_added(1, each) for each in rows]", "row"),
    ],
)
async def test_a_small_value_is_followed_the_way_that_the_code_went(
    engine: Engine, tmp_path: Path, use: str, told: str
) -> None:
    text = f"""
    def rows():
        «return [1, None]»

    def total(rows):
        {use}

    def _added(number, row):
        return number + row
    """
    message = f"`{told}` (None) is a part of what was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(
    "use",
    [
        "row = None; return row.x",
        "rows = None; return rows.x",
        "return [index / 0 for index, _ in enumerate(rows)]",
        "return [zero / zero for zero in (0, 1)]",
        "row = rows[0] and None; return row.x",
        "for row in rows: row = None; row.x",
    ],
)
async def test_an_equal_value_that_went_another_way_comes_from_elsewhere(
    engine: Engine, tmp_path: Path, use: str
) -> None:
    text = f"def rows(): return [1, None, 0]\n\ndef total(rows):\n    {use}\n"
    await check_no_blame(engine, tmp_path, text)


async def test_which_of_two_equal_inputs_it_is_is_known_by_its_name(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a(): return None
    def b():
        «return None»
    def c(a, b): return b.x + a.x
    """
    await check_blame(engine, tmp_path, text, "`b` (None) was made here.", likely=False)


async def test_a_value_that_may_be_either_of_two_inputs_is_blamed_on_neither(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a(): return None
    def b(): return None
    def c(a, b):
        either = a or b
        return either.x
    """
    await check_no_blame(engine, tmp_path, text)


@pytest.mark.parametrize(
    ("makers", "use", "nodes"),
    [
        ("def a(): return 2.5\ndef b(): return '3'", "a * b", ["a", "b"]),
        ("def a() -> float: return 2.5\ndef b(): return '3'", "a * b", ["b"]),
        ("def a(): return {'may': 1}\ndef b() -> str: return 'june'", "a[b]", ["a", "b"]),
        ("def a(): return [1]\ndef b(): return 4", "a[b]", ["a", "b"]),
        ("def a(): return None\ndef b(): return 4", "a + b", ["a"]),
        ("def a(): return 0\ndef b(): return 0.0", "a / b", ["b"]),
        ("def a(): return [1]\ndef b(): return []", "len(a) / len(b)", ["b"]),
    ],
)
async def test_of_two_operands_those_are_named_that_explain_the_failure(
    engine: Engine, tmp_path: Path, makers: str, use: str, nodes: list[str]
) -> None:
    blame = await blamed(engine, tmp_path, f"{makers}\ndef c(a, b): return {use}\n")
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == nodes
    assert not blame.likely


@pytest.mark.parametrize(
    ("maker", "use", "told"),
    [
        ("return (1, 2, 3)", "left, right = rows", "rows"),
        ("return [('a', 1), ('b', 2, 3)]", "return {k: v for k, v in rows}", "rows"),
        ("return None", "for row in rows: pass", "rows"),
        ("return []", "return sum(rows) / len(rows)", "rows"),
        ("return ['1', 'x']", "return [float(row) for row in rows]", "row"),
    ],
)
async def test_what_was_gone_through_unpacked_or_counted_is_told(
    engine: Engine, tmp_path: Path, maker: str, use: str, told: str
) -> None:
    text = f"def rows():\n    {maker}\n\ndef total(rows):\n    {use}\n"
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("rows", False)
    assert blame.message.startswith(f"`{told}` ")


async def test_a_zero_that_is_an_input_is_no_nodes_work(engine: Engine, tmp_path: Path) -> None:
    text = """
    def mean():
        return 11.5

    def score(mean, unit=0):
        return mean / unit
    """
    await check_no_blame(engine, tmp_path, text)


@pytest.mark.parametrize(
    "spoil",
    [
        "rows.append(None); return sum(row + 1 for row in rows)",
        "rows[0] = None; return rows[0] + 1",
        "rows.clear(); return rows[0]",
        "_spoil(rows); return rows[2]",
    ],
)
async def test_what_the_node_itself_did_to_an_input_was_made_nowhere_else(
    engine: Engine, tmp_path: Path, spoil: str
) -> None:
    text = f"""
    def _spoil(rows):
        rows.pop()

    def rows():
        return [1, 2, 3]

    def total(rows):
        {spoil}
    """
    await check_no_blame(engine, tmp_path, text)


async def test_an_input_that_was_added_to_still_lacks_what_it_lacked(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def row():
        «return {"amount": 1, "kind": "a"}»

    def total(row):
        row["tax"] = 2
        return row["sum"]
    """
    message = "`row` ({'amount': 1, 'kind': 'a', 'tax': 2}) was made here, without that key."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(
    ("made", "used"),
    [
        ("self.rows = [row for row in rows]", "Table(rows).rows"),
        ("self.fill(rows)", "Table(rows).rows"),
        ("pass", "Table([]).fill(rows)"),
        ("self.fill(rows=rows)", "Table(rows=rows).rows"),
    ],
)
async def test_a_value_is_followed_into_a_class(
    engine: Engine, tmp_path: Path, made: str, used: str
) -> None:
    text = f"""
    class Table:
        def __init__(self, rows):
            {made}

        def fill(self, rows):
            self.rows = [row for row in rows]

    def rows():
        «return None»

    def table(rows):
        return {used}
    """
    (error,) = (await run_plan(engine, tmp_path, text)).errors.values()
    assert error.blame is not None
    assert (error.blame.node, error.blame.likely) == ("rows", False)


async def test_a_key_that_is_none_was_to_be_something(engine: Engine, tmp_path: Path) -> None:
    text = """
    def prices():
        return {"tea": 2}

    def name() -> str:
        «return None»

    def price(prices, name):
        return prices[name]
    """
    message = "`name` (None) was made here by 'name': it is None, declared str."
    await check_blame(engine, tmp_path, text, message, likely=True)
