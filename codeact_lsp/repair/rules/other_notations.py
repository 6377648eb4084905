"""The same parts in another notation: a lookup for a call, a member for a key, or the opposite.

Answers what comes of a wrong value. Looks at the place, at what made its values, and at the calls
that led there. Tried only where nothing else has worked.

    event["kind"]         ->  event.kind, where what failed is that it has other keys
    event.kind            ->  event["kind"]
    marks(3)              ->  marks[3]
    parse[3]              ->  parse(3)
    made(name)()          ->  made(name)
    size > text.count     ->  size > text.count()
    if not (rows): ...    ->  if rows: ...
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import arguments, instead, operand

_LESS = WILD * 0.75
_LEAST = WILD / 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each part of the places in the other ways in which it can be written."""
    for there in places(scene):
        for node in there.inside(ast.expr):
            for text, likely in _ways(there, node):
                yield instead(there, node, text, likely)


def _ways(scene: Scene, node: ast.expr) -> Iterator[tuple[str, float]]:
    match node:
        case ast.Subscript(slice=ast.Slice()):
            pass
        case ast.Subscript(ctx=ast.Load()):
            yield from _of_lookup(scene, node)
        case ast.Attribute(ctx=ast.Load()):
            yield from _of_member(scene, node)
        case ast.Call(keywords=[]):
            yield from _of_call(scene, node)
        case ast.UnaryOp(op=ast.Not(), operand=asked):
            yield scene.text(asked), WILD
        case ast.Name() if _is_asked(scene, node):
            yield f"not {operand(scene, node)}", _LESS
        case _:
            pass


def _of_lookup(scene: Scene, node: ast.Subscript) -> Iterator[tuple[str, float]]:
    owner = operand(scene, node.value)
    match node.slice:
        case ast.Constant(value=str(name)) if name.isidentifier():
            yield f"{owner}.{name}", WILD
        case _:
            yield f"{owner}({scene.text(node.slice)})", _LESS


def _of_member(scene: Scene, node: ast.Attribute) -> Iterator[tuple[str, float]]:
    """A key, and what comes of the method; what is called already is neither."""
    call = scene.parents.get(node)
    if not (isinstance(call, ast.Call) and call.func is node):
        is_method = "method" in (scene.kind(node) or "")
        yield f"{scene.text(node)}()", WILD if is_method else _LEAST
        yield f'{operand(scene, node.value)}["{node.attr}"]', _LEAST


def _of_call(scene: Scene, node: ast.Call) -> Iterator[tuple[str, float]]:
    function = scene.text(node.func)
    match node:
        case ast.Call(func=ast.Call(), args=[]):
            yield function, WILD
        case ast.Call(args=[]):
            yield function, _LEAST
        case ast.Call(func=ast.Name() | ast.Attribute(), args=[ast.Starred() | ast.GeneratorExp()]):
            pass
        case ast.Call(func=ast.Name() | ast.Attribute(), args=[_]):
            yield f"{function}[{arguments(scene, node)[0]}]", _LEAST
        case _:
            pass


def _is_asked(scene: Scene, node: ast.expr) -> bool:
    """Whether it decides what is done."""
    match scene.parents.get(node):
        case (
            ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test)
        ) as asking:
            # The other way round, what failed in its body would only be passed by.
            failed = Scene(scene.plan, scene.error, scene.error.span).first
            is_around = asking in list(scene.around(failed, ast.AST))
            return test is node and not is_around
        case _:
            return False


RULE = rule("other-notations", EVERY, candidates)
