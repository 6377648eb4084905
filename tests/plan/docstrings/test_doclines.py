"""Places in docstrings that are not written as they read: with escapes, or in several literals."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan import Piece
from codeact_lsp.plan.docstrings.docstring import Docstring, docstring


def read(text: str) -> Docstring:
    function = Piece(text).tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    return docstring(Piece(text), function)


def test_before_the_first_escape_and_behind_the_last_places_are_certain() -> None:
    text = 'def f():\n    """S.\n\n    After: a\n    A tab is \\t here.\n    Uses: b\n    """\n'
    sections = read(text).sections
    assert [text[one.span.start : one.span.end] for one in sections] == ["After: a", "Uses: b"]


@pytest.mark.parametrize(
    "literal",
    [
        r'"A.\n\nCache: off"',
        r'"A.\n" "\nCache: off\n"',
        '"""A.\n\n""" """Cache: off"""',
        '"""A.\\\n\nCache: \\x6fff"""',
        "'''A.\n    Cache: off'''",
        '"""\\x41\n    Cache: off\n    \\x42"""',
    ],
)
def test_in_any_literal_a_section_is_read_and_no_wrong_place_is_told(literal: str) -> None:
    text = f"def f():\n    {literal}\n"
    (section,) = read(text).sections
    assert (section.name, section.value) == ("Cache", "off")
    place = text[section.span.start : section.span.end]
    assert place == ("Cache: off" if section.exact else literal)


def test_a_raw_string_has_no_escapes() -> None:
    text = 'def f():\n    r"""A \\d.\n\n    Needs: write C:\\new\n    """\n'
    (section,) = read(text).sections
    assert text[section.value_span.start : section.value_span.end] == "write C:\\new"


PARTS = (
    *(
        "After: a",
        "Cache: off",
        "Args:\n",
        "    b: B.",
        "\n",
        "\r\n",
        "\r",
        "    ",
        "\t",
        "x",
        "\f",
    ),
    *("\\n", "\\\\", "\\\n", "\\x41", "\\d", '\\"', "\\N{DIGIT ONE}", '""" """', "𐎠"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=15).map("".join), st.sampled_from(["", "r"]))
def test_an_exact_place_reads_like_what_stands_there(written: str, prefix: str) -> None:
    text = f'def f():\n    {prefix}"""{written}"""\n'
    if Piece(text).issue:
        return
    found = read(text)
    for section in found.sections:
        name = text[section.name_span.start : section.name_span.end]
        value = text[section.value_span.start : section.value_span.end]
        assert not section.exact or (name, value) == (section.name, section.value)
    for described in found.described:
        place = text[described.span.start : described.span.end]
        assert not described.exact or place == described.name
