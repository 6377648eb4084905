"""A value where something is wanted that makes one.

Answers TypeError.

    defaultdict(0)                 ->  defaultdict(int)
    defaultdict([])                ->  defaultdict(list)
    defaultdict("none")            ->  defaultdict(lambda: "none")
    field(default_factory=[])      ->  field(default_factory=list)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead

_KINDS = {"0": "int", "0.0": "float", "[]": "list", "{}": "dict", "''": "str", "False": "bool"}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What makes the value."""
    if not scene.said(r"first argument must be callable|object is not callable"):
        return
    for call in scene.nearby(ast.Call):
        match called(call), call.args, call.keywords:
            case "defaultdict", [value, *_], _:
                yield from _made(scene, value)
            case "field", _, [*_, ast.keyword(arg="default_factory", value=value)]:
                yield from _made(scene, value)
            case _:
                pass


def _made(scene: Scene, value: ast.expr) -> Iterator[Candidate]:
    match value:
        case ast.Name() | ast.Attribute() | ast.Lambda():
            return
        case ast.Call(func=ast.Name(id=name), args=[], keywords=[]):
            yield instead(scene, value, name, SURE)
        case _:
            kind = _KINDS.get(ast.unparse(value)) or f"lambda: {scene.text(value)}"
            yield instead(scene, value, kind, SURE)


RULE = rule("factories", "TypeError", candidates)
