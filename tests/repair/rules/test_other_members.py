"""Another member of the object itself."""

import pytest

from codeact_lsp.repair.rules.other_members import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

_SETS = """
    class _Sets:
        def __init__(self) -> None:
            self.parent = [0, 0, 2]

        def find(self, item: int) -> int:
            return self.PARENT[item]

        def same(self, one: int, other: int) -> bool:
            return self.find(one) == self.FIND(other)

    def a() -> object:
        return _Sets().same(0, 1)
    """


async def test_a_method_that_takes_as_much(bench: Bench) -> None:
    plan = _SETS.replace("PARENT", "parent")
    await bench.check_offer(
        plan.replace("FIND", "zzz"), "Write 'find' for 'zzz'", plan.replace("FIND", "find")
    )


async def test_what_is_kept(bench: Bench) -> None:
    plan = _SETS.replace("FIND", "find")
    await bench.check_offer(
        plan.replace("PARENT", "qqq"), "Write 'parent' for 'qqq'", plan.replace("PARENT", "parent")
    )


async def test_a_member_of_something_else(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(text: str = "Of A") -> object:
            return text.frobnicate()
        """,
    )
