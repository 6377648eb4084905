"""A function that is to be given each row of a table, and is given its columns, or names of them.

Answers KeyError, AttributeError, TypeError, ValueError and their kinds of pandas.

    table.apply(lambda row: row["n"] * 2)   ->  table.apply(lambda row: row["n"] * 2, axis=1)
    for i, row in table:                    ->  for i, row in table.iterrows():
    for row in table: row["n"]              ->  for _, row in table.iterrows(): row["n"]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, call_of, instead, operand, replaced, together

_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Row by row."""
    for there in (scene, *_callers(scene)):
        for call in there.around(there.first, ast.Call):
            yield from _by_rows(there, call)
    for loop in scene.loops:
        if isinstance(loop.iter, ast.Name) and _may_be_table(scene, loop.iter):
            yield from _through_rows(scene, loop)


def _may_be_table(scene: Scene, node: ast.expr) -> bool:
    kind = scene.kind(node)
    return kind == "DataFrame" or (kind is None and "pandas" in scene.imported.values())


def _callers(scene: Scene) -> Iterator[Scene]:
    for frame in scene.error.frames[-_PAIR - 1 : -1]:
        yield Scene(scene.plan, scene.error, frame.span)


def _by_rows(there: Scene, call: ast.Call) -> Iterator[Candidate]:
    has_axis = any(word.arg == "axis" for word in call.keywords) or len(call.args) >= _PAIR
    is_applied = isinstance(call.func, ast.Attribute) and call.func.attr in {"apply", "agg"}
    if is_applied and call.args and not has_axis:
        words = [*map(there.text, call.keywords), "axis=1"]
        text = call_of(there, call, arguments(there, call), words)
        yield instead(there, call, text, SURE, "Go through the rows, by 'axis=1'")


def _through_rows(scene: Scene, loop: ast.For | ast.comprehension) -> Iterator[Candidate]:
    text = f"{operand(scene, loop.iter)}.iterrows()"
    match loop.target:
        case ast.Tuple(elts=[_, _]):
            yield instead(scene, loop.iter, text, SURE)
        case ast.Name(id=row):
            edits = (replaced(scene, loop.target, f"_, {row}"), replaced(scene, loop.iter, text))
            yield Candidate(f"Write '{text}'", together(scene, *edits), LIKELY + 0.05)
        case _:
            return


RULE = rule("row-wise", "KeyError AttributeError TypeError ValueError IndexingError", candidates)
