"""A key that is further in, or in each item."""

import pytest

from codeact_lsp.repair.rules.nested import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_key_that_is_further_in(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            user = {"address": {"city": "Bern"}}
            return user["city"]
        """,
        'Write \'user["address"]["city"]\'',
        """
        def a() -> object:
            user = {"address": {"city": "Bern"}}
            return user["address"]["city"]
        """,
    )


async def test_the_first_of_a_list(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a() -> object:
            rows = [{"n": 1}]
            return rows["n"]
        """,
        "Write 'rows[0]'",
        """
        def a() -> object:
            rows = [{"n": 1}]
            return rows[0]["n"]
        """,
    )


async def test_the_rows_of_an_answer(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            answer = {"rows": [{"n": 1}]}
            total = 0
            for row in answer:
                total += row["n"]
            return total
        """,
        "Write 'answer[\"rows\"]'",
        """
        def a() -> object:
            answer = {"rows": [{"n": 1}]}
            total = 0
            for row in answer["rows"]:
                total += row["n"]
            return total
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_texts_that_have_no_keys(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(names: list[str] = ["b", "a"]) -> object:
            return sorted(names, key=lambda name: name["id"])
        """,
        'name["id"]',
        "name",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sum(data["items"]["n"])', 'sum([each["n"] for each in data["items"]])'),
        ('[n for n in data["items"]["n"]]', '[n for n in [each["n"] for each in data["items"]]]'),
        ('str(data["items"]["n"])', 'str([each["n"] for each in data["items"]])'),
    ],
)
async def test_each_of_a_list(bench: Bench, old: str, new: str) -> None:
    text = f'def a():\n    data = {{"items": [{{"n": 1}}, {{"n": 2}}]}}\n    return {old}\n'
    await bench.check_first(text, old, new)
