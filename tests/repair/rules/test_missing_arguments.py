"""A call that leaves out an argument."""

import pytest

from codeact_lsp.repair.rules.missing_arguments import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_variable_is_called_as_the_parameter_is(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            width, height = 2, 3
            return _area(width) + height

        def _area(width: int, height: int) -> int:
            return width * height
        """,
        "_area(width) ",
        "_area(width, height) ",
    )


async def test_nothing_else_reads_the_variable(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            for word in ("x", "y"):
                found.append()
            return found
        """,
        "append()",
        "append(word)",
    )


async def test_a_single_one_is_what_nobody_reads(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            price, count = 2, 3
            return _cost(price)

        def _cost(one: int, times: int) -> int:
            return one * times
        """,
        "_cost(price)",
        "_cost(price, count)",
    )


async def test_the_first_parameter_where_nothing_is_given(bench: Bench) -> None:
    await bench.check_first(
        """
        from itertools import tee

        def a(rows: tuple = (1, 2), cyclic: bool = False) -> list[int]:
            one, other = tee()
            return [*one, *other] if cyclic else list(rows) + list(one)
        """,
        "tee()",
        "tee(rows)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a():\n    return [].append()\n",
        "def a():\n    return _b()\ndef _b(x, y): return x\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_item_of_the_loop(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            for word in ("x", "y"):
                if word != "x":
                    found.append()
            return found
        """,
        "append()",
        "append(word)",
    )


async def test_the_one_parameter(bench: Bench) -> None:
    await bench.check_first(
        """
        def _code(char: str) -> int:
            return ord() if char else 0

        def a() -> object:
            return _code("x")
        """,
        "ord()",
        "ord(char)",
    )


async def test_where_it_is_missing(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        MARKS = re.compile("[.!]")

        def _bare(text: str) -> str:
            return MARKS.sub("")

        def a() -> str:
            return _bare("tea!")
        """,
        'MARKS.sub("")',
        'MARKS.sub("", text)',
    )


async def test_what_the_statement_makes_anew(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(mark: str = "!", text: str = "tea!") -> str:
            text = re.compile(mark).sub("")
            return text
        """,
        '.sub("")',
        '.sub("", text)',
    )


async def test_what_the_partner_is_given_elsewhere(bench: Bench) -> None:
    fixes = await bench.meant(
        """
        def _tidy(name: str, path: str, mark: str, other: str) -> str:
            if name.startswith(mark):
                return path + other
            return path if path.endswith() else path + mark

        def a() -> str:
            return _tidy("x", "y/", "/", "-")
        """
    )
    assert "path.endswith(mark)" in fixes[0].label


async def test_what_was_set_just_before(bench: Bench) -> None:
    await bench.check_first(
        """
        def _share(prices: list[int], taxes: list[int], at: int) -> float:
            net = [price - tax for price, tax in zip(prices, taxes)]
            total = sum()
            return net[at] / total

        def a() -> float:
            return _share([10, 20], [2, 8], 1)
        """,
        "sum()",
        "sum(net)",
    )


async def test_what_a_loop_asks_for(bench: Bench) -> None:
    await bench.check_first(
        """
        import heapq

        def _order(graph: dict[str, list[str]], start: str) -> list[str]:
            queue, found = [(0, start)], []
            while queue:
                far, place = heapq.heappop()
                found.append(place)
                for other in graph.get(place, []):
                    heapq.heappush(queue, (far + 1, other))
            return found

        def a() -> list[str]:
            return _order({"x": ["y"]}, "x")
        """,
        "heappop()",
        "heappop(queue)",
    )


async def test_a_text_that_is_put_together_anew(bench: Bench) -> None:
    await bench.check_first(
        """
        def _bare(text: str, mark: str) -> str:
            parts = []
            for part in text.split(mark):
                parts.append(part.strip())
            found = "".join()
            return found + mark

        def a() -> str:
            return _bare("x - y", "-")
        """,
        "join()",
        "join(parts)",
    )


async def test_a_keyword_that_has_to_be_given(bench: Bench) -> None:
    await bench.check_first(
        """
        def _cut(text: str, *, width: int) -> str:
            return text[:width]

        def a(width: int = 3) -> str:
            return _cut("a long line")
        """,
        '_cut("a long line")',
        '_cut("a long line", width=width)',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    it = 'x'\n    return it.split(it, 1, 2)\n",
        "def a():\n    it = 'x'\n    return isinstance(it, str, it)\n",
        "def a(n: int = 2):\n    return _b(n)\ndef _b(x, *, width): return x\n",
    ],
)
async def test_nothing_is_added_to_what_is_too_much_or_has_no_name(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_is_called_so_of_the_thing_that_the_others_are_of(bench: Bench) -> None:
    await bench.check_first(
        """
        def _card(number: int, name: str, town: str) -> str:
            return f"{number} {name} {town}"

        def a() -> list[str]:
            rows = [{"id": "1", "name": "Ada", "town": "Bath"}]
            return [_card(int(row["id"]), row["name"]) for row in rows]
        """,
        'row["name"])',
        'row["name"], row["town"])',
    )


async def test_a_member_of_the_same_object(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def _week(year: int, month: int, day: int) -> int:
            return date(year, month, day).isocalendar().week

        def a() -> int:
            born = date(2024, 5, 17)
            return _week(born.year, born.month)
        """,
        "born.month)",
        "born.month, born.day)",
    )


async def test_what_the_condition_around_compares(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(limit: int = 2, rows: tuple = (1, 3)) -> object:
            found = []
            for number in rows:
                other = number + 1
                if other > limit:
                    found.append()
            return found
        """,
        "append()",
        "append(other)",
    )


async def test_what_is_asked_of_most_values(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            assert not isinstance([1])
            return 1
        """,
        "isinstance([1])",
        "isinstance([1], str)",
    )


async def test_what_is_called_as_the_result_is(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def a(rows: tuple = ({"day": "2024-05-01", "n": "3"},)) -> object:
            return [{"n": int(row["n"]), "day": date.fromisoformat()} for row in rows]
        """,
        "fromisoformat()",
        'fromisoformat(row["day"])',
    )


async def test_what_is_to_be_made_anew_under_its_key(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            row = {"words": "a b"}
            row["words"] = " ".join()
            return row["words"].upper()
        """,
        "join()",
        'join(row["words"])',
    )


async def test_what_the_object_fills(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Book:
            def __init__(self):
                self.owner, self.entries = "Ada", []

            def add(self, amount):
                self.entries.append((amount, self.owner))

            def largest(self):
                return max(key=lambda entry: entry[0])

        def a() -> object:
            book = _Book()
            book.add(2)
            return book.largest()
        """,
        "max(key",
        "max(self.entries, key",
    )


async def test_what_the_condition_around_asks_for(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: tuple = ("b", "", "c")) -> object:
            found, before = [], "-"
            for word in words:
                other = word.upper()
                if other:
                    found.append(before + str.lower())
                before = word
            return found
        """,
        "lower()",
        "lower(other)",
    )


async def test_several_kinds_as_elsewhere(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(name: object = "tea") -> object:
            if isinstance(name):
                return name[:2]
            return isinstance([], (str, bytes))
        """,
        """
        def a(name: object = "tea") -> object:
            if isinstance(name, (str, bytes)):
                return name[:2]
            return isinstance([], (str, bytes))
        """,
    )


async def test_a_constant_that_is_imported_for_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        from string import ascii_letters as LETTERS

        class _Kinds:
            def __init__(self, names: str, signs: str) -> None:
                self.signs = signs

        def a() -> str:
            names = "tea"
            return _Kinds(names).signs
        """,
        "_Kinds(names)",
        "_Kinds(names, LETTERS)",
    )


async def test_a_text_with_a_place_for_one_more(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "tea", count: int = 2) -> str:
            return "{} {}".format(name)
        """,
        "format(name)",
        "format(name, count)",
    )


async def test_as_another_function_gives_it(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _is_raw(value: object) -> bool:
            return isinstance(value, (bytes, bytearray))

        def a(label: object = b"tea") -> object:
            return isinstance(label), _is_raw(label)
        """,
        """
        def _is_raw(value: object) -> bool:
            return isinstance(value, (bytes, bytearray))

        def a(label: object = b"tea") -> object:
            return isinstance(label, (bytes, bytearray)), _is_raw(label)
        """,
    )


async def test_what_is_packed(bench: Bench) -> None:
    await bench.check_first(
        """
        import struct

        def a(n: int = 3) -> bytes:
            bits = 1 << n
            return struct.pack(">I")
        """,
        'pack(">I")',
        'pack(">I", bits)',
    )


async def test_no_module_is_kept_among_values(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        import sys
        from textwrap import dedent

        def a() -> object:
            found = []
            for line in ["x", "y"]:
                found.append()
            return found
        """
    )
    assert fixes[0].label == "Write 'found.append(line)'"
    assert not any(name in fix.label for fix in fixes for name in ("sys", "dedent"))


async def test_what_other_calls_of_the_function_have(bench: Bench) -> None:
    await bench.check_first(
        """
        def _steps(ones: str, others: str, i: int, j: int) -> int:
            if i == len(ones) or j == len(others):
                return len(ones) - i + len(others) - j
            if ones[i] == others[j]:
                return _steps(ones, others, i + 1, j + 1)
            return 1 + min(_steps(ones, others, i), _steps(ones, others, i + 1, j))

        def a() -> int:
            return _steps("tea", "ten", 0, 0)
        """,
        "min(_steps(ones, others, i)",
        "min(_steps(ones, others, i, j + 1)",
    )


async def test_how_many_there_are_to_go_through(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = ("tea", "rice")) -> list[str]:
            found = []
            for place in range():
                found.append(rows[place])
            return found
        """,
        """
        def a(rows: tuple = ("tea", "rice")) -> list[str]:
            found = []
            for place in range(len(rows)):
                found.append(rows[place])
            return found
        """,
    )
