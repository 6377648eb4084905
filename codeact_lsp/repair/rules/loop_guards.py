"""A loop or a condition that goes on although there is nothing more to look at.

Answers AttributeError and TypeError of nothing, and IndexError of `pop`.

    while a or b: a.value < b.value    ->  while a and b: a.value < b.value
    while i < len(a) or j < len(b):    ->  while i < len(a) and j < len(b):
    while node: node = node.next.next  ->  while node and node.next: node = node.next.next
    if stack.pop() != opening:         ->  if not stack or stack.pop() != opening:
    while k: node = node.next          ->  while node and k: node = node.next
    while head.next: cur = cur.next    ->  while cur.next: cur = cur.next, before cur.next.value
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To go on only while there is something."""
    if scene.error.type == "IndexError":
        yield from _popped(scene)
        for loop in scene.around(scene.first, ast.While):
            yield from _within_both(scene, loop.test)
        return
    owner = _nothing(scene)
    for loop in scene.around(scene.first, ast.While) if owner is not None else ():
        if owner is not None:
            yield from _both(scene, loop.test, owner)
            yield from _further(scene, loop.test, owner)
            yield from _moving(scene, loop, owner)


def _moving(scene: Scene, loop: ast.While, owner: ast.expr) -> Iterator[Candidate]:
    """While there still is what the loop itself moves on, where its test is about another thing."""
    moved = {
        ast.unparse(node) for each in loop.body for node in ast.walk(each)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }  # fmt: skip
    match owner:
        case ast.Name(id=name) if name in moved and name not in _names(loop.test):
            yield _guarded(scene, loop.test, name)
        case ast.Attribute(value=ast.Name(id=name), attr=member) if name in moved:
            for asked in ast.walk(loop.test):
                match asked:
                    case ast.Attribute(value=ast.Name(id=other) as still, attr=same):
                        if same == member and other not in moved:
                            title = f"Ask '{scene.text(owner)}' for '{scene.text(asked)}'"
                            yield instead(scene, still, name, LIKELY, title)
                    case _:
                        pass
        case _:
            return


def _names(test: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}


def _guarded(scene: Scene, test: ast.expr, name: str) -> Candidate:
    """The test, asked only where there is something; one that always holds says nothing more."""
    is_loose = isinstance(test, ast.BoolOp | ast.IfExp | ast.NamedExpr)
    rest = f"({scene.text(test)})" if is_loose else scene.text(test)
    text = name if isinstance(test, ast.Constant) else f"{name} and {rest}"
    return instead(scene, test, text, LIKELY - 0.05, f"Ask '{name}', too")


def _nothing(scene: Scene) -> ast.expr | None:
    """What was None where something of it was looked up."""
    match scene.failed:
        case ast.Attribute(value=owner) | ast.Subscript(value=owner) if scene.said("'NoneType'"):
            return owner
        case _:
            return None


def _both(scene: Scene, test: ast.expr, owner: ast.expr) -> Iterator[Candidate]:
    match test:
        case ast.BoolOp(op=ast.Or(), values=values):
            names = {ast.unparse(value) for value in values}
            if ast.unparse(owner) in names:
                text = " and ".join(scene.text(value) for value in values)
                yield instead(scene, test, text, LIKELY)
        case _:
            return


def _within_both(scene: Scene, test: ast.expr) -> Iterator[Candidate]:
    """While both places are within their lists, where a list is left alone after the loop."""
    match test:
        case ast.BoolOp(op=ast.Or(), values=[ast.Compare() as one, ast.Compare() as other]):
            texts = [scene.text(one), scene.text(other)]
            if all("len(" in text for text in texts):
                yield instead(scene, test, " and ".join(texts), LIKELY)
        case _:
            return


def _further(scene: Scene, test: ast.expr, owner: ast.expr) -> Iterator[Candidate]:
    """While there is something behind what the loop asks for, too."""
    asked = {ast.unparse(node) for node in ast.walk(test) if isinstance(node, ast.expr)}
    is_behind = isinstance(owner, ast.Attribute) and ast.unparse(owner.value) in asked
    if is_behind and ast.unparse(owner) not in asked and not isinstance(test, ast.BoolOp):
        text = f"{scene.text(test)} and {scene.text(owner)}"
        yield instead(scene, test, text, LIKELY, f"Ask '{scene.text(owner)}', too")


def _popped(scene: Scene) -> Iterator[Candidate]:
    """Of nothing nothing is taken: it is not what is compared with."""
    for node in (scene.first, *scene.around(scene.first, ast.Compare)):
        match node:
            case ast.Compare(
                left=ast.Call(func=ast.Attribute(value=owner, attr="pop"), args=[]),
                ops=[ast.NotEq() | ast.Eq() as op],
            ):
                is_other = isinstance(op, ast.NotEq)
                kept = operand(scene, owner)
                text = f"not {kept} or " if is_other else f"{kept} and "
                yield instead(scene, node, f"{text}{scene.text(node)}", SURE)
            case _:
                pass


RULE = rule("loop-guards", "AttributeError TypeError IndexError", candidates)
