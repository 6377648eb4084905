"""A variable that is read above the line that makes it.

Answers NameError and UnboundLocalError; and what else comes of a value that is made anew only then.

    rows["share"] = rows["n"] / total     ->  total = rows["n"].sum()
    total = rows["n"].sum()                   rows["share"] = rows["n"] / total
    end = len(text)                       ->  text = text.strip()
    text = text.strip()                       end = len(text)
"""

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.names import idle_parameters
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import line_before, together

_MOST = 2
_MARGIN = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To make it first, if it rests on nothing that is made in between."""
    if scene.error.type not in {"NameError", "UnboundLocalError"}:
        yield from _made_anew(scene)
        return
    said, function = scene.said(r"'(\w+)'"), scene.function(scene.first)
    is_other = bool(function and idle_parameters(scene, function))
    for body in _blocks(scene) if said else ():
        failing = next((at for at, each in enumerate(body) if _holds(scene, each)), len(body))
        for at, made in enumerate(body[failing + 1 :], failing + 1):
            if said and said[1] in _stored([made]) and isinstance(made, ast.Assign):
                if not _read(made) & {*_stored(body[failing:at]), said[1]}:
                    first = _first(scene, body[failing], made)
                    # Another may be meant: one that the function takes for nothing.
                    yield replace(first, likely=POSSIBLE) if is_other else first
                break


def _made_anew(scene: Scene) -> Iterator[Candidate]:
    """Two statements above the place in the other order, of which one makes anew what one reads."""
    names = {node.id for node in scene.inside(ast.Name)}
    for body in _blocks(scene):
        above = [each for each in body if scene.span(each).end <= scene.place.start]
        for reader, made in list(pairwise(above))[-_MOST:]:
            anew = _stored([made]) & _read(reader)
            is_apart = not _read(made) & _stored([reader])
            if anew and is_apart and isinstance(made, ast.Assign) and names & _stored([reader]):
                # Where the place reads both, they hardly were meant to be of different times.
                likely = LIKELY + _MARGIN if anew & names else POSSIBLE
                yield replace(_first(scene, reader, made), likely=likely)


def _blocks(scene: Scene) -> Iterator[list[ast.stmt]]:
    for each in scene.around(scene.first, ast.stmt):
        yield getattr(each, "body", [])


def _holds(scene: Scene, statement: ast.stmt) -> bool:
    span = scene.span(statement)
    return span.start <= scene.place.start and scene.place.end <= span.end


def _stored(statements: list[ast.stmt]) -> set[str]:
    nodes = [node for each in statements for node in ast.walk(each) if isinstance(node, ast.Name)]
    return {node.id for node in nodes if isinstance(node.ctx, ast.Store)}


def _read(statement: ast.stmt) -> set[str]:
    nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
    return {node.id for node in nodes if isinstance(node.ctx, ast.Load)}


def _first(scene: Scene, reader: ast.stmt, made: ast.Assign) -> Candidate:
    text, span = scene.plan.source.text, scene.span(made)
    start = text.rfind("\n", 0, span.start)
    away = TextEdit(Span(start, span.end), "")
    title = f"Make '{ast.unparse(made.targets[0])}' first"
    edit = together(scene, line_before(scene, reader, scene.text(made)), away)
    return Candidate(title, edit, SURE)


RULE = rule(
    "made-later",
    "NameError UnboundLocalError IndexError KeyError TypeError ValueError AttributeError",
    candidates,
)
