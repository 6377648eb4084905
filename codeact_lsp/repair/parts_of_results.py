"""Results that have several parts, and are kept as one: which names their parts have elsewhere."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, SURE, Candidate
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.writing import instead

_MOST = 2
_MARGIN = 0.02


def kept_whole(scene: Scene) -> Iterator[Candidate]:
    """Names for all parts of a result, in the function that failed and in those that called it.

    The names are those that another statement takes such a result apart into, or those by which
    the called function returns the parts.
    """
    for there in (scene, *_callers(scene)) if scene.said(r"\btuple\b") else ():
        for node in there.nearby(ast.Assign):
            match node:
                case ast.Assign(targets=[ast.Name(id=name) as target], value=ast.Call() as call):
                    for names in dict.fromkeys([*_taken_apart(there, name), *_given(there, call)]):
                        if names.split(", ")[0] == name:
                            yield instead(there, target, names, SURE + _MARGIN)
                case _:
                    pass


def _callers(scene: Scene) -> Iterator[Scene]:
    for frame in reversed(scene.error.frames[:-1]):
        yield Scene(scene.plan, scene.error, frame.span)


def _taken_apart(scene: Scene, name: str) -> Iterator[str]:
    """The names of other statements of the function, of which the first is that one."""
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=[first, _, *_]) as target]):
                if scene.text(first) == name:
                    yield ", ".join(map(scene.text, target.elts))
            case _:
                pass


def _given(scene: Scene, call: ast.Call) -> Iterator[str]:
    """The parts that a function of the plan returns, by its own names for them."""
    function = _made(scene, ast.unparse(call.func))
    for node in ast.walk(function) if function else ():
        match node:
            case ast.Return(value=ast.Tuple(elts=[_, _, *_] as parts)):
                if all(isinstance(each, ast.Name) for each in parts):
                    yield ", ".join(map(ast.unparse, parts))
            case _:
                pass


def _made(scene: Scene, name: str) -> Function | None:
    """The function of the plan that is called so."""
    tops = [top for piece in scene.plan.document.pieces for top in piece.tree.body]
    return next((top for top in tops if isinstance(top, FUNCTIONS) and top.name == name), None)


def in_pairs(scene: Scene) -> Iterator[Candidate]:
    """Keys together with what nothing reads yet, where a dictionary is made of keys alone."""
    match scene.failed:
        case ast.Call(func=ast.Name("dict"), args=[ast.Name(id=keys) as given]) as call:
            function = scene.function(call)
        case _:
            return
    if scene.said("dictionary update sequence"):
        idle = [name for name in unread(scene, function) if name != keys] if function else []
        for name in idle[:_MOST]:
            yield instead(scene, given, f"zip({keys}, {name})", SURE)
        yield instead(scene, given, f"enumerate({keys})", POSSIBLE)
