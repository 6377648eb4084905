"""Where else the guilty code may stand than at the place that failed."""

import pytest

from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import answering, places
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def found(bench: Bench, text: str) -> list[str]:
    """The texts of the places, the closest first."""
    failure = await bench.failure(plain(text), "a")
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    return [plain(text)[slice(*each.place)] for each in places(scene)]


async def test_what_made_the_values_and_what_was_asked_before(bench: Bench) -> None:
    assert await found(
        bench,
        """
        def a(rows: list[int] = [1]) -> int:
            last = len(rows) + 1
            if rows != [2]:
                return rows[last] * 2
            return 0
        """,
    ) == ["rows[last]", "rows[last] * 2", "len(rows) + 1", "rows != [2]"]


async def test_the_call_that_led_there_if_it_gives_variables(bench: Bench) -> None:
    text = """
        def _first(rows: list[int]) -> int:
            return rows[0]

        def a() -> int:
            rows = []
            return _first({})
    """
    assert await found(bench, text.format("rows")) == ["rows[0]", "_first(rows)", "[]"]
    assert await found(bench, text.format("[]")) == ["rows[0]"]


async def test_what_was_asked_before_the_code_itself_raised(bench: Bench) -> None:
    assert await found(
        bench,
        """
        def a(line: str = "x") -> int:
            parts = line.split(",")
            if len(parts) != 2:
                raise LookupError(line)
            return 0
        """,
    ) == ["len(parts) != 2", 'line.split(",")']


async def test_what_an_assertion_asks(bench: Bench) -> None:
    assert await found(
        bench,
        """
        def a() -> int:
            kept = []
            kept.append(1 + 1)
            assert kept == [3], "not kept"
            return 0
        """,
    ) == ["kept == [3]", "1 + 1", "[]"]


async def test_what_failed_before_it_was_raised_otherwise(bench: Bench) -> None:
    assert await found(
        bench,
        """
        def a(text: str = "x") -> int:
            try:
                return int(text)
            except ValueError as error:
                raise LookupError(text) from error
        """,
    ) == ["int(text)"]


async def test_what_a_function_of_the_plan_gives_back(bench: Bench) -> None:
    assert await found(
        bench,
        """
        def _known() -> object:
            return str({1: 2})

        def a() -> dict[int, int]:
            return dict(_known())
        """,
    ) == ["dict(_known())", "str({1: 2})"]


async def test_what_a_member_and_a_variable_of_the_plan_were_set_to(bench: Bench) -> None:
    assert await found(
        bench,
        """
        _LIMIT = "3"

        class _Box:
            def __init__(self) -> None:
                self.rows = [1]

            def last(self) -> int:
                return self.rows[_LIMIT]

        def a() -> int:
            return _Box().last()
        """,
    ) == ["self.rows[_LIMIT]", "[1]", '"3"']


async def test_what_made_the_value_of_the_type_that_the_message_names(bench: Bench) -> None:
    places = await found(
        bench,
        """
        def a() -> int:
            size = [3]
            step = 1
            return len(range(0, size, step))
        """,
    )
    assert places[:3] == ["range(0, size, step)", "len(range(0, size, step))", "[3]"]


async def test_what_a_method_gives_by_which_an_object_answers(bench: Bench) -> None:
    places = await found(
        bench,
        """
        class _Box:
            def __len__(self) -> int:
                return "none"

        def a() -> int:
            return len(_Box())
        """,
    )
    assert places == ["len(_Box())", '"none"']


async def test_a_function_of_the_function_is_one_that_answers(bench: Bench) -> None:
    failure = await bench.failure(
        plain(
            """
            def a() -> int:
                def half(number: int) -> str:
                    return str(number)

                return half(4) + 1
            """
        )
    )
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    assert [function.name for _, function in answering(scene)] == ["half"]
