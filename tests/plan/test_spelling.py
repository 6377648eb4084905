"""Which names are taken for misspellings, and which for names of other things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan.spelling import Spellings, closest


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ordres", "orders"),
        ("order", "orders"),
        ("raw_ordres", "raw_orders"),
        ("roworders", "raw_orders"),
        ("raw_or_ders", "raw_orders"),
        ("previuos_months", "previous_month"),
    ],
)
def test_an_edit_in_four_letters_is_a_misspelling(name: str, meant: str) -> None:
    assert closest(name, ["something", meant]) == meant


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("base_model", "best_model"),
        ("sepal_length_cm", "sepal_width_cm"),
        ("chunks_with_summary", "chunk_without_summary"),
        ("chunks_with_summary", "chunk_with_new_summary"),
        ("schema_prompt", "schema_to_prompt"),
        ("revenue_us", "revenue_uk"),
        ("x_total", "y_total"),
        ("a_total", "total"),
        ("total_sum_a", "total_sum"),
        ("orders_2", "orders_3"),
    ],
)
def test_names_that_differ_by_a_word_are_of_two_things(name: str, other: str) -> None:
    assert closest(name, [other]) is None
    assert closest(other, [name]) is None


def test_a_sibling_that_is_closer_does_not_hide_the_name_that_was_meant() -> None:
    assert closest("total_b", ["total_a", "total_bb_", "toatl_b"]) == "toatl_b"


_WORDS = st.text("ab_12", min_size=1, max_size=9)


@given(st.sets(_WORDS, max_size=30), st.sets(_WORDS, max_size=30), _WORDS)
def test_what_is_near_holds_all_that_can_be_meant(
    before: set[str], after: set[str], name: str
) -> None:
    spellings = Spellings.of(before).edited(after - before, before - after)
    near = [*spellings.near(name)]
    assert set(near) <= after
    assert [*Spellings.of(after).near(name)] == near
    assert [closest(name, [other]) for other in after - {*near}] == [None] * (
        len(after) - len(near)
    )
