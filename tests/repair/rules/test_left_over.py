"""A value that something was to be made of, by what the plan has and never uses."""

import pytest

from codeact_lsp.repair.rules.left_over import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_function_that_is_imported_for_nothing(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from email.header import decode_header

        def a(head: str = "=?utf-8?q?abc?=") -> list:
            return [text for text, code in head if code != "x"]
        """,
        """
        from email.header import decode_header

        def a(head: str = "=?utf-8?q?abc?=") -> list:
            return [text for text, code in decode_header(head) if code != "x"]
        """,
    )


async def test_a_class_that_has_the_member(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        class Stack:
            def __init__(self, most: int) -> None:
                self.rows: list[int] = [most]

            def push(self, row: int) -> None:
                self.rows.append(row)

        def a() -> list[int]:
            stack = 9
            stack.push(1)
            return stack.rows
        """,
        """
        class Stack:
            def __init__(self, most: int) -> None:
                self.rows: list[int] = [most]

            def push(self, row: int) -> None:
                self.rows.append(row)

        def a() -> list[int]:
            stack = Stack(9)
            stack.push(1)
            return stack.rows
        """,
    )


async def test_what_a_call_is_given(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from math import floor

        def a(share: float = 2.5) -> list:
            return list(range(share))
        """,
        """
        from math import floor

        def a(share: float = 2.5) -> list:
            return list(range(floor(share)))
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(n=1): return n.upper\n",
        "import json\n\nMOST = 3\n\ndef a(n=1): return n.upper\n",
        "from math import floor\n\ndef a(n=1): return m + n\n",
        "from __future__ import unicode_literals\n\ndef a(n=1): return n.upper\n",
        "from math import *\n\ndef a(n=1): return n.upper\n",
    ],
)
async def test_silent_where_nothing_is_left_over(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
