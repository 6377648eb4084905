"""What the docstrings of a plan say that stands for what is not there."""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.scene import FUNCTIONS, Scene

_QUOTED = re.compile(r"'([^'\n]{1,30})'|\"([^\"\n]{1,30})\"|`([^`\n]{1,30})`")
_COUNTED = re.compile(r"(?:counts?|taken|treated|read|shown) as (nan|NaN|0|zero)\b")
_NUMBERS = {"nan": 'float("nan")', "0": "0", "zero": "0"}


def told_stand_in(scene: Scene, kind: str) -> str:
    """A value that a docstring names, and that no code makes yet; nothing if none does.

    Args:
        scene: Where something is missing.
        kind: The name of the type that it has to be of; nothing if that is not known.
    """
    docs = list(dict.fromkeys(_docs(scene)))
    if kind in {"int", "float"}:
        found = next((found for doc in docs if (found := _COUNTED.search(doc))), None)
        return _NUMBERS[found[1].lower()] if found else ""
    if kind not in {"str", ""}:
        return ""
    known = set(_known(scene))
    words = (word for doc in docs for found in _QUOTED.findall(doc) for word in found if word)
    new = next((word for word in words if word not in known and "\\" not in word), "")
    return f'"{new}"' if new and '"' not in new else ""


def _docs(scene: Scene) -> Iterator[str]:
    """The docstrings of the function that failed, and of those that led there."""
    places = [scene, *(Scene(scene.plan, scene.error, each.span) for each in scene.error.frames)]
    for there in places:
        for function in there.around(there.first, ast.stmt):
            if isinstance(function, FUNCTIONS):
                yield ast.get_docstring(function) or ""


def _known(scene: Scene) -> Iterator[str]:
    """The texts and names of the plan: what is quoted of these tells of something else."""
    for piece in scene.plan.document.pieces:
        docs = {id(_docstring(node)) for node in ast.walk(piece.tree)}
        for node in ast.walk(piece.tree):
            match node:
                case ast.Constant(value=str(text)) if id(node) not in docs:
                    yield text
                case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                    yield name
                case _:
                    pass


def _docstring(node: ast.AST) -> ast.AST | None:
    match node:
        case (
            ast.FunctionDef(body=[ast.Expr(value=text), *_])
            | ast.AsyncFunctionDef(body=[ast.Expr(value=text), *_])
        ):
            return text
        case _:
            return None
