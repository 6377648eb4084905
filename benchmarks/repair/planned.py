"""Cases of our own that are plans: slips in nodes, of which others feel the effect."""

import ast
import random
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from importlib import resources
from types import CodeType
from typing import Any

from benchmarks.repair.cases import Case
from benchmarks.repair.mutations import Slip, slips

_PLANS = ("loans", "recipes", "shifts")
# A plan is run as one program, so that the benchmark knows what it gives without our engine.
_RUN = """
def _dag(outs, **inputs):
    import inspect, case
    known = dict(inputs)
    def get(name):
        if name not in known:
            function = getattr(case, name)
            taken = inspect.signature(function).parameters
            known[name] = function(**{each: get(each) for each in taken})
        return known[name]
    return [get(out) for out in outs]
"""


def seeded_plans(seed: int, most: int) -> list[Case]:
    """Slips drawn by chance, of each plan and kind in turn.

    Args:
        seed: What they are drawn by.
        most: How many; those that let no node fail count too, and are told apart when they are run.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is secret.
    made = [case for name in _PLANS for case in _of_plan(name, chance)]
    chance.shuffle(made)
    kinds = sorted({case.kind for case in made})
    chosen: list[Case] = []
    for _ in range(most):
        for kind in kinds:
            of_kind = next((case for case in made if case.kind == kind), None)
            if of_kind is not None:
                made.remove(of_kind)
                chosen.append(of_kind)
    return chosen[:most]


def _of_plan(name: str, chance: random.Random) -> Iterator[Case]:
    text = resources.files(__package__).joinpath("plans", f"{name}.plan.py").read_text("utf-8")
    nodes = _nodes(text)
    wanted = nodes[-1]
    expected = _value(compile(text, name, "exec"), wanted)
    for number, slip in enumerate(slips(text, frozenset(nodes), chance)):
        if _fails(slip.text, wanted):
            yield Case(
                name=f"{name}/{slip.kind}/{number}",
                kind=slip.kind,
                seeded=True,
                code=slip.text,
                call=f"{_RUN}\n_o = _dag([{wanted!r}])\n",
                check=f"assert repr(_o[0]) == {repr(expected)!r}",
                nodes=(wanted,),
                root_lines=frozenset([_line(text, slip)]),
                root_functions=frozenset([_function(text, slip)]),
            )


def _nodes(text: str) -> Sequence[str]:
    tops = ast.parse(text).body
    names = [top.name for top in tops if isinstance(top, ast.FunctionDef)]
    return [name for name in names if not name.startswith("_")]


def _value(code: CodeType, wanted: str) -> Any:
    """What a node gives when the plan is run as one program."""
    names: dict[str, Any] = {"__name__": "case"}
    with redirect_stdout(None):
        exec(code, names)  # noqa: S102 - one slip in a plan of ours.
        return _made(names, wanted)


def _made(names: dict[str, Any], wanted: str) -> Any:
    """What a node gives, and those before it."""

    def get(name: str) -> Any:
        function = names[name]
        taken = function.__code__.co_varnames[: function.__code__.co_argcount]
        return function(**{each: get(each) for each in taken})

    return get(wanted)


def _fails(text: str, wanted: str) -> bool:
    try:
        _value(compile(text, "plan", "exec"), wanted)
    except Exception:  # noqa: BLE001 - anything that a slip can raise.
        return True
    return False


def _line(text: str, slip: Slip) -> int:
    return text[: slip.span[0]].count("\n") + 1


def _function(text: str, slip: Slip) -> str:
    """The function that the slip is in; outside of all, the module."""
    line = _line(text, slip)
    for top in ast.parse(text).body:
        if isinstance(top, ast.FunctionDef) and top.lineno <= line <= (top.end_lineno or 0):
            return top.name
    return "<module>"
