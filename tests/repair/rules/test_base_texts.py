"""Base64 that is not filled up, has its other alphabet, or is bytes where texts go."""

import pytest

from codeact_lsp.repair.rules.base_texts import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_a_token_carries_is_filled_up(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        import base64
        import json

        def claims(token: str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln") -> dict:
            part = token.split(".")[1]
            return json.loads(base64.b64decode(part))
        """,
        "b64decode(part)",
        'b64decode(part + "=" * (-len(part) % 4))',
    )
    assert fix.preferred


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        ('"x.YWI".split(".")[1]', "decode(MADE)", 'decode(MADE + "==")'),
        ("bytes([89, 87, 73])", "decode(MADE)", 'decode(MADE + b"==")'),
    ],
)
@pytest.mark.parametrize("name", ["b64decode", "urlsafe_b64decode"])
async def test_what_is_no_name_gets_the_most(
    bench: Bench, name: str, made: str, old: str, new: str
) -> None:
    text = f"import base64\n\ndef a():\n    return base64.{name}({made}).decode()\n"
    fix = await bench.check_first(text, old.replace("MADE", made), new.replace("MADE", made))
    # What nobody has seen may have the other alphabet as well, or be bytes.
    assert fix.preferred is (name == "urlsafe_b64decode" and "split" in made)


async def test_bytes_are_filled_up_by_bytes(bench: Bench) -> None:
    text = 'from base64 import b64decode\n\ndef a(cookie=b"YWI"):\n    return b64decode(cookie)\n'
    new = 'b64decode(cookie + b"=" * (-len(cookie) % 4))'
    await bench.check_first(text, "b64decode(cookie)", new)


async def test_the_alphabet_of_addresses(bench: Bench) -> None:
    await bench.check_first(
        """
        import base64

        def size(text: str = "_-8-Pw==") -> int:
            return len(base64.b64decode(text, validate=True))
        """,
        "base64.b64decode(text, validate=True)",
        "base64.urlsafe_b64decode(text)",
    )


async def test_the_alphabet_of_addresses_and_nothing_that_fills_it_up(bench: Bench) -> None:
    await bench.check_fix(
        """
        from base64 import b64decode

        def size(key: str = "_8-Pz8w") -> int:
            return len(b64decode(key))
        """,
        "Write 'urlsafe_b64decode(key + \"=\" * (-len(key) % 4))'",
        """
        from base64 import b64decode
        from base64 import urlsafe_b64decode

        def size(key: str = "_8-Pz8w") -> int:
            return len(urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        """,
    )


async def test_what_the_right_function_is_given_too_little_of(bench: Bench) -> None:
    await bench.check_first(
        """
        import base64

        def size(key: str = "__8-Pz8") -> int:
            return len(base64.urlsafe_b64decode(key))
        """,
        "decode(key)",
        'decode(key + "=" * (-len(key) % 4))',
    )


async def test_json_of_what_was_encoded(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        import base64
        import json

        def letter(name: str = "a.png", data: bytes = b"xy") -> str:
            body = {"name": name, "data": base64.b64encode(data)}
            return json.dumps(body)
        """,
        "b64encode(data)",
        "b64encode(data).decode()",
    )
    assert fix.preferred


async def test_json_of_what_another_node_has_encoded(bench: Bench) -> None:
    text = """
        import json
        from binascii import hexlify

        def mark() -> object:
            return hexlify(b"xy")

        def a(mark: object) -> str:
            return json.dumps([mark])
        """
    made = 'hexlify(b"xy")'
    await bench.check_proposed(RULE, text, text.replace(made, f"{made}.decode()"))


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "import json\n\ndef a(): return json.dumps([b'x'])\n",
        "import base64\n\ndef a(text='ab!='): return base64.b64decode(text, validate=True)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
