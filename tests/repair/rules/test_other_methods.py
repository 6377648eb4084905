"""Another method of the same object than the one that was meant."""

import pytest

from codeact_lsp.repair.rules.other_methods import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_that_does_not_exist(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(parts: list[str] = ["a", "b"]) -> str:
            mark = "-"
            return mark.concat(parts)
        """,
        """
        def a(parts: list[str] = ["a", "b"]) -> str:
            mark = "-"
            return mark.join(parts)
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(n=0): return n.upper\n",
    ],
)
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


STACK = """
class Line:
    def __init__(self) -> None:
        self.rows = {"x": 1}

    def size(self) -> int:
        return len(self.rows)

    def get(self, name: str) -> int:
        return self.rows[name]


class Queue(Line):
    def empty(self) -> bool:
        return not self.rows


def a() -> object:
    line = Queue()
    return USED
"""


@pytest.mark.parametrize(
    ("used", "meant"),
    [
        ("line.fetch('x')", "line.get('x')"),
        ("line.length()", "line.size()"),
        ("line['x']", "line.get('x')"),
    ],
)
async def test_one_of_a_class_of_the_plan(bench: Bench, used: str, meant: str) -> None:
    await bench.check_proposed(RULE, STACK.replace("USED", used), STACK.replace("USED", meant))
