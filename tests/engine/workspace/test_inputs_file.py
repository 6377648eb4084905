"""The text of an inputs file: where an input is set, and how its key is renamed."""

import pytest

from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.engine.workspace.inputs_file import places, renamed
from tests.carets import dedent, render, source_of


def check(drawing: str, name: str = "orders") -> None:
    text = source_of(drawing)
    assert render(text, [(span, "") for span in places(text, name)]) == dedent(drawing)


def after(text: str, old: str, new: str) -> str:
    for edit in reversed(renamed(text, old, new)):
        text = edit.apply(text)
    return text


def test_a_key_is_found_at_the_top_only() -> None:
    check(
        '''
        # orders = 1
        orders  = """ # no comment
        ^^^^^^
        orders = 2\\\\""""" # orders = 3
        month = [ # orders = 4
          { orders = 5, "]" = "]" },
        ]
        other.orders = 6
        [other2]
        orders = 7
        [other3.orders]
        [[other4]]
        orders = 8
        '''
    )


def test_a_table_is_found_wherever_a_part_of_it_is_set() -> None:
    check(
        """
        orders.a = 1
        ^^^^^^
        "orders" . b = { orders = 2 }
        ^^^^^^^^
        'orders'.c = '''
        ^^^^^^^^
        orders = 3'''
        "\\u006frders".d = 4
        ^^^^^^^^^^^^^
        [other]
        orders = 5
        [ orders . e ]
          ^^^^^^
        [["orders".f]]
          ^^^^^^^^
        orders = 6
        """
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_renamed_key_keeps_its_quotes_and_all_around_it(newline: str) -> None:
    before = dedent(
        """
        # The orders.
        orders.a   =  1  # 𐎠 orders
        "orders".b = "orders"

        [orders.c]
        'x' = 1
        """
    ).replace("\n", newline)
    expected = dedent(
        """
        # The orders.
        sales.a   =  1  # 𐎠 orders
        "sales".b = "orders"

        [sales.c]
        'x' = 1
        """
    ).replace("\n", newline)
    assert after(before, "orders", "sales") == expected
    assert after(expected, "sales", "orders") == before


def test_a_name_that_is_not_ascii_is_quoted() -> None:
    assert after("a = nan\n[b]\na = 1", "a", "größe") == '"größe" = nan\n[b]\na = 1'
    assert after("'größe' = 1", "größe", "a") == "'a' = 1"


@pytest.mark.parametrize("text", ["", "other = 1", "[other]\norders = 1", "# orders"])
def test_what_is_not_set_needs_no_edit(text: str) -> None:
    assert renamed(text, "orders", "sales") == ()
    assert places(text, "orders") == ()


def test_an_input_that_is_set_already_is_in_the_way() -> None:
    with pytest.raises(InputError, match=r"^The inputs file sets 'sales' already\.$"):
        renamed("orders = 1\n[sales]\n", "orders", "sales")


@pytest.mark.parametrize("text", ["orders = ", "orders = 1\norders = 2", "\ufeff", "x = [" * 2_000])
def test_what_is_not_toml_is_left_alone(text: str) -> None:
    assert places(text, "orders") == ()
    with pytest.raises(InputError, match=r"^The inputs file is not TOML\.$"):
        renamed(text, "orders", "sales")
