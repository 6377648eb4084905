"""A pattern that stands further on."""

import pytest

from codeact_lsp.repair.rules.searches import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_number_in_a_text(bench: Bench) -> None:
    await bench.check_offer(
        """
        import re

        def a(text: str = "in 2024") -> object:
            return re.match("[0-9]+", text).group()
        """,
        "Search the whole text",
        """
        import re

        def a(text: str = "in 2024") -> object:
            return re.search("[0-9]+", text).group()
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


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import xml.etree.ElementTree as ET\n"
                "\n"
                "def a():\n"
                "    root = ET.fromstring('<d><h><t>Hi</t></h></d>')\n"
                '    return root.find("t").text\n'
            ),
            '"t"',
            '".//t"',
        ),
        (
            (
                "import xml.etree.ElementTree as ET\n"
                "\n"
                "def a():\n"
                "    root = ET.fromstring('<d xmlns=\"urn:x\"><t>Hi</t></d>')\n"
                '    return root.find("t").text\n'
            ),
            'find("t")',
            'find(".//{*}t")',
        ),
    ],
)
async def test_an_element_further_in(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            ('import re\n\ndef a(text: str = "ABC"): return re.search("b", text).group()\n'),
            '"b", text',
            '"b", text, re.IGNORECASE',
        ),
    ],
)
async def test_letters_however_they_are_written(
    bench: Bench, text: str, old: str, new: str
) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize("taken", ["found.group(1)", "found[1]"])
async def test_nothing_where_nothing_was_found(bench: Bench, taken: str) -> None:
    text = (
        "import re\n\n\ndef a() -> str:\n"
        f'    found = re.search(r"(\\d+)", "abc")\n    return {taken}\n'
    )
    new = f'{taken} if found else ""'
    await bench.check_hides(text, f"Write '{new}'", text.replace(taken, new))
