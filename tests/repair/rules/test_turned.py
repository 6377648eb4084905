"""Two arguments in each other's place, where the message says nothing of it."""

import pytest

from codeact_lsp.repair.rules.turned import RULE
from codeact_lsp.repair.scene import Scene
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_two_that_are_given_to_a_function_of_the_plan(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def part(text: str, start: int, size: int) -> str:
            return text[start : start + size].split()[0]

        def a() -> str:
            first, most = 1, 4
            return part("tea", most, first)
        """,
        """
        def part(text: str, start: int, size: int) -> str:
            return text[start : start + size].split()[0]

        def a() -> str:
            first, most = 1, 4
            return part("tea", first, most)
        """,
    )


async def test_what_is_divided_and_what_by(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(done: int = 0, all: int = 10) -> float:
            return all / done
        """,
        """
        def a(done: int = 0, all: int = 10) -> float:
            return done / all
        """,
    )


async def test_what_was_given_to_another_node_is_turned_there(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from dataclasses import dataclass

        @dataclass
        class Loan:
            book: str
            due: int

        def loans() -> list[Loan]:
            name, days = "b1", 3
            return [Loan(days, name)]

        def a(loans: list[Loan]) -> bool:
            return loans[0].due < 5
        """,
        """
        from dataclasses import dataclass

        @dataclass
        class Loan:
            book: str
            due: int

        def loans() -> list[Loan]:
            name, days = "b1", 3
            return [Loan(name, days)]

        def a(loans: list[Loan]) -> bool:
            return loans[0].due < 5
        """,
    )


async def test_nothing_is_not_made_the_mark_of_a_text(bench: Bench) -> None:
    await bench.check_silent(RULE, "def a(text=None): return text.split(',')\n")


async def test_two_of_many_that_stand_side_by_side(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _sum(a: int, b: int, c: int, d: str, e: int) -> int:
            return a + b + c + int(d) + e

        def a() -> int:
            one, text = 1, "3"
            return _sum(1, 2, text, one, 5)
        """,
        """
        def _sum(a: int, b: int, c: int, d: str, e: int) -> int:
            return a + b + c + int(d) + e

        def a() -> int:
            one, text = 1, "3"
            return _sum(1, 2, one, text, 5)
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [].pop()\n",
        "def a(n=0): return [][n]\n",
    ],
)
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_an_error_of_a_kind_that_only_a_library_has(bench: Bench) -> None:
    text = """
        import calendar

        def a(year: int = 2024, month: int = 12) -> object:
            return calendar.monthrange(GIVEN)
    """
    await bench.check_proposed(
        RULE, text.replace("GIVEN", "month, year"), text.replace("GIVEN", "year, month")
    )


async def test_silent_where_it_was_only_ended(bench: Bench) -> None:
    text = "def a(n: int = 1) -> object:\n    while max(n, 2):\n        pass\n"
    failure = await bench.failure(text, timeout=0.3)
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    assert list(RULE.candidates(scene)) == []


async def test_values_that_are_written_out_where_the_plan_itself_refuses_them(bench: Bench) -> None:
    text = """
        def _kind(name: str, fields: str) -> object:
            if not name.isidentifier():
                raise ValueError("no name: " + name)
            return name, fields.split()

        def a() -> object:
            return _kind(GIVEN)
    """
    await bench.check_proposed(
        RULE, text.replace("GIVEN", "'x y', 'Point'"), text.replace("GIVEN", "'Point', 'x y'")
    )


async def test_a_range_that_would_be_empty(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return sum(rows[at] for at in range(1, 5))
        """
    )
    assert "Write 'range(5, 1)'" not in {fix.label for fix in fixes}


@pytest.mark.parametrize(
    ("call", "other"),
    [
        ("name.endswith('.txt')", ""),
        ("name.split('-')", ""),
        ("name.index('q')", ""),
        ("name.removesuffix(3)", ""),
        ("'.txt'.endswith(name)", "name.endswith('.txt')"),
        ("name.join('-')", "'-'.join(name)"),
        ("name.index('aeiou')", "'aeiou'.index(name)"),
    ],
)
async def test_what_is_written_out_is_looked_for_in_what_is_not(
    bench: Bench, call: str, other: str
) -> None:
    text = f"def a(name: str = 'e') -> object:\n    return {call}[9] + name\n"
    failure = await bench.failure(text)
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    turned = {each.edit.apply(text) for each in RULE.candidates(scene)}
    assert turned == ({text.replace(call, other)} if other else set())


async def test_two_names_for_one_value(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a() -> int:
            stack, most = [("tea", 1), ("rice", 2)], 0
            while stack:
                depth, name = stack.pop()
                most = max(most, depth)
            return most
        """,
        """
        def a() -> int:
            stack, most = [("tea", 1), ("rice", 2)], 0
            while stack:
                name, depth = stack.pop()
                most = max(most, depth)
            return most
        """,
    )
