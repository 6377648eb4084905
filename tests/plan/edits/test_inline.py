"""Inline a node: its body moves into the one node that takes its value."""

import pytest

from codeact_lsp.plan.edits.inline import inline
from tests.plan.edits.drawn import check_change, check_nothing, check_refused


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_statements_move_to_the_start_and_names_keep_apart(newline: str) -> None:
    check_change(
        inline,
        '''
        def orders(): return [1, 2]

        # Of all regions.
        def tot¦als(orders, rate=1):
            """Totals."""
            # Without returns.
            rows = [
              each for each in orders
            ]
            result = sum(rows) * rate  # EUR
            return result

        def report(totals: int, previous):
            """Report.

            After: orders
            """

            # Rows.
            rows = [totals, previous]
            return rows
        ''',
        "Inline node 'totals'",
        '''
        def orders(): return [1, 2]

        def report(previous, orders, rate=1):
            """Report.

            After: orders
            """

            # Of all regions.
            # Without returns.
            rows_2 = [
              each for each in orders
            ]
            totals = sum(rows_2) * rate  # EUR
            # Rows.
            rows = [totals, previous]
            return rows
        ''',
        newline=newline,
    )


def test_one_expression_takes_the_place_of_its_one_use() -> None:
    check_change(
        inline,
        """
        def report(totals, *, title="𐎠"): return title + "𐎠", 2 * totals
        def ¦totals(orders):
            return orders + 1
        """,
        "Inline node 'totals'",
        """
        def report(orders, *, title="𐎠"): return title + "𐎠", 2 * (orders + 1)
        """,
    )


def test_where_it_would_be_computed_again_it_is_computed_first() -> None:
    check_change(
        inline,
        "def ¦a(x): return f(x)\n\n\ndef b(a): return [a for _ in range(2)]",
        "Inline node 'a'",
        "def b(x):\n    a = f(x)\n    return [a for _ in range(2)]",
    )


def test_indentation_becomes_that_of_the_node_it_moves_to() -> None:
    check_change(
        inline,
        "def ¦a(x):\n  y = x\n  if y:\n    y = 1\n  return y, y\n\ndef b(a):\n\treturn a, a\n",
        "Inline node 'a'",
        "def b(x):\n\ty = x\n\tif y:\n\t  y = 1\n\ta = y, y\n\treturn a, a\n",
    )


def test_a_docstring_that_ends_like_a_comment_is_no_comment() -> None:
    check_change(
        inline,
        'def ¦a(x):\n    """A.\n    # a"""\n    return x.y\n\n'
        'def b(a):\n    """B.\n    # b"""\n    # Both.\n    return a, a\n',
        "Inline node 'a'",
        'def b(x):\n    """B.\n    # b"""\n    a = x.y\n    # Both.\n    return a, a\n',
    )


def test_a_name_that_the_expression_binds_gives_way_to_the_other_node_s_own() -> None:
    check_change(
        inline,
        "def ¦a(x): return (y := x) + y\n\ndef b(a, y): return a, y\n",
        "Inline node 'a'",
        "def b(y, x):\n    a = (y_2 := x) + y_2\n    return a, y\n",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "def ¦a(x): return x\ndef b(a): return a\ndef c(a): return a\n",
            "Several nodes take its value: 'b', 'c'.",
        ),
        (
            'def ¦a(x):\n    """Timeout: 3 s"""\n    return x\ndef b(a): return a\n',
            "Its docstring says 'Timeout:', which would be lost.",
        ),
        (
            "def ¦a(x):\n    if x: return 1\n    return 2\ndef b(a): return a\n",
            "It does not end in its only 'return'.",
        ),
        (
            "def ¦a(x): return x\ndef b(a): return a\ndef c():\n    'After: a'\n",
            "The docstring of 'c' says to wait for 'a'.",
        ),
        (
            "@f\ndef ¦a(x): return x\ndef b(a): return a\n",
            "It has a decorator, which would be lost.",
        ),
        ("async def ¦a(x): return x\ndef b(a): return a\n", "It is 'async', and 'b' is not."),
        (
            "def ¦a(x): return x\ndef b(a): return a\ny = a(1)\n",
            "Other code calls 'a', or refers to it.",
        ),
        ("def ¦a(x): return x\ndef b(a): return 1\n", "'b' takes 'a' but does not read it."),
        ("def ¦a(x): return f(x)\ndef b(a, f): return a + f\n", "'f' means something else in 'b'."),
        (
            "def ¦a(x): return x\ndef b(a):\n    x = 1\n    return a + x\n",
            "'x' means something else in 'b'.",
        ),
        (
            "def ¦a(x=1): return x\ndef b(a, x=2): return a + x\n",
            "The input 'x' has another default in 'b': 2.",
        ),
        (
            "def ¦a(x):\n    x = x + 1\n    return x\ndef b(a, x): return a + x\n",
            "It gives 'x' another value, and 'b' reads it too.",
        ),
        (
            "def ¦a(x):\n    x.sort()\n    return x[0]\ndef b(a, x): return a + x[0]\n",
            "'x' is changed in place, which only code in the same node sees.",
        ),
        (
            "def ¦a(x):\n  y = '''\n  z'''\n  return y, x\ndef b(a):\n    return a, a\n",
            "It holds a text of several lines, and 'b' is indented otherwise.",
        ),
        (
            "def b(a): return a\nRATE = 1\ndef ¦a(x=RATE): return x\n",
            "The parameter 'x=RATE' would stand above where 'RATE' is bound.",
        ),
        (
            "def ¦a(x): return (x, '''\n  z''')\ndef b(a): return a, a\n",
            "It holds a text of several lines, and 'b' is indented otherwise.",
        ),
    ],
)
def test_what_would_change_the_plan_is_refused_with_the_reason(text: str, reason: str) -> None:
    check_refused(inline, text, reason)


@pytest.mark.parametrize(
    "text",
    [
        "def ¦a(x): return x\n",
        "def a(x): return ¦x\ndef b(a): return a\n",
        "def _¦a(x): return x\n",
    ],
)
def test_elsewhere_there_is_nothing_to_inline(text: str) -> None:
    check_nothing(inline, text)
