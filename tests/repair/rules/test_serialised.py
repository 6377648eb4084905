"""JSON is to be made of something that it has no form for."""

import pytest

from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_dataclass(bench: Bench) -> None:
    await bench.check_offer(
        """
        import json
        from dataclasses import dataclass

        @dataclass
        class Order:
            sku: str

        def a() -> str:
            return json.dumps([Order("a1")], indent=1)
        """,
        "Write 'json.dumps([Order(\"a1\")], indent=1, default=asdict)'",
        """
        import json
        from dataclasses import dataclass
        from dataclasses import asdict

        @dataclass
        class Order:
            sku: str

        def a() -> str:
            return json.dumps([Order("a1")], indent=1, default=asdict)
        """,
    )


@pytest.mark.parametrize(("base", "way"), [("(Enum)", "lambda member: member.value"), ("", "vars")])
async def test_another_class(bench: Bench, base: str, way: str) -> None:
    text = f"""
        import json
        from enum import Enum

        class Kind{base}:
            TEA = "tea"

        def a() -> str:
            return json.dumps({{"kind": {"Kind.TEA" if base else "Kind()"}}})
        """
    await bench.check_first(text, "})", f"}}, default={way})")


async def test_a_set(bench: Bench) -> None:
    text = """
        import json

        def a(names: tuple = ("x",)) -> str:
            return json.dumps(set(names))
        """
    await bench.check_first(text, "set(names)", "set(names), default=list")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            ('import json\n\ndef a():\n    sizes = {(1, 2): "x"}\n    return json.dumps(sizes)\n'),
            "dumps(sizes)",
            "dumps({str(key): value for key, value in sizes.items()})",
        ),
    ],
)
async def test_keys_that_are_no_texts(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


async def test_bytes_as_the_text_that_they_are(bench: Bench) -> None:
    await bench.check_first(
        """
        import json

        def a(body: bytes = b"ok") -> str:
            return json.dumps({"body": body})
        """,
        '{"body": body}',
        '{"body": body}, default=bytes.decode',
    )
