"""A function that calls itself without an end.

Answers RecursionError. Where a count goes down there has to be an end; at which value, and what is
then right, the code does not tell.

    return self.size, in `size`    ->  return self._size
    return n + total(n - 1)        ->  if n <= 0: return 0 before it, stops the crash
    if n == 1: return 1            ->  if n <= 1: return 1
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import instead, line_before


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The attribute behind a property; an end of the count."""
    function = scene.function(scene.first)
    if function is None:
        return
    yield from _behind(scene, function)
    yield from _at_most(scene, function)
    for call in ast.walk(function):
        match call:
            case ast.Call(func=ast.Name(id=function.name)):
                yield from _ended(scene, function, call)
            case _:
                pass


def _behind(scene: Scene, function: Function) -> Iterator[Candidate]:
    """What a property of the class is kept in: its own name behind an underscore."""
    kept = f"_{function.name}"
    owner = next(scene.around(function, ast.ClassDef), None)
    nodes = [node for node in ast.walk(owner) if isinstance(node, ast.Attribute)] if owner else []
    if any(node.attr == kept and isinstance(node.ctx, ast.Store) for node in nodes):
        for node in ast.walk(function):
            match node:
                case ast.Attribute(value=ast.Name("self"), attr=function.name):
                    yield instead(scene, node, f"self.{kept}", SURE)
                case _:
                    pass


def _at_most(scene: Scene, function: Function) -> Iterator[Candidate]:
    """An end that a count can step over."""
    takes = {each.arg for each in function.args.args}
    for node in ast.walk(function):
        match node:
            case ast.If(
                test=ast.Compare(
                    left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=int())]
                ) as test,
                body=[ast.Return(), *_],
            ) if name in takes:
                end = scene.text(test.comparators[0])
                yield instead(scene, test, f"{name} <= {end}", LIKELY)
            case _:
                pass


def _ended(scene: Scene, function: Function, call: ast.Call) -> Iterator[Candidate]:
    if any(isinstance(node, ast.If | ast.IfExp) for node in ast.walk(function)):
        return
    parameters = [each.arg for each in function.args.args]
    for name, given in zip(parameters, call.args, strict=False):
        match given:
            case ast.BinOp(left=ast.Name(id=counted), op=ast.Sub()) if counted == name:
                line = f"if {name} <= 0:\n{' ' * _inner(function)}return {_neutral(scene, call)}"
                edit = line_before(scene, _first(function), line)
                yield Candidate(f"End at '{name} <= 0'", edit, GUESS, hides=True)
            case _:
                pass


def _first(function: Function) -> ast.stmt:
    """The first statement that does something."""
    head = function.body[0]
    is_doc = isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant)
    return function.body[1] if is_doc and function.body[1:] else head


def _inner(function: Function) -> int:
    margin = function.body[0].col_offset
    return 2 * margin - function.col_offset


def _neutral(scene: Scene, call: ast.Call) -> str:
    """What changes nothing of that which is done with the result."""
    around = scene.parents.get(call)
    is_product = isinstance(around, ast.BinOp) and isinstance(around.op, ast.Mult)
    return "1" if is_product else "0"


RULE = rule("recursion", "RecursionError", candidates)
