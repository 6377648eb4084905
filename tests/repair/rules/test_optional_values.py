"""A value that some have and others do not."""

import pytest

from codeact_lsp.repair.rules.optional_values import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

READ = "import json\n\n\ndef a():\n"
ROWS = 'ROWS = [{"n": 3}, {"n": None}]\n\n\n'


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        (
            'def a():\n    return {"n": 1}.get("of").get("city")\n',
            'get("of")',
            'get("of", {})',
        ),
        (
            'def a():\n    return {"n": 1}.get("of")["city"]\n',
            'get("of")["city"]',
            'get("of", {}).get("city")',
        ),
        (
            f'{ROWS}def a():\n    return max(ROWS, key=lambda row: row["n"])\n',
            'row: row["n"]',
            'row: row["n"] or 0',
        ),
        (
            f'{ROWS}def a():\n    return sorted(ROWS, key=lambda row: row["n"])\n',
            'row: row["n"]',
            'row: (row["n"] is None, row["n"] or 0)',
        ),
        (
            f"{READ}    return [json.loads(line) for line in ('1', '')]\n",
            "('1', '')]",
            "('1', '') if line.strip()]",
        ),
        (
            f"{READ}    for line in ('', '1'):\n        n = json.loads(line)\n    return n\n",
            "        n =",
            "        if not line.strip():\n            continue\n        n =",
        ),
    ],
)
async def test_going_on_without_it(bench: Bench, code: str, old: str, new: str) -> None:
    await bench.check_first(code, old, new)


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return None.x\n",
        "def a(): return [row['n'] for row in [{'m': 1}]]\n",
        "import json\n\n\ndef a(): return json.loads('')\n",
        "def a(): return max([None, 1])\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            'def a(user: dict = {"address": None}): return user.get("address", {}).get("x", 1)\n',
            'user.get("address", {})',
            '(user.get("address") or {})',
        ),
        (
            'def a(row: dict = {"tags": None}): return [each for each in row.get("tags", [])]\n',
            'row.get("tags", [])',
            'row.get("tags") or []',
        ),
        (
            (
                'def a(row: dict = {"tags": None}):\n'
                '    tags = row.get("tags", [])\n'
                "    return len(tags)\n"
            ),
            'row.get("tags", [])',
            'row.get("tags") or []',
        ),
        (
            'def a(row: dict = {"n": None}): return row.get("n", 0) + 1\n',
            'row.get("n", 0)',
            '(row.get("n") or 0)',
        ),
        (
            'def a(row: dict = {"name": None}): return row.get("name", "").strip()\n',
            'row.get("name", "")',
            '(row.get("name") or "")',
        ),
    ],
)
async def test_what_is_there_as_none(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


async def test_an_empty_text_for_none(bench: Bench) -> None:
    text = 'def a(row: dict = {"name": None}): return row["name"].strip()\n'
    await bench.check_hides(
        text, 'Write \'row["name"] or ""\'', text.replace('row["name"]', '(row["name"] or "")')
    )
