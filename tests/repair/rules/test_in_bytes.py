"""Texts among bytes, and bytes among texts."""

import pytest

from codeact_lsp.repair.rules.in_bytes import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            'def a(): return b"\\x89PNG"[1:].startswith("PNG")\n',
            '"PNG")',
            'b"PNG")',
        ),
        (
            'def a(): return "a.csv".endswith(b".csv")\n',
            'b".csv"',
            '".csv"',
        ),
        (
            'def a(mark: str = "x"):\n    data = b"a\\xffx"\n    return data.find(mark)\n',
            "find(mark)",
            "find(mark.encode())",
        ),
        (
            'import re\n\ndef a():\n    data = b"a\\xffx1"\n    return re.findall(r"\\d", data)\n',
            'r"\\d"',
            'br"\\d"',
        ),
        (
            'import re\n\ndef a(): return re.findall(rb"\\d", "a1")\n',
            'rb"',
            'r"',
        ),
    ],
)
async def test_both_in_one_kind(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        'def a(): return 1 + "x"\n',
        'def a(): return "x".startswith(1)\n',
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_key_in_bytes(bench: Bench) -> None:
    text = """
        import hmac

        def a(key: str = "k"):
            return hmac.new(key, b"m", "sha256").hexdigest()
        """
    await bench.check_first(text, "new(key", "new(key.encode()")


async def test_all_texts_that_bytes_are_asked_for(bench: Bench) -> None:
    await bench.check_first(
        'def a(data: bytes = b"abc"): return data.replace("a", "b")\n',
        '"a", "b"',
        'b"a", b"b"',
    )


async def test_bytes_that_are_divided_at_a_text_are_mostly_meant_as_a_text(bench: Bench) -> None:
    await bench.check_first(
        'def a(data: bytes = b"a,b"): return data.split(",")\n', "data.split", "data.decode().split"
    )


async def test_words_that_are_looked_for_in_bytes(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        import re

        def a(data: bytes = b"[INFO] up") -> list:
            return re.findall("[A-Z]+", data)
        """,
        """
        import re

        def a(data: bytes = b"[INFO] up") -> list:
            return re.findall("[A-Z]+", data.decode())
        """,
    )
