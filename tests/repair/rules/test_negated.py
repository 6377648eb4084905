"""A condition that asks for the opposite of what its branch needs."""

import pytest

from codeact_lsp.repair.rules.negated import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_none_is_looked_into(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "x=1") -> object:
            import re

            found = re.match("y", text)
            if found is None:
                return found.group()
            return ""
        """,
        "found is None",
        "found is not None",
    )


async def test_the_other_branch_looks_into_none(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: object = None) -> object:
            return "nobody" if name is not None else name.title()
        """,
        "name is not None",
        "name is None",
    )


async def test_a_key_that_is_not_there(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(key: str = "x") -> object:
            table = {"y": 1}
            total = 0
            if key not in table:
                total += table[key]
            return total
        """,
        "key not in table",
        "key in table",
    )


async def test_what_is_left_before(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows: list[int] = []
            if rows:
                return None
            return rows[0]
        """,
        "if rows:",
        "if not rows:",
    )


async def test_what_a_loop_goes_past(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            total = 0
            table = {"x": 1}
            for key in ("x", "y"):
                if key in table:
                    continue
                total += table[key]
            return total
        """,
        "key in table",
        "key not in table",
    )


async def test_of_two_conditions_neither_need_be_wrong(bench: Bench) -> None:
    text = plain(
        """
        def a(mark: str = ")") -> object:
            pairs, found = {"(": ")"}, []
            if mark in pairs:
                found.append(mark)
            elif mark in pairs.values():
                found.append(pairs[mark])
            return found
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert text.replace("if mark in pairs:", "if mark not in pairs:") in made


async def test_what_is_asked_before_it_in_the_same_condition(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            best = None
            for word in ["tea", "rice"]:
                if best is not None or len(word) > len(best):
                    best = word
            return best
        """,
        "best is not None",
        "best is None",
    )


async def test_both_are_asked_and_one_is_none(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: object = None) -> bool:
            return name is None and name.istitle()
        """,
        "name is None",
        "name is not None",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a():\n    x = None\n    if 1 < 2:\n        return x.y\n",
        "def a():\n    x = None\n    if x is not None:\n        return 1\n    return [][0]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "table = None\n"
                "\n"
                'def a(key: str = "x"):\n'
                "    global table\n"
                "    if table is not None:\n"
                '        table = {"x": 1}\n'
                "    return table[key]\n"
            ),
            "is not None",
            "is None",
        ),
        (
            (
                "def a(unit: str | None = None, n: int = 3):\n"
                "    if unit is not None:\n"
                "        return n\n"
                '    if unit == "k":\n'
                "        return n * 1000\n"
                '    raise ValueError(f"unknown {unit}")\n'
            ),
            "is not None",
            "is None",
        ),
    ],
)
async def test_what_would_have_been_set(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


async def test_taken_out_where_it_is_not(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(letters: str = "tea", left: tuple = ("t", "e")) -> list[str]:
            rest = list(left)
            for letter in letters:
                if letter not in rest:
                    rest.remove(letter)
            return rest
        """,
        """
        def a(letters: str = "tea", left: tuple = ("t", "e")) -> list[str]:
            rest = list(left)
            for letter in letters:
                if letter in rest:
                    rest.remove(letter)
            return rest
        """,
    )
