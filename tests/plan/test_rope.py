"""Long sequences, texts and mappings in parts are read like those that they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan.characters import Characters
from codeact_lsp.plan.overlay import Overlay
from codeact_lsp.plan.rope import Rope

# Enough for several blocks, which edits then split, shorten and take away.
_MANY = 300
_LONG = "é𐎠x\n" * 10_000


def _edits(*sizes: int) -> st.SearchStrategy[list[tuple[float, int, int]]]:
    """Edits of what has some length by then: where, how much goes, how much comes."""
    size = st.sampled_from(sizes)
    return st.lists(st.tuples(st.floats(0, 1), size, size), max_size=6)


@given(_edits(0, 1, 3, 70, 150, 500))
def test_after_any_edits_a_rope_is_the_list_of_its_items(
    edits: list[tuple[float, int, int]],
) -> None:
    expected = list(range(_MANY))
    rope = Rope.of(expected)
    for place, gone, come in edits:
        first = int(place * len(expected))
        end = min(first + gone, len(expected))
        rope = rope.replaced(first, end, range(come))
        expected[first:end] = range(come)
        assert (list(rope), len(rope)) == (expected, len(expected))
        assert rope[first - 2 : end + 2] == (*expected[first - 2 : end + 2],)
        assert [rope[at] for at in range(0, len(rope), 17)] == expected[::17]


def test_an_edited_rope_shares_what_the_edit_spared() -> None:
    rope = Rope.of(range(_MANY))
    edited = rope.replaced(0, 1, [-1])
    shared = [one is other for one, other in zip(rope.blocks, edited.blocks, strict=True)]
    assert shared == [False, *[True] * (len(shared) - 1)]
    assert (rope[0], edited[0], edited[1]) == (0, -1, 1)


def test_a_rope_is_read_like_a_tuple() -> None:
    few = Rope.of("abcd")
    assert (few[3], few[-1], few[1:3], few[::2]) == ("d", "d", ("b", "c"), ("a", "c"))
    assert (few, hash(few)) == (Rope.of("abcd"), hash(("a", "b", "c", "d")))
    assert (list(Rope.of("")), Rope.of("")[:2]) == ([], ())
    with pytest.raises(IndexError, match="there is no item 4"):
        few[4]


@given(_edits(0, 1, 3, 9_000, 20_000, 60_000))
def test_after_any_edits_the_characters_are_those_of_the_text(
    edits: list[tuple[float, int, int]],
) -> None:
    text, characters = _LONG, Characters.of(_LONG)
    for place, gone, come in edits:
        first = int(place * len(text))
        end, new = min(first + gone, len(text)), _LONG[-come:] if come else ""
        characters = characters.replaced(first, end, new)
        text = text[:first] + new + text[end:]
        assert (str(characters) == text, len(characters)) == (True, len(text))
        for part in (slice(first - 5, end + 5), slice(first), slice(end, None), slice(end, first)):
            assert characters[part] == text[part]


_KEYS = st.integers(0, 9)


@given(
    st.dictionaries(_KEYS, st.integers()),
    st.lists(st.tuples(st.dictionaries(_KEYS, st.integers(), max_size=3), st.sets(_KEYS))),
)
def test_after_any_edits_an_overlay_holds_what_a_dictionary_would(
    expected: dict[int, int], edits: list[tuple[dict[int, int], set[int]]]
) -> None:
    overlay = Overlay(expected)
    for come, gone in edits:
        overlay = overlay.edited(come, gone)
        expected = {key: expected[key] for key in expected.keys() - gone} | come
        assert (len(overlay), [key in overlay for key in range(10)]) == (
            len(expected),
            [key in expected for key in range(10)],
        )
        assert [overlay.get(key) for key in range(10)] == [expected.get(key) for key in range(10)]
        assert overlay == expected


def test_the_keys_of_an_overlay_can_be_given_an_order() -> None:
    overlay = Overlay({"a": 1, "b": 2}).edited({"c": 3}, ["a"], order=lambda: "cb")
    assert list(overlay.items()) == [("c", 3), ("b", 2)]
    with pytest.raises(KeyError, match="a"):
        overlay["a"]


def test_of_very_many_changes_an_overlay_makes_a_dictionary() -> None:
    overlay = Overlay(dict.fromkeys(range(3000), 0))
    for number in range(0, 3_000, 300):
        overlay = overlay.edited(dict.fromkeys(range(number, number + 200), 1), [number + 250])
    assert (len(overlay), sum(overlay.values())) == (2_990, 2_000)
