"""Validity keys after edits are those of a plan that was read afresh, in an order of its own."""

from hypothesis import given, settings

from codeact_lsp.engine.reuse.validity import Validity
from codeact_lsp.plan import Plan, Span
from tests.plan.hostile import Edit, edits, programs

CHAIN = """
def low(text: str): return text

def middle(low):
    \"\"\"Middle.

    After: other
    \"\"\"
    return low

def high(middle): return middle

def other(): return 1
"""


@settings(max_examples=150)
@given(programs(), edits())
def test_keys_after_edits_are_those_of_a_fresh_plan(text: str, made: list[Edit]) -> None:
    plan = Plan.from_text(text)
    inputs = {"a": 1, "text": "x"}
    valid = Validity.of(plan, inputs)
    for edit in made:
        span, new = edit.on(text)
        plan, text = plan.edited(span, new), text[: span.start] + new + text[span.end :]
        valid = valid.edited(plan, inputs)
        fresh = Validity.of(Plan.from_text(text), inputs)
        assert valid.keys == fresh.keys
        assert [*valid.keys] == [*fresh.keys]


def _concerned(old: str, new: str) -> set[str]:
    """The nodes whose keys an edit changes."""
    before = Validity.of(Plan.from_text(CHAIN), {})
    start = CHAIN.index(old)
    after = before.edited(before.plan.edited(Span(start, start + len(old)), new), {})
    assert after.keys == Validity.of(after.plan, {}).keys
    both = before.keys.keys() | after.keys.keys()
    return {name for name in both if before.keys.get(name) != after.keys.get(name)}


def test_an_edit_concerns_a_node_and_all_that_follows() -> None:
    assert _concerned("return low", "return 2 * low") == {"middle", "high"}
    assert _concerned("return middle", "return 2 * middle") == {"high"}


def test_a_tie_that_only_the_docstring_tells_of_counts() -> None:
    assert _concerned("    After: other\n", "") == {"middle", "high"}


def test_a_node_that_goes_concerns_those_that_were_tied_to_it() -> None:
    assert _concerned("\ndef other(): return 1\n", "") == {"middle", "high", "other"}


def test_other_inputs_concern_those_that_take_them() -> None:
    plan = Plan.from_text(CHAIN)
    before = Validity.of(plan, {"text": "x"})
    after = before.edited(plan, {"text": "y"})
    changed = {name for name, key in after.keys.items() if before.keys[name] != key}
    assert changed == {"low", "middle", "high"}
    assert before.edited(plan, {"text": "x"}).keys == before.keys
