"""Extract node: the selected part of a body becomes a node above, which the old one takes."""

import ast

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits.extract import extract
from codeact_lsp.plan.edits.inline import inline
from codeact_lsp.plan.edits.refactoring import Change, Request
from codeact_lsp.plan.source import Span
from tests.carets import dedent
from tests.plan.edits.drawn import check_change, check_nothing, check_refused, computed, outcome

PLAN = '''
    import pandas as pd


    def orders(csv="orders.csv"): return pd.read_csv(csv)


    # How much more than before.
    @logged
    async def growth(orders: pd.DataFrame, previous, *, rate=1) -> float:
        """Growth, in percent.

        After: archive
        Timeout: 30 s
        """
        # All regions.
    «    sums: list = orders.sum()  # EUR
        total = sums * rate
    »
        return total / previous
    '''


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_statements_become_a_node_with_what_they_need_and_when_they_run(newline: str) -> None:
    check_change(
        extract,
        PLAN,
        "Extract node",
        '''
        import pandas as pd


        def orders(csv="orders.csv"): return pd.read_csv(csv)


        def total(orders: pd.DataFrame, rate=1):
            """After: archive
            Timeout: 30 s
            """
            # All regions.
            sums: list = orders.sum()  # EUR
            total = sums * rate
            return total


        # How much more than before.
        @logged
        async def growth(previous, total) -> float:
            """Growth, in percent.

            After: archive
            Timeout: 30 s
            """

            return total / previous
        ''',
        newline=newline,
    )


def test_an_expression_becomes_a_node_named_after_what_makes_it() -> None:
    check_change(
        extract,
        """
        def growth(
            orders,  # of this month
            previous,  # of the one before
        ):
            return (100 *
                    «_totals(orders,
                            'all')» / _totals(previous))
        """,
        "Extract node",
        """
        def totals(orders):
            return (_totals(orders,
                            'all'))


        def growth(
            previous,  # of the one before
            totals,
        ):
            return (100 *
                    totals / _totals(previous))
        """,
    )


def test_what_it_awaits_is_awaited_in_the_new_node_too() -> None:
    check_change(
        extract,
        "async def page(url):\n\treturn parse(text=«await fetch(url)»)\n",
        "Extract node",
        "async def text(url):\n\treturn await fetch(url)\n\n\n"
        "async def page(text):\n\treturn parse(text=text)\n",
    )


def test_the_whole_value_of_an_assignment_is_the_assignment() -> None:
    check_change(
        extract,
        """
        def a(x):
            sums: list[int] = «list(x)»
            return sums
        """,
        "Extract node",
        """
        def sums(x) -> list[int]:
            sums: list[int] = list(x)
            return sums


        def a(sums: list[int]):
            return sums
        """,
    )


def test_a_name_that_means_something_already_gets_a_number() -> None:
    check_change(
        extract,
        """
        def growth(orders):
            «orders = clean(orders)
            sum = total(orders)»
            return sum

        def other(sum_2): return sum_2
        """,
        "Extract node",
        """
        def sum_3(orders):
            orders = clean(orders)
            sum = total(orders)
            return sum

        def growth(sum_3):
            sum = sum_3
            return sum

        def other(sum_2): return sum_2
        """,
    )


def test_code_on_the_line_of_the_def_and_wide_characters() -> None:
    check_change(
        extract,
        "\ufeff#!/usr/bin/env python\ndef é𐎠(ü): return '𐎠', «_größe(ü)»",
        "Extract node",
        "\ufeff#!/usr/bin/env python\ndef größe(ü):\n    return _größe(ü)\n\n\n"
        "def é𐎠(größe): return '𐎠', größe",
    )


HELPERS = dedent("""
    KEPT = []
    def _last(rows): return rows.pop()
    def _keep(rows): KEPT.extend(rows)
    def _kept(): return KEPT[0]
    """)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "b = a\n    «c = b + 1»\n    return c",
            (
                "It reads 'b', which is computed above it; a node takes nodes and inputs only. "
                "Select the statements that compute 'b' too, or split there first."
            ),
        ),
        (
            "«b = 1\n    c = 2»\n    return b + c",
            "It computes 'b', 'c', all used below it; a node has one value.",
        ),
        ("«print(a)»\n    return a", "Nothing that it computes is used below it."),
        ("«b = a\n    return b»", "It leaves the function with a 'return'."),
        ("«if a:\n        b = 1»\n    return b", "It may leave 'b' as it was, or unset."),
        (
            "«b = lambda: a»\n    return b()",
            "'b' is a function, which cannot be the value of a node.",
        ),
        (
            "«b = a.values()»\n    return [*b]",
            "'b' is a view of a dictionary, which cannot be the value of a node.",
        ),
        ("«import b»\n    return b.x", "'b' is an import, which cannot be the value of a node."),
        (
            "«with open(a) as b:\n        pass»\n    return b",
            "'b' is an open file, which cannot be the value of a node.",
        ),
        (
            "return sum(«(b for b in a)»)",
            "It makes a generator, which cannot be the value of a node.",
        ),
        (
            "b = 0\n    «with suppress(KeyError):\n        b = a[0]»\n    return b",
            "It may leave 'b' as it was, or unset.",
        ),
        ("c = 1; «b = a»\n    return b", "It shares a line with other statements."),
        (
            "if not a: return 0\n    «b = a[0]»\n    return b",
            "A 'return', 'raise' or 'assert' above may leave the function before.",
        ),
        (
            "if a:\n        «b = f(a)\n        c = b»\n    return c",
            (
                "Only statements of the node's own body can become a node, not those of a block in "
                "it. Select the whole block, or one expression."
            ),
        ),
        (
            "return [«f(a)» for x in a]",
            "The expression is not evaluated exactly once each time the node runs.",
        ),
        (
            "a.sort()\n    «b = a[0]»\n    return b",
            (
                "'a' is changed in place, and what would be parted from that reads it; each node "
                "gets a value of its own."
            ),
        ),
        (
            "b = _last(a)\n    «c = a[0]»\n    return b, c",
            (
                "'a' is changed in place, and what would be parted from that reads it; each node "
                "gets a value of its own."
            ),
        ),
        (
            "_keep(a)\n    «b = _kept()»\n    return b",
            (
                "'KEPT' is changed in place, and what would be parted from that reads it; each "
                "node gets a value of its own."
            ),
        ),
        (
            "«b = [a]»\n    a.append(1)\n    return b, a",
            "'b' and 'a' may be one value, which is changed in place below.",
        ),
        (
            "global b\n    «b = a»\n    return b",
            (
                "The names of 'node' cannot be followed: it says 'global' or 'nonlocal', or looks "
                "names up by 'locals', 'eval' or the like."
            ),
        ),
        (
            "«b = a.query('c > @a')»\n    return b",
            "A query in 'node' takes 'a' by its name in a text.",
        ),
        (
            "return f'{«f(a)»} of {a}'",
            (
                "An expression inside an f-string cannot be cut out of it. Assign it to a name "
                "above, and select what is assigned."
            ),
        ),
        ("return «a + » 1", "Select whole statements, or one expression, of a node's body."),
    ],
)
def test_what_would_change_the_plan_is_refused_with_the_reason(body: str, reason: str) -> None:
    check_refused(extract, f"{HELPERS}def node(a):\n    {body}\n", reason)


def test_a_selection_that_goes_beyond_the_node_is_no_whole_statement() -> None:
    check_refused(
        extract,
        f"def a(x):\n    «y = x\n{'#' * 500}\n!»\n",
        "Select whole statements, or one expression, of a node's body.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def node(«a»):\n    return a\n",
        'def node(a):\n    """«Text.»"""\n    return a\n',
        "def node(a):\n    return «a»\n",
        "def _helper(a):\n    return «f(a)»\n",
        "def node(a):\n    return «f(a»\n",
        "x = «f(1)»\n",
        "def node(a):\n    return a¦\n",
    ],
)
def test_elsewhere_there_is_nothing_to_extract(text: str) -> None:
    check_nothing(extract, text)


def test_extracted_and_inlined_again_the_plan_is_what_it_was() -> None:
    before = "def a(x, y):\n    «s = f(x)\n    t = s + 1»\n    return [t, t, y]\n"
    text, change = outcome(extract, before)
    assert isinstance(change, Change)
    between = change.apply(text)
    caret = between.index("def t") + len("def ")
    back = inline(Request(Plan.from_text(between), Span(caret, caret)))
    assert isinstance(back, Change)
    swapped = text.replace("a(x, y)", "a(y, x)")
    assert ast.dump(ast.parse(back.apply(between))) == ast.dump(ast.parse(swapped))


def test_the_values_stay() -> None:
    text, change = outcome(
        extract, "def a(x=3):\n    «b = x + 1»\n    c = b * 2\n    return c\ndef d(a): return -a\n"
    )
    assert isinstance(change, Change)
    assert computed(text) == {"a": 8, "d": -8}
    assert computed(change.apply(text)) == {"b": 4, "a": 8, "d": -8}


def test_what_the_docstring_says_of_a_parameter_goes_with_it() -> None:
    check_change(
        extract,
        '''
        def growth(orders, previous):
            """Growth.

            Args:
                orders: Of the month,
                    all of them.
                previous: Of the month before.
            """
        «    total = sum(orders)
        »
            return total / previous
        ''',
        "Extract node",
        '''
        def total(orders):
            total = sum(orders)
            return total


        def growth(previous, total):
            """Growth.

            Args:
                previous: Of the month before.
            """

            return total / previous
        ''',
    )
