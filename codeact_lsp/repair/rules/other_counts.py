"""One too many or too few of what is given, unpacked or counted, where the message does not say so.

Answers what comes of a wrong value. Looks at the place, at what made its values, and at the calls
that led there. Tried only where nothing else has worked.

    path.endswith("/", "/")   ->  path.endswith("/")
    text.split(";", limit)    ->  text.split(";")
    first, second, rest = p   ->  first, second = p
    size, = measure(rows)     ->  size = measure(rows)
    rows[n + 1]               ->  rows[n]
    head = line.split(":", 1); head.strip()   ->  head, line = line.split(":", 1)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import arguments, call_of, instead

_IN_PARTS = frozenset({"split", "rsplit", "partition", "rpartition", "groups", "span"})
_LESS = WILD * 0.75
_LEAST = WILD / 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each group of the places with one less, and single names with others beside them."""
    for there in places(scene):
        yield from _of_targets(there)
        for node in there.inside(ast.expr):
            match node:
                case ast.Call(args=[_, *_]) as call:
                    yield from _of_arguments(there, call)
                case ast.Subscript(slice=ast.BinOp(left=left, right=ast.Constant(value=1)) as sum_):
                    yield instead(there, sum_, there.text(left), WILD)
                case _:
                    pass


def _of_arguments(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Without what is given twice; without the last of several."""
    given = arguments(scene, call)
    for at in range(1, len(given)):
        if given[at] == given[at - 1]:
            text = call_of(scene, call, [*given[:at], *given[at + 1 :]])
            yield instead(scene, call, text, WILD)
    if len(given) > 1 and given[-1] != given[-2]:
        yield instead(scene, call, call_of(scene, call, given[:-1]), _LEAST)


def _of_targets(scene: Scene) -> Iterator[Candidate]:
    """Of the names that the statement around sets, all but the last, or the last."""
    match scene.statement:
        case ast.Assign(targets=[ast.Tuple(elts=[*names]) as target]):
            texts = [scene.text(each) for each in names]
            if len(texts) == 1:
                yield instead(scene, target, texts[0], WILD)
            else:
                yield instead(scene, target, ", ".join(texts[:-1]), _LESS)
                yield instead(scene, target, ", ".join(texts[1:]), _LEAST)
        case ast.Assign(targets=[ast.Name(id=name) as target], value=ast.Call() as value):
            for others in dict.fromkeys(_others(scene, name, value)):
                yield instead(scene, target, f"{name}, {others}", WILD)
        case _:
            return


def _others(scene: Scene, name: str, value: ast.Call) -> Iterator[str]:
    """What is set together with it elsewhere; what it is taken from; what nobody reads."""
    for node in scene.nearby(ast.Tuple):
        texts = [scene.text(each) for each in node.elts]
        if isinstance(node.ctx, ast.Store) and texts[:1] == [name] and texts[1:]:
            yield ", ".join(texts[1:])
    match value.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=method) if method in _IN_PARTS:
            yield owner
            yield "_"
        case _:
            return


RULE = rule("other-counts", EVERY, candidates)
