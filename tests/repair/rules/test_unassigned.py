"""A variable that is added to before it is anything."""

import pytest

from codeact_lsp.repair.rules.unassigned import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_list_that_is_appended_to(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            for number in (1, 2):
                doubled.append(2 * number)
            return doubled
        """,
        "Begin with 'doubled = []'",
        """
        def a() -> object:
            doubled = []
            for number in (1, 2):
                doubled.append(2 * number)
            return doubled
        """,
    )


async def test_a_count_before_the_outermost_loop(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            for row in [[1], [2]]:
                for cell in row:
                    total += cell
            return total
        """,
        "Begin with 'total = 0'",
        """
        def a() -> object:
            total = 0
            for row in [[1], [2]]:
                for cell in row:
                    total += cell
            return total
        """,
    )


async def test_that_of_the_function_around(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            count = 0
            def bump() -> int:
                count += 1
                return count
            return bump()
        """,
        "Add 'nonlocal count'",
        """
        def a() -> object:
            count = 0
            def bump() -> int:
                nonlocal count
                count += 1
                return count
            return bump()
        """,
    )


async def test_a_parameter_of_the_function_around(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(price: int = 3) -> object:
            def raised():
                price = price + 1
                return price
            return raised()
        """,
        "        price = price + 1",
        "        nonlocal price\n        price = price + 1",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return unknown_thing\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_first_value_that_is_none(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(values: tuple = (2, 1)) -> object:
            for value in values:
                if least is None or value < least:
                    least = value
            return least
        """,
        "Begin with 'least = None'",
        """
        def a(values: tuple = (2, 1)) -> object:
            least = None
            for value in values:
                if least is None or value < least:
                    least = value
            return least
        """,
    )


async def test_a_variable_that_only_a_branch_sets_is_begun_before_that(bench: Bench) -> None:
    fix = await bench.check_offer(
        """
        def a(name: str = "Ada", quoted: bool = False) -> str:
            if quoted:
                quote = "'"
            return f"{quote}{name}{quote}"
        """,
        "Begin with 'quote = \"\"'",
        """
        def a(name: str = "Ada", quoted: bool = False) -> str:
            quote = ""
            if quoted:
                quote = "'"
            return f"{quote}{name}{quote}"
        """,
    )
    assert not fix.preferred


async def test_a_name_after_the_one_that_took_everything(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(row: tuple[int, ...] = (1, 2, 3)) -> int:
            *rest, = row
            return last + sum(rest)
        """,
        "*rest, =",
        "*rest, last =",
    )


async def test_the_second_of_two_values(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            whole = divmod(7, 2)
            return [rest]
        """,
        "whole = ",
        "whole, rest = ",
    )


async def test_a_name_that_only_a_comprehension_sets(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [n for n in (1, 2)]
            whole = divmod(7, 2)
            return [whole, n, rows]
        """,
        "whole = ",
        "whole, n = ",
    )


async def test_a_mean_of_nothing(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(rows: list[int] = []) -> object:
            if rows:
                mean = sum(rows) / len(rows)
            return f"{mean:.1f}"
        """,
        "Begin with 'mean = 0'",
        """
        def a(rows: list[int] = []) -> object:
            mean = 0
            if rows:
                mean = sum(rows) / len(rows)
            return f"{mean:.1f}"
        """,
    )


async def test_a_list_that_only_a_branch_makes(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(late: bool = False) -> object:
            if late:
                found = [each for each in range(3)]
            return found
        """,
        "Begin with 'found = []'",
        """
        def a(late: bool = False) -> object:
            found = []
            if late:
                found = [each for each in range(3)]
            return found
        """,
    )


async def test_a_table_that_only_a_branch_makes(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(late: bool = False) -> object:
            if late:
                found = {}
            return found
        """,
        "Begin with 'found = {}'",
        """
        def a(late: bool = False) -> object:
            found = {}
            if late:
                found = {}
            return found
        """,
    )


async def test_what_only_a_branch_reads(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(late: bool = False) -> object:
            if late:
                found = open("it.txt")
            return found
        """,
        "Begin with 'found = None'",
        """
        def a(late: bool = False) -> object:
            found = None
            if late:
                found = open("it.txt")
            return found
        """,
    )


async def test_a_text_that_only_a_branch_makes(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(late: bool = False, n: int = 1) -> object:
            if late:
                found = f"{n}"
            return found
        """,
        """Begin with 'found = ""'""",
        """
        def a(late: bool = False, n: int = 1) -> object:
            found = ""
            if late:
                found = f"{n}"
            return found
        """,
    )


async def test_what_is_set_together_in_another_place(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(*paths: str) -> str:
            folder = "x/y".rsplit("/", 1)
            for path in ("z/y", "u/v"):
                if path.endswith("v"):
                    folder, name = path.rsplit("/", 1)
                elif name == "y":
                    folder = folder + path
            return folder + name
        """,
        'folder = "x/y"',
        'folder, name = "x/y"',
    )


async def test_a_table_that_a_function_inside_fills(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            pass
            def put(key):
                found[key] = len(key)
            for word in ("ab", "c"):
                put(word)
            return found
        """,
        "    def put",
        "    found = {}\n    def put",
    )


async def test_a_part_that_another_branch_has(bench: Bench) -> None:
    await bench.check_first(
        """
        def _cut(text):
            return text[:1], text[1:]

        def a(text: str = "ab") -> object:
            if len(text) > 1:
                head = _cut(text)
            else:
                head, rest = text, ""
            return rest + head
        """,
        "head = _cut",
        "head, rest = _cut",
    )


async def test_a_text_that_is_set_to_a_sum_with_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            at = 0
            while at < 2:
                word = word + "ab"[at]
                at += 1
            return word
        """,
        "    while",
        '    word = ""\n    while',
    )


async def test_begun_anew_for_each_of_the_inner_loops(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[int]:
            words, found = ["tea", "bread", "oil"], []
            while words:
                while words and size + len(words[0]) < 6:
                    size = size + len(words.pop(0))
                found.append(size)
                del size
                words[:1] = []
            return found
        """,
        "        while words and",
        "        size = 0\n        while words and",
    )


async def test_begun_with_bytes_that_it_is_added_to(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(number: int = 300) -> bytes:
            letters = b"abcdefghijklmnop"
            while number:
                number, rest = divmod(number, 16)
                text = letters[rest : rest + 1] + text
            return text
        """,
        "    while number:",
        '    text = b""\n    while number:',
    )


async def test_begun_with_a_tuple_of_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: tuple[int, ...] = (1, 2)) -> object:
            for _ in range(2):
                found = found + rows
            return found
        """,
        "    for _ in",
        "    found = ()\n    for _ in",
    )


async def test_not_taken_from_outside_where_its_method_gives_it_another_value(bench: Bench) -> None:
    await bench.check_first(
        """
        import logging

        log = logging.getLogger("tea")

        def a() -> int:
            log = log.debug("begun")
            return 3
        """,
        "log = log.debug",
        "log.debug",
    )


async def test_what_is_only_filled_was_mostly_to_go_into_another_one(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "a b") -> str:
            parts = []
            for word in text.split():
                part.append(word)
            return " ".join(parts)
        """,
        "part.append",
        "parts.append",
    )


async def test_an_unread_parameter_is_due_before_a_first_value(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(values: list[int] = [3, 4]) -> list[int]:
            line = list(line or ())
            line += [1]
            return line
        """,
        "line or ()",
        "values or ()",
    )


async def test_it_begins_before_the_loop_that_may_set_it(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(rows: tuple = ()) -> object:
            for at in range(len(rows)):
                if at == len(rows) - 1:
                    at += 1
            return at
        """,
        "Begin with 'at = 0'",
        """
        def a(rows: tuple = ()) -> object:
            at = 0
            for at in range(len(rows)):
                if at == len(rows) - 1:
                    at += 1
            return at
        """,
    )


BEGUN = {
    "heapq.heappush(found, x)": "found = []",
    "found[x % 2].append(x)": "found = defaultdict(list)",
    "found[x % 2].add(x)": "found = defaultdict(set)",
}


@pytest.mark.parametrize(("line", "begun"), BEGUN.items(), ids=BEGUN)
async def test_what_it_begins_with_is_told_by_its_uses(bench: Bench, line: str, begun: str) -> None:
    await bench.check_first(
        f"""
        import heapq
        from collections import Counter, defaultdict

        def a(xs: tuple = (3, 1)) -> object:
            for x in xs:
                {line}
            return dict(enumerate(found))
        """,
        "    for x in xs",
        f"    {begun}\n    for x in xs",
    )


async def test_what_it_needs_is_imported(bench: Bench) -> None:
    await bench.check_first(
        """
        import math

        def a(words: tuple = ("tea", "oil", "tea")) -> object:
            for word in words:
                counts[word] += math.floor(1.5)
            return dict(counts)
        """,
        """import math

def a(words: tuple = ("tea", "oil", "tea")) -> object:
""",
        """import math
from collections import Counter

def a(words: tuple = ("tea", "oil", "tea")) -> object:
    counts = Counter()
""",
    )


@pytest.mark.parametrize("name", ["set", "sum", "count"])
async def test_where_something_else_has_that_name(bench: Bench, name: str) -> None:
    await bench.check_first(
        f"""
        from itertools import count

        def a(words: tuple = ("tea", "oil")) -> object:
            for word in words:
                {name}[word] = len(word)
            return {name}
        """,
        "    for word in words",
        f"    {name} = {{}}\n    for word in words",
    )


async def test_begun_before_the_loop_that_counts(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = ((1, 2), (3,))) -> list[int]:
            found = []
            for row in rows:
                for one in row:
                    total += one
                found.append(total)
            return found
        """,
        """
        def a(rows: tuple = ((1, 2), (3,))) -> list[int]:
            found = []
            for row in rows:
                total = 0
                for one in row:
                    total += one
                found.append(total)
            return found
        """,
    )
