"""A first node for which a list or tree has no place yet, as it is nothing.

Answers AttributeError.

    node = Node(value)                ->  node = Node(value)
    current = self.head                   if self.head is None:
    while current.next: ...                   self.head = node
    current.next = node                       return
                                          current = self.head
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import line_before


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To begin with the new one."""
    function = scene.function(scene.first)
    if function is None or not scene.said("'NoneType' object has no attribute"):
        return
    for begun in function.body:
        match begun:
            case ast.Assign(
                targets=[ast.Name(id=current)],
                value=ast.Attribute(value=ast.Name(id=owner)) as head,
            ):
                node = _added_last(function, current)
                if node and function.args.args and owner == function.args.args[0].arg:
                    yield _first(scene, function, begun, ast.unparse(head), node)
            case _:
                pass


def _added_last(function: Function, current: str) -> str:
    """The new node, where the function ends with hanging it on the last one."""
    match function.body[-1]:
        case ast.Assign(
            targets=[ast.Attribute(value=ast.Name(id=last))], value=ast.Name(id=node)
        ) if last == current:
            return node
        case _:
            return ""


def _first(scene: Scene, function: Function, begun: ast.stmt, head: str, node: str) -> Candidate:
    inner = " " * (2 * function.body[0].col_offset - function.col_offset)
    lines = f"if {head} is None:\n{inner}{head} = {node}\n{inner}return"
    edit = line_before(scene, begun, lines)
    return Candidate(f"Begin with '{head} = {node}'", edit, LIKELY)


RULE = rule("first-nodes", "AttributeError", candidates)
