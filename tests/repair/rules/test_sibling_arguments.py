"""Names that do not exist, beside calls that are given some that do."""

import pytest

from codeact_lsp.repair.rules.sibling_arguments import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PLAN = """
    def _depth(tree: dict | None, seen: list) -> int:
        if not tree:
            return 0
        seen.append(tree["name"])
        one = _depth(tree["left"], seen)
        other = _depth(OTHER)
        return 1 + max(one, other)

    def a() -> int:
        leaf = {"name": "b", "left": None, "right": None}
        return _depth({"name": "a", "left": None, "right": leaf}, [])
    """


@pytest.mark.parametrize("given", ['tree["right"], unknown_qq', "unknown_qq, seen"])
async def test_what_the_other_call_is_given(bench: Bench, given: str) -> None:
    before = _PLAN.replace("OTHER", given)
    best, *_ = await bench.fixes(before)
    assert '_depth(tree["right"], seen)' in best.edit.apply(plain(before))


async def test_a_call_that_has_no_other_tells_nothing(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: list[int] = [1]) -> int:
            return len(unknown_qq)
        """,
    )
