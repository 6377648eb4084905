"""Nothing where a mean, a largest, a first or a share was to be had of something.

Answers ZeroDivisionError, StatisticsError, StopIteration, IndexError, TypeError and ValueError.
What then is right, the code does not tell: all of it hides that.

    total / count                ->  total / count if count else 0, stops the crash
    max(values)                  ->  max(values, default=0), stops the crash
    next(x for x in xs if f(x))  ->  next((x for x in xs if f(x)), None), stops the crash
    statistics.mean(values)      ->  statistics.mean(values) if values else 0, stops the crash
    rows.iloc[0]                 ->  rows.iloc[0] if len(rows) else None, stops the crash
    rows[0]                      ->  rows[0] if rows else None, stops the crash
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, operand, replaced, together


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A value for nothing."""
    match scene.failed:
        case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=divisor) as share:
            yield _guarded(scene, share, divisor, "0")
        case ast.Call() as call:
            yield from _of_call(scene, call)
        case ast.Subscript(value=owner, slice=ast.Constant() | ast.UnaryOp()) as item:
            if scene.error.type == "IndexError":
                yield _guarded(scene, item, owner, "None")
        case _:
            return


def _guarded(scene: Scene, node: ast.expr, if_there: ast.expr, default: str) -> Candidate:
    match if_there:
        case ast.Attribute(value=table, attr="iloc"):
            asked = f"len({scene.text(table)})"
        case _:
            asked = operand(scene, if_there)
    text = f"{scene.text(node)} if {asked} else {default}"
    return instead(scene, node, text, GUESS, hides=True)


def _of_call(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    name, given = called(call), arguments(scene, call)
    if scene.error.type == "StopIteration" and name == "next" and len(given) == 1:
        inner = f"({given[0]})" if isinstance(call.args[0], ast.GeneratorExp) else given[0]
        inner = given[0] if given[0].startswith("(") else inner
        yield instead(scene, call, f"next({inner}, None)", GUESS, hides=True)
    elif scene.error.type == "StatisticsError" and given:
        yield _guarded(scene, call, call.args[0], "0")
    elif name in {"max", "min"} and scene.said("empty") and len(given) == 1:
        words = [*(scene.text(word) for word in call.keywords), "default=0"]
        given = [f"({given[0]})"] if _is_bare_generator(scene, call) else given
        yield instead(scene, call, call_of(scene, call, given, words), GUESS, hides=True)
        yield from _all_alike(scene, given[0])
    elif (
        name == "pop" and scene.error.type == "IndexError" and isinstance(call.func, ast.Attribute)
    ):
        yield _guarded(scene, call, call.func.value, "None")


def _all_alike(scene: Scene, values: str) -> Iterator[Candidate]:
    """The largest and the smallest of the same nothing, where both are asked for."""
    alike = [
        call for call in scene.nearby(ast.Call)
        if called(call) in {"max", "min"} and arguments(scene, call) == [values]
    ]  # fmt: skip
    if len(alike) > 1:
        edits = (
            replaced(scene, call, call_of(scene, call, [values, "default=0"])) for call in alike
        )
        title = f"Give {len(alike)} calls 'default=0'"
        yield Candidate(title, together(scene, *edits), GUESS, hides=True)


def _is_bare_generator(scene: Scene, call: ast.Call) -> bool:
    return isinstance(call.args[0], ast.GeneratorExp) and not scene.text(call.args[0]).startswith(
        "("
    )


RULE = rule(
    "empties",
    "ZeroDivisionError StatisticsError StopIteration IndexError TypeError ValueError",
    candidates,
)
