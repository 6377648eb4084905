"""A method or operator of texts that is given what it does not take."""

import pytest

from codeact_lsp.repair.rules.text_methods import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_endings(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "x.png") -> object:
            return name.endswith([".png", ".jpg"])
        """,
        '[".png", ".jpg"]',
        '(".png", ".jpg")',
    )


async def test_kinds(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(x: object = 3) -> object:
            return isinstance(x, [int, float])
        """,
        "[int, float]",
        "(int, float)",
    )


async def test_each_of_many_counted(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "banana") -> object:
            vowels = ["a", "e"]
            return text.count(vowels)
        """,
        "text.count(vowels)",
        "sum(text.count(each) for each in vowels)",
    )


async def test_a_number_in_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "x3") -> object:
            return 3 in text
        """,
        "3 in",
        "str(3) in",
    )


async def test_several_marks_to_split_at(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(text: str = "a,b;c") -> object:
            return text.split([",", ";"])
        """,
        'text.split([",", ";"])',
        're.split("|".join(map(re.escape, [",", ";"])), text)',
    )


async def test_a_sign_that_means_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(share: int = 3) -> object:
            return "(%d%)" % share
        """,
        "(%d%)",
        "(%d%%)",
    )


async def test_the_rest_of_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: str = "4") -> object:
            return n % 2 == 0
        """,
        "n % 2",
        "int(n) % 2",
    )


async def test_bytes_of_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "abc") -> object:
            return bytes(text)
        """,
        "bytes(text)",
        "text.encode()",
    )


async def test_any_of_many(bench: Bench) -> None:
    text = plain(
        """
        def a(text: str = "a tea") -> object:
            words = ["tea", "milk"]
            return words in text
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert text.replace("words in text", "any(each in text for each in words)") in made


async def test_the_numbers_of_all_characters(bench: Bench) -> None:
    text = plain(
        """
        def a(text: str = "ab") -> object:
            return ord(text)
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert text.replace("ord(text)", "sum(ord(char) for char in text)") in made


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 1 in 2\n",
        "def a(): return '%s %s' % 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
