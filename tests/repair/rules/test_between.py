"""A call in between that gives something which no longer has the method."""

import pytest

from codeact_lsp.repair.rules.between import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_items_of_a_counter(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import Counter


        def a(words: list[str] = ["a", "b", "a"]) -> object:
            return Counter(words).items().most_common(1)
        """,
        ".items().most_common",
        ".most_common",
    )


async def test_all_that_was_found_as_one_match(bench: Bench) -> None:
    await bench.check_first(
        """
        import re


        def a(text: str = "room 12") -> object:
            return int(re.findall("[0-9]+", text).group())
        """,
        "re.findall",
        "re.search",
    )


async def test_the_first_of_all_that_was_found(bench: Bench) -> None:
    await bench.check_offer(
        """
        import re


        def a(text: str = "room 12") -> object:
            return int(re.findall("[0-9]+", text).group())
        """,
        """Write 're.findall("[0-9]+", text)[0]'""",
        """
        import re


        def a(text: str = "room 12") -> object:
            return int(re.findall("[0-9]+", text)[0])
        """,
    )


async def test_each_that_was_found_as_a_match(bench: Bench) -> None:
    await bench.check_first(
        """
        import re


        def a(text: str = "rooms 12 and 14") -> object:
            return [found.group() for found in re.findall("[0-9]+", text)]
        """,
        "re.findall",
        "re.finditer",
    )


async def test_there_is_nothing_in_between(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: list[int] = [3]) -> object:
            return rows.most_common(1)
        """,
    )


async def test_a_value_that_holds_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: list[int] = [1, 2]) -> object:
            return len(rows).result() + 1
        """,
        ".result()",
        "",
    )
