"""Convert a helper to a node, and a node to a helper."""

import pytest

from codeact_lsp.plan.edits.convert_helper import convert_helper_to_node, convert_node_to_helper
from tests.plan.edits.drawn import check_change, check_nothing, check_refused


def test_a_helper_becomes_a_node_that_its_callers_take() -> None:
    check_change(
        convert_helper_to_node,
        '''
        def orders(): return [1, 2]

        @keep
        def _tot¦als(orders, rate=1):
            """In EUR."""
            return sum(orders) * rate

        def growth(
            orders,  # this month's
            previous,
            rate=1,
        ):
            return _totals(orders, rate=rate) / previous

        def shares(title, orders: list, *, rate=1):
            whole = _totals(orders, rate)
            return title, [each / whole for each in orders]
        ''',
        "Convert helper '_totals' to a node",
        '''
        def orders(): return [1, 2]

        @keep
        def totals(orders, rate=1):
            """In EUR."""
            return sum(orders) * rate

        def growth(
            previous,
            totals,
        ):
            return totals / previous

        def shares(title, orders: list, totals):
            whole = totals
            return title, [each / whole for each in orders]
        ''',
    )


def test_a_helper_that_is_awaited_is_awaited_no_more() -> None:
    check_change(
        convert_helper_to_node,
        "async def _pa¦ge(url): return url\nasync def a(url): return (await _page(url)).text\n",
        "Convert helper '_page' to a node",
        "async def page(url): return url\nasync def a(page): return (page).text\n",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def ¦_f(x): return x\n", "No node calls it."),
        (
            "def ¦_f(x): return x\ndef a(y, x): return _f(y)\n",
            (
                "'a' does not call it with its own 'x', which a node of that name, or an input, "
                "would have to be."
            ),
        ),
        (
            "def ¦_f(x): return x\ndef _g(x): return _f(x)\ndef a(x): return x\n",
            "'_g' refers to '_f', and only the bodies of nodes can take a node's value.",
        ),
        (
            "def ¦_f(x): return x\ny = _f\ndef a(x): return x\n",
            (
                "A statement of the module refers to '_f', and only the bodies of nodes can take a "
                "node's value."
            ),
        ),
        (
            "def ¦_f(x): return x\ndef a(x): return map(_f, x)\n",
            "'a' does not call it, but refers to it.",
        ),
        (
            "def ¦_f(x): return x\ndef a(x): return _f(x), _f(x)\n",
            "'a' calls it more than once, and gets a new value each time.",
        ),
        (
            "def ¦_f(x): return x\ndef a(x): return x and _f(x)\n",
            "The expression is not evaluated exactly once each time the node runs.",
        ),
        (
            "def ¦_f(x):\n    x.sort()\n    return x\ndef a(x): return _f(x), x\n",
            "'x' is changed in place, which only code in the same node sees.",
        ),
        (
            "def ¦_f(x=1): return x\ndef a(x): return _f(x)\n",
            "The input 'x' has another default in 'a' than in '_f'.",
        ),
        (
            "def ¦_f(x): return x\ndef a(x):\n    'After: b'\n    return _f(x)\n",
            "The docstring of 'a' says 'After:', which would not hold for the new node.",
        ),
        ("def ¦_f(x): yield x\ndef a(x): return _f(x)\n", "It is a generator."),
        (
            "def ¦_f(x): return (y for y in x)\ndef a(x): return sum(_f(x))\n",
            "It makes a generator, which cannot be the value of a node.",
        ),
        ("async def ¦_f(x): return x\nasync def a(x): return _f(x)\n", "'a' does not await it."),
        (
            "def ¦_f(x):\n    'After: b'\n    return x\ndef a(x): return _f(x)\n",
            "Its docstring says 'After:', which would be lost.",
        ),
        (
            "def ¦_f(x): return x\ndef a(x):\n    x = 2\n    return _f(x)\n",
            "'a' gives 'x' another value.",
        ),
    ],
)
def test_a_helper_that_is_more_than_a_node_is_refused(text: str, reason: str) -> None:
    check_refused(convert_helper_to_node, text, reason)


def test_a_node_becomes_a_helper_of_the_one_that_takes_it() -> None:
    check_change(
        convert_node_to_helper,
        '''
        @keep
        def tot¦als(orders: list, *, rate=1):
            """In EUR."""
            return sum(orders) * rate

        def growth(totals, previous):
            """Growth."""
            if previous:
                return totals / previous
            return totals
        ''',
        "Convert node 'totals' to a helper",
        '''
        @keep
        def _totals(orders: list, *, rate=1):
            """In EUR."""
            return sum(orders) * rate

        def growth(previous, orders: list, rate=1):
            """Growth."""
            totals = _totals(orders, rate=rate)
            if previous:
                return totals / previous
            return totals
        ''',
    )


def test_a_node_that_is_read_once_is_called_there() -> None:
    check_change(
        convert_node_to_helper,
        "async def ¦a(x): return x\nasync def b(a): return a.y\n",
        "Convert node 'a' to a helper",
        "async def _a(x): return x\nasync def b(x): return (await _a(x)).y\n",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "def ¦a(x): return x\ndef b(a): return a\ndef c(a): return a\n",
            "Several nodes take its value: 'b', 'c'.",
        ),
        (
            "def ¦a(x):\n    'Cache: off'\n    return x\ndef b(a): return a\n",
            "Its docstring says 'Cache:', which would be lost.",
        ),
        ("def ¦a(x): return x\ndef _a(): ...\ndef b(a): return a\n", "There is a '_a' already."),
        (
            "def ¦a(x): return x\ndef b(a, x):\n    x = 1\n    return a, x\n",
            "'b' gives 'x' another value.",
        ),
        (
            "def ¦a(x): return x\ndef b(a, x):\n    x.pop()\n    return a, x\n",
            "'x' is changed in place, which only code in the same node sees.",
        ),
        (
            "def ¦a(*x): return x\ndef b(a): return a\n",
            "It takes '*args', '**kwargs' or positional-only parameters.",
        ),
    ],
)
def test_a_node_that_is_more_than_a_helper_is_refused(text: str, reason: str) -> None:
    check_refused(convert_node_to_helper, text, reason)


@pytest.mark.parametrize("text", ["def a(x): return ¦x\n", "def ¦__a(x): return x\n", "x = ¦1\n"])
def test_elsewhere_there_is_nothing_to_convert(text: str) -> None:
    check_nothing(convert_helper_to_node, text)
    check_nothing(convert_node_to_helper, text)
