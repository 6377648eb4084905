"""One too many of what is given, unpacked or counted."""

import pytest

from codeact_lsp.repair.rules.other_counts import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


TEXT = """
    def _split(text: str) -> object:
        return (part for part in text.split(","))

    def a(text: str = "b,c") -> object:
        SHOWN
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('return text.endswith(("a",), ("a",))', 'return text.endswith(("a",))'),
        ('return text.strip("b", "c")', 'return text.strip("b")'),
        ("one, two, rest = _split(text)", "one, two = _split(text)"),
        ("one, two, rest = _split(text)", "two, rest = _split(text)"),
        ("size, = 4", "size = 4"),
        ("return text[len(text) - 1 + 1]", "return text[len(text) - 1]"),
    ],
)
async def test_without_the_one_too_many(bench: Bench, before: str, after: str) -> None:
    await bench.check_proposed(RULE, TEXT.replace("SHOWN", before), TEXT.replace("SHOWN", after))


@pytest.mark.parametrize("text", ["def a(): return 1 / 0\n", "def a(): return int('x')\n"])
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('head = line.split(":", 1)', 'head, line = line.split(":", 1)'),
        ('head = line.split(":", 1)', 'head, _ = line.split(":", 1)'),
    ],
)
async def test_with_what_it_is_taken_from(bench: Bench, before: str, after: str) -> None:
    text = """
        def a(line: str = "b:c") -> object:
            GIVEN
            return head.strip(), line
    """
    await bench.check_proposed(RULE, text.replace("GIVEN", before), text.replace("GIVEN", after))


async def test_with_what_is_set_beside_it_elsewhere(bench: Bench) -> None:
    text = """
        def a(line: str = "b:c") -> object:
            if ":" in line:
                GIVEN = line.split(":", 1)
            else:
                user, word = line, None
            return user.strip()
    """
    await bench.check_proposed(
        RULE, text.replace("GIVEN", "user"), text.replace("GIVEN", "user, word")
    )
