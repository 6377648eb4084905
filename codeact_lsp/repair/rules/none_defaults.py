"""A parameter that is nothing unless it is given, and is filled or gone through all the same.

Answers TypeError and AttributeError of None.

    def __init__(self, rows=None): self.rows = rows   ->  self.rows = rows or []
    def walk(node, found=None): found.append(node)    ->  if found is None: found = [], before it
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import instead, line_before

_OF_METHODS = {
    "append": "[]", "extend": "[]", "insert": "[]", "add": "set()", "update": "{}", "items": "{}",
    "keys": "{}", "values": "{}", "setdefault": "{}", "get": "{}",
}  # fmt: skip
_SURE = LIKELY + 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Something to begin with."""
    match scene.failed:
        case ast.Attribute(value=owner, attr=method) if scene.said("'NoneType' object has no"):
            beginning = _OF_METHODS.get(method, "")
        case ast.Subscript(value=owner, ctx=ast.Store()) if scene.said("'NoneType' object does"):
            beginning = "{}"
        case ast.Compare(comparators=[owner]) if scene.said("argument of type 'NoneType'"):
            beginning = "[]"
        case _:
            return
    if beginning and isinstance(owner, ast.Attribute):
        yield from _kept(scene, owner.attr, beginning)
    elif beginning and isinstance(owner, ast.Name):
        yield from _given(scene, owner.id, beginning)


def _kept(scene: Scene, attribute: str, beginning: str) -> Iterator[Candidate]:
    """Where an object keeps what it was given."""
    for there, node in scene.everywhere(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name("self"), attr=kept)],
                value=ast.Name(id=name) as value,
            ) if kept == attribute and name in _optional(there.function(node)):
                yield instead(there, value, f"{name} or {beginning}", _SURE)
            case _:
                pass


def _given(scene: Scene, name: str, beginning: str) -> Iterator[Candidate]:
    function = scene.function(scene.first)
    if function is None or name not in _optional(function):
        return
    margin = function.body[0].col_offset
    line = f"if {name} is None:\n{' ' * (2 * margin - function.col_offset)}{name} = {beginning}"
    head = function.body[0]
    is_doc = isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant)
    first = function.body[1] if is_doc and function.body[1:] else head
    yield Candidate(f"Begin with '{name} = {beginning}'", line_before(scene, first, line), _SURE)


def _optional(function: Function | None) -> set[str]:
    """The parameters that are nothing unless they are given."""
    if function is None:
        return set()
    args = function.args
    named = [*args.posonlyargs, *args.args]
    pairs = [
        *zip(named[len(named) - len(args.defaults) :], args.defaults, strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    return {
        each.arg for each, value in pairs if isinstance(value, ast.Constant) and value.value is None
    }


RULE = rule("none-defaults", "TypeError AttributeError", candidates)
