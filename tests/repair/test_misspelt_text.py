"""The text of a renaming: quotes, prefixes, escapes and line ends stay, and a key stays a key."""

import ast

import pytest

from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'aples'", "'apples'"),
        ('"""aples"""', '"""apples"""'),
        ("r'aples'", "r'apples'"),
        ("R'aples'", "R'apples'"),
        ("u'aples'", "u'apples'"),
        (r"'\x61ples'", r"'\x61pples'"),
        (r"'\N{LATIN SMALL LETTER A}ples'", r"'\N{LATIN SMALL LETTER A}pples'"),
        ("'''a\\\nples'''", "'''apples'''"),
    ],
    ids=["single", "triple", "raw", "Raw", "unicode", "hex", "named", "continued"],
)
async def test_quotes_prefixes_and_escapes_stay(bench: Bench, before: str, after: str) -> None:
    plan = "def price() -> int:\n    prices = {{'apples': 2}}\n    return prices[{0}]\n"
    await bench.check_fix(plan.format(before), "Rename 'aples' to 'apples'", plan.format(after))


@pytest.mark.parametrize(
    "key",
    [
        "apples: it's",
        'apples: "red"',
        "apples\\red",
        "apples\nred",
        "apples größe",
        "apples\x1b[1m",
    ],
    ids=["single quote", "double quotes", "backslash", "line end", "not ASCII", "control code"],
)
@pytest.mark.parametrize("quote", ["'", '"', "'''", '"""'])
async def test_a_key_of_any_characters_becomes_a_literal_of_exactly_it(
    bench: Bench, key: str, quote: str
) -> None:
    head = f"def price() -> int:\n    prices = {{{key!r}: 2}}\n    return prices["
    before = f"{head}{quote}apples{quote}]\n"
    fix, *_ = await bench.fixes(before)
    literal = fix.edit.apply(before).removeprefix(head).removesuffix("]\n")
    assert literal.startswith(f"{quote}apples")
    assert ast.literal_eval(literal) == key


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
async def test_text_that_is_not_ascii_to_the_left_and_line_ends_stay(
    bench: Bench, newline: str
) -> None:
    before = """
        def kiste() -> str:
            kisten = {"日本 📦 groß": "é"}; x = "📦"; return x + kisten["日本 📦 gros"]  # → 📦
    """
    after = before.replace('gros"', 'groß"')
    await bench.check_fix(
        plain(before).replace("\n", newline),
        "Rename '日本 📦 gros' to '日本 📦 groß'",
        plain(after).replace("\n", newline),
    )


async def test_the_edit_holds_only_the_characters_that_differ(bench: Bench) -> None:
    before = 'def price() -> int:\n    row = {"amount": 1}\n    return row["ammount"]\n'
    (fix,) = await bench.fixes(before)
    assert (before[: fix.edit.span.start][-3:], fix.edit.new) == ('"am', "")
    assert before[fix.edit.span.end :] == 'ount"]\n'
