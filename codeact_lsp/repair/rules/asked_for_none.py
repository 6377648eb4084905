"""What is asked whether it is None, while it is there and empty.

Answers IndexError, KeyError, ValueError and TypeError of nothing in it. Only what finds one thing
gives None; what finds many gives as many as there are.

    if rows is None: return ""    ->  if not rows: return "", of a list
    if rows is None: return ""    ->  if rows.empty: return "", of a table
    if rows is not None:          ->  if rows:
    if len(rows) < 0:             ->  if len(rows) < 1:
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_TABLES = frozenset({"DataFrame", "Series", "Index"})
_HOLDERS = frozenset({"list", "tuple", "dict", "str", "set", "deque"})
_EMPTY = ("[]", "()", "{}", "''", "set()", "deque([])")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Whether there is anything in it."""
    inside = {ast.unparse(node): node for node in scene.inside(ast.Name)}
    for test in scene.nearby(ast.Compare):
        match test:
            case ast.Compare(
                left=ast.Name(id=name),
                ops=[ast.Is() | ast.IsNot() as sign],
                comparators=[ast.Constant(value=None)],
            ) if name in inside:
                way = _way(scene, inside[name], is_not=isinstance(sign, ast.IsNot))
                if way:
                    yield instead(scene, test, way, LIKELY, f"Ask whether '{name}' is empty")
            case ast.Compare(
                left=ast.Call(func=ast.Name("len"), args=[ast.Name(id=name)]),
                ops=[ast.Lt()],
                comparators=[ast.Constant(value=0) as bound],
            ) if name in inside:
                yield instead(scene, bound, "1", LIKELY)
            case _:
                pass


def _way(scene: Scene, owner: ast.Name, *, is_not: bool) -> str:
    """How an empty one is told from another; nothing where it was not seen to be empty."""
    seen, kind = scene.value(owner), scene.kind(owner)
    if kind in _TABLES and seen and (" 0×" in seen.value or seen.value.endswith(" 0")):
        return f"{'not ' if is_not else ''}{owner.id}.empty"
    if kind in _HOLDERS and seen and seen.value in _EMPTY:
        return owner.id if is_not else f"not {owner.id}"
    return ""


RULE = rule("asked-for-none", "IndexError KeyError ValueError TypeError", candidates)
