"""A member that a method sets as a variable of its own."""

import pytest

from codeact_lsp.repair.rules.kept_locally import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEXT = """
class Line:
    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        rows = [1]

    def read(self) -> list[int]:
        return self.rows


class Stack(Line):
    pass


def a() -> list[int]:
    return Stack().read()
"""


async def test_in_a_method_of_what_its_class_is_made_from(bench: Bench) -> None:
    await bench.check_first(TEXT, "rows = [1]", "self.rows = [1]")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rows = [1]", "rows = [1]; print(rows)"),
        ("rows = [1]", "pass"),
        ("class Stack(Line)", "class Stack"),
        ("def begin(self)", "@staticmethod\n    def begin()"),
    ],
)
async def test_silent_where_it_is_another_thing(bench: Bench, old: str, new: str) -> None:
    await bench.check_silent(RULE, TEXT.replace(old, new))
