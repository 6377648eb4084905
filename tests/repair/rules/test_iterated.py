"""A loop that goes through something else than its body takes it for."""

import pytest

from codeact_lsp.repair.rules.iterated import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            "def a(xs=[4, 5]):\n    return [i for i in len(xs)]\n",
            "in len(xs)",
            "in range(len(xs))",
        ),
        (
            "def a():\n    n = 0\n    for i in 3:\n        n += i\n    return n\n",
            "in 3",
            "in range(3)",
        ),
        (
            "def a(xs=[4, 5]):\n    n = 0\n    for x in xs:\n        n += xs[x]\n    return n\n",
            "xs[x]",
            "x",
        ),
        (
            "def a(xs=[4, 5]):\n    for x in xs:\n        xs[x] = 0\n    return xs\n",
            "in xs",
            "in range(len(xs))",
        ),
        (
            "def a(xs=['b']):\n    return [xs[x] for x in xs]\n",
            "xs[x]",
            "x",
        ),
    ],
    ids=["a length", "a number", "an item", "a place", "in a comprehension"],
)
async def test_it_goes_through_what_the_body_takes(
    bench: Bench, text: str, old: str, new: str
) -> None:
    await bench.check_first(text, old, new)


async def test_places_are_no_keys(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> int:
            ages = {"ada": 36, "ben": 40}
            names = ["ada", "ben"]
            total = 0
            for name in range(len(names)):
                total += ages[name]
            return total
        """,
        "range(len(names))",
        "names",
    )


async def test_what_has_no_length_is_gone_through(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[str]:
            words = iter(["tea", "rice"])
            return [word.upper() for word in range(len(words))]
        """,
        "range(len(words))",
        "words",
    )


@pytest.mark.parametrize(
    "text", ["def a():\n    return int('x')\n", "def a():\n    return [][3]\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_parts_that_begin_at_each_place(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            text = "abc"
            return [text[i : i + 2] for i in text]
        """,
        "in text",
        "in range(len(text))",
    )


async def test_rows_that_come_with_their_number(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            total = 0
            for row in pd.DataFrame({"n": [1, 2]}).iterrows():
                total += row["n"]
            return total
        """,
        "for row",
        "for _, row",
    )


async def test_a_list_that_begins_with_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            for i in range(3):
                found[i] = i * i
            return found
        """,
        "found[i] = i * i",
        "found.append(i * i)",
    )


async def test_the_items_and_not_their_places(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [{"n": 1}, {"n": 2}]
            total = 0
            for row in range(len(rows)):
                total += row["n"]
            return total
        """,
        "range(len(rows))",
        "rows",
    )


async def test_the_items_in_which_something_is_looked_for(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            names = ["ab", "cd"]
            return [name for name in range(len(names)) if "a" in name]
        """,
        "range(len(names))",
        "names",
    )


async def test_the_digits_of_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(number: int = 12) -> object:
            return sum(int(d) for d in number)
        """,
        "in number",
        "in str(number)",
    )


async def test_a_table_of_that_size(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: int = 2, columns: int = 2) -> object:
            table = []
            for i in range(rows):
                for j in range(columns):
                    table[i][j] = i + j
            return table
        """,
        "table = []",
        "table = [[0] * columns for _ in range(rows)]",
    )


async def test_pairs_without_numbers(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            one, other = [1, 2], [3, 4]
            return sum(x * y for x, y in enumerate(zip(one, other)))
        """,
        "enumerate(zip(one, other))",
        "zip(one, other)",
    )


async def test_places_that_are_looked_up_elsewhere(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        def a(marks: list[int] = [7, 9]) -> list[int]:
            kept = []
            for at in marks:
                if at < len(marks):
                    kept.append(marks[at])
            return [kept[0], len(kept)]
        """,
        "at in marks",
        "at in range(len(marks))",
    )
    assert not fix.preferred


async def test_items_for_which_nothing_is_looked_up(bench: Bench) -> None:
    await bench.check_first(
        """
        def _check(known, names):
            for name in range(len(names)):
                if name not in known:
                    raise ValueError(f"no {name}")
            return len(names)

        def a() -> object:
            return _check({"a", "b"}, ["b", "a"])
        """,
        "range(len(names))",
        "names",
    )


async def test_letters_that_are_added(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "abc") -> object:
            part = ""
            for letter in range(len(text)):
                part += letter
            return part
        """,
        "range(len(text))",
        "text",
    )


async def test_a_dictionary_where_the_number_is_no_place_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(flags: tuple[int, ...] = (16, 4)) -> object:
            seen = []
            for flag in flags:
                seen[flag] = True
            return sorted(seen)
        """,
        "seen = []",
        "seen = {}",
    )


async def test_what_is_compared_by_itself_is_the_item(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        def a(marks: list[int] = [9, 12, 4], least: int = 5) -> list[int]:
            kept = []
            for mark in marks:
                if mark >= least:
                    kept.append(marks[mark])
            return kept
        """,
        "marks[mark]",
        "mark",
    )
    assert not fix.hides
