"""A result that is kept although there is none: the method changes its object in place.

Answers failures about None. A method that returns None is one of those that Python documents so;
one that is told `inplace=True` says it itself.

    lines = lines.append(line)            ->  lines.append(line)
    ordered = rows.sort()                 ->  rows.sort(); ordered = rows
    table = table.dropna(inplace=True)    ->  table = table.dropna(inplace=False)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, line_before, replaced, together

IN_PLACE = frozenset(
    [
        "add",
        "append",
        "clear",
        "discard",
        "extend",
        "insert",
        "remove",
        "reverse",
        "shuffle",
        "sort",
        "update",
    ]
)
"""Methods that change their object and return None."""


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To keep the object as it is called."""
    if not scene.said("NoneType"):
        return
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=owner, attr=method)) as call,
            ) if method in IN_PLACE:
                yield _without_result(scene, node, call, name == ast.unparse(owner))
            case ast.Assign(value=ast.Call(keywords=[*_, ast.keyword(arg="inplace") as word])):
                title = "Write 'inplace=False'"
                yield instead(scene, word.value, "False", SURE, title)
            case _:
                pass


def _without_result(
    scene: Scene,
    node: ast.Assign,
    call: ast.Call,
    same: bool,  # noqa: FBT001 - the two ways to write it share all else.
) -> Candidate:
    text = scene.text(call)
    if same:
        return instead(scene, node, text, SURE, f"Write '{text}' alone")
    owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    edit = together(scene, line_before(scene, node, text), replaced(scene, call, scene.text(owner)))
    return Candidate(f"Write '{text}' on a line of its own", edit, LIKELY)


RULE = rule("in-place", "AttributeError TypeError", candidates)
