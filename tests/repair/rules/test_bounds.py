"""A position one too far."""

import pytest

from codeact_lsp.repair.rules.bounds import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_length_as_a_position(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return rows[len(rows)]
        """,
        "Write 'len(rows) - 1'",
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return rows[len(rows) - 1]
        """,
    )


async def test_a_range_that_is_one_too_long(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return [rows[at] for at in range(len(rows) + 1)]
        """,
        "Write 'len(rows)'",
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return [rows[at] for at in range(len(rows))]
        """,
    )


async def test_a_loop_that_does_not_end_in_time(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(rows: list[int] = [4, 5]) -> object:
            at = 0
            while at <= len(rows):
                last = rows[at]
                at += 1
            return last
        """,
        "Write 'at < len(rows)'",
        """
        def a(rows: list[int] = [4, 5]) -> object:
            at = 0
            while at < len(rows):
                last = rows[at]
                at += 1
            return last
        """,
    )


async def test_a_window(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(k: int = 2) -> object:
            rows, found = [1, 5, 2], []
            for i in range(len(rows)):
                found.append(rows[i + k] - rows[i])
            return found
        """,
        "range(len(rows))",
        "range(len(rows) - k)",
    )


async def test_a_place_between_two(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(x: int = 2) -> object:
            row = [1, 2]
            if 0 <= x <= len(row):
                return row[x]
            return None
        """,
        "0 <= x <=",
        "0 <= x <",
    )


async def test_from_the_end(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "aba") -> object:
            return [text[i] == text[len(text) - i] for i in range(len(text))]
        """,
        "len(text) - i",
        "len(text) - 1 - i",
    )


async def test_the_last_is_taken(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1, 2]
            n = len(rows)
            return rows.pop(n)
        """,
        "pop(n)",
        "pop(n - 1)",
    )


async def test_a_search_by_halves(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(wanted: int = 9) -> object:
            rows = [1, 3]
            low, high = 0, len(rows)
            while low <= high:
                middle = (low + high) // 2
                if rows[middle] < wanted:
                    low = middle + 1
                else:
                    high = middle - 1
            return low
        """,
        "low, high = 0, len(rows)",
        "low, high = 0, len(rows) - 1",
    )


async def test_a_place_that_goes_down(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "ab  ") -> object:
            i = len(text)
            while text[i] == " ":
                i -= 1
            return text[i]
        """,
        "i = len(text)",
        "i = len(text) - 1",
    )


async def test_a_loop_that_goes_down(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows, n = [1, 2, 3], 3
            for i in range(n - 1, -1, -1):
                rows[i] = rows[i] + rows[i + 1]
            return rows
        """,
        "range(n - 1,",
        "range(n - 2,",
    )


async def test_what_goes_on_at_the_beginning(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(k: int = 1) -> object:
            rows = [1, 2, 3]
            turned = [0] * 3
            for i in range(len(rows)):
                turned[i + k] = rows[i]
            return turned
        """,
        "[i + k]",
        "[(i + k) % len(turned)]",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_of_two_neighbours_the_loop_ends_one_earlier(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(values: tuple = (1, 4, 9)) -> object:
            return [values[i + 1] - values[i] for i in range(len(values))]
        """,
        "Write 'len(values) - 1'",
        """
        def a(values: tuple = (1, 4, 9)) -> object:
            return [values[i + 1] - values[i] for i in range(len(values) - 1)]
        """,
    )


async def test_a_key_that_is_no_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "x") -> object:
            table = {"x": 1}
            return table[name + 1]
        """,
        "name + 1",
        "name",
    )


async def test_the_place_from_the_end_by_a_length_with_a_name(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: list[int] = [1, 2, 3]) -> object:
            size = len(rows)
            return [rows[size - at] for at in range(size)]
        """,
        "rows[size - at]",
        "rows[size - 1 - at]",
    )


async def test_what_counts_from_one_may_count_lengths(bench: Bench) -> None:
    best = await bench.check_first(
        """
        def a(text: str = "aab") -> object:
            return [text[at] for at in range(1, len(text) + 1)]
        """,
        "len(text) + 1",
        "len(text)",
    )
    assert not best.preferred


async def test_a_place_that_begins_behind_and_goes_down(bench: Bench) -> None:
    plan = """
        def a(rows: list[int] = [4, 5, 6]) -> object:
            low, total = 0, 0
            high = END
            while low <= high:
                total += rows[low] * rows[high]
                low = low + 1
                high = high - 1
            return total
        """
    await bench.check_offer(
        plan.replace("END", "len(rows)"),
        "Write 'len(rows) - 1'",
        plan.replace("END", "len(rows) - 1"),
    )


async def test_the_place_at_which_it_is_looked_into_otherwise(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(numbers: tuple = (3, 1)) -> int:
            low, high = numbers[0], numbers[2]
            return low + high
        """,
        """
        def a(numbers: tuple = (3, 1)) -> int:
            low, high = numbers[0], numbers[0]
            return low + high
        """,
    )
