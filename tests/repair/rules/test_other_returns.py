"""An expression at the end of a function that it is to return."""

import pytest

from codeact_lsp.repair.rules.other_returns import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_of_a_method_by_which_an_object_answers(bench: Bench) -> None:
    text = """
        class _Box:
            def __len__(self) -> int:
                GIVEN

        def a() -> int:
            return len(_Box())
    """
    await bench.check_proposed(
        RULE, text.replace("GIVEN", "len('ab')"), text.replace("GIVEN", "return len('ab')")
    )


async def test_of_one_way_through_a_function(bench: Bench) -> None:
    text = """
        def _rate(kind: str) -> float:
            if kind == "book":
                return 0.07
            elif kind == "tea":
                GIVEN

        def a(kind: str = "tea") -> object:
            return vars(type("Rate", (), {"is": _rate(kind)}))["is"] * 2
    """
    await bench.check_proposed(
        RULE, text.replace("GIVEN", "float('0.19')"), text.replace("GIVEN", "return float('0.19')")
    )


@pytest.mark.parametrize(
    "text",
    [
        "def _rows():\n    yield 1\n    print(2)\n\ndef a(): return len(_rows())\n",
        "def _rows():\n    'Nothing.'\n\ndef a(): return len(_rows())\n",
        "def a(n=1): return n / 0\n",
    ],
)
async def test_silent_where_there_is_nothing_to_return(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
