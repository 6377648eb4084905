"""A key that is met for the first time where something is kept under it.

Answers KeyError. Reading what is not there is another matter: an empty answer only hides that.

    groups[tag].append(x)     ->  groups.setdefault(tag, []).append(x)
    counts[word] += 1         ->  counts[word] = counts.get(word, 0) + 1
    n[word] = n[word] + 1     ->  n[word] = n.get(word, 0) + 1
    node = node.children[c]   ->  node = node.children.setdefault(c, Trie()), in its class
    options["depth"]          ->  options.get("depth"), stops the crash
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import call_of, instead, operand

_BEGINNINGS = {
    "append": "[]", "extend": "[]", "insert": "[]", "add": "set()", "update": "{}",
    "setdefault": "{}",
}  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Something to begin with under the key."""
    for item in scene.inside(ast.Subscript):
        yield from _begun(scene, item)
        yield from _grown(scene, item)
        if isinstance(item.ctx, ast.Load):
            yield _asked(scene, item)
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Attribute(attr="pop"), args=[key], keywords=[]):
                given = [scene.text(key), _nothing(scene, call)]
                yield instead(scene, call, call_of(scene, call, given), GUESS, hides=True)
            case _:
                pass


def _begun(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    owner, key = operand(scene, item.value), scene.text(item.slice)
    around = scene.parents.get(item)
    match around:
        case ast.Attribute(attr=method) if method in _BEGINNINGS:
            text = f"{owner}.setdefault({key}, {_BEGINNINGS[method]})"
            yield instead(scene, item, text, SURE)
        case ast.BinOp(op=ast.Add()) if _is_set_to(scene, item, around):
            yield instead(scene, item, f"{owner}.get({key}, {_neutral(around)})", SURE)
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub()) if target is item:
            yield _counted(scene, around, owner, key)
        case ast.Subscript(ctx=ast.Store(), value=value) if value is item:
            yield instead(scene, item, f"{owner}.setdefault({key}, {{}})", SURE)
        case _:
            return


def _grown(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """One more of the objects of the class, on the way down a tree of them."""
    kind = next(scene.around(item, ast.ClassDef), None)
    match scene.parents.get(item), item.value:
        case (
            ast.Assign(targets=[ast.Name(id=name)]),
            ast.Attribute(value=ast.Name(id=owner)),
        ) if name == owner and kind is not None:
            key = scene.text(item.slice)
            text = f"{scene.text(item.value)}.setdefault({key}, {kind.name}())"
            yield instead(scene, item, text, LIKELY)
        case _:
            return


def _is_set_to(scene: Scene, item: ast.Subscript, value: ast.expr) -> bool:
    """Whether what is kept under the key is set to a sum with itself."""
    match scene.parents.get(value):
        case ast.Assign(targets=[target], value=whole) if whole is value:
            return ast.unparse(target) == ast.unparse(item)
        case _:
            return False


def _neutral(added: ast.BinOp) -> str:
    """What changes nothing where it is added."""
    sides = (added.left, added.right)
    return "[]" if any(isinstance(side, ast.List | ast.ListComp) for side in sides) else "0"


def _counted(scene: Scene, added: ast.AugAssign, owner: str, key: str) -> Candidate:
    sign = "+" if isinstance(added.op, ast.Add) else "-"
    start = "[]" if isinstance(added.value, ast.List | ast.ListComp) else "0"
    value = operand(scene, added.value)
    text = f"{owner}[{key}] = {owner}.get({key}, {start}) {sign} {value}"
    return instead(scene, added, text, SURE)


def _asked(scene: Scene, item: ast.Subscript) -> Candidate:
    """An empty answer; where it is looked into, to the end of the chain."""
    whole: ast.expr = item
    text = f"{operand(scene, item.value)}.get({scene.text(item.slice)}"
    match scene.parents.get(item):
        case ast.Subscript(value=looked_into, slice=key) as outer if looked_into is item:
            whole, text = outer, f"{text}, {{}}).get({scene.text(key)}"
        case _:
            pass
    nothing = _nothing(scene, whole)
    text = f"{text}, {nothing})" if nothing != "None" else f"{text})"
    return instead(scene, whole, text, GUESS, hides=True)


def _nothing(scene: Scene, node: ast.expr) -> str:
    """What can be counted with where the value is an operand."""
    return "0" if isinstance(scene.parents.get(node), ast.BinOp | ast.AugAssign) else "None"


RULE = rule("first-values", "KeyError", candidates)
