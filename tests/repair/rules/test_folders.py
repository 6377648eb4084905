"""A folder that is not there yet, or that is there already."""

import pytest

from codeact_lsp.repair.rules.folders import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_that_is_not_there_yet(bench: Bench) -> None:
    await bench.check_fix(
        """
        from pathlib import Path

        def a() -> object:
            target = Path("out") / "a.txt"
            return target.write_text("x")
        """,
        "Make its folder first",
        """
        from pathlib import Path

        def a() -> object:
            target = Path("out") / "a.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            return target.write_text("x")
        """,
    )


async def test_one_that_is_there_already(bench: Bench) -> None:
    await bench.check_fix(
        """
        import os

        def a() -> object:
            os.makedirs("again", exist_ok=True)
            os.mkdir("again")
            return os.listdir("again")
        """,
        "Write 'os.makedirs(\"again\", exist_ok=True)'",
        """
        import os

        def a() -> object:
            os.makedirs("again", exist_ok=True)
            os.makedirs("again", exist_ok=True)
            return os.listdir("again")
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return open('no such file').read()\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
