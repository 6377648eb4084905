"""Which lines can run: `▸` marks them."""

import warnings

import pytest
from hypothesis import given

from codeact_lsp.plan import Piece
from codeact_lsp.plan.structure.executable import executable
from tests.carets import dedent
from tests.plan.hostile import texts


def check(marked: str) -> None:
    """The lines that can run are those that are marked."""
    text = dedent(marked)
    wanted = {number for number, line in enumerate(text.splitlines()) if line.startswith("▸")}
    plain = "\n".join(line[1:] for line in text.splitlines())
    assert executable(Piece(plain)) == wanted


def test_statements_run_and_signatures_docstrings_and_comments_do_not() -> None:
    check("""
        .def total(
        .    rows,
        .    rate=1,
        .):
        .    '''All of it.
        .
        .    Timeout: 5 s
        .    '''
        .    # By the rate.
        ▸    if rate == 1:
        ▸        return sum(rows)
        .
        .    else:
        ▸        return sum(row * rate for row in rows)
        """)


def test_functions_inside_of_others_and_of_classes_count() -> None:
    check("""
        .class Row:
        .    size = 1
        .
        .    def area(self):
        ▸        def squared(side):
        ▸            return side ** 2
        .
        ▸        return squared(self.size)
        """)


def test_of_an_expression_on_several_lines_all_count_that_do_something() -> None:
    check("""
        .def both(one, other):
        ▸    return max(
        ▸        one,
        ▸        other,
        .    )
        """)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("def one(): return 1", {0}),
        ("async def one():\n    return await two()", {1}),
        ("@cached\ndef one():\n    return 1", {2}),
        ("RATE = 2", set()),
        ("import os", set()),
        ("", set()),
        ("def one(:", set()),
    ],
)
def test_what_stands_at_the_level_of_the_module_tells_nothing(text: str, lines: set[int]) -> None:
    assert executable(Piece(text)) == lines


@given(texts())
def test_it_never_raises_and_stays_inside_of_the_text(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lines = executable(Piece(text))
        drafted = executable(Piece(text, is_draft=True))
    count = len(Piece(text).source.line_starts)
    assert all(0 <= line < count for line in lines | drafted)
