"""A list, text or table where the number of its items was meant."""

import pytest

from codeact_lsp.repair.rules.counted import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("expression", ["rows <= 2", "rows - 1", "range(0, rows, 2)"])
async def test_the_number_of_items_is_compared_and_counted_with(
    bench: Bench, expression: str
) -> None:
    text = f"""
    def a(rows: list[int] = [7, 8, 9]) -> object:
        return {expression}
    """
    await bench.check_first(text, expression, expression.replace("rows", "len(rows)"))


async def test_a_variable_that_is_another_name_for_it_is_mended_where_it_got_it(
    bench: Bench,
) -> None:
    text = """
    def a(pattern: str = "abc") -> int:
        i, n = 1, 0
        i, n = 0, (pattern)
        while i < n:
            i += 1
        return i
    """
    await bench.check_first(text, "(pattern)", "(len(pattern))")


async def test_a_text_beside_a_number_is_rather_a_number(bench: Bench) -> None:
    text = """
    def a(amount: str = "12") -> float:
        return amount - 0.5
    """
    await bench.check_first(text, "amount - 0.5", "int(amount) - 0.5")


async def test_a_number_is_not_counted(bench: Bench) -> None:
    text = """
    def a(amount: int = 12) -> object:
        return amount < "3"
    """
    failed = await bench.fixes(text)
    assert not any("len(amount)" in fix.label for fix in failed)


async def test_a_list_that_is_called_is_no_matter_of_its_length(bench: Bench) -> None:
    await bench.check_silent(RULE, "def a(rows: list[int] = [1]) -> object:\n    return rows(0)\n")


@pytest.mark.parametrize("made", ["sum(xs),", "(1, 2)"])
async def test_what_is_written_out_item_by_item_is_not_counted(bench: Bench, made: str) -> None:
    text = f"def a(xs: list[int] = [1]) -> object:\n    total = {made}\n    return total / 2\n"
    await bench.check_silent(RULE, text)


async def test_the_items_themselves(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            total = 0
            for n in range([1, 2]):
                total += n
            return total
        """,
        "range([1, 2])",
        "[1, 2]",
    )


async def test_a_comma_too_many_makes_no_list_to_count(bench: Bench) -> None:
    best, *_ = await bench.fixes("""
        class Roads:
            def __init__(self) -> None:
                self.near = {"a": [1, 2, 3]}

            def degree(self, place: str) -> int:
                return len(self.near[place]),

        def a() -> bool:
            return Roads().degree("a") > 2
    """)
    assert best.label == "In 'degree': return 'len(self.near[place])'"


async def test_a_tuple_of_one_value_is_not_counted_for_sure(bench: Bench) -> None:
    fix = await bench.check_offer(
        """
        def a(size: tuple = (3,)) -> bool:
            return size > 2
        """,
        "Write 'len(size)'",
        """
        def a(size: tuple = (3,)) -> bool:
            return len(size) > 2
        """,
    )
    assert not fix.preferred


async def test_what_python_names_with_its_module(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import deque

        def a() -> list:
            waiting = deque("abc")
            return [waiting[i] for i in range(waiting)]
        """,
        "range(waiting)",
        "range(len(waiting))",
    )
