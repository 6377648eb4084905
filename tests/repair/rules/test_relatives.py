"""A method in the place of a related one."""

import pytest

from codeact_lsp.repair.rules.relatives import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_pairs_are_unpacked(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            counts = {"x": 1}
            return [name * n for name, n in counts.values()]
        """,
        "values()",
        "items()",
    )


async def test_values_are_added(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            counts = {"x": 1}
            total = 0
            for n in counts.items():
                total += n
            return total
        """,
        "items()",
        "values()",
    )


async def test_what_is_added_at_the_end(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1]
            rows.insert(2)
            return rows
        """,
        "insert(2)",
        "append(2)",
    )


async def test_the_last_one_is_taken_out(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1, 2]
            return rows.remove()
        """,
        "remove()",
        "pop()",
    )


async def test_all_groups_of_a_match(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a() -> object:
            one, other = re.match("(.)-(.)", "a-b").group()
            return one + other
        """,
        "group()",
        "groups()",
    )


async def test_what_is_divided_in_two(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            key, value = "a=b".partition("=")
            return key + value
        """,
        "partition",
        "split",
    )


async def test_what_is_kept_under_a_key(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            groups = {}
            groups.get("x").append(1)
            return groups
        """,
        'groups.get("x")',
        'groups.setdefault("x", [])',
    )


async def test_several_values_for_one_key(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a() -> str:
            names = {"b": "tea"}
            found = re.search("b", "abc")
            return names[found.groups()]
        """,
        "found.groups()",
        "found.group()",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a():\n    a, b = 1, 2, 3\n",
        "def a(): return None.x\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_is_divided_again_and_again(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            total = 0
            for line in "a=1;b=2".partition(";"):
                _, n = line.split("=")
                total += int(n)
            return total
        """,
        "partition",
        "split",
    )


async def test_pairs_whose_value_is_asked_for_by_its_place(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> tuple[str, float]:
            prices = {"tea": 2.5, "oil": 7.5}
            return max(prices.values(), key=lambda pair: pair[1])
        """,
        "values()",
        "items()",
    )


async def test_pairs_of_a_loop(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[str]:
            prices = {"tea": 2, "oil": 7}
            found = []
            for pair in prices.values():
                found.append(f"{pair[0]}: {pair[1]}")
            return found
        """,
        "values()",
        "items()",
    )
