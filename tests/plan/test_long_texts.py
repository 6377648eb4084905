"""Texts that are long in one way only: reading them takes time that grows with their length.

No time is measured: each text is so long that work in its square would not come to an end.
"""

import pytest

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.problems import check

LONG = 100_000


@pytest.mark.parametrize("end", ["def a():\n    return 1\n", "("])
def test_many_decorators(end: str) -> None:
    plan = Plan.from_text("@x\n" * (LONG // 4) + end)
    edited = plan.edited(Span(0, 0), "(")
    assert edited.source.text.startswith("(@x\n@x\n")
    assert check(edited)


def test_a_long_name() -> None:
    name = "é" * LONG
    plan = Plan.from_text(f"def {name}(x=1):\n    return x\n")
    assert plan.node_at(0) == plan.nodes[name]
    assert plan.nodes[name].node.name_span == Span(4, 4 + LONG)


def test_a_long_line_of_wide_characters() -> None:
    plan = Plan.from_text(f"def a():\n    return '{'𐎠' * LONG}'\n\ndef b(a): return a\n")
    assert list(plan.nodes) == ["a", "b"]


def test_many_parameters() -> None:
    count = LONG // 10
    plan = Plan.from_text(f"def a({', '.join(f'p{n}' for n in range(count))}):\n    return 1\n")
    assert len(check(plan)) == 2 * count  # Each is unused, and has no value.


def test_many_misspelt_sections() -> None:
    count = LONG // 10
    sections = "    Timout: 3\n" * count
    plan = Plan.from_text(f'def a():\n    """A.\n\n{sections}    """\n    return 1\n')
    assert len(check(plan)) == count
