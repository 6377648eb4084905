"""One of the items that a loop goes through is not like the others."""

import pytest

from codeact_lsp.repair.rules.skipped import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_head_of_a_file(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import csv
        from pathlib import Path

        def a() -> object:
            Path("x.csv").write_text("name,n\nx,1\n")
            with open("x.csv") as file:
                return [float(row[1]) for row in csv.reader(file)]
        """,
        "csv.reader(file)",
        "list(csv.reader(file))[1:]",
    )


async def test_the_head_of_rows_that_have_a_name(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import csv
        from pathlib import Path

        def a() -> object:
            Path("x.csv").write_text("name,n\nx,1\n")
            found = []
            with open("x.csv") as file:
                rows = csv.reader(file)
                for row in rows:
                    found.append(float(row[1]))
            return found
        """,
        "        for row in rows",
        "        next(rows, None)\n        for row in rows",
    )


async def test_an_empty_line(bench: Bench) -> None:
    text = plain(
        """
        def a() -> object:
            found = {}
            for line in ["x=1", "", "y=2"]:
                key, value = line.split("=")
                found[key] = value
            return found
        """
    )
    fixes = {fix.edit.apply(text): fix for fix in await bench.fixes(text)}
    fix = fixes[
        text.replace(
            "        key, value",
            "        if not line.strip():\n            continue\n        key, value",
        )
    ]
    assert fix.hides
    assert not fix.preferred
    assert "stops the crash; check the value" in fix.title


async def test_an_empty_line_in_one_expression(bench: Bench) -> None:
    text = plain(
        """
        def a() -> object:
            return [int(line) for line in ["1", "", "2"]]
        """
    )
    fixes = {fix.edit.apply(text): fix for fix in await bench.fixes(text)}
    fix = fixes[text.replace('"2"]]', '"2"] if line.strip()]')]
    assert fix.hides
    assert not fix.preferred
    assert "stops the crash; check the value" in fix.title


async def test_what_was_not_found(bench: Bench) -> None:
    text = plain(
        r"""
        import re

        def a() -> object:
            found = []
            for line in ["x=1", "none", "y=2"]:
                match = re.search(r"(\w)=(\d)", line)
                found.append(match.group(1))
            return found
        """
    )
    fixes = {fix.edit.apply(text): fix for fix in await bench.fixes(text)}
    fix = fixes[
        text.replace(
            "        found.append",
            "        if match is None:\n            continue\n        found.append",
        )
    ]
    assert fix.hides
    assert not fix.preferred
    assert "stops the crash; check the value" in fix.title


async def test_an_item_that_is_none(bench: Bench) -> None:
    text = plain(
        """
        def a() -> object:
            return [word.upper() for word in ["x", None]]
        """
    )
    fixes = {fix.edit.apply(text): fix for fix in await bench.fixes(text)}
    fix = fixes[text.replace("None]]", "None] if word is not None]")]
    assert fix.hides
    assert not fix.preferred
    assert "stops the crash; check the value" in fix.title


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return [1][3]\n",
        # Rows with names have their head elsewhere, and without the one there is nothing left.
        "def a(): return sum(float(row['n']) for row in [{'n': 'a dozen'}])\n",
        "def a(rows=[{'n': 'a dozen'}]): return [int(row['n']) for row in rows]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("text", "old", "new", "title"),
    [
        (
            """
            def a(rows: list = [{"price": 1, "n": 1}, {"n": 2}]) -> int:
                total = 0
                for row in rows:
                    total += row["n"] * 2
                    total += row["price"]
                return total
            """,
            '        total += row["price"]',
            ('        if "price" not in row:\n            continue\n        total += row["price"]'),
            "Leave out what has no 'price'",
        ),
        (
            """
            def a(rows: list = [{"price": 1}, {}]) -> list:
                return [row["price"] for row in rows]
            """,
            "in rows]",
            'in rows if "price" in row]',
            "Leave out what has no 'price'",
        ),
        (
            """
            def a(rates: dict = {"x": 2}) -> list:
                return [rates[name] for name in ("x", "y") if name]
            """,
            "if name]",
            "if name and name in rates]",
            "Leave out what is not in 'rates'",
        ),
    ],
)
async def test_what_has_no_such_key(
    bench: Bench, text: str, old: str, new: str, title: str
) -> None:
    whole = plain(text)
    await bench.check_hides(whole, title, whole.replace(old, new))


async def test_a_key_that_is_the_same_each_time_is_no_matter_of_the_item(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(known: dict = {}) -> list:
            return [known["x"] + n for n in (1, 2)]
        """,
    )


async def test_a_blank_line_among_lines_of_json(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        import json
        from io import StringIO

        def a() -> list:
            lines = StringIO('{"n": 1}\\n\\n{"n": 2}\\n')
            return [json.loads(line) for line in lines]
        """,
        """
        import json
        from io import StringIO

        def a() -> list:
            lines = StringIO('{"n": 1}\\n\\n{"n": 2}\\n')
            return [json.loads(line) for line in lines if line.strip()]
        """,
    )
