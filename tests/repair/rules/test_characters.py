"""A text that is gone through character by character."""

import pytest

from codeact_lsp.repair.rules.characters import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_lines_of_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "a=1") -> object:
            return dict(line.split("=") for line in text)
        """,
        "in text",
        "in text.splitlines()",
    )


async def test_the_words_of_a_text(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(text: str = "of the", known: dict[str, int] = {"of": 1, "the": 2}) -> object:
            return [known[word] for word in text]
        """,
        "Write 'text.split()'",
        """
        def a(text: str = "of the", known: dict[str, int] = {"of": 1, "the": 2}) -> object:
            return [known[word] for word in text.split()]
        """,
    )


async def test_the_rows_of_a_text(bench: Bench) -> None:
    await bench.check_offer(
        """
        import csv


        def a() -> object:
            text = "a,1\\nb,2"
            return [row[1] for row in csv.reader(text)]
        """,
        "Write 'text.splitlines()'",
        """
        import csv


        def a() -> object:
            text = "a,1\\nb,2"
            return [row[1] for row in csv.reader(text.splitlines())]
        """,
    )


async def test_a_list_has_lines_already(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(lines: list[str] = ["a"]) -> object:
            return dict(line.split("=") for line in lines)
        """,
    )
