"""Add a missing node: a stub above the node that names it."""

import pytest

from codeact_lsp.plan.edits.add_node import add_node
from tests.plan.edits.drawn import check_change, check_nothing, check_refused


def test_a_parameter_that_nothing_provides_becomes_a_node_of_its_type() -> None:
    check_change(
        add_node,
        """
        import pandas as pd

        # Growth of all regions.
        @keep
        def growth(orders, daily_pri¦ces: pd.DataFrame):
          return 1

        def orders(): ...
        """,
        "Add node 'daily_prices'",
        '''
        import pandas as pd

        def daily_prices() -> pd.DataFrame:
          """Daily prices."""
          raise NotImplementedError

        # Growth of all regions.
        @keep
        def growth(orders, daily_prices: pd.DataFrame):
          return 1

        def orders(): ...
        ''',
    )


@pytest.mark.parametrize("section", ["After: stock, ar¦chive", "Wait: 5 s after ¦archive"])
def test_a_node_that_the_docstring_names_is_added(section: str) -> None:
    check_change(
        add_node,
        f'def stock():\n\t"""{section}"""\n\treturn 1',
        "Add node 'archive'",
        'def archive():\n\t"""Archive."""\n\traise NotImplementedError\n\n\n'
        f'def stock():\n\t"""{section.replace("¦", "")}"""\n\treturn 1',
        newline="\r\n",
    )


def test_a_type_that_is_bound_further_down_is_written_as_a_text() -> None:
    check_change(
        add_node,
        "def a(b¦: list[C]):\n    return b\n\nclass C: ...\n",
        "Add node 'b'",
        'def b() -> "list[C]":\n    """B."""\n    raise NotImplementedError\n\n'
        "def a(b: list[C]):\n    return b\n\nclass C: ...\n",
    )


def test_a_name_that_means_something_else_is_no_node() -> None:
    reason = "'{}' is the name of something else in this plan, or of Python's."
    check_refused(add_node, "import b\ndef a(¦b): return b\n", reason.format("b"))
    check_refused(add_node, "def a(¦sum): return sum\n", reason.format("sum"))


@pytest.mark.parametrize(
    "text",
    [
        "def b(): ...\ndef a(¦b): ...\n",
        "def a(¦b=1): ...\n",
        "def a(¦given): ...\n",
        "def a(*¦b): ...\n",
        "def a(¦_b): ...\n",
        "def b(:\n\ndef a(¦b): ...\n",
        "def ¦a(b): ...\n",
        "def _a(¦b): ...\n",
        "def a(b): return ¦c\n",
    ],
)
def test_what_has_a_value_is_not_missing(text: str) -> None:
    check_nothing(add_node, text, {"given": 1})
