"""A variable that begins empty, but as another kind of thing."""

import pytest

from codeact_lsp.repair.rules.begun_otherwise import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_list_is_filled(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = {}
            for n in (1, 2):
                found.append(n)
            return found
        """,
        "found = {}",
        "found = []",
    )


async def test_a_set_is_filled(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            seen = {}
            seen.add(3)
            return sorted(seen)
        """,
        "seen = {}",
        "seen = set()",
    )


async def test_numbers_are_added(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            total = ""
            for n in (1, 2):
                total += n
            return total
        """,
        'total = ""',
        "total = 0",
    )


async def test_a_dictionary_is_filled(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            table = []
            for name in ("x", "y"):
                table[name] = 1
            return table
        """,
        "table = []",
        "table = {}",
    )


async def test_lists_are_kept_under_keys(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import defaultdict

        def a() -> object:
            rows = defaultdict(int)
            rows["x"].append(1)
            return dict(rows)
        """,
        "defaultdict(int)",
        "defaultdict(list)",
    )


async def test_what_a_default_is(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            groups = {}
            groups.setdefault("x", "").append(3)
            return groups
        """,
        '""',
        "[]",
    )


async def test_what_is_put_under_a_key_first(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            counts = {}
            for word in ("x", "x"):
                if word not in counts:
                    counts[word] = []
                counts[word] += 1
            return counts
        """,
        "counts[word] = []",
        "counts[word] = 0",
    )


@pytest.mark.parametrize("nothing", ['""', "None", "[]"])
async def test_nothing_where_a_whole_number_is_wanted(bench: Bench, nothing: str) -> None:
    await bench.check_first(
        f"""
        from datetime import time

        def a(text: str = "") -> time:
            hour = {nothing}
            if text:
                hour = int(text)
            return time(hour)
        """,
        f"hour = {nothing}",
        "hour = 0",
    )


async def test_nothing_where_a_part_begins(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "a,b") -> list[str]:
            start = []
            parts = []
            for end, mark in enumerate(text):
                if mark == ",":
                    parts.append(text[start:end])
                    start = end + 1
            return [*parts, text[start:]]
        """,
        "start = []",
        "start = 0",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a():\n    x = [1]\n    x.add(2)\n",
        "def a(x=3):\n    x.append(2)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_place_that_is_compared(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1, 2]
            i = ""
            while i < len(rows):
                i += 1
            return i
        """,
        'i = ""',
        "i = 0",
    )


async def test_what_another_method_begins(bench: Bench) -> None:
    await bench.check_first(
        """
        class Log:
            def __init__(self) -> None:
                self.lines = set()

            def add(self, line: str) -> int:
                self.lines.append(line)
                return len(self.lines)

        def a() -> int:
            return Log().add("tea")
        """,
        "self.lines = set()",
        "self.lines = []",
    )


async def test_what_the_function_around_begins(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> str:
            parts = {}

            def add(part: str) -> None:
                parts.append(part)

            add("tea")
            return "".join(parts)
        """,
        "parts = {}",
        "parts = []",
    )


async def test_parts_that_are_taken_away(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = ()
            del rows[:]
            rows.append(1)
            return rows
        """,
        "rows = ()",
        "rows = []",
    )


async def test_a_number_of_the_object_that_is_compared(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Count:
            def __init__(self):
                self.done = ""
                self.all = 2

            def is_open(self):
                return self.all > self.done

        def a() -> object:
            return _Count().is_open()
        """,
        'self.done = ""',
        "self.done = 0",
    )
