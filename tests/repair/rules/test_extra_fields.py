"""Rows that are written to a file with more fields than were told."""

import pytest

from codeact_lsp.repair.rules.extra_fields import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_they_are_written_too(bench: Bench) -> None:
    await bench.check_first(
        """
        import csv
        import io

        def a() -> object:
            file = io.StringIO()
            csv.DictWriter(file, ["name"]).writerow({"name": "tea", "n": 3})
            return file.getvalue()
        """,
        '["name"]',
        '["name", "n"]',
    )


async def test_they_are_left_out(bench: Bench) -> None:
    text = plain(
        """
        import csv
        import io

        def a() -> object:
            file, names = io.StringIO(), ("name",)
            csv.DictWriter(file, names).writerow({"name": "tea", "n": 3})
            return file.getvalue()
        """
    )
    fixes = {fix.edit.apply(text): fix for fix in await bench.fixes(text)}
    fix = fixes[text.replace("file, names)", 'file, names, extrasaction="ignore")')]
    assert fix.hides
    assert not fix.preferred
    assert "stops the crash; check the value" in fix.title


async def test_one_row(bench: Bench) -> None:
    await bench.check_first(
        """
        import csv
        import io

        def a() -> object:
            file = io.StringIO()
            csv.writer(file).writerows([1, 2])
            return file.getvalue()
        """,
        "writerows",
        "writerow",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
