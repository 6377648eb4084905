"""A result that is kept although the method has none."""

import pytest

from codeact_lsp.repair.rules.in_place import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_appended_list_is_not_assigned(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            rows = []
            for number in (1, 2):
                rows = rows.append(number)
            return rows
        """,
        "Write 'rows.append(number)' alone",
        """
        def a() -> object:
            rows = []
            for number in (1, 2):
                rows.append(number)
            return rows
        """,
    )


async def test_what_is_sorted_is_taken_afterwards(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [2, 1]) -> object:
            ordered = rows.sort()
            return ordered[0]
        """,
        "Write 'rows.sort()' on a line of its own",
        """
        def a(rows: list[int] = [2, 1]) -> object:
            rows.sort()
            ordered = rows
            return ordered[0]
        """,
    )


async def test_a_table_that_is_changed_in_place_is_copied_instead(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1.0, None]})
            table = table.dropna(inplace=True)
            return table.n.sum()
        """,
        "Write 'inplace=False'",
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1.0, None]})
            table = table.dropna(inplace=False)
            return table.n.sum()
        """,
    )


async def test_of_what_is_made_there(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            both = {"x": 1}.copy().update({"y": 2})
            return both["y"]
        """,
        'both = {"x": 1}.copy().update({"y": 2})',
        'both = {"x": 1}.copy()\n    both.update({"y": 2})',
    )


async def test_where_the_message_does_not_say_that_it_is_none(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> str:
            lines = ["x"]
            lines = lines.append("y")
            return "".join(lines)
        """,
        "lines = lines.append",
        "lines.append",
    )


async def test_a_table_that_becomes_what_was_put_into_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: str = "x y x") -> dict:
            counts = {}
            for word in words.split():
                counts = counts.setdefault(word, 0)
                counts[word] += 1
            return counts
        """,
        "counts = counts.setdefault",
        "counts.setdefault",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}.get('x').y\n",
        "def a(): return [1].y\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_is_kept_around_the_function_that_failed(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: list[int] = [1, 2]) -> object:
            found = []

            def put(row: int) -> None:
                found.append(row)

            for row in rows:
                found = found.append(row)
                put(row)
            return found
        """,
        "found = found.append(row)",
        "found.append(row)",
    )


async def test_a_variable_that_is_kept_in_a_function_in_which_it_has_no_value(
    bench: Bench,
) -> None:
    await bench.check_first(
        """
        def a(rows: list[int] = [1, 2]) -> object:
            found = []

            def put(row: int) -> None:
                found = found.append(row)

            for row in rows:
                put(row)
            return found
        """,
        "found = found.append(row)",
        "found.append(row)",
    )


async def test_what_a_method_of_its_own_class_gives_back(bench: Bench) -> None:
    await bench.check_first(
        """
        class Log:
            def __init__(self) -> None:
                self.lines = []

            def add(self, line: str) -> None:
                self.lines.append(line)

        def a() -> object:
            log = Log()
            log = log.add("x")
            return log.lines
        """,
        'log = log.add("x")',
        'log.add("x")',
    )


async def test_whatever_the_method_is_called(bench: Bench) -> None:
    await bench.check_first(
        """
        class Log:
            def __init__(self) -> None:
                self.lines = []

            def write(self, line: str) -> None:
                self.lines.append(line)

        def a() -> object:
            log = Log()
            log = log.write("x")
            return log.lines
        """,
        'log = log.write("x")',
        'log.write("x")',
    )


async def test_a_result_that_is_kept_under_the_key_it_came_from(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: list[str] = ["x", "y", "x"]) -> object:
            places: dict[str, list[int]] = {}
            for at, word in enumerate(words):
                places[word] = places.get(word, []).append(at)
            return places
        """,
        "places[word] = places.get(",
        "places.setdefault(",
    )


async def test_what_an_attribute_holds_is_not_lost(bench: Bench) -> None:
    await bench.check_first(
        """
        class Bag:
            def __init__(self) -> None:
                self.items: list[int] = []

            def take(self, item: int) -> None:
                self.items = self.items.append(item)


        def a() -> object:
            bag = Bag()
            bag.take(1)
            bag.take(2)
            return bag.items
        """,
        "self.items = self.items.append",
        "self.items.append",
    )


async def test_an_object_that_is_kept_as_what_its_method_gives(bench: Bench) -> None:
    await bench.check_first(
        """
        class Reader:
            def __init__(self, text):
                self.text, self.at = text, 0

            def step(self):
                self.at += 1
                return self.text[self.at]

            def word(self):
                self = self.step()
                return self.text[self.at :]

        def a() -> object:
            return Reader("abc").word()
        """,
        "self = self.step()",
        "self.step()",
    )
