"""Another kind of empty value than the one that a variable begins with."""

import pytest

from codeact_lsp.repair.rules.other_beginnings import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


TEXT = """
    class _Box:
        def __init__(self) -> None:
            self.marks = MARKS

    def a() -> object:
        box, kept = _Box(), KEPT
        SHOWN
"""


@pytest.mark.parametrize(
    ("shown", "marks", "meant"),
    [
        ('box.marks["n"] = 1', "[]", "{}"),
        ("box.marks.append(1)", "{}", "[]"),
        ("box.marks.insert(0, 1)", "set([2])", "list([2])"),
        ("return max(box.marks, 3)", "None", "0"),
        ("box.marks.add(1)", "[]", "set()"),
        ("return b''.join([b'x', box.marks])", '""', 'b""'),
        ('box.marks[0]["n"] = 1', "([], 2)", "({}, 2)"),
        ("return box.marks + [1]", "dict()", "[]"),
    ],
)
async def test_of_another_kind(bench: Bench, shown: str, marks: str, meant: str) -> None:
    text = TEXT.replace("SHOWN", shown).replace("KEPT", "0")
    await bench.check_proposed(RULE, text.replace("MARKS", marks), text.replace("MARKS", meant))


async def test_first_what_has_all_that_is_done_with_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: list[str] = ["tea"]) -> object:
            found = None
            for row in rows:
                found[row] = 1
            return found
        """,
        "None",
        "{}",
    )


@pytest.mark.parametrize("text", ["def a(n=1): return n / 0\n", "def a(n=1): return [n][n + 0]\n"])
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_is_imported_to_begin_with(bench: Bench) -> None:
    text = """
        from collections import Counter

        def a(words: tuple[str, ...] = ("tea", "oil")) -> object:
            seen, counts = Counter(), EMPTY
            counts.update(words)
            return counts.most_common() + seen.most_common()
    """.replace("seen, counts = Counter(), EMPTY", "seen = Counter()\n            counts = EMPTY")
    await bench.check_proposed(
        RULE, text.replace("EMPTY", "{}"), text.replace("EMPTY", "Counter()")
    )
