"""A result that cannot be kept or handed on."""

import pytest

from codeact_lsp.repair.rules.unserialisable import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_that_is_not_made_yet(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return (number for number in (1, 2))
        """,
        "Write '[number for number in (1, 2)]'",
        """
        def a() -> object:
            return [number for number in (1, 2)]
        """,
    )


async def test_one_within_another(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return {"numbers": (number for number in (1, 2))}
        """,
        "Write '[number for number in (1, 2)]'",
        """
        def a() -> object:
            return {"numbers": [number for number in (1, 2)]}
        """,
    )


async def test_a_file_that_is_open(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return open("it.plan.py")
        """,
        "Write 'open(\"it.plan.py\").read()'",
        """
        def a() -> object:
            return open("it.plan.py").read()
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "import threading\n\ndef a(): return threading.Lock()\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
