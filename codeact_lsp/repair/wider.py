"""Where else the guilty code may stand: what the last guesses are made for.

A slip shows where its value is used, which is often another line than the one that it is in: the
statement around, the one that set a variable, the condition that let it through, or the call.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from codeact_lsp.plan import Piece, Span
from codeact_lsp.repair.scene import Part, Scene, called

_MOST_OF_A_KIND = 3
_MOST_MADE = 6
_FILL = frozenset({"append", "appendleft", "extend", "insert", "add", "update"})


def places(scene: Scene) -> Iterator[Scene]:
    """The failing place, and those that led to it, the closest first; none twice."""
    known = set[Span]()
    for place in _places(scene):
        if place.place not in known:
            known.add(place.place)
            yield place


def asked(scene: Scene) -> list[ast.expr]:
    """What the code asked before it raised by itself, the closest first; nothing if it did not."""
    around = scene.around(scene.first, ast.stmt) if scene.is_refused else ()
    return [node.test for node in around if isinstance(node, ast.If | ast.Assert)]


def _places(scene: Scene) -> Iterator[Scene]:
    if scene.is_refused:
        # What is raised is only a message: guilty is what was asked, or what failed before.
        yield from (_at(scene, test) for test in asked(scene))
        spans = [each.span for each in scene.error.linked if each.span]
        yield from (Scene(scene.plan, scene.error, span) for span in spans)
    else:
        yield scene
        statement = scene.statement
        yield from (_at(scene, part) for part in (_own(statement) if statement else ()))
    yield from _given_back(scene)
    yield from _made(scene)
    for origin in scene.error.origins:
        there = Scene(scene.plan, scene.error, origin.span)
        yield there
        call = there.parents.get(there.failed) if there.failed else None
        if isinstance(call, ast.Call):
            # It may be that value, but be meant for another place of what it was given to.
            yield _at(there, call)
        yield from (_at(there, each) for each in _given_on(there))
    for part in _last(_conditions(scene)):
        yield _at(scene, part)
    yield from _kept(scene)
    yield from _callers(scene)


def _given_on(scene: Scene) -> list[ast.Call]:
    """The calls that are given a variable which is set to the value at a place."""
    statement = scene.statement
    function = scene.function(scene.first)
    if not isinstance(statement, ast.Assign) or function is None:
        return []
    names = {node.id for each in statement.targets for node in ast.walk(each) if _is_name(node)}
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    given = [call for call in calls if names & {a.id for a in call.args if _is_name(a)}]
    return given[:_MOST_OF_A_KIND]


def _is_name(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name)


def _callers(scene: Scene) -> Iterator[Scene]:
    """The calls that led there, the last one first, and what made what they gave."""
    for frame in reversed(scene.error.frames[:-1]):
        caller = Scene(scene.plan, scene.error, frame.span)
        # Of variables it is easily forgotten which is which; of values that are written out hardly.
        if any(name.id in caller.bound for name in caller.inside(ast.Name)):
            yield caller
            yield from (_at(caller, part) for part in _last(_making(caller)))
            yield from _given_back(caller)
        elif scene.is_refused:
            yield caller


def _at(scene: Scene, part: Part) -> Scene:
    return Scene(scene.plan, scene.error, scene.span(part))


def _made(scene: Scene) -> Iterator[Scene]:
    """What made the values at the place, first those of which the message complains."""
    said = {seen.text for seen in scene.error.values if scene.said(rf"\b{re.escape(seen.type)}\b")}
    parts = list(_making(scene))
    suspect = {part for part in parts if said & _kept_as(scene, part)}
    ranked = sorted(parts, key=lambda part: (part not in suspect, -part.lineno))
    yield from (_at(scene, part) for part in ranked[:_MOST_MADE])


def _kept_as(scene: Scene, part: ast.expr) -> set[str]:
    """The names that a statement gives to a value."""
    statement = scene.parents.get(part)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {node.id for each in targets for node in ast.walk(each) if isinstance(node, ast.Name)}


def _last(parts: Iterator[ast.expr]) -> Sequence[ast.expr]:
    """Those that were run last, as far as the text tells."""
    return sorted(parts, key=lambda part: -part.lineno)[:_MOST_OF_A_KIND]


def _own(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement, without what stands in its blocks."""
    yield from (part for part in ast.iter_child_nodes(statement) if isinstance(part, ast.expr))


def _given_back(scene: Scene) -> Iterator[Scene]:
    """What the plan's own functions give back that are called at the place."""
    for home, function in answering(scene):
        given = (node for node in ast.walk(function) if isinstance(node, ast.Return | ast.Yield))
        returned = [node.value for node in given]
        yield from (_at(home, value) for value in filter(None, returned))


def answering(scene: Scene) -> Iterator[tuple[Scene, ast.FunctionDef]]:
    """The functions and methods of the plan that are called at a place, each with its scene.

    Those that the function around defines for itself are among them.

    Args:
        scene: The scene of the place.
    """
    names = {name for call in scene.inside(ast.Call) for name in _asked_of(call)}
    for piece, start in _pieces(scene) if names else ():
        inner = scene.nearby(ast.FunctionDef) if piece is scene.piece else []
        for function in dict.fromkeys([*_functions(piece.tree.body), *inner]):
            if function.name in names:
                yield Scene(scene.plan, scene.error, piece.span(function).shifted(start)), function


def _asked_of(call: ast.Call) -> tuple[str, ...]:
    """What is called: the function, and the method by which an object answers one of Python's."""
    name = called(call)
    return name, f"__{name}__"


def _parts(scene: Scene) -> Iterator[ast.AST]:
    """The parts at a place; of a statement with a block, those of its head."""
    if isinstance(scene.failed, ast.stmt):
        yield from (node for part in _own(scene.failed) for node in ast.walk(part))
    else:
        yield from scene.inside(ast.expr)


def _functions(body: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """The functions of a top-level statement: itself, or its methods. Nothing else is walked."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from (each for each in node.body if isinstance(each, ast.FunctionDef))
        elif isinstance(node, ast.FunctionDef):
            yield node


def _pieces(scene: Scene) -> Iterator[tuple[Piece, int]]:
    document = scene.plan.document
    return zip(document.pieces, document.starts, strict=True)


def _kept(scene: Scene) -> Iterator[Scene]:
    """What the members and the plan's own variables were set to that stand at the place."""
    parts = list(_parts(scene))
    members = {node.attr for node in parts if isinstance(node, ast.Attribute)}
    names = {node.id for node in parts if isinstance(node, ast.Name)} - scene.bound
    for there, node in scene.everywhere(ast.Assign) if members else ():
        match node:
            case ast.Assign(targets=[ast.Attribute(attr=attr)], value=value) if attr in members:
                yield _at(there, value)
            case _:
                pass
    for piece, start in _pieces(scene) if names else ():
        match piece.tree.body:
            case [ast.Assign(targets=[ast.Name(id=name)], value=value)] if name in names:
                yield Scene(scene.plan, scene.error, piece.span(value).shifted(start))
            case _:
                pass


def _making(scene: Scene) -> Iterator[ast.expr]:
    """What the variables at the place were set to before, and what was put into them."""
    parts = (part for test in asked(scene) for part in ast.walk(test))
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    names |= {name.id for name in scene.inside(ast.Name)}
    for node in _before(scene):
        match node:
            case ast.Assign(targets=targets, value=value) if _sets(targets, names):
                yield value
            case ast.AugAssign(target=target, value=value) if _sets([target], names):
                yield value
            case ast.For(target=target, iter=value) if _sets([target], names):
                yield value
            case ast.Expr(value=ast.Call(func=ast.Attribute() as method, args=[*_, value])):
                is_filled = method.attr in _FILL and ast.unparse(method.value) in names
                yield from [value] if is_filled else []
            case _:
                pass


def _sets(targets: Sequence[ast.expr], names: set[str]) -> bool:
    parts = (part for target in targets for part in ast.walk(target))
    return any(isinstance(part, ast.Name) and part.id in names for part in parts)


def _conditions(scene: Scene) -> Iterator[ast.expr]:
    """What was asked before the place was reached."""
    for node in _before(scene):
        if isinstance(node, ast.If | ast.While):
            yield node.test


def _before(scene: Scene) -> Iterator[ast.stmt]:
    """The statements of the function that stand before the failing one."""
    statement = scene.statement
    end = _position(statement) if statement else (0, 0)
    for node in ast.walk(scene.body):
        # What is done where a condition holds, may stand on its line.
        if isinstance(node, ast.stmt) and _position(node) < end:
            yield node


def _position(statement: ast.stmt) -> tuple[int, int]:
    return statement.lineno, statement.col_offset
