"""A function that does not return what it made: the change is where the bad value was made."""

import pytest

from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def rows() -> list[int]:
        {0}

    def total(rows: list[int]) -> int:
        return rows[0] + 1
"""


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [
        (
            "found = [1]; print(found)",
            "In 'rows': return what is printed",
            "found = [1]; return found",
        ),
        ("found = [1]; return None", "In 'rows': return 'found'", "found = [1]; return found"),
        ("return str([1])", "In 'rows': return '[1]'", "return [1]"),
        ("sorted([1])", "In 'rows': return 'sorted([1])'", "return sorted([1])"),
    ],
    ids=["printed", "nothing", "converted", "made and dropped"],
)
async def test_what_was_made_is_returned(bench: Bench, before: str, label: str, after: str) -> None:
    await bench.check_fix(PLAN.format(before), label, PLAN.format(after))


async def test_a_list_that_is_sorted_in_place_is_returned_afterwards(bench: Bench) -> None:
    await bench.check_fix(
        """
        def rows(numbers: list[int] = [2, 1]) -> list[int]:
            return numbers.sort()

        def first(rows: list[int]) -> int:
            return rows[0]
        """,
        "In 'rows': return 'numbers' itself",
        """
        def rows(numbers: list[int] = [2, 1]) -> list[int]:
            numbers.sort()
            return numbers

        def first(rows: list[int]) -> int:
            return rows[0]
        """,
    )


async def test_a_node_that_returns_what_it_declares_is_left_alone(bench: Bench) -> None:
    await bench.check_none(PLAN.format("return []").replace("rows[0]", "rows['x']"))


async def test_a_list_of_what_was_to_be_returned(bench: Bench) -> None:
    await bench.check_first(
        """
        def name() -> str:
            return ["ada"]

        def a(name: str) -> object:
            return name.title()
        """,
        '["ada"]',
        '"ada"',
    )


async def test_what_a_function_ends_with_beside_another_return(bench: Bench) -> None:
    await bench.check_first(
        """
        def found(n: int = 2) -> list:
            rows = [n]
            if n > 3:
                return []
            rows

        def a(found: list) -> int:
            return len(found)
        """,
        "    rows\n\n",
        "    return rows\n\n",
    )


async def test_the_type_that_is_declared_of_the_one_thing_given(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import Counter

        def counts(words: tuple = ("x", "y", "x")) -> Counter:
            return None

        def a(counts: Counter) -> list:
            return counts.most_common(1)
        """,
        "return None",
        "return Counter(words)",
    )
