"""An object of a class of the plan that is used as if it were the list which it keeps.

Answers TypeError. Only a class that keeps one such thing leaves no doubt which one is meant.

    len(stack)            ->  len(stack.items), of `self.items = []`
    for card in deck:     ->  for card in deck.cards:
    name in stock         ->  name in stock.items
    hand[0]               ->  hand.cards[0]
    sum(futures)          ->  sum(each.result() for each in futures), of what a pool works on
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, last_name
from codeact_lsp.repair.writing import instead, operand

_SAID = (
    r"type '(?:\w+\.)*(?P<sized>\w+)' has no len|"
    r"argument of type '(?:\w+\.)*(?P<held>\w+)' is not|"
    r"'(?:\w+\.)*(?P<type>\w+)' object (?:is not (?:iterable|subscriptable|reversible)|"
    r"does not support item)"
)
_CONTAINERS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS = frozenset({"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What the object keeps."""
    if scene.said("'Future'"):
        yield from _results(scene)
    said = scene.said(_SAID)
    kind = next((each for each in said.groups() if each), "") if said else ""
    kept = list(dict.fromkeys(_kept(scene, kind)))
    for owner in _owners(scene) if kept else ():
        for name in kept:
            likely = LIKELY if len(kept) == 1 else POSSIBLE
            yield instead(scene, owner, f"{operand(scene, owner)}.{name}", likely)


def _kept(scene: Scene, kind: str) -> Iterator[str]:
    """The attributes that are lists or the like when an object of a class begins."""
    for there, node in scene.everywhere(ast.ClassDef):
        if node.name != kind:
            continue
        for part in ast.walk(node):
            match part:
                case (
                    ast.Assign(targets=[ast.Attribute(value=ast.Name("self"), attr=name)])
                    | ast.AnnAssign(target=ast.Attribute(value=ast.Name("self"), attr=name))
                ) if _is_container(part.value):
                    yield name
                case ast.AnnAssign(target=ast.Name(id=name)) if part in node.body:
                    if there.text(part.annotation).startswith(("list", "dict", "set", "List")):
                        yield name
                case _:
                    pass


def _is_container(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return last_name(value.func) in _MAKERS
    return isinstance(value, _CONTAINERS)


def _owners(scene: Scene) -> Iterator[ast.expr]:
    """What is counted, looked up in or gone through."""
    match scene.failed:
        case ast.Call(func=ast.Name(), args=[owner, *_]):
            yield owner
        case ast.Subscript(value=owner) | ast.Compare(comparators=[owner]):
            yield owner
        case ast.For(iter=owner):
            yield owner
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp() as made:
            yield made.generators[0].iter
        case ast.expr() as owner:
            yield owner
        case _:
            return


def _results(scene: Scene) -> Iterator[Candidate]:
    """What the pool has made, one after another."""
    for call in scene.inside(ast.Call):
        match call:
            case ast.Call(func=ast.Name("sum" | "max" | "min" | "sorted"), args=[items]):
                text = f"{scene.text(call.func)}(each.result() for each in {scene.text(items)})"
                yield instead(scene, call, text, LIKELY + 0.05)
            case _:
                pass
    match scene.failed:
        case ast.Subscript(value=owner) | ast.Attribute(value=owner):
            yield instead(scene, owner, f"{operand(scene, owner)}.result()", LIKELY)
        case ast.BinOp(left=left, right=right) | ast.AugAssign(target=left, value=right):
            for side in (right, left):
                if scene.kind(side) == "Future":
                    yield instead(scene, side, f"{operand(scene, side)}.result()", LIKELY)
        case _:
            return


RULE = rule("contents", "TypeError AttributeError", candidates)
