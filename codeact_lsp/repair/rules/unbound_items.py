"""One name that is set to several values, where the function reads another one of them by its name.

Answers what comes of a tuple that stands for one of its items. That the other name is bound nowhere
tells that it was there.

    place = queue.popleft(); grid[place][column]   ->  place, column = queue.popleft()
    for place in enumerate(rows): row["n"]       ->  for place, row in enumerate(rows)
    low = high, low                                ->  low, high = high, low
    source = edge[0], edge[1]; seen[target]        ->  source, target = edge[0], edge[1]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.names import unmade
from codeact_lsp.repair.scene import Function, Scene, called
from codeact_lsp.repair.writing import instead

_MARGIN = 0.05
_MOST_NAMES = 2
_PAIRED = frozenset({"enumerate", "items", "zip"})
_OF_NAMES = frozenset({"NameError", "UnboundLocalError"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To bind the names together, in the order in which they are mostly written."""
    if scene.error.type not in _OF_NAMES:
        yield from _exchanged(scene)
    if scene.error.type not in _OF_NAMES:
        yield from _as_elsewhere(scene)
    function = scene.function(scene.first)
    unset = [*unmade(scene, function), *_only_added(scene, function)] if function else []
    lost = scene.unbound or list(dict.fromkeys(unset))
    if not 0 < len(lost) <= _MOST_NAMES:
        return
    yield from _of_loops(scene, lost)
    if scene.error.type in _OF_NAMES:
        return
    for made in scene.nearby(ast.Assign):
        match made:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                if isinstance(value, ast.Tuple) and len(value.elts) != len(lost) + 1:
                    continue
                if not isinstance(value, ast.Constant | ast.List | ast.Dict | ast.JoinedStr):
                    likely = SURE if isinstance(value, ast.Tuple) else LIKELY
                    yield _together(scene, target, [name, *lost], likely)
                    yield _together(scene, target, [*lost, name], likely - _MARGIN)
            case _:
                pass


def _of_loops(scene: Scene, lost: list[str]) -> Iterator[Candidate]:
    """What a loop gives in pairs, where its body reads a name that nothing sets."""
    for loop in scene.loops:
        match loop.target, loop.iter:
            case ast.Name(id=name) as target, ast.Call() as pairs if called(pairs) in _PAIRED:
                around = loop if isinstance(loop, ast.For) else scene.parents[loop]
                read = {node.id for node in ast.walk(around) if isinstance(node, ast.Name)}
                if len(lost) == 1 and lost[0] in read:
                    yield _together(scene, target, [name, *lost], SURE + _MARGIN / 2)
            case _:
                pass


def _only_added(scene: Scene, function: Function) -> list[str]:
    """The names that a function adds to, and never sets."""
    stored = [
        node for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]  # fmt: skip
    added = {node.id for node in stored if isinstance(scene.parents.get(node), ast.AugAssign)}
    kept = {node.id for node in stored if not isinstance(scene.parents.get(node), ast.AugAssign)}
    return sorted(added - kept - {each.arg for each in function.args.args})


def _exchanged(scene: Scene) -> Iterator[Candidate]:
    """Both of two variables that are exchanged, where only one is set."""
    for made in scene.nearby(ast.Assign):
        match made:
            case ast.Assign(
                targets=[ast.Name(id=name) as target],
                value=ast.Tuple(elts=[ast.Name(id=other), ast.Name(id=again)]),
            ) if name == again != other:
                yield _together(scene, target, [name, other], SURE)
            case _:
                pass


def _as_elsewhere(scene: Scene) -> Iterator[Candidate]:
    """The names to which another statement of the function gives as many values."""
    statements = scene.nearby(ast.Assign)
    pairs = [
        [each.id for each in target.elts if isinstance(each, ast.Name)]
        for node in statements for target in node.targets if isinstance(target, ast.Tuple)
    ]  # fmt: skip
    for made in statements:
        match made:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=ast.Tuple(elts=values)):
                for names in pairs:
                    if name in names and len(names) == len(values):
                        yield _together(scene, target, names, SURE)
            case _:
                pass


def _together(scene: Scene, target: ast.Name, names: list[str], likely: float) -> Candidate:
    text = ", ".join(names)
    return instead(scene, target, text, likely, f"Write '{text}'")


RULE = rule(
    "unbound-items",
    "TypeError AttributeError IndexError ValueError KeyError NameError UnboundLocalError",
    candidates,
)
