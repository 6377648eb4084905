"""Many values where one answer is wanted.

Answers ValueError of tables and arrays.

    df[(df.a > 1) and (df.b < 2)]   ->  df[(df.a > 1) & (df.b < 2)]
    df[not df.a.isna()]             ->  df[~df.a.isna()]
    if df:                          ->  if not df.empty:
    if df.a > 1:                    ->  if (df.a > 1).any():
    "yes" if df.a > 1 else "no"     ->  np.where(df.a > 1, "yes", "no")
    df[df.a in names]               ->  df[df.a.isin(names)]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, operand, replaced, together


def candidates(scene: Scene) -> Iterator[Candidate]:
    """One answer for each, or how many of them have to be true."""
    said = scene.said(r"truth value of an? (\w+)")
    yield from _chosen(scene) if said else ()
    yield from _among(scene) if said else ()
    for node in _asked(scene) if said else ():
        match node:
            case ast.BoolOp(op=op, values=values):
                sign = " & " if isinstance(op, ast.And) else " | "
                text = sign.join(operand(scene, value) for value in values)
                yield instead(scene, node, text, SURE if _is_in_lookup(scene, node) else LIKELY)
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                likely = SURE if _is_in_lookup(scene, node) else POSSIBLE
                yield instead(scene, node, f"~{operand(scene, inner)}", likely)
            case _ if said and said[1] == "DataFrame":
                yield instead(scene, node, f"not {operand(scene, node)}.empty", LIKELY)
            case _:
                for how in ("any", "all"):
                    text = f"{operand(scene, node)}.{how}()"
                    yield instead(scene, node, text, POSSIBLE)


def _among(scene: Scene) -> Iterator[Candidate]:
    """Which of a column's values are among others."""
    for node in scene.inside(ast.Compare):
        match node:
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[others]):
                text = f"{operand(scene, left)}.isin({scene.text(others)})"
                text = f"~{text}" if isinstance(op, ast.NotIn) else text
                if scene.kind(left) in {"Series", "Index", None}:
                    yield instead(scene, node, text, SURE)
            case _:
                pass


def _chosen(scene: Scene) -> Iterator[Candidate]:
    """A choice for each of them."""
    for node in scene.around(scene.first, ast.IfExp):
        names = [name for name, home in scene.imported.items() if home == "numpy"]
        module = names[0] if names else "np"
        parts = ", ".join(map(scene.text, (node.test, node.body, node.orelse)))
        text = f"{module}.where({parts})"
        imports = importing(scene, "import numpy as np", module)
        edit = together(scene, *imports, replaced(scene, node, text))
        yield Candidate(f"Write '{text}'", edit, LIKELY)


def _asked(scene: Scene) -> Iterator[ast.expr]:
    """The expressions of which the truth is asked at the place."""
    for node in scene.around(scene.first, ast.AST):
        match node:
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                yield node
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                yield test
            case _:
                pass
    yield from scene.inside(ast.BoolOp)


def _is_in_lookup(scene: Scene, node: ast.AST) -> bool:
    return any(isinstance(each, ast.Subscript) for each in scene.around(node, ast.expr))


RULE = rule("truths", "ValueError", candidates)
