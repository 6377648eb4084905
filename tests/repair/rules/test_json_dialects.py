"""A text that is nearly JSON."""

import pytest

from codeact_lsp.repair.rules.json_dialects import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_written_by_python(bench: Bench) -> None:
    await bench.check_fix(
        """
        import json

        def a(text: str = "{'a': None}") -> object:
            return json.loads(text)
        """,
        "Read it as a literal of Python",
        """
        import json
        import ast

        def a(text: str = "{'a': None}") -> object:
            return ast.literal_eval(text)
        """,
    )


async def test_a_comma_too_many(bench: Bench) -> None:
    await bench.check_fix(
        r"""
        import json

        def a(text: str = '{"a": [true,],}') -> object:
            return json.loads(text)
        """,
        "Drop trailing commas",
        r"""
        import json
        import re

        def a(text: str = '{"a": [true,],}') -> object:
            return json.loads(re.sub(r",\s*([}\]])", r"\1", text))
        """,
    )


async def test_a_code_fence(bench: Bench) -> None:
    await bench.check_fix(
        r"""
        import json
        import re

        def a(text: str = '```json\n{"a": true}\n```') -> object:
            return json.loads(text)
        """,
        "Drop the code fence",
        r"""
        import json
        import re

        def a(text: str = '```json\n{"a": true}\n```') -> object:
            return json.loads(re.sub(r"^\s*```\w*|```\s*$", "", text))
        """,
    )


async def test_prose_around_it(bench: Bench) -> None:
    await bench.check_fix(
        """
        import json

        def a(text: str = 'Sure! {"a": true} Hope it helps.') -> object:
            return json.loads(text)
        """,
        "Read what is JSON of it",
        """
        import json

        def a(text: str = 'Sure! {"a": true} Hope it helps.') -> object:
            return json.loads(text[text.index("{") : text.rindex("}") + 1])
        """,
    )


async def test_one_on_each_line(bench: Bench) -> None:
    await bench.check_fix(
        r"""
        import json

        def a(text: str = '{"a": 1}\n{"a": 2}\n') -> object:
            return json.loads(text)
        """,
        "Read each line",
        r"""
        import json

        def a(text: str = '{"a": 1}\n{"a": 2}\n') -> object:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        """,
    )


async def test_one_value_a_line_of_a_file(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import json
        from pathlib import Path

        def a() -> object:
            Path("x.jsonl").write_text("1\n2\n")
            with open("x.jsonl") as file:
                return json.load(file)
        """,
        "json.load(file)",
        "[json.loads(line) for line in file if line.strip()]",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "import json\n\ndef a(): return json.loads(1)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
