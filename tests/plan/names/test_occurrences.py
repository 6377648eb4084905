"""Occurrences: what a caret is on, and every place that names the same."""

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.names.occurrences import (
    Kind,
    Occurrence,
    Subject,
    declarations,
    definition_of,
    occurrences,
    subject_at,
)
from tests.carets import dedent, render, source_of

PLAN = '''
import math
from pathlib import Path as P
_LIMIT: "P" = 3

def orders(csv: P, ﬁle=None):
    return csv

def growth(orders, month: int, *rest):
    """Growth of orders.

    Args:
        orders (list): What month: was sold.
        month: The month.
        other: None of its.

    After: orders, missing
    Wait: 5 s after orders
    """
    global _LIMIT
    _LIMIT = month.orders
    kept = [orders for orders in orders]
    return f"{orders} {math.pi}", kept, lambda month: month + rest

def _sum(orders, month=_LIMIT):
    return orders(csv=month, other=1), growth(orders=orders, month=month), len(fi)
'''


def drawn(text: str, subject: Subject) -> str:
    found = occurrences(Plan.from_text(text), subject)
    return render(text, [(one.span, _label(one)) for one in found])


def _label(one: Occurrence) -> str:
    return one.form.value if one.exact else f"about here: {one.form.value}"


def check(drawing: str, subject: Subject) -> None:
    assert drawn(source_of(drawing), subject) == dedent(drawing)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("def ¦orders", "node orders"),
        ("def growth(orders¦", "node orders"),
        ("for orders in ¦orders", "node orders"),
        ("for ¦orders in", None),
        ("        ¦orders (list)", "node orders"),
        ("After: or¦ders", "node orders"),
        ("after orders¦", "node orders"),
        ('f"{¦orders}', "node orders"),
        ("def _sum(¦orders", None),
        ("growth(¦orders=orders", "node orders"),
        ("_LIMIT = month.¦orders", None),
        ("After: orders, ¦missing", None),
        ("Growth of ¦orders", None),
        ("def orders(¦csv", "input csv"),
        ("return ¦csv", "input csv"),
        ("orders(¦csv=month", None),  # `orders` is a parameter there.
        ("ﬁ¦le", "input file"),
        ("¦month: int", "input month"),
        ("        m¦onth: The", "input month"),
        ("month: was", None),
        ("other: None of", None),
        ("= ¦month.orders", "input month"),
        ("lambda ¦month", None),
        ("growth(orders=orders, ¦month", "input month"),
        ("*¦rest", None),
        ("¦_LIMIT: ", "helper _LIMIT"),
        ("global _LIM¦IT", "helper _LIMIT"),
        ("as ¦P", "helper P"),
        ('"¦P"', "helper P"),
        ("¦Path", None),
        ("{¦math.pi", "helper math"),
        ("math.p¦i", None),
        ("¦len(", None),
        ("def ¦_sum", "helper _sum"),
    ],
)
def test_a_name_stands_for_what_python_would_find(place: str, expected: str | None) -> None:
    text = dedent(PLAN)
    start = (
        text.index(place.replace("¦", "")) + place.index("¦") if "¦" in place else text.index(place)
    )
    found = subject_at(Plan.from_text(text), start)
    assert (f"{found[0].kind.value} {found[0].name}" if found else None) == expected


def test_a_node_is_named_by_code_and_by_docstrings() -> None:
    check(
        '''
        def orders(): return 1
            ^^^^^^ definition
        def growth(orders, month=orders):
                   ^^^^^^ parameter
                                 ^^^^^^ read
            """Growth.

            Args:
                orders: They are orders.
                ^^^^^^ description
            After: orders
                   ^^^^^^ section
            Wait: 5 s after orders
                            ^^^^^^ section
            """
            return [orders for month in orders if orders.orders] + _sum(orders, orders=1)
                    ^^^^^^ read
                                        ^^^^^^ read
                                                  ^^^^^^ read
                                                                        ^^^^^^ read
        def _sum(orders):
            global growth
            return growth(orders=orders, month=1)
                          ^^^^^^ keyword
        def late():
            "After: \\x6frders"
            ^^^^^^^^^^^^^^^^^^ about here: section
        if __name__ == "__main__":
            print(f"{growth(orders=orders())!r}")
                            ^^^^^^ keyword
                                   ^^^^^^ read
        ''',
        Subject(Kind.NODE, "orders"),
    )


def test_an_input_is_one_thing_however_many_nodes_take_it() -> None:
    check(
        '''
        def orders(month): return month
                   ^^^^^ parameter
                                  ^^^^^ read
        def _sum(month): return orders(month=month)
                                       ^^^^^ keyword
        def growth(orders, *, month: "month" = 1):
                              ^^^^^ parameter
            """Growth.

            Args:
                month: The month.
                ^^^^^ description
            """
            def f():
                nonlocal month
                         ^^^^^ declaration
                month += 1
                ^^^^^ write
        ''',
        Subject(Kind.INPUT, "month"),
    )


def test_a_helper_is_named_where_no_function_has_a_name_of_its_own() -> None:
    check(
        """
        import pandas as pd, pd.x
                         ^^ definition
                             ^^ definition
        def orders(pd): return pd
        def growth(frame: "pd.Frame"):
                           ^^ read
            global pd
                   ^^ declaration
            pd = None
            ^^ write
            del pd
                ^^ write
        """,
        Subject(Kind.HELPER, "pd"),
    )


def test_definitions_are_declarations_and_the_last_one_holds() -> None:
    text = "def a(x): pass\ndef a(x): pass\n_K = 1\n_K += 1\nif a: import m\n"
    plan = Plan.from_text(text)

    def told(kind: Kind, name: str) -> tuple[list[int], int | None]:
        subject = Subject(kind, name)
        place = definition_of(plan, subject)
        starts = sorted(span.start for span in declarations(plan, subject))
        return starts, place.start if place else None

    assert told(Kind.NODE, "a") == ([4, 19], 19)
    assert told(Kind.INPUT, "x") == ([6, 21], None)
    assert told(Kind.HELPER, "_K") == ([30], 30)
    assert told(Kind.HELPER, "m") == ([58], 58)
