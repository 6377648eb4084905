"""A position in what has no positions."""

import pytest

from codeact_lsp.repair.rules.unordered import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_view(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return table.keys()[0]
        """,
        "Write 'list(table.keys())'",
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return list(table.keys())[0]
        """,
    )


async def test_one_that_was_made_before(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            doubled = map(str, [1, 2])
            return doubled[1]
        """,
        "Write 'list(map(str, [1, 2]))'",
        """
        def a() -> object:
            doubled = list(map(str, [1, 2]))
            return doubled[1]
        """,
    )


async def test_a_set_in_order(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return {2, 1}[0]
        """,
        "Write 'sorted({2, 1})'",
        """
        def a() -> object:
            return sorted({2, 1})[0]
        """,
    )


async def test_the_length_of_what_is_made_as_it_is_read(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return len(n for n in (1, 2) if n > 1)
        """,
        "Write 'len([n for n in (1, 2) if n > 1])'",
        """
        def a() -> object:
            return len([n for n in (1, 2) if n > 1])
        """,
    )


async def test_what_is_counted_once(bench: Bench) -> None:
    await bench.check_first(
        """
        import itertools

        def a() -> object:
            pairs = itertools.combinations([1, 2, 3], 2)
            return len(pairs)
        """,
        "itertools.combinations([1, 2, 3], 2)",
        "list(itertools.combinations([1, 2, 3], 2))",
    )


async def test_a_group(bench: Bench) -> None:
    await bench.check_first(
        """
        from itertools import groupby

        def a() -> object:
            return {key: len(group) for key, group in groupby("aab")}
        """,
        "len(group)",
        "len(list(group))",
    )


async def test_a_part_of_a_queue(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import deque

        def a() -> object:
            last = deque([1, 2, 3])
            return last[-2:]
        """,
        "last[-2:]",
        "list(last)[-2:]",
    )


async def test_what_only_lists_have(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            names = {"b": 1, "a": 2}.keys()
            names.sort()
            return names
        """,
        '{"b": 1, "a": 2}.keys()',
        'list({"b": 1, "a": 2}.keys())',
    )


async def test_characters_as_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "ab") -> object:
            return reversed(text).upper()
        """,
        "reversed(text)",
        '"".join(reversed(text))',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return None[0]\n",
        "def a(): return len(1)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
