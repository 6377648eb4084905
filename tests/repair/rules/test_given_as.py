"""A path, a text or an open file where another of the three is wanted."""

import pytest

from codeact_lsp.repair.rules.given_as import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_path_to_write_to(bench: Bench) -> None:
    await bench.check_first(
        """
        import json

        def a(path: str = "/tmp/given_as.json") -> object:
            json.dump([1], path)
            return 3
        """,
        "json.dump([1], path)",
        'json.dump([1], open(path, "w"))',
    )


async def test_a_file_that_is_open(bench: Bench) -> None:
    await bench.check_first(
        """
        import io

        def a() -> object:
            file = io.StringIO("x")
            return open(file).read()
        """,
        "open(file)",
        "file",
    )


async def test_xml_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        import xml.etree.ElementTree as ET

        def a(text: str = "<a><b>3</b></a>") -> object:
            return ET.parse(text).find("b").text
        """,
        "ET.parse(text)",
        "ET.fromstring(text)",
    )


async def test_settings_themselves(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import configparser

        def a(text: str = "[app]\ndebug = yes\n") -> object:
            config = configparser.ConfigParser()
            config.read(text)
            return config["app"]["debug"]
        """,
        "config.read(text)",
        "config.read_string(text)",
    )


async def test_a_table_itself(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import io

        import pandas as pd

        def a(text: str = "n\n3\n") -> object:
            return int(pd.read_csv(text)["n"].sum())
        """,
        "pd.read_csv(text)",
        "pd.read_csv(io.StringIO(text))",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return open('no.txt').read()\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
