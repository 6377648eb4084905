"""Names that a library looks up and does not know, wherever in the plan they are written."""

import hashlib

import pytest

from codeact_lsp.repair.rules.known_names import RULE, near
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_zone_that_is_misspelt(bench: Bench) -> None:
    await bench.check_fix(
        """
        from datetime import datetime
        from zoneinfo import ZoneInfo

        def a() -> object:
            return datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Berln")).year
        """,
        "Write '\"Europe/Berlin\"'",
        """
        from datetime import datetime
        from zoneinfo import ZoneInfo

        def a() -> object:
            return datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")).year
        """,
    )


async def test_a_zone_of_a_table_at_the_top(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        from datetime import datetime
        from zoneinfo import ZoneInfo

        OFFICES = {"lax": "America/Los Angeles", "ber": "Europe/Berlin"}

        def opens(office: str = "lax") -> str:
            return str(datetime(2024, 1, 1, 9, tzinfo=ZoneInfo(OFFICES[office])))
        """,
        "Los Angeles",
        "Los_Angeles",
    )
    assert fix.preferred


async def test_all_zones_of_a_list(bench: Bench) -> None:
    await bench.check_fix(
        """
        from zoneinfo import ZoneInfo

        ZONES = ["europe/zurich", "Europe/Rome", "Asia/Hong Kong"]

        def a() -> list[str]:
            return [str(ZoneInfo(zone)) for zone in ZONES]
        """,
        "Write Asia/Hong_Kong, Europe/Zurich",
        """
        from zoneinfo import ZoneInfo

        ZONES = ["Europe/Zurich", "Europe/Rome", "Asia/Hong_Kong"]

        def a() -> list[str]:
            return [str(ZoneInfo(zone)) for zone in ZONES]
        """,
    )


async def test_a_zone_that_another_node_gives(bench: Bench) -> None:
    text = """
        from datetime import datetime
        from zoneinfo import ZoneInfo

        def zone() -> str:
            return "Tokyo"

        def offset(zone: str) -> str:
            return str(datetime(2024, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset())
        """
    best, *_ = await bench.fixes(text)
    assert best.label == "In 'zone': write '\"Asia/Tokyo\"'"


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("b'abc'.decode(NAME)", "utf8-sg", "utf-8-sig"),
        ("b'abc'.decode(NAME)", "latin_l", "latin1"),
        ("b'\\xff'.decode('utf-8', errors=NAME)", "ignor", "ignore"),
        ("hashlib.new(NAME, b'x').hexdigest()", "sah256", "sha256"),
        ("logging.Logger('x').setLevel(NAME)", "warnig", "WARNING"),
        ("str(np.zeros(1, dtype=NAME))", "flaot64", "float64"),
        ("str(np.zeros(1, dtype=NAME))", "integer", "int"),
        ("str(datetime.strptime('2024-03-04', NAME))", "%Y-%m-%D", "%Y-%m-%d"),
        ("str(datetime.strptime('10:20', NAME))", "%h:%M", "%H:%M"),
        ("str(datetime.strptime('2024-03-04', NAME))", "%F", "%Y-%m-%d"),
        ("str(datetime.strptime('4.3.24 8:10', NAME))", "%d.%m.%y %H:%m", "%d.%m.%y %H:%M"),
        ("str(datetime.strptime('4.3.24 8:10', NAME))", "%d.%M.%y %H:%M", "%d.%m.%y %H:%M"),
        ("str(datetime.strptime('3/4/24 8:10', NAME))", "%M/%d/%y %H:%M", "%m/%d/%y %H:%M"),
    ],
)
async def test_a_constant_at_the_top(bench: Bench, code: str, old: str, new: str) -> None:
    text = f"""
        import hashlib
        import logging
        from datetime import datetime

        import numpy as np

        NAME = "{old}"

        def a() -> object:
            return {code}
        """
    fix = await bench.check_first(text, old, new)
    assert fix.preferred


async def test_names_that_are_as_like_are_for_a_person_to_choose() -> None:
    names = hashlib.algorithms_guaranteed
    assert {likely for _, likely in near("sha2", names)} == {0.6}
    assert near("crc", names) == []
    assert near("crc", []) == []


async def test_all_places_of_a_statement_at_once(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(raw: bytes = b"abc") -> str:
            return raw.decode("asci").encode("asci").hex()
        """,
        "asci",
        "ascii",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "from zoneinfo import ZoneInfo\n\ndef a(): return str(ZoneInfo('ESTX'))\n",
        "from datetime import datetime\n\ndef a(): return datetime.strptime('1', '%i')\n",
        "import re\n\ndef a(): return re.compile('(?P<m>a)(?P<m>b)')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
