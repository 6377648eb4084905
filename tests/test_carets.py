"""The drawings that other tests compare: what they show, and that nothing gets lost in them."""

import pytest

from codeact_lsp.plan import Span
from tests.carets import WIDTH, dedent, render, source_of


def check_drawing(drawing: str, *marks: tuple[int, int, str]) -> None:
    text = source_of(drawing)
    assert render(text, [(Span(start, end), label) for start, end, label in marks]) == dedent(
        drawing
    )


def test_a_label_stands_behind_its_carets() -> None:
    check_drawing(
        """
        one = two
        ^^^ first
              ^^^ second
        three
          ^^^
        """,
        (6, 9, "second"),
        (0, 3, "first"),
        (12, 15, ""),
    )


def test_a_span_of_several_lines_is_labelled_in_the_last() -> None:
    check_drawing(
        """
        if one:
           ^^^^
            two
            ^^^

            three
            ^^^ a span
        """,
        (3, 24, "a span"),
    )


def test_an_empty_span_is_a_bar() -> None:
    check_drawing(
        """
        one
          | inside
        two
           | at the end
        """,
        (2, 2, "inside"),
        (7, 7, "at the end"),
    )


def test_a_tab_stays_a_tab_so_that_carets_keep_their_column() -> None:
    assert render("\tx\ty", [(Span(3, 4), "y")]) == "\tx\ty\n\t \t^ y"


def test_lines_may_end_in_any_way() -> None:
    drawing = "one\n ^ n\ntwo\n  ^ o\n"
    for newline in ("\r\n", "\r"):
        text = source_of(drawing, newline)
        assert text == f"one{newline}two{newline}"
        second = text.index("o", 3)
        assert render(text, [(Span(1, 2), "n"), (Span(second, second + 1), "o")]) == drawing


def test_a_long_label_goes_on_below() -> None:
    drawing = render("x = 1\n", [(Span(4, 5), "a word and " * 20)])
    assert max(map(len, drawing.splitlines())) <= WIDTH
    assert drawing.splitlines()[1].startswith("    ^ a word")
    assert drawing.splitlines()[2].startswith("    ... ")
    assert source_of(drawing) == "x = 1\n"


@pytest.mark.parametrize("line", ["x = a ^ b", "    ...", "x = (...)", "x: int | str"])
def test_what_is_not_drawn_stays(line: str) -> None:
    assert source_of(line.strip()) == line.strip()
