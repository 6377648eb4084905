"""What is compared with nothing of one kind, while it is nothing of another."""

import pytest

from codeact_lsp.repair.rules.empty_kinds import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_empty_list_is_no_empty_tuple(bench: Bench) -> None:
    await bench.check_fix(
        """
        def _first(names: list) -> str:
            if names == ():
                return "nobody"
            return names[0]

        def a() -> object:
            return _first([])
        """,
        "Ask whether 'names' is empty, of whatever kind",
        """
        def _first(names: list) -> str:
            if not names:
                return "nobody"
            return names[0]

        def a() -> object:
            return _first([])
        """,
    )


@pytest.mark.parametrize(
    ("asked", "instead"),
    [
        ("words != []", "words"),
        ("words is not []", "words"),
        ("() != words", "words"),
        ("len(text) > 3 or words != []", "len(text) > 3 or words"),
    ],
)
async def test_the_other_way_round(bench: Bench, asked: str, instead: str) -> None:
    text = f"""
        def a(text: str = "") -> object:
            words = dict.fromkeys(text.split())
            if {asked}:
                return max(words)
            return text
        """
    await bench.check_proposed(RULE, text, text.replace(asked, instead))


async def test_a_variable_that_only_a_loop_sets(bench: Bench) -> None:
    text = """
        def a(rows: tuple = ()) -> object:
            if rows == []:
                return 0
            for number, row in enumerate(rows):
                if row > 3:
                    break
            return number
        """
    await bench.check_proposed(RULE, text, text.replace("rows == []", "not rows"))


async def test_what_is_not_empty_is_no_other_kind(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: tuple = (1,)) -> object:
            if rows == []:
                return 0
            return rows[1]
        """,
    )


async def test_what_it_is_compared_with_is_something(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: tuple = ()) -> object:
            if rows == [0] or len(rows) == 4:
                return 0
            return rows[1]
        """,
    )
