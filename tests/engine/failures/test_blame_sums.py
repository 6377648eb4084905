"""Which item a sum or a `join` could not take, and who made it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize(
    "call",
    ["sum(row['n'] for row in rows)", "sum([row['n'] for row in rows])",
     "math.fsum(row['n'] for row in rows)"],
)  # fmt: skip
async def test_of_a_sum_the_item_is_followed_that_cannot_be_added(
    engine: Engine, tmp_path: Path, call: str
) -> None:
    text = f"""
    import math

    def rows():
        return [{{"n": «str(1)»}}]

    def total(rows):
        return {call}
    """
    message = "`row['n']` ('1') was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_of_texts_that_are_joined_the_one_is_followed_that_is_none(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class Row:
        def __init__(self, n):
            self.name = n

    def rows():
        return [Row(«5»)]

    def total(rows):
        return ",".join(row.name for row in rows)
    """
    found = await blamed(engine, tmp_path, text.replace("«5»", "5"))
    assert found is not None
    assert (found.node, found.likely) == ("rows", False)
    assert found.message.startswith("`row.name` (5)")


async def test_a_comprehension_whose_items_cannot_be_made_again_is_left_alone(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"n": "3"}]

    def total(rows):
        return sum(row["n"] for row in list(map(dict, rows)))
    """
    found = await blamed(engine, tmp_path, text)
    assert found is None or not found.likely
