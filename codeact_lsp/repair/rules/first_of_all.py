"""A dictionary that is asked for its first or last item by a position, as a list would be.

Answers KeyError.

    people[0]["name"]   ->  list(people.values())[0]["name"]
    people[0]           ->  list(people)[0], or list(people.values())[0]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_MAPPINGS = frozenset({"dict", "defaultdict", "OrderedDict", "Counter"})
_MARGIN = 0.06


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The item at that position, of those that it holds or of its keys."""
    for item in scene.inside(ast.Subscript):
        match item:
            case ast.Subscript(value=owner, slice=index, ctx=ast.Load()) if _is_end(index):
                seen = scene.value(owner)
                has_texts = seen is not None and seen.value.lstrip("{[( ").startswith(("'", '"'))
                if scene.kind(owner) in _MAPPINGS and has_texts:
                    yield from _at(scene, item, owner, scene.text(index))
            case _:
                pass


def _is_end(index: ast.expr) -> bool:
    return ast.unparse(index) in {"0", "-1"}


def _at(scene: Scene, item: ast.Subscript, owner: ast.expr, place: str) -> Iterator[Candidate]:
    around = scene.parents.get(item)
    is_looked_into = isinstance(around, ast.Subscript | ast.Attribute) and around.value is item
    value = f"list({operand(scene, owner)}.values())[{place}]"
    yield instead(scene, item, value, LIKELY if is_looked_into else POSSIBLE)
    if not is_looked_into:
        key = f"list({scene.text(owner)})[{place}]"
        yield instead(scene, item, key, POSSIBLE + _MARGIN)


RULE = rule("first-of-all", "KeyError", candidates)
