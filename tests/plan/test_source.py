"""Lines and units, against a reference that counts one character at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan import Encoding, Position, Source, Span
from tests.plan.hostile import texts

ENCODINGS = list(Encoding)
UNITS = {
    Encoding.UTF8: ("utf-8", 1),
    Encoding.UTF16: ("utf-16-le", 2),
    Encoding.CODE_POINTS: ("utf-32-le", 4),
}


def units(text: str, encoding: Encoding) -> int:
    codec, size = UNITS[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


def naive_position(text: str, offset: int, encoding: Encoding) -> Position:
    line = start = 0
    for index in range(1, offset + 1):
        is_split = text[index - 1 : index + 1] == "\r\n"
        if text[index - 1] == "\n" or (text[index - 1] == "\r" and not is_split):
            line, start = line + 1, index
    return Position(line, units(text[start:offset], encoding))


def naive_offset(text: str, position: Position, encoding: Encoding) -> int:
    """The first offset of the line that lies at or behind the position, else the line's end."""
    places = [naive_position(text, offset, encoding) for offset in range(len(text) + 1)]
    line = [offset for offset, place in enumerate(places) if place.line == position.line]
    # The place between the two halves of a line end is none.
    line = [offset for offset in line if offset == 0 or text[offset - 1 : offset + 1] != "\r\n"]
    behind = (offset for offset in line if places[offset].character >= position.character)
    return next(behind, line[-1] if line else len(text))


@given(texts(), st.sampled_from(ENCODINGS))
def test_positions_equal_a_count_by_hand(text: str, encoding: Encoding) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        assert source.position(offset, encoding) == naive_position(text, offset, encoding)


@given(texts(), st.sampled_from(ENCODINGS))
def test_an_offset_comes_back_from_its_position(text: str, encoding: Encoding) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        # No line holds the place between the two halves of a line end.
        if text[offset - 1 : offset + 1] != "\r\n" or offset == 0:
            assert source.offset(source.position(offset, encoding), encoding) == offset


@given(texts(), st.integers(0, 20), st.integers(0, 40), st.sampled_from(ENCODINGS))
def test_offsets_equal_a_search_by_hand(
    text: str, line: int, character: int, encoding: Encoding
) -> None:
    position = Position(line, character)
    assert Source(text).offset(position, encoding) == naive_offset(text, position, encoding)


@pytest.mark.parametrize(
    ("encoding", "character"),
    [(Encoding.UTF8, 6), (Encoding.UTF16, 3), (Encoding.CODE_POINTS, 2)],
)
def test_each_encoding_counts_in_its_own_unit(encoding: Encoding, character: int) -> None:
    source = Source("first\né𐎠 = 1")
    behind_both = source.text.index(" =")
    assert source.position(behind_both, encoding) == Position(1, character)
    assert source.offset(Position(1, character), encoding) == behind_both


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_position_outside_of_the_text_is_the_nearest_one_inside(encoding: Encoding) -> None:
    source = Source("one\r\ntwo")
    assert source.offset(Position(0, 99), encoding) == len("one")
    assert source.offset(Position(1, 99), encoding) == len(source.text)
    assert source.offset(Position(99, 0), encoding) == len(source.text)
    assert source.position(99, encoding) == Position(1, 3)
    assert source.position(-1, encoding) == Position(0, 0)


def test_a_position_inside_of_a_character_is_the_end_of_that_character() -> None:
    source = Source("𐎠y")
    assert source.offset(Position(0, 1), Encoding.UTF16) == 1
    assert source.offset(Position(0, 3), Encoding.UTF8) == 1


def test_lines_end_where_an_editor_ends_them_and_nowhere_else() -> None:
    source = Source("a\rb\r\nc\n\nd\fe\vf\x85g\u2028h\u2029i\x1cj")
    lines = [source.line(number) for number in range(len(source.line_starts))]
    assert lines == ["a", "b", "c", "", "d\fe\vf\x85g\u2028h\u2029i\x1cj"]
    assert [source.line(-1), source.line(5)] == ["", ""]


@given(texts())
def test_lines_and_their_ends_are_the_text(text: str) -> None:
    source = Source(text)
    ends = [*source.line_starts[1:], len(text)]
    parts = [text[start:end] for start, end in zip(source.line_starts, ends, strict=True)]
    assert "".join(parts) == text
    assert [part.rstrip("\r\n") for part in parts] == [source.line(n) for n in range(len(parts))]


def test_a_span_of_lines_leaves_out_the_indentation_and_the_line_end() -> None:
    source = Source("if x:\r\n    é = 1\r\n    y = 2\r\n")
    span = source.span_of_lines(1, 2)
    assert source.text[span.start : span.end] == "é = 1\r\n    y = 2"


def test_a_replacement_makes_a_new_source() -> None:
    source = Source("one two", version=1)
    replaced = source.replaced(Span(4, 7), "three", version=2)
    assert (replaced.text, replaced.version) == ("one three", 2)
    assert (source.text, source.version) == ("one two", 1)
    assert list(replaced.line_starts) == [0]


def test_both_ends_of_a_span_belong_to_it() -> None:
    span = Span(2, 4).shifted(1)
    assert [offset for offset in range(8) if offset in span] == [3, 4, 5]
    assert span.overlaps(Span(5, 9))
    assert span.overlaps(Span(0, 3))
    assert span.overlaps(Span(4, 4))
    assert not span.overlaps(Span(6, 9))
    assert not span.overlaps(Span(0, 2))
