"""A call that leaves out an argument, while the value for it is at hand.

Answers TypeError. A variable that is called as the parameter is, or one that the function sets and
never reads, is meant by it.

    push(queue)                ->  push(queue, item), of a parameter `item`
    found.append()             ->  found.append(word), where nothing else reads `word`
    area(width)                ->  area(width, height)
    pattern.sub("")            ->  pattern.sub("", text)
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, call_of, instead

_MISSING = r"missing (\d+) required positional arguments?: (.*)"
_PLACED = r"missing required argument '\w+' \(pos (\d+)\)"
_TOO_FEW = (
    r"expected (?:at least )?(\d+) arguments?, got (\d+)|takes exactly (one) argument \((0) given\)"
)
_MOST = 2
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The call with it."""
    for call in scene.calls():
        function = scene.function(call)
        idle = unread(scene, function) if function else []
        if said := scene.said(_MISSING):
            yield from _named(scene, call, re.findall(r"'(\w+)'", said[2]), idle)
        elif said := scene.said(_PLACED):
            yield from _placed(scene, call, int(said[1]) - 1, idle)
        elif (said := scene.said(_TOO_FEW)) and not any(_is_star(each) for each in call.args):
            for name in idle[:_MOST]:
                yield _given(scene, call, [name], POSSIBLE + 1.2 * _MARGIN)
            first = [*_at_hand(scene, call), *_parameters(scene, call)[:1]]
            for rank, name in enumerate(dict.fromkeys(first) if not call.args else ()):
                yield _given(scene, call, [name], POSSIBLE + _MARGIN / (rank + 1))


def _placed(scene: Scene, call: ast.Call, at: int, idle: list[str]) -> Iterator[Candidate]:
    """What nobody reads, or is at hand, or the call makes anew, where it is missing."""
    given = arguments(scene, call)
    if at > len(given):
        return
    known = dict.fromkeys([*idle[:_MOST], *_made_anew(scene, call), *_at_hand(scene, call)])
    first = dict.fromkeys([*known, *_parameters(scene, call)[:1]])
    for number, name in enumerate(each for each in first if each not in given):
        likely = POSSIBLE + _MARGIN - number * _MARGIN / 2
        text = call_of(scene, call, [*given[:at], name, *given[at:]])
        yield instead(scene, call, text, likely)


def _made_anew(scene: Scene, call: ast.Call) -> list[str]:
    """The variable that the statement sets, where that may have had a value before."""
    match scene.statement:
        case ast.Assign(targets=[ast.Name(id=name)]) as statement:
            before = [each for each in scene.nearby(ast.Name) if each.lineno < statement.lineno]
            known = {*(each.id for each in before), *_parameters(scene, call)}
            return [name] if name in known else []
        case _:
            return []


def _parameters(scene: Scene, call: ast.Call) -> list[str]:
    """The names that the function around a call takes."""
    function = scene.function(call)
    taken = [each.arg for each in function.args.args] if function else []
    return [name for name in taken if name not in {"self", "cls"}]


def _at_hand(scene: Scene, call: ast.Call) -> list[str]:
    """The item of the loop around a call, or the one parameter of its function."""
    for loop in scene.around(call, ast.For):
        if isinstance(loop.target, ast.Name):
            return [loop.target.id]
    taken = _parameters(scene, call)
    return taken if len(taken) == 1 else []


def _named(
    scene: Scene, call: ast.Call, missing: list[str], idle: list[str]
) -> Iterator[Candidate]:
    """What is called like the parameters; for a single one, what nobody reads."""
    known = scene.bound | set(scene.plan.names)
    given = arguments(scene, call)
    if missing and all(name in scene.bound and name not in given for name in missing):
        yield _given(scene, call, missing, SURE)
        return
    if len(missing) == 1:
        for name in idle[:_MOST]:
            yield _given(scene, call, [name], LIKELY)
        for name in sorted(known):
            is_it = name.strip("_").lower() == missing[0].strip("_").lower()
            if is_it and name not in given:
                yield _given(scene, call, [name], LIKELY)


def _is_star(node: ast.expr) -> bool:
    return isinstance(node, ast.Starred)


def _given(scene: Scene, call: ast.Call, more: list[str], likely: float) -> Candidate:
    return instead(scene, call, call_of(scene, call, [*arguments(scene, call), *more]), likely)


RULE = rule("missing-arguments", "TypeError", candidates)
