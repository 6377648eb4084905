"""What people read when the value of a node does not fit."""

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.annotations import edge_mismatch, names_of


def reason(text: str) -> str | None:
    """Why parameter `a` of node `b` does not take the value of node `a`."""
    plan = Plan.from_text(text)
    (parameter,) = plan.nodes["b"].node.parameters
    return edge_mismatch(plan.nodes["a"].node, parameter, names_of(plan.document.pieces))


@pytest.mark.parametrize(
    ("returned", "wanted", "expected"),
    [
        ("dict[str, int]", "list[int]", "'dict[str, int]' is no 'list[int]'"),
        ("None", "int", "None is no 'int'"),
        ("int | None", "float", "'int | None' may be None, which is no 'float'"),
        ("int | str | None", "int", "'int | str | None' is no 'int'"),
        (
            "list[int]",
            "list[float]",
            (
                "'list[int]' is no 'list[float]': "
                "its contents must match exactly, but 'Sequence' would do"
            ),
        ),
        (
            "dict[str, bool]",
            "dict[str, int]",
            (
                "'dict[str, bool]' is no 'dict[str, int]': "
                "its contents must match exactly, but 'Mapping' would do"
            ),
        ),
        ("list[int]", "list[str]", "'list[int]' is no 'list[str]'"),
        ("dict[\n        str,\n        int]", "int", "'dict[ str, int]' is no 'int'"),
        (f"'list[{'list[int],' * 20}]'", "int", f"'list[{'list[int],' * 7}list…' is no 'int'"),
    ],
)
def test_the_reason_names_both_types(returned: str, wanted: str, expected: str) -> None:
    assert reason(f"def a() -> {returned}: ...\ndef b(a: {wanted}): ...\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "def a(): ...\ndef b(a: int): ...",
        "def a() -> str: ...\ndef b(a): ...",
        "@cached\ndef a() -> str: ...\ndef b(a: int): ...",
        "def a() -> str:\n    yield ''\ndef b(a: int): ...",
        "def a() -> str: ...\ndef b(*a: int): ...",
        "async def a() -> int: ...\ndef b(a: int): ...",
        "def a() -> int | None: ...\ndef b(a: int = None): ...",
    ],
)
def test_what_is_not_annotated_or_not_for_sure_fits(text: str) -> None:
    assert reason(text) is None


def test_a_default_of_none_allows_none_and_no_more() -> None:
    text = "def a() -> str | None: ...\ndef b(a: int = None): ...\n"
    assert reason(text) == "'str | None' is no 'int'"


def test_the_awaited_value_is_what_flows() -> None:
    text = "async def a() -> str: ...\nasync def b(a: int): ...\n"
    assert reason(text) == "'str' is no 'int'"
