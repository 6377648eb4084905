"""A reduction of nothing, whose operation says what it begins with.

Answers TypeError. A start is proposed only where it changes no other result: what is common to some
sets has none, and is asked for only where there are some.

    reduce(mul, values)              ->  reduce(mul, values, 1)
    reduce(lambda a, b: a | b, sets) ->  reduce(lambda a, b: a | b, sets, set())
    reduce(add, lists)               ->  reduce(add, lists, [])
    reduce(merge, settings)          ->  reduce(merge, settings, {}), of {**one, **other}
    reduce(set.intersection, sets)   ->  reduce(set.intersection, sets) if sets else set()
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.declared_types import declared_by_taker
from codeact_lsp.repair.folded import COMMON, Fold, fold_of
from codeact_lsp.repair.for_nothing import NOTHINGS, Kinds
from codeact_lsp.repair.scene import FUNCTIONS, Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead

# What an operation of which nothing tells the types may begin with, the most usual first.
_STARTS = {"+": ("0", "[]", '""'), "|": ("set()", "{}", "0"), "^": ("0", "set()"), "*": ("1",)}
_NUMBERS = frozenset({"int", "float", "Decimal", "Fraction", "bool"})
_MADE = frozenset({"frozenset", "Counter", "timedelta"})
_PAIR = 2
_KNOWN = LIKELY + 0.05
# That it works with what comes of it says more than what would be returned instead of all.
_FITTING = POSSIBLE + 0.05
_USUAL = POSSIBLE + 0.1
# What takes numbers alone.
_COUNTING = (ast.Div, ast.Sub, ast.FloorDiv, ast.Pow)
_ROUNDING = frozenset({"round", "int", "float", "abs", "sqrt"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The start that changes no other result, or to ask whether there is anything."""
    for call in scene.calls() if scene.said("reduce.* of empty iterable") else ():
        fold = fold_of(scene, call.args[0]) if len(call.args) == _PAIR else None
        if fold is None or called(call) != "reduce":
            continue
        kind = _kind(scene, call, fold)
        if fold.operator == COMMON:
            yield from _if_any(scene, call, kind or "set")
            continue
        start = _start(fold.operator, kind)
        for option in [start] if start else _STARTS.get(fold.operator, ()):
            usual = _USUAL if option == _STARTS[fold.operator][0] else _FITTING
            likely = _KNOWN if start else LIKELY if fold.operator == "*" else usual
            text = call_of(scene, call, [*arguments(scene, call), option])
            yield instead(scene, call, text, likely)


def _start(operator: str, kind: str | None) -> str | None:
    if kind in _NUMBERS:
        return "1" if operator == "*" else "0"
    if operator == "*" or kind is None:
        return None
    return f"{kind}()" if kind in _MADE else NOTHINGS.get(kind)


def _if_any(scene: Scene, call: ast.Call, kind: str) -> Iterator[Candidate]:
    """What all have in common, if there are any: with a start, it would be what that has."""
    match call.args[1]:
        case ast.Name() as source:
            asked = source
        case ast.ListComp(generators=[ast.comprehension(iter=ast.Name() as source, ifs=[])]):
            asked = source
        case _:
            return
    start = _start("|", kind)
    if start in {"set()", "frozenset()"}:
        text = f"{scene.text(call)} if {scene.text(asked)} else {start}"
        yield instead(scene, call, text, _FITTING)


def _kind(scene: Scene, call: ast.Call, fold: Fold) -> str | None:
    """Of what is put together: by the operation, by the values, by who takes the result."""
    function = scene.body
    if fold.kind or not isinstance(function, FUNCTIONS):
        return fold.kind
    kinds = Kinds(scene, function)
    if fold.added is not None:
        return kinds.of(fold.added) or _of_taker(scene, call)
    return _of_items(scene, call.args[1], kinds) or _of_taker(scene, call)


def _of_taker(scene: Scene, call: ast.Call) -> str | None:
    match scene.parents.get(call):
        case ast.BinOp(op=op) if isinstance(op, _COUNTING):
            return "int"
        case ast.Call(func=ast.Name(id=name)) if name in _ROUNDING:
            return "int"
        case _:
            return declared_by_taker(scene, call) or None


def _of_items(scene: Scene, items: ast.expr, kinds: Kinds) -> str | None:
    """The type of each of the items, as it is made or declared."""
    match items:
        case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item):
            return kinds.of(item)
        case ast.Name(id=name):
            declared = (arg.annotation for arg in scene.nearby(ast.arg) if arg.arg == name)
            return next((_inner(each) for each in declared if each is not None), None)
        case _:
            return None


def _inner(annotation: ast.expr) -> str | None:
    match annotation:
        case ast.Subscript(slice=ast.Tuple(elts=[item, *_]) | item):
            return ast.unparse(item).partition("[")[0].rpartition(".")[2]
        case _:
            return None


RULE = rule("folds", "TypeError", candidates)
