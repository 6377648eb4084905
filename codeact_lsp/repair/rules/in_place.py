"""A result that is kept although there is none: the method changes its object in place.

Answers failures about None, and about a variable that has no value yet. A method that returns None
is one of those that Python documents so; one that is told `inplace=True` says it itself.

    lines = lines.append(line)            ->  lines.append(line)
    ordered = rows.sort()                 ->  rows.sort(); ordered = rows
    both = one.copy().update(other)       ->  both = one.copy(); both.update(other)
    table = table.dropna(inplace=True)    ->  table = table.dropna(inplace=False)
    lines = lines.append(x); "".join(lines)  ->  lines.append(x)
    table[k] = table[k].append(x)         ->  table[k].append(x)
    table = table.setdefault(k, 0); table[k] += 1  ->  table.setdefault(k, 0)
    table[k] = table.get(k, []).append(x) ->  table.setdefault(k, []).append(x)
    self = self.step(); self.rows         ->  self.step()
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

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
        "subtract",
        "update",
    ]
)
"""Methods that change their object and return None."""
# What no method gives another meaning.
_OBJECT = frozenset({"self"})
# Methods that change their object and return a part of it.
_GIVE_A_PART = frozenset({"pop", "popleft", "popitem", "setdefault"})
# Nobody means to lose the very object that was just changed.
_CERTAIN = 0.99


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To keep the object as it is called."""
    if scene.error.type == "UnboundLocalError":
        yield from _of_itself(scene, scene.nearby(ast.Assign))
        return
    if not _is_about_nothing(scene):
        yield from _of_part_of_it(scene)
        yield from _of_object(scene)
        return
    yield from _of_itself(scene, [*_outside(scene), *scene.nearby(ast.Assign)])
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=owner, attr=method)) as call,
            ) if method in IN_PLACE:
                yield _without_result(scene, node, call, same=name == ast.unparse(owner))
            case ast.Assign(
                targets=[ast.Subscript() | ast.Attribute() as target],
                value=ast.Call(func=ast.Attribute(value=owner, attr=method)) as call,
            ) if method in IN_PLACE:
                yield from _of_part(scene, node, target, owner)
            case ast.Assign(value=ast.Call(keywords=[*_, ast.keyword(arg="inplace") as word])):
                title = "Write 'inplace=False'"
                yield instead(scene, word.value, "False", SURE, title)
            case _:
                pass


def _of_part_of_it(scene: Scene) -> Iterator[Candidate]:
    """Where a variable is made what a method of its own has put in or taken out."""
    for found in _of_itself(scene, scene.nearby(ast.Assign), _GIVE_A_PART):
        yield replace(found, likely=LIKELY + 0.05)


def _of_object(scene: Scene) -> Iterator[Candidate]:
    """Where the very object of a method is made what another method of it gives back."""
    for found in _of_itself(scene, scene.nearby(ast.Assign), of=_OBJECT):
        yield replace(found, likely=SURE)


def _is_about_nothing(scene: Scene) -> bool:
    """Whether None was met, whatever Python says of it: `join` only says what it cannot take."""
    seen = (scene.kind(node) for node in scene.inside(ast.Name))
    return scene.said("NoneType") is not None or "NoneType" in seen


def _of_part(
    scene: Scene, node: ast.Assign, target: ast.expr, owner: ast.expr
) -> Iterator[Candidate]:
    """Where it is kept in what it was taken from."""
    text = scene.text(node.value)
    if ast.unparse(owner) == ast.unparse(target):
        yield instead(scene, node, text, _CERTAIN, f"Write '{text}' alone")
    match target, owner:
        case ast.Subscript(value=table, slice=key), ast.Call(
            func=ast.Attribute(value=asked, attr="get"), args=[given, _]
        ) if ast.unparse(table) == ast.unparse(asked) and ast.unparse(key) == ast.unparse(given):
            start = scene.span(asked).end - scene.span(node.value).start
            new = f"{text[:start]}{text[start:].replace('.get(', '.setdefault(', 1)}"
            yield instead(scene, node, new, _CERTAIN)
        case _:
            return


def _outside(scene: Scene) -> list[ast.Assign]:
    """The statements of the functions around the one that failed, or in it."""
    within = set(ast.walk(scene.body))
    nodes = ast.walk(scene.piece.tree)
    return [node for node in nodes if isinstance(node, ast.Assign) and node not in within]


def _of_itself(
    scene: Scene,
    nodes: Iterable[ast.Assign],
    methods: frozenset[str] = frozenset(),
    of: frozenset[str] = frozenset(),
) -> Iterator[Candidate]:
    """Where a variable that stands at the place is made nothing by a method of its own."""
    names = {node.id for node in scene.inside(ast.Name)}
    names &= of or names
    for node in nodes:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)) as call,
            ) if name == owner and name in names and (not methods or method in methods):
                found = _without_result(scene, node, call, same=True)
                # What another method gives back, nobody knows but who has written it.
                yield found if method in IN_PLACE else replace(found, likely=LIKELY)
            case _:
                pass


def _without_result(
    scene: Scene,
    node: ast.Assign,
    call: ast.Call,
    *,
    same: bool,
) -> Candidate:
    text = scene.text(call)
    if same:
        return instead(scene, node, text, _CERTAIN, f"Write '{text}' alone")
    owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    if isinstance(owner, ast.Call):
        # What is made only there has no other name to be found by.
        name, margin = scene.text(node.targets[0]), " " * node.col_offset
        method = text[len(scene.text(owner)) :]
        lines = f"{name} = {scene.text(owner)}\n{margin}{name}{method}"
        return instead(scene, node, lines, SURE, f"Write '{name}{method}' on a line of its own")
    edit = together(scene, line_before(scene, node, text), replaced(scene, call, scene.text(owner)))
    return Candidate(f"Write '{text}' on a line of its own", edit, LIKELY)


RULE = rule("in-place", "AttributeError TypeError UnboundLocalError", candidates)
