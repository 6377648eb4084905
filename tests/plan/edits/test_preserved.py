"""A refactoring of any plan keeps what its nodes compute, and every byte of its other functions."""

import ast
import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.edits.refactoring import Change, Request
from codeact_lsp.plan.edits.refactorings import REFACTORINGS
from tests.plan.edits.drawn import computed
from tests.plan.hostile import texts

# Values are lists, which code can change in place and share.
_TEXTS = (
    *("[1, 2]", "[*{a}, 3]", "{a} + {b}", "{a}", "[len({a})]", "{a}[:1]", "sorted({a})"),
    *("_twice({a})", "_pair({a}, {b})", "{a} if {b} else [0]", "[x for x in {a}]", "[{a}, {b}]"),
    *(
        "{a}.copy()",
        "_alone(given)",
        "_both(first, given)",
        "[_alone(given), {a}]",
        "{a}.pop()",
        "({a} or {b})",
    ),
)
_STATEMENTS = (
    *("{t} = {e}", "{t} = {e}", "{t} = {e}", "{t} = {e}", "{t}: list = {e}", "{t} += [4]"),
    *("{a}.append(5)", "if {a}:\n        {t} = {e}", "for x in {a}:\n        {t} = [x]"),
    *("if not {a}:\n        return {b}", "# A comment.", "{t} = {e}  # why", "_log({a})"),
)
_HELPERS = (
    "def _twice(a): return [*a, *a]\n\n"
    "def _log(*a): ...\n\n"
    "def _pair(a, b):\n    return [a, b]\n\n"
    "def _grown(a):\n    a.append(9)\n    return a\n\n"
    "def _more(x, y):\n    return [x, _grown(a=y)]\n\n"
    "def _alone(given): return [*given, 8]\n\n"
    "def _both(first, given):\n    made = [first]\n    return made + given\n\n"
)


@st.composite
def plans(draw: st.DrawFn) -> str:
    """A plan of up to four nodes that return lists, and helpers."""
    written = [_HELPERS]
    nodes: list[str] = []
    for name in ("first", "second", "third", "fourth")[: draw(st.integers(2, 4))]:
        known = [*nodes, "given", "a", "b"]
        taken = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
        written.append(_function(draw, name, taken))
        nodes.append(name)
    return "\n".join(written)


def _function(draw: st.DrawFn, name: str, taken: list[str]) -> str:
    known = list(taken)
    # A helper is called with its own parameters only where the node has them.
    fit = [
        text for text in _TEXTS if {"first", "given"} & set(re.findall(r"\w+", text)) <= {*taken}
    ]
    lines = []
    for _ in range(draw(st.integers(0, 4))):
        shape = draw(st.sampled_from(_STATEMENTS)).replace("{e}", draw(st.sampled_from(fit)))
        target = draw(st.sampled_from(["kept", "made", *taken]))
        lines.append(_filled(draw, shape, known).replace("{t}", target))
        if shape.startswith("{t}") and "+=" not in shape:
            known.append(target)
    lines.append("return " + _filled(draw, draw(st.sampled_from(fit)), known))
    heading = draw(st.sampled_from(('    """Text."""\n', "    # Text.\n", "")))
    return f"def {name}({', '.join(taken)}):\n{heading}" + "".join(f"    {x}\n" for x in lines)


def _filled(draw: st.DrawFn, shape: str, values: list[str]) -> str:
    for hole in ("{a}", "{b}"):
        while hole in shape:
            shape = shape.replace(hole, draw(st.sampled_from(values)), 1)
    return shape


def places(text: str) -> Iterator[Span]:
    """Carets, and selections of statements and expressions."""
    plan = Plan.from_text(text)
    for piece, start in zip(plan.document.pieces, plan.document.starts, strict=True):
        for part in ast.walk(piece.tree):
            if isinstance(part, ast.stmt | ast.expr | ast.arg):
                span = piece.span(part).shifted(start)
                yield span
                yield Span(span.start, span.start)
            if isinstance(part, ast.FunctionDef):
                name = text.index(part.name, start)
                yield Span(name, name)
                body = [piece.span(each).shifted(start) for each in part.body]
                yield from (Span(one.start, two.end) for one in body for two in body if one < two)


@settings(max_examples=60)
@given(plans(), st.data())
def test_what_nodes_compute_stays(text: str, data: st.DataObject) -> None:
    given_values = {"given": [7], "a": [1], "b": []}
    before = computed(text, given_values)
    plan = Plan.from_text(text)
    for span in data.draw(st.sets(st.sampled_from(sorted(set(places(text)))), max_size=12)):
        for refactoring in REFACTORINGS.values():
            change = refactoring.find(Request(plan, span, given_values))
            if isinstance(change, Change) and refactoring.name != "add-node":
                check_kept(text, change, before)


def check_kept(text: str, change: Change, before: dict[str, object]) -> None:
    after = change.apply(text)
    values = computed(after, {"given": [7], "a": [1], "b": []})
    kept = before.keys() & values.keys()
    assert {name: values[name] for name in kept} == {name: before[name] for name in kept}, after
    assert len(before.keys() - values.keys()) <= 1
    check_elsewhere(text, after, change)


def check_elsewhere(text: str, after: str, change: Change) -> None:
    """All functions that no edit touches are as they were."""
    old, new = Plan.from_text(text), Plan.from_text(after)
    touched = {old.document.piece_at(edit.span.start) for edit in change.edits}
    touched |= {old.document.piece_at(edit.span.end) for edit in change.edits}
    texts_after = {piece.code for piece in new.document.pieces}
    for index, piece in enumerate(old.document.pieces):
        assert index in touched or piece.code in texts_after


@settings(max_examples=100)
@given(texts() | plans(), st.integers(0, 400), st.integers(0, 60))
def test_no_text_is_too_odd(text: str, start: int, length: int) -> None:
    start = start % (len(text) + 1)
    plan = Plan.from_text(text)
    faults = sum(piece.issue is not None for piece in plan.document.pieces)
    for refactoring in REFACTORINGS.values():
        span = Span(start, min(start + length, len(text)))
        change = refactoring.find(Request(plan, span, {"f": 1, "x": []}))
        if isinstance(change, Change):
            edited = Plan.from_text(change.apply(text))
            assert sum(piece.issue is not None for piece in edited.document.pieces) <= faults
