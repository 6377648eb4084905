"""A bad value is followed past the nodes that only passed it on, to the one that made it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


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
        «return None»

    def kept(rows) -> list[int]:
        return rows

    def total(kept):
        return len(kept)
    """
    message = (
        "`kept` (None) was made here by 'rows', and passed on by 'kept': it is None, declared "
        "list[int] by 'kept'."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


@pytest.mark.parametrize("declared", [" -> list[float]", ""], ids=["declared", "not declared"])
@pytest.mark.parametrize(
    "copy",
    [
        "rows",
        "list(rows)",
        "rows[1:]",
        "[*rows]",
        "rows.copy()",
        "[row for row in rows if row != 2.5]",
    ],
)
async def test_a_copy_is_passed_on(
    engine: Engine, tmp_path: Path, declared: str, copy: str
) -> None:
    text = f"""
    def rows() -> list[float]:
        return [1.5, 2.5, None, 4.0]

    def kept(rows){declared}:
        return {copy}

    def total(kept):
        out = 0.0
        for row in kept:
            out += row
        return out
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("rows", True)


@pytest.mark.parametrize(
    "lines",
    [
        "kept = rows; return kept",
        "kept: list = [row for row in rows if row != 2.5]; return sorted(kept, key=str)[::-1]",
        "kept = list(filter(lambda row: row != 2.5, rows)); return kept",
        "some = rows[1:]; kept = [*some]; return kept",
        "import copy; return copy.deepcopy(rows)",
        "return rows[:3] if rows else rows",
    ],
)
async def test_a_copy_is_passed_on_under_other_names(
    engine: Engine, tmp_path: Path, lines: str
) -> None:
    text = f"""
    def rows():
        return [1.5, 2.5, None, 4.0]

    def kept(rows):
        {lines}

    def total(kept):
        return sum(row + 1 for row in kept)
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "rows"


GATHERED = """
    kept = []
    for row in rows:
        if row != 2.5:
            kept.append(row)
    return kept
"""


async def test_what_a_loop_gathers_is_passed_on(engine: Engine, tmp_path: Path) -> None:
    text = f"""
def rows():
    return [1.5, 2.5, None, 4.0]

def kept(rows):{GATHERED}
def total(kept):
    return sum(row + 1 for row in kept)
"""
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("rows", False)


async def test_a_dictionary_that_a_loop_copies_is_passed_on(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rates():
        return {"a": 1.5, "b": None}

    def kept(rates):
        out = {}
        for name, rate in rates.items():
            if name:
                out[name] = rate
        return out

    def total(kept):
        return kept["b"] * 2
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("rates", False)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("kept.append(row)", "kept.append(row or None)"),
        ("kept = []", "kept = [None]"),
        ("return kept", "kept.insert(0, None); return kept"),
        ("            kept.append(row)", "            row = None; kept.append(row)"),
        ("in rows:", "in [None, *rows]:"),
        ("return kept", "for row in 'a': kept.append(None)\n    return kept"),
    ],
)
async def test_a_loop_that_puts_something_else_into_its_list_is_the_maker(
    engine: Engine, tmp_path: Path, was: str, now: str
) -> None:
    text = f"""
def rows():
    return [1.5, 0.0]

def kept(rows):{GATHERED.replace(was, now)}
def total(kept):
    return sum(row + 1 for row in kept)
"""
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "kept"


@pytest.mark.parametrize(
    ("empty", "put", "summed"),
    [
        ("[]", "out.append(row['a'])", "out"),
        ("list()", "out.extend([row['a']])", "out"),
        ("{}", "out[len(out)] = row['a']", "out.values()"),
    ],
)
async def test_a_list_that_the_failing_node_gathered_is_followed_to_where_its_items_came_from(
    engine: Engine, tmp_path: Path, empty: str, put: str, summed: str
) -> None:
    text = f"""
    def rows():
        return [{{"a": 1}}, {{"a": None}}]

    def total(rows):
        out = {empty}
        for row in rows:
            {put}
        return sum({summed})
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("rows", False)


async def test_a_list_into_which_the_failing_node_put_something_of_its_own_has_no_other_maker(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"a": 1}]

    def total(rows):
        out = []
        for row in rows:
            out.append(row.get("b"))
        return sum(out)
    """
    assert await blamed(engine, tmp_path, text) is None


@pytest.mark.parametrize(
    "lines",
    [
        "kept = [*rows]; kept.append(None); return kept",
        "kept = rows; kept[1] = None; return kept",
        "kept = rows[:1]; kept = [None]; return kept",
        "return rows and [None]",
    ],
)
async def test_what_was_put_into_a_copy_came_with_no_input(
    engine: Engine, tmp_path: Path, lines: str
) -> None:
    text = f"""
    def rows():
        return [1.5, 2.5]

    def kept(rows):
        {lines}

    def total(kept):
        return sum(row + 1 for row in kept)
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "kept"


async def test_a_part_is_followed_through_what_was_put_together_of_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def ports():
        «return {"db": {"port": "5432"}}»

    def all_ports(ports) -> dict[str, dict[str, int]]:
        return {"web": {"port": 80}, **ports}

    def highest(all_ports):
        return max(each["port"] + 1 for each in all_ports.values())
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("ports", True)


@pytest.mark.parametrize(
    "body",
    [
        "return [row if row else None for row in rows]",
        "rows = [None]\n        return rows",
        "rows[0] = None\n        return rows",
        "rows.append(None)\n        return rows[1:]",
    ],
)
async def test_a_node_that_made_something_of_it_is_the_maker(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    text = f"""
    def rows():
        return [0.0, 2.5]

    def kept(rows):
        {body}

    def total(kept):
        return [row * 2 for row in kept]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("kept", False)


async def test_whoever_left_the_items_out_made_the_list_that_is_too_short(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [1, 2, 3]

    def kept(rows):
        «return [row for row in rows if row > 3]»

    def first(kept):
        return kept[0]
    """
    await check_blame(engine, tmp_path, text, "`kept` ([]) was made here.", likely=False)


@pytest.mark.parametrize("declared", [" -> dict[str, list[int]]", ""], ids=["declared", "not"])
@pytest.mark.parametrize(
    "change",
    [
        "rows['b'] = None",
        "rows.update(b=None)",
        "rows.setdefault('b', None)",
        "rows |= {'a': [1], 'b': None}",
        "_spoil(rows)",
    ],
)
async def test_whoever_changes_what_it_took_is_the_maker_of_what_it_put_in(
    engine: Engine, tmp_path: Path, declared: str, change: str
) -> None:
    text = f"""
    def _spoil(rows):
        rows["b"] = None

    def rows(){declared}:
        return {{"a": [1]}}

    def changed(rows) -> dict[str, list[int]]:
        {change}
        return rows

    def passed(changed){declared}:
        return changed

    def total(passed):
        return len(passed["b"])
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    # Who had it done by a helper may have asked for that in vain, or rightly.
    is_helped = change == "_spoil(rows)"
    assert (blame.node, blame.likely) == ("_spoil" if is_helped else "changed", not is_helped)


async def test_a_bad_part_stays_its_makers_when_another_part_is_changed(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows() -> dict[str, list[int] | None]:
        return {"a": «None»}

    def changed(rows) -> dict[str, list[int]]:
        rows["b"] = [2]
        return rows

    def total(changed):
        return len(changed["a"])
    """
    message = (
        "`changed['a']` (None) is a part of what was made here by 'rows', and passed on by "
        "'changed': of what 'changed' returned, ['a'] is None, declared list[int]."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)
