"""Add an annotation whose type is known."""

import pytest

from codeact_lsp.plan.edits.annotate import annotate
from tests.plan.edits.drawn import check_change, check_nothing


@pytest.mark.parametrize(
    ("parameter", "annotated"),
    [
        ("or¦ders", "orders: pd.DataFrame"),
        ("¦orders=None", "orders: pd.DataFrame = None"),
        ("orders¦ = None", "orders: pd.DataFrame = None"),
        ("x, /, ord¦ers,  # all\n  y", "x, /, orders: pd.DataFrame,  # all\n  y"),
    ],
)
def test_a_parameter_gets_the_type_of_the_node_it_takes(parameter: str, annotated: str) -> None:
    nodes = "import pandas as pd\ndef orders() -> pd.DataFrame: ...\ndef é𐎠({}): ...\n"
    title = "Annotate 'orders' with 'pd.DataFrame'"
    check_change(annotate, nodes.format(parameter), title, nodes.format(annotated))


def test_a_type_that_is_bound_further_down_is_written_as_a_text() -> None:
    check_change(
        annotate,
        "def a(¦b): ...\nclass C: ...\ndef b() -> list[C]: ...\n",
        "Annotate 'b' with '\"list[C]\"'",
        'def a(b: "list[C]"): ...\nclass C: ...\ndef b() -> list[C]: ...\n',
    )


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "bool"),
        (1.5, "float"),
        ("x", "str"),
        ([1, 2], "list[int]"),
        ([1, "x"], "list"),
        ({"a": [1]}, "dict[str, list[int]]"),
        ([], "list"),
    ],
)
def test_an_input_gets_the_type_of_its_value(value: object, kind: str) -> None:
    title = f"Annotate 'rate' with '{kind}'"
    given = {"rate": value}
    check_change(annotate, "def a(r¦ate): ...", title, f"def a(rate: {kind}): ...", inputs=given)


def test_a_node_gets_the_type_of_all_that_it_returns() -> None:
    check_change(
        annotate,
        """
        async def si¦ze(orders, limit=")",  # )
            ):  # )
            if not orders:
                return 0
            return len(orders)
        """,
        "Annotate the value of 'size' with 'int'",
        """
        async def size(orders, limit=")",  # )
            ) -> int:  # )
            if not orders:
                return 0
            return len(orders)
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def ¦a(b) -> int: return 1\n",
        "def ¦a(b):\n    if b:\n        return 1\n",
        "def ¦a(b):\n    if b:\n        return 'x'\n    return 1\n",
        "def ¦a(b): return f(b)\n",
        "def ¦a(len): return len('x')\n",
        "def ¦a(b):\n    yield 1\n    return 1\n",
        "def a(¦b: int): ...\ndef b() -> int: ...\n",
        "def a(¦b): ...\ndef b(): ...\n",
        "def a(¦b): ...\n",
        "def a(b): return ¦b\n",
        "def _a(¦b): ...\ndef b() -> int: ...\n",
    ],
)
def test_what_is_not_known_for_certain_is_not_said(text: str) -> None:
    check_nothing(annotate, text)


def test_a_date_is_not_annotated_with_what_may_not_be_imported() -> None:
    check_nothing(annotate, "def a(¦b): ...\n", {"b": object()})
