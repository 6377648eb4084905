"""One value where a list is wanted, or a list where one value is.

Answers TypeError and AttributeError.

    found.extend(x), of a number             ->  found.append(x)
    found += n // 2                          ->  found.append(n // 2)
    groups[k] = v; groups[k].append(w)       ->  groups[k] = [v]
    deque(start), of a number                ->  deque([start])
    rows += pair; rows[0][1]                 ->  rows.append(pair)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, operand, replaced

_NO_ITEMS = r"'(?:int|float|bool)' object is not iterable"
_NO_LIST = r"'(?:int|float|str|tuple)' object has no attribute '(?:append|extend|insert|add)'"
_NO_ITEM = r"'(?:int|float)' object is not subscriptable"
_MADE_OF = frozenset({"deque", "list", "set", "tuple", "Counter", "frozenset", "sorted"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A list of the one, or the one as an item."""
    if scene.said(_NO_ITEMS):
        yield from _one_more(scene)
        for call in scene.calls():
            yield from _of_call(scene, call)
    elif scene.said(_NO_LIST):
        yield from _begun(scene)
    elif scene.said(_NO_ITEM):
        yield from _added(scene)


def _one_more(scene: Scene) -> Iterator[Candidate]:
    """What is added to a list without being one."""
    match scene.failed:
        case ast.AugAssign(target=ast.expr() as many, op=ast.Add(), value=item):
            text = f"{scene.text(many)}.append({scene.text(item)})"
            # Where one is counted up, it is the list that is wrong.
            likely = POSSIBLE if isinstance(item, ast.Constant) else SURE
            yield instead(scene, scene.failed, text, likely)
        case _:
            return


def _of_call(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    match call:
        case ast.Call(func=ast.Attribute(attr="extend") as method, args=[item]):
            text = f"{operand(scene, method.value)}.append({scene.text(item)})"
            yield instead(scene, call, text, SURE)
        case ast.Call(args=[item, *_]) if called(call) in _MADE_OF and scene.kind(item) == "int":
            yield instead(scene, item, f"[{scene.text(item)}]", LIKELY)
        case _:
            return


def _begun(scene: Scene) -> Iterator[Candidate]:
    """Where the first of them was put, in a list."""
    match scene.failed:
        case ast.Attribute(value=owner, attr=method):
            text = ast.unparse(owner)
        case _:
            return
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[target], value=value) if ast.unparse(target) == text:
                made = f"{{{scene.text(value)}}}" if method == "add" else f"[{scene.text(value)}]"
                title = f"Begin with '{text} = {made}'"
                yield Candidate(title, replaced(scene, value, made), SURE)
            case _:
                pass


def _added(scene: Scene) -> Iterator[Candidate]:
    """Where an item was added in its parts: in the plan's functions, as a whole."""
    document = scene.plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        for node in ast.walk(piece.tree):
            match node:
                case ast.AugAssign(
                    target=ast.Name(id=name), op=ast.Add(), value=ast.Name() as item
                ):
                    there = Scene(scene.plan, scene.error, piece.span(node).shifted(start))
                    yield instead(there, node, f"{name}.append({item.id})", POSSIBLE)
                case ast.Call(func=ast.Attribute(attr="extend") as method, args=[item]):
                    there = Scene(scene.plan, scene.error, piece.span(node).shifted(start))
                    text = f"{operand(there, method.value)}.append({there.text(item)})"
                    yield instead(there, node, text, POSSIBLE)
                case _:
                    pass


RULE = rule("single-items", "TypeError AttributeError", candidates)
