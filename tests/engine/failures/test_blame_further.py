"""What is blamed where a helper wrote it, or where objects stand between."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_who_took_a_value_out_of_an_object_is_not_guilty_of_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class Room:
        def __init__(self):
            self.doors = {}

    def costs() -> list[tuple[str, int]]:
        return «[("a", "4"), ("b", "5")]»

    def rooms(costs: list[tuple[str, int]]) -> dict[str, Room]:
        made = {name: Room() for name, _ in costs}
        for name, cost in costs:
            made[name].doors[name] = cost
        return made

    def way(rooms: dict[str, Room]) -> list[int]:
        return [rooms[name].doors[name] for name in ["b", "a"]]

    def total(way: list[int]) -> int:
        return sum(way)
    """
    found = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert found is not None
    assert (found.node, found.likely) == ("costs", False)


async def test_a_part_of_an_object_that_declares_nothing_may_be_of_whoever_made_that(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class Room:
        def __init__(self):
            self.doors = {}

    def rooms():
        made = Room()
        made.doors["a"] = "4"
        return made

    def way(rooms) -> list[int]:
        return [rooms.doors["a"]]

    def total(way: list[int]) -> int:
        return sum(way)
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert not found.likely


async def test_what_a_helper_writes_under_a_key_was_made_in_the_helper(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def _parsed(line):
        name, size = line.split()
        return {"name": name, "size": «line.split()[1]»}

    def rows():
        made = [_parsed(line) for line in ["a 1", "b 2"]]
        return [each for each in made if each]

    def twice(rows):
        return rows[0]["size"] - 1
    """
    message = "`rows[0]['size']` ('1') was made here by '_parsed'."
    found = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert found is not None
    assert (found.node, found.message) == ("_parsed", message)


async def test_a_key_that_a_helper_writes_and_nobody_reads_is_named(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def _parsed(line):
        name, size = line.split()
        return {"name": name, «"amount"»: size}

    def rows():
        made = [_parsed(line) for line in ["a 1", "b 2"]]
        return [each for each in made if each["name"]]

    def first(rows):
        return rows[0]["size"]
    """
    message = "'_parsed' writes the key 'amount' here, which nobody reads; 'size' is asked for."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_of_columns_in_one_list_that_nobody_reads_the_list_is_named(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def rows():
        return pd.DataFrame([(1, 2, 3)], columns=[«"order"», "article", "units"])

    def twice(rows):
        return rows["units"] * rows["item"]
    """
    message = (
        "'rows' writes the key 'order' and 'article' here, which nobody reads; 'item' is asked for."
    )
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_broken_promise_of_which_others_came_is_followed_into_the_helper(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def _fee(weight):
        if «weight > 1»:
            return 5

    def fees() -> dict[str, int]:
        return {name: _fee(weight) for name, weight in [("a", 2), ("b", 1)]}

    def total(fees):
        return sum(map(fees.get, ["a", "b"]))
    """
    message = "'fees' did not keep its promise: of what it returned, ['b'] is None, declared int."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_who_never_looks_at_what_has_the_key_lost_it_by_itself(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def _merged(one, other):
        result = dict(one)
        result.update(other)
        return result

    def base():
        return {"port": 1}

    def local():
        return {"host": 2}

    def config(base, local):
        «return _merged(local, {})»

    def port(config):
        return config["port"]
    """
    message = "'config' was given 'port' by 'base', and what it keeps here has none."
    await check_blame(engine, tmp_path, text, message, likely=False)
