"""Several keys that are given as one, or one by one, where it has to be the other way round.

Answers KeyError, ValueError, TypeError and IndexError.

    table["a", "b"], of pandas     ->  table[["a", "b"]]
    grid[x][y], of pairs as keys   ->  grid[x, y]
    grid[x, y], of rows            ->  grid[x][y]
    rows[i, i + 2], of values      ->  rows[i : i + 2]
    costs[a, b]                    ->  costs[b, a], where that is there
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_OF_LISTS = r"(?:list|tuple|string) indices must be integers or slices, not tuple"
_OF_TABLES = r"Cannot subset columns with a tuple with more than one element"
_PAIR = 2
_TABLES = frozenset({"DataFrame", "DataFrameGroupBy"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The keys in the other way."""
    for item in scene.inside(ast.Subscript):
        match item.slice:
            case ast.Tuple(elts=[_, _, *_] as keys) if item is scene.failed:
                yield from _of_one(scene, item, [scene.text(key) for key in keys])
            case _ if scene.error.type == "KeyError":
                yield from _of_many(scene, item)
            case _:
                pass


def _of_one(scene: Scene, item: ast.Subscript, keys: list[str]) -> Iterator[Candidate]:
    """A list of columns, one key after another, or the pair turned round."""
    owner = operand(scene, item.value)
    if scene.said(_OF_TABLES) or scene.kind(item.value) in _TABLES:
        yield instead(scene, item, f"{owner}[[{', '.join(keys)}]]", SURE)
    elif scene.error.type == "KeyError" or scene.said(_OF_LISTS):
        steps = "".join(f"[{key}]" for key in keys)
        yield instead(scene, item, f"{owner}{steps}", SURE if scene.said(_OF_LISTS) else LIKELY)
        if len(keys) == _PAIR and scene.said(_OF_LISTS):
            is_plain = all(key.lstrip("-").isdigit() for key in keys)
            likely = POSSIBLE if is_plain else LIKELY
            yield instead(scene, item, f"{owner}[{keys[0]} : {keys[1]}]", likely)
        turned = ", ".join(reversed(keys))
        yield instead(scene, item, f"{owner}[{turned}]", POSSIBLE)


def _of_many(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """All keys that are looked up one after another, as one."""
    outer = scene.parents.get(item)
    if isinstance(outer, ast.Subscript) and outer.value is item:
        keys = f"{scene.text(item.slice)}, {scene.text(outer.slice)}"
        yield instead(scene, outer, f"{operand(scene, item.value)}[{keys}]", LIKELY)


RULE = rule("tuple-keys", "KeyError ValueError TypeError IndexError", candidates)
