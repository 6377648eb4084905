"""No rule stumbles, whatever it is shown: over all slips of the benchmark in its plans.

Nothing is forked here: a slip fails in this process, and rules see what a traceback tells.
"""

import random
import traceback
from difflib import get_close_matches
from importlib import resources
from itertools import islice
from typing import Any

import pytest

from benchmarks.repair.mutations import slips
from codeact_lsp.engine.failures.errors import CodeError, Fact, Frame
from codeact_lsp.plan import Encoding, Plan, Position, Span
from codeact_lsp.repair.proposing import proposed

PLANS = ("loans", "recipes", "shifts")
MOST = 50


@pytest.mark.parametrize("name", PLANS)
def test_each_slip_gets_candidates_that_stand_in_the_text(name: str) -> None:
    file = resources.files("benchmarks.repair").joinpath("plans", f"{name}.plan.py")
    text = file.read_text("utf-8")
    nodes = list(Plan.from_text(text).nodes)
    offered = 0
    made = list(slips(text, frozenset(nodes), random.Random(5)))
    random.Random(5).shuffle(made)
    for slip in islice(made, MOST):
        plan = Plan.from_text(slip.text)
        error = failure(plan, nodes[-1]) if not plan.document.broken else None
        found = proposed(plan, error) if error else []
        offered += bool(found)
        assert all(each.edit.span.end <= len(slip.text) for each in found)
        assert all(0 < each.likely <= 1 for each in found)
    assert offered > MOST / 4


def failure(plan: Plan, wanted: str) -> CodeError | None:
    """How the plan fails when it is run as one program; None if it does not."""
    names: dict[str, Any] = {"__name__": "plan"}

    def get(name: str) -> Any:
        function = names[name]
        taken = function.__code__.co_varnames[: function.__code__.co_argcount]
        return function(**{each: get(each) for each in taken})

    try:
        exec(compile(plan.source.text, "plan", "exec"), names)
        get(wanted)
    except Exception as error:  # noqa: BLE001 - anything that a slip can raise.
        return seen(plan, error)
    return None


def seen(plan: Plan, error: Exception) -> CodeError:
    """What a traceback tells of a failure."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename == "plan"]
    spans = [span(plan, each) for each in frames]
    functions = [each.name for each in frames]
    node = next(
        (name for name in reversed(functions) if name in plan.nodes), next(iter(plan.nodes))
    )
    kind = {NameError: "name", AttributeError: "attribute", KeyError: "key"}.get(type(error))
    name = str(getattr(error, "name", None) or (error.args or ("",))[0])
    fact = Fact(kind, name, tuple(get_close_matches(name, plan.names)), spans[-1]) if kind else None
    told = tuple(Frame(*each) for each in zip(functions, spans, strict=True))
    return CodeError(
        node, type(error).__name__, str(error), "user", spans[-1], None, told, fact=fact
    )


def span(plan: Plan, frame: traceback.FrameSummary) -> Span:
    """Where a frame stands in the text."""
    lines = (frame.lineno or 1, frame.end_lineno or frame.lineno or 1)
    columns = (frame.colno or 0, frame.end_colno or 0)
    start, end = (
        plan.source.offset(Position(line - 1, column), Encoding.UTF8)
        for line, column in zip(lines, columns, strict=True)
    )
    return Span(start, max(start, end))
