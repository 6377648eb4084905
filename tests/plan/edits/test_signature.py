"""Parameters come and go; the list keeps its layout and its comments."""

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.signature import Signature, parameters_edit


def changed(parameters: str, drop: str = "", add: str = "") -> str:
    """What the list reads without `drop` and with `add`, each names separated by blanks."""
    text = f"def node({parameters}): ..."
    plan = Plan.from_text(text)
    function = Function.at(plan, 0)
    assert function is not None
    assert Signature.of(function).render() == parameters
    for edit in parameters_edit(function, drop.split(), add.split()):
        text = edit.apply(text)
    return text.removeprefix("def node(").removesuffix("): ...")


@pytest.mark.parametrize(
    ("parameters", "drop", "add", "expected"),
    [
        ("", "", "x", "x"),
        ("a", "a", "", ""),
        ("a", "a", "x", "x"),
        ("a, b", "a", "", "b"),
        ("a, b,", "b", "x", "a, x,"),
        ("a , b", "", "x", "a , b, x"),
        ("a, b=1, *, c", "", "x y=2", "a, x, b=1, y=2, *, c"),
        ("a, *, b", "b", "", "a"),
        ("*, b", "b", "x", "x"),
        ("a=1, **more", "", "x", "x, a=1, **more"),
        ("a=(1, 2), b=lambda x, y: (x), c='#,'", "b", "x", "x, a=(1, 2), c='#,'"),
        ("a: dict[str, int] = {'a': 1, 'b': 2}, b=(')')", "a", "", "b=(')')"),
        ("\n    a,  # one\n    b,  # two\n", "a", "x", "\n    b,  # two\n    x,\n"),
        ("\n    a,\n    # two\n    b  # 2\n", "", "x", "\n    a,\n    # two\n    b,  # 2\n    x\n"),
        ("a,\n         b", "a", "", "b"),
        ("a,\r\n\tb", "", "x", "a,\r\n\tb,\r\n\tx"),
        ("a, /, b=1", "", "x", "a, /, x, b=1"),
        ("a, /, *, b=1", "a", "", "*, b=1"),
        ("ﬁ, b", "fi", "", "b"),
    ],
)
def test_a_list_is_changed_in_place(parameters: str, drop: str, add: str, expected: str) -> None:
    assert changed(parameters, drop, add) == expected
