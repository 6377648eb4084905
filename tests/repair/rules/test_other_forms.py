"""A value in another form than the one that was meant."""

import pytest

from codeact_lsp.repair.rules.other_forms import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_without_the_list_around_it(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def shown(name: str) -> str:
            return (name + "!").upper()

        def a(name: str = "tea") -> str:
            return shown([name])
        """,
        """
        def shown(name: str) -> str:
            return (name + "!").upper()

        def a(name: str = "tea") -> str:
            return shown(name)
        """,
    )


async def test_its_pairs_and_not_its_keys_alone(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def most(fines: dict[str, int] = {"ann": 1, "bo": 2}) -> tuple[str, int]:
            return max(fines, key=lambda pair: pair[1])

        def a(most: tuple[str, int]) -> str:
            name, fine = most[0], most[1]
            return f"{name} {fine + 1}"
        """,
        """
        def most(fines: dict[str, int] = {"ann": 1, "bo": 2}) -> tuple[str, int]:
            return max(fines.items(), key=lambda pair: pair[1])

        def a(most: tuple[str, int]) -> str:
            name, fine = most[0], most[1]
            return f"{name} {fine + 1}"
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}[()]\n",
        "def a(n=0): return n.upper()\n",
    ],
)
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_conversion_of_what_a_function_gives_back(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _known() -> object:
            return str({"tea": 2})

        def a() -> int:
            return dict(_known())["tea"]
        """,
        """
        def _known() -> object:
            return {"tea": 2}

        def a() -> int:
            return dict(_known())["tea"]
        """,
    )


async def test_several_values_that_are_no_text(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(red: int = 1, green: int = 2) -> object:
            return str(red, green)
        """,
        """
        def a(red: int = 1, green: int = 2) -> object:
            return (red, green)
        """,
    )


async def test_the_conversion_that_failed_is_kept(bench: Bench) -> None:
    await bench.check_silent(RULE, "def a() -> object: return int('x')\n")


async def test_a_result_that_holds_all_that_a_class_takes(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Ratio:
            def __init__(self, one=0, other=1):
                if not isinstance(one, int):
                    raise TypeError("a whole number")
                self.value = one / other

            @classmethod
            def of(cls, number):
                return cls(number.as_integer_ratio())

        def a() -> object:
            return _Ratio.of(0.5).value
        """,
        "cls(number",
        "cls(*number",
    )


async def test_a_method_whose_result_is_kept_by_the_name_of_its_object(bench: Bench) -> None:
    text = """
        import io

        def a() -> object:
            out = io.StringIO()
            GIVEN
            out.write("oil")
            return out.getvalue()
    """
    await bench.check_proposed(
        RULE,
        text.replace("GIVEN", 'out = out.write("tea")'),
        text.replace("GIVEN", 'out.write("tea")'),
    )
