"""The starts in blocks, of lines or of pieces, are the list of all, whatever is edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan.source import Source, Span
from codeact_lsp.plan.starts import Starts

_FIVE_LINES = Starts.of([0, 10, 20, 30, 40])
# Enough lines for several blocks, which edits then split, shorten and take away.
_LONG = "ab\n" * 1_000


@st.composite
def _edits(draw: st.DrawFn) -> list[tuple[float, int, str]]:
    """Edits of a text whose length is not known yet: where, how much goes, what comes."""
    places = st.floats(0, 1)
    gone = st.sampled_from([0, 1, 2, 50, 900, 2_500])
    come = st.sampled_from(["", "x", "\n", "\r", "\r\n", "y\nz", "\n" * 600])
    return draw(st.lists(st.tuples(places, gone, come), max_size=6))


@given(_edits())
def test_after_any_edits_the_index_is_that_of_the_text(edits: list[tuple[float, int, str]]) -> None:
    source = Source(_LONG)
    for place, gone, come in edits:
        start = int(place * len(source.text))
        source = source.replaced(Span(start, min(start + gone, len(source.text))), come)
        fresh = Source(source.text)
        assert list(source.line_starts) == list(fresh.line_starts)
        for offset in range(0, len(source.text) + 1, 97):
            assert source.line_at(offset) == fresh.line_at(offset)


def test_it_is_read_like_a_list() -> None:
    assert (_FIVE_LINES[0], _FIVE_LINES[4], _FIVE_LINES[-1]) == (0, 40, 40)
    assert (_FIVE_LINES[1:3], _FIVE_LINES[5:6], len(_FIVE_LINES)) == ([10, 20], [], 5)


@pytest.mark.parametrize("line", [5, -6])
def test_a_line_that_does_not_exist_has_no_start(line: int) -> None:
    with pytest.raises(IndexError, match=f"the text has no part {line}"):
        _FIVE_LINES[line]


def test_lines_that_come_and_go_leave_the_others_where_they_are() -> None:
    edited = _FIVE_LINES.replaced(1, 3, [12, 14, 16], -5)
    assert list(edited) == [0, 12, 14, 16, 25, 35]
    assert list(_FIVE_LINES) == [0, 10, 20, 30, 40]
