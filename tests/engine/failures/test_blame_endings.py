"""Where a node or helper ended without a `return`: the branch of it that gives nothing."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import check_blame

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_the_branch_of_a_node_that_returns_nothing_is_named(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def size(kind="b") -> int:
        if kind == "a":
            return 1
        else:
            «kind.upper()»

    def doubled(size):
        return size * 2
    """
    message = (
        "`size` (None) was made here by 'size', which ended without a return: "
        "it is None, declared int."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


@pytest.mark.parametrize(
    "body",
    ["if «x > 1»:\n            return x", "if x > 1:\n            return x\n        «return None»"],
    ids=["falls off its end", "returns nothing"],
)
async def test_the_branch_of_a_helper_that_returns_nothing_is_named(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    text = f"""
    def _large(x):
        {body}

    def size():
        return _large(1)

    def doubled(size):
        return size * 2
    """
    message = "`size` (None) was made here by '_large'."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_of_several_ways_to_nothing_none_is_named(engine: Engine, tmp_path: Path) -> None:
    text = """
    def _large(x):
        if x > 2:
            return None
        if x > 1:
            return 5 if x else 6

    def size():
        «return _large(1)»

    def doubled(size):
        return size * 2
    """
    await check_blame(engine, tmp_path, text, "`size` (None) was made here.", likely=False)


async def test_what_is_put_together_and_returned_as_it_is_was_to_be_made_into_something(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def sizes() -> str:
        rows = [str(each) for each in range(3)]
        «return rows»

    def loud(sizes):
        return sizes.upper()
    """
    message = (
        "`sizes` (['0', '1', '2']) was made here by 'sizes': it is ['0', '1', '2'], declared str."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_of_a_loop_that_nothing_is_returned_after_the_end_is_shown(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def marked():
        rows = [{}]
        for row in rows:
            row["n"] = 1
            «row["m"] = 2»

    def total(marked):
        return [row["n"] for row in marked]
    """
    await check_blame(engine, tmp_path, text, "`marked` (None) was made here.", likely=False)
