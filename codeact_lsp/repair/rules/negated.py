"""A condition that asks for the opposite of what its branch needs.

Answers AttributeError and TypeError of None, KeyError, IndexError and ValueError, and what the
plan's own code raises, where the branch that ran looks into the very thing that the condition has
found to be none, not there or empty.

    if found is None: return found.name       ->  if found is not None: return found.name
    if key not in table: total += table[key]  ->  if key in table: total += table[key]
    if name not in open: open.remove(name)    ->  if name in open: open.remove(name)
    if rows: return None; first = rows[0]     ->  if not rows: return None
    if best is not None or n > best.n:        ->  if best is None or n > best.n:
    if table is not None: table = read()      ->  if table is None: table = read(), before table[0]
    if unit is not None: return n             ->  if unit is None: return n, before a raise of it
"""

import ast
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_SIGNS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
}  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The opposite of it."""
    yield from _not_set_before(scene)
    for test, held in _conditions(scene):
        parts = test.values if isinstance(test, ast.BoolOp) else [test]
        for part in parts:
            if _is_against(scene, part, held=held):
                turned = _turned(scene, part)
                # Where another condition led there, it may be the one that is wrong, or neither.
                yield replace(turned, likely=POSSIBLE) if _is_asked_again(scene, test) else turned


def _not_set_before(scene: Scene) -> Iterator[Candidate]:
    """What would have been set, or done with, if it had been asked for None and not for more."""
    none = {
        node.id for node in scene.inside(ast.Name)
        if isinstance(node.ctx, ast.Load) and scene.kind(node) == "NoneType"
    }  # fmt: skip
    for choice in scene.nearby(ast.If):
        match choice.test:
            case ast.Compare(
                left=ast.Name(id=name), ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]
            ) if name in none and (_sets(choice, name) or isinstance(choice.body[-1], _ENDS)):
                is_before = scene.span(choice).end <= scene.place.start
                if is_before or isinstance(choice.body[-1], _ENDS):
                    yield _turned(scene, choice.test)
            case _:
                pass


def _sets(choice: ast.If, name: str) -> bool:
    targets = [node for each in choice.body for node in ast.walk(each)]
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in targets
    )


def _is_asked_again(scene: Scene, test: ast.expr) -> bool:
    """Whether between the condition and the place there is one more, in its `elif`."""
    choice = scene.parents.get(test)
    if not isinstance(choice, ast.If):
        return False
    within = list(scene.around(scene.first, ast.If))
    return any(other in within for other in choice.orelse)


def _conditions(scene: Scene) -> Iterator[tuple[ast.expr, bool]]:
    """The conditions on the way to the place, and whether each held."""
    inner: ast.AST | None = None
    for node in scene.around(scene.first, ast.AST):
        match node:
            case ast.BoolOp(op=op, values=values):
                # What stands before it in the same condition, and had to come out so.
                before = values[: values.index(inner)] if inner in values else []
                yield from ((each, isinstance(op, ast.And)) for each in before)
            case ast.If(test=test, body=body) | ast.While(test=test, body=body):
                if inner is not test:
                    yield test, inner in body
            case ast.IfExp(test=test, body=chosen):
                if inner is not test:
                    yield test, inner is chosen
            case _:
                pass
        yield from _left_by(node, inner)
        inner = node


def _left_by(node: ast.AST, inner: ast.AST | None) -> Iterator[tuple[ast.expr, bool]]:
    """The conditions before a statement under which its block would have been left."""
    for name in ("body", "orelse"):
        block = getattr(node, name, None)
        if not isinstance(block, list) or inner not in block:
            continue
        for before in block[: block.index(inner)]:
            if isinstance(before, ast.If) and isinstance(before.body[-1], _ENDS):
                yield before.test, False


def _is_against(scene: Scene, test: ast.expr, *, held: bool) -> bool:
    """Whether the outcome of a condition is just what makes the place fail."""
    match test:
        case ast.Compare(left=asked, ops=[op], comparators=[ast.Constant(value=None)]):
            return _holds(op, ast.Is, ast.IsNot, held=held) and _is_nothing(scene, asked)
        case ast.Compare(left=key, ops=[op], comparators=[owner]):
            missing = _holds(op, ast.NotIn, ast.In, held=held)
            return missing and _is_looked_up(scene, owner, key)
        case ast.UnaryOp(op=ast.Not(), operand=asked):
            return held and _is_empty(scene, asked)
        case ast.Name() | ast.Attribute():
            return not held and _is_empty(scene, test)
        case _:
            return False


def _holds(op: ast.cmpop, one: type[ast.cmpop], opposite: type[ast.cmpop], *, held: bool) -> bool:
    """Whether an operator has been found to be so, or its opposite not to be so."""
    return isinstance(op, one if held else opposite)


def _is_nothing(scene: Scene, asked: ast.expr) -> bool:
    return bool(scene.said("'NoneType'")) and _stands(scene, asked)


def _is_empty(scene: Scene, asked: ast.expr) -> bool:
    is_none = _is_nothing(scene, asked)
    return is_none or (scene.error.type == "IndexError" and _stands(scene, asked))


def _stands(scene: Scene, asked: ast.expr) -> bool:
    text = ast.unparse(asked)
    return any(ast.unparse(part) == text for part in scene.inside(ast.expr))


def _is_looked_up(scene: Scene, owner: ast.expr, key: ast.expr) -> bool:
    holder, asked = ast.unparse(owner), ast.unparse(key)
    if scene.error.type == "ValueError":
        ways = {f"{holder}.{method}({asked})" for method in ("remove", "index")}
        return any(ast.unparse(part) in ways for part in scene.inside(ast.Call))
    whole = f"{holder}[{asked}]"
    return scene.error.type == "KeyError" and any(
        ast.unparse(part) == whole for part in scene.inside(ast.Subscript)
    )


def _turned(scene: Scene, test: ast.expr) -> Candidate:
    match test:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            sign, other = _SIGNS[type(op)]
            text, start = scene.plan.source.text, scene.span(left).end
            at = text.index(sign.split(" ", maxsplit=1)[0], start)
            end = scene.span(right).start
            edit = TextEdit(Span(at, at + len(text[at:end].rstrip())), other)
            return Candidate(f"Ask '{other}' for '{sign}'", edit, SURE)
        case ast.UnaryOp(operand=asked):
            return instead(scene, test, scene.text(asked), SURE)
        case _:
            return instead(scene, test, f"not {operand(scene, test)}", SURE)


RULE = rule("negated", "AttributeError TypeError KeyError IndexError ValueError *", candidates)
