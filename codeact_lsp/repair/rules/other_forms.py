"""A value in another form than the one that was meant: wrapped, in parts, without its keys.

Answers what comes of a wrong value. Looks at the place, at what made its values, and at the calls
that led there. Tried only where nothing else has worked.

    encode([data])                      ->  encode(data)
    join(parts), of `def join(a, *p)`   ->  join(*parts)
    Ratio(n.as_integer_ratio())         ->  Ratio(*n.as_integer_ratio()), of a class of the plan
    return max(fines, key=by_amount)    ->  return max(fines.items(), key=by_amount)
    found = rows[0]; found.append(x)    ->  found = rows
    text.find(mark, "1")                ->  text.find(mark, 1)
    out = out.begin(); out.write(text)  ->  out.begin()
    return str(table), str(red, green)  ->  return table, (red, green)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import arguments, call_of, instead

_GO_THROUGH = frozenset({"max", "min", "sorted", "list", "tuple", "enumerate", "filter", "map"})
_CONVERT = frozenset({"str", "int", "float", "list", "tuple", "set", "dict", "bool", "repr"})
_WHOLE = WILD * 0.9
_LESS = WILD / 2
# It is seldom written so at all.
_ALONE = WILD * 1.25


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each value of the places as it could be meant."""
    for there in places(scene):
        for node in there.inside(ast.expr):
            match node:
                case ast.List(elts=[only], ctx=ast.Load()) | ast.Tuple(elts=[only], ctx=ast.Load()):
                    yield instead(there, node, there.text(only), WILD)
                case ast.Call(func=ast.Name(id=name), args=[*parts], keywords=[]) if (
                    # Without the conversion that failed, only its bad value would be handed on.
                    name in _CONVERT
                    and parts
                    and (len(parts) > 1 or there.span(node) != scene.place)
                ):
                    text = ", ".join(there.text(each) for each in parts)
                    yield instead(there, node, text if len(parts) == 1 else f"({text})", WILD)
                case ast.Call(args=[*_, ast.Name() as last], keywords=[]) as call:
                    yield _spread(there, call, last)
                case ast.Call(func=ast.Name(id=name), args=[ast.Call() as only], keywords=[]) if (
                    name == "cls" or name in scene.plan.names
                ):
                    yield _spread(there, node, only)
                case ast.Constant(value=str(text)) if text.isdecimal():
                    yield instead(there, node, str(int(text)), WILD)
                case ast.Subscript(value=owner, slice=ast.Constant(value=int()), ctx=ast.Load()):
                    yield instead(there, node, there.text(owner), _LESS)
                case _:
                    pass
            yield from _with_values(there, node)
        yield from _alone(there)


def _alone(scene: Scene) -> Iterator[Candidate]:
    """A call of a method of something, whose result is kept by the name of that."""
    match scene.statement:
        case (
            ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner))) as call,
            ) as kept
        ) if owner == name:
            yield instead(scene, kept, scene.text(call), _ALONE)
        case _:
            return


def _spread(scene: Scene, call: ast.Call, last: ast.expr) -> Candidate:
    given = arguments(scene, call)
    text = call_of(scene, call, [*given[:-1], f"*{scene.text(last)}"])
    return instead(scene, call, text, _WHOLE if scene.said("'?(?:list|tuple)'?") else _LESS)


def _with_values(scene: Scene, node: ast.expr) -> Iterator[Candidate]:
    """A dictionary by its pairs, where only its keys are gone through."""
    match node:
        case ast.Call(args=[ast.Name() as source, *_]) if called(node) in _GO_THROUGH:
            pass
        case ast.ListComp(generators=[made, *_]) | ast.GeneratorExp(generators=[made, *_]):
            if not isinstance(made.iter, ast.Name):
                return
            source = made.iter
        case _:
            return
    for number, name in enumerate(("items", "values")):
        yield instead(scene, source, f"{source.id}.{name}()", _WHOLE / (number + 1))


RULE = rule("other-forms", EVERY, candidates)
