"""A function that was kept where its result was wanted, elsewhere than where it fails."""

import pytest

from codeact_lsp.repair.rules.mentioned import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_kept_in_an_object(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        class Row:
            def __init__(self, name: str) -> None:
                name = name.lower
                self.name = name

            def parts(self) -> list[str]:
                return self.name.split("-")

        def a() -> list[str]:
            return Row("A-B").parts()
        """,
        """
        class Row:
            def __init__(self, name: str) -> None:
                name = name.lower()
                self.name = name

            def parts(self) -> list[str]:
                return self.name.split("-")

        def a() -> list[str]:
            return Row("A-B").parts()
        """,
    )


async def test_given_to_a_call(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        import socket

        def _dotted(bits: int) -> str:
            return ".".join([str(bits)] * 4)

        def a(text: str = "1.2.3.4/8") -> int:
            address, size = text.split("/")
            return len(socket.inet_aton(_dotted)) + len(address)
        """,
        """
        import socket

        def _dotted(bits: int) -> str:
            return ".".join([str(bits)] * 4)

        def a(text: str = "1.2.3.4/8") -> int:
            address, size = text.split("/")
            return len(socket.inet_aton(_dotted(int(size)))) + len(address)
        """,
    )


async def test_with_what_is_called_as_its_parameters(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        import socket

        def _dotted(text: str) -> str:
            return text.strip()

        def a(text: str = " 1.2.3.4") -> int:
            return len(socket.inet_aton(_dotted))
        """,
        """
        import socket

        def _dotted(text: str) -> str:
            return text.strip()

        def a(text: str = " 1.2.3.4") -> int:
            return len(socket.inet_aton(_dotted(text)))
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(n=1): return n.upper\n",
        "def _f(): pass\n\ndef a(): return _f + 1\n",
        "def _f(n): pass\n\ndef a(): return _f(1)(2)(3)\n",
    ],
)
async def test_silent_where_no_function_is_mentioned(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
