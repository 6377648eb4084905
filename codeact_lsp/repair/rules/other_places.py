"""Another position or key of a value than the one that was meant.

Answers what comes of a wrong value. Looks at the place and at what made its values. Tried only
where nothing else has worked.

    name, row = pair[1].split(":")     ->  pair[0].split(":")
    order["name"] * order["quantity"]  ->  order["price"] * order["quantity"]
    name = best["high"]; heights[name]  ->  name = best["town"], of {"town": ..., "high": ...}
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import instead, quoted

_MOST_KEYS = 4


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each position as those beside it, each key as the others that are asked for."""
    for there in places(scene):
        for item in there.inside(ast.Subscript):
            match item.slice:
                case ast.Constant(value=int(number)) if not isinstance(number, bool):
                    yield from _positions(there, item.slice, number)
                case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
                    yield from _positions(there, item.slice, -number)
                case ast.Constant(value=str(key)):
                    for other in _keys(there, item, key)[:_MOST_KEYS]:
                        yield instead(there, item.slice, quoted(there, item.slice, other), WILD)
                case _:
                    pass


def _positions(scene: Scene, place: ast.expr, number: int) -> Iterator[Candidate]:
    others = [number - 1, number + 1, number - 2, -number, 0, -1]
    for turn, other in enumerate(dict.fromkeys(others)):
        if other != number and (other >= -1 or number < 0):
            yield instead(scene, place, str(other), WILD * (1 - turn / 10))


def _keys(scene: Scene, item: ast.Subscript, key: str) -> list[str]:
    """The keys of the value that were seen; else those that the function asks others for."""
    fact, seen = scene.error.fact, scene.literal(item.value)
    if fact and fact.kind == "key" and fact.name == key and fact.options:
        return list(fact.options)
    if isinstance(seen, dict):
        return [each for each in seen if isinstance(each, str) and each != key]
    asked = [each.slice for each in scene.nearby(ast.Subscript)]
    values = [each.value for each in asked if isinstance(each, ast.Constant)]
    texts = [each for each in values if isinstance(each, str)]
    # First what nothing asks for yet: whoever made it, did so for something.
    beside = sorted(_written_beside(scene, key), key=lambda each: each in texts)
    return list(dict.fromkeys(each for each in [*beside, *texts] if each != key))


def _written_beside(scene: Scene, key: str) -> list[str]:
    """The keys with which the plan itself makes a dictionary that has this one."""
    found = list[str]()
    for _, node in scene.everywhere(ast.Dict):
        keys = [each.value for each in node.keys if isinstance(each, ast.Constant)]
        if key in keys:
            found += [each for each in keys if isinstance(each, str)]
    return found


RULE = rule("other-places", EVERY, candidates)
