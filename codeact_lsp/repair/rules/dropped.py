"""A value that a function works out and drops, where it was meant to give it back.

Answers what comes of a function that goes on where it should have ended, or that gives nothing: in
the one that failed, in those that led there, and in those that it calls.

    if known[n] != -1: known[n]            ->  return known[n]
    if word == wanted: steps               ->  return steps
    if low > high: None                    ->  return None
    if n == 1: result = [[1]]              ->  return [[1]], where nothing reads `result`
    print(min(one, two)), at the end       ->  return min(one, two), of a function that calls itself
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.beginnings import begun_as
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.rules.forgotten import called_around
from codeact_lsp.repair.rules.in_place import IN_PLACE
from codeact_lsp.repair.rules.returned import TO_NO_EFFECT
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.writing import instead

_LOOPS = (ast.For, ast.While)
_APART = (*FUNCTIONS, ast.ClassDef)
_MARGIN = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To return it."""
    known = set[int]()
    for there, function in _functions(scene):
        if there.span(function).start not in known:
            known.add(there.span(function).start)
            for statement, value, likely in _dropped(there, function):
                text = there.text(value)
                title = f"Return '{text}'"
                yield instead(there, statement, f"return {text}", likely, title)


def _functions(scene: Scene) -> Iterator[tuple[Scene, Function]]:
    """The function that failed, those that called it, and those that it calls."""
    frames = [scene, *(Scene(scene.plan, scene.error, each.span) for each in scene.error.frames)]
    for there in frames:
        function = there.function(there.first)
        if function:
            yield there, function
    for _, there in called_around(scene):
        yield from ((there, node) for node in there.inside(ast.FunctionDef))


def _dropped(scene: Scene, function: Function) -> Iterator[tuple[ast.stmt, ast.expr, float]]:
    """The statements whose value nobody gets, and how sure it is that it was to be given back."""
    idle, filled = set(unread(scene, function)), set(_filled(function))
    for around, block in _blocks(function):
        for statement in block:
            match statement:
                case ast.Expr(value=value) if isinstance(value, TO_NO_EFFECT):
                    # It may be a method that was lost, or a `==` for a `=`.
                    is_other = isinstance(value, ast.Attribute | ast.Compare)
                    owner = ast.unparse(value)
                    is_owner = is_other or owner in filled or bool(begun_as(scene, owner))
                    is_guess = is_owner or isinstance(around, _LOOPS)
                    yield statement, value, POSSIBLE if is_guess else SURE - _MARGIN
                case ast.Expr(value=ast.Constant(value=None | bool() | int()) as value):
                    yield statement, value, SURE - _MARGIN
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    # In a loop it may be the last of many.
                    if name in idle and statement is block[-1] and not isinstance(around, _LOOPS):
                        yield statement, value, LIKELY
                case _:
                    pass
    match function.body[-1]:
        case ast.Expr(value=ast.Call(func=ast.Name("print"), args=[only])) as last:
            if _calls_itself(function) or _gives(function):
                yield last, only, LIKELY
        case _:
            pass


def _filled(function: Function) -> Iterator[str]:
    """What a function puts something into, or takes something out of."""
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=method)):
                if method in IN_PLACE or method.startswith("pop"):
                    yield ast.unparse(owner)
            case ast.Subscript(value=owner, ctx=ast.Store()):
                yield ast.unparse(owner)
            case _:
                pass


def _blocks(function: Function) -> Iterator[tuple[ast.AST, list[ast.stmt]]]:
    """The blocks of a function and what each is of, without those of functions in it."""
    waiting: list[ast.AST] = [function]
    while waiting:
        node = waiting.pop(0)
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, [])
            if isinstance(block, list) and block:
                yield node, block
                waiting += (each for each in block if not isinstance(each, _APART))


def _calls_itself(function: Function) -> bool:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(ast.unparse(called).rpartition(".")[2] == function.name for called in calls)


def _gives(function: Function) -> bool:
    return any(isinstance(node, ast.Return) and node.value for node in ast.walk(function))


RULE = rule(
    "dropped",
    "TypeError AttributeError IndexError KeyError ValueError RecursionError ZeroDivisionError",
    candidates,
)
