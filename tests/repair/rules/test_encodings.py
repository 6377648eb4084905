"""A text that is read or written in an encoding that is not its own."""

import pytest

from codeact_lsp.repair.rules.encodings import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_that_is_not_that_of_the_file(bench: Bench) -> None:
    await bench.check_fix(
        """
        from pathlib import Path

        def a() -> object:
            Path("x").write_text("größe", encoding="utf-8")
            return open("x", encoding="ascii").read()
        """,
        "Read it as utf-8",
        """
        from pathlib import Path

        def a() -> object:
            Path("x").write_text("größe", encoding="utf-8")
            return open("x", encoding="utf-8").read()
        """,
    )


async def test_bytes_that_are_not_utf_8(bench: Bench) -> None:
    await bench.check_offer(
        r"""
        def a() -> object:
            return b"caf\xe9".decode()
        """,
        "Read it as cp1252",
        r"""
        def a() -> object:
            return b"caf\xe9".decode("cp1252")
        """,
    )


async def test_one_that_cannot_hold_the_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return "größe".encode("ascii")
        """,
        "Write it as utf-8",
        """
        def a() -> object:
            return "größe".encode("utf-8")
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_an_encoding_that_there_is_not(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return "x".encode("uft-8").decode()
        """,
        "uft-8",
        "utf-8",
    )


async def test_a_number_is_no_encoding(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(raw: bytes = b"caf\\xc3\\xa9") -> str:
            return raw.decode(8)
        """,
        "decode(8)",
        'decode("utf-8")',
    )


async def test_another_argument_is_no_matter_of_encodings(bench: Bench) -> None:
    await bench.check_silent(RULE, "def a():\n    return b'x'.decode('utf-8', 8)\n")
