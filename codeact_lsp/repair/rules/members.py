"""Something of an item that is asked of the list or pair which holds it.

Answers AttributeError and TypeError.

    counts.most_common(1)[0].lower()  ->  counts.most_common(1)[0][0].lower()
    rows.keys(), of [{"a": 1}]        ->  rows[0].keys()
    last.end, of `start, end`         ->  last[1], where pairs are taken apart so
    pair + 1, of one number           ->  pair[0] + 1
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_HOLDERS = frozenset({"tuple", "list"})
_DOUBT = 0.12


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The item that has it."""
    match scene.failed:
        case ast.Attribute(value=owner, attr=name) if scene.said(r"'(?:tuple|list)' object has no"):
            yield from _named(scene, owner, name)
            yield from _having(scene, owner, name)
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            for node in (left, right):
                yield from _alone(scene, node)
        case _:
            return


def _named(scene: Scene, owner: ast.expr, name: str) -> Iterator[Candidate]:
    """By its place, where the function takes others like it apart by that name."""
    for target in scene.nearby(ast.Tuple):
        names = [each.id if isinstance(each, ast.Name) else "" for each in target.elts]
        if isinstance(target.ctx, ast.Store) and name in names and scene.failed is not None:
            text = f"{operand(scene, owner)}[{names.index(name)}]"
            if isinstance(scene.failed, ast.expr):
                yield instead(scene, scene.failed, text, LIKELY)


def _having(scene: Scene, owner: ast.expr, name: str) -> Iterator[Candidate]:
    items = scene.literal(owner)
    if items is None and scene.said("'tuple'"):
        yield instead(scene, owner, f"{operand(scene, owner)}[0]", LIKELY - _DOUBT)
        yield instead(scene, owner, f"{operand(scene, owner)}[1]", POSSIBLE)
    if isinstance(items, tuple | list):
        having = [place for place, item in enumerate(items) if hasattr(item, name)]
        for place in having[:1]:
            is_it = isinstance(items, tuple) or len(items) == 1
            text = f"{operand(scene, owner)}[{place}]"
            yield instead(scene, owner, text, LIKELY if is_it else POSSIBLE)


def _alone(scene: Scene, node: ast.expr) -> Iterator[Candidate]:
    """The only item of a row, where a number is met by all of the row."""
    items = scene.literal(node)
    is_row = isinstance(items, tuple) and len(items) == 1
    if is_row and scene.said(r"'(?:int|float|str)'|not \"(?:int|float|str)\""):
        yield instead(scene, node, f"{operand(scene, node)}[0]", LIKELY)


RULE = rule("members", "AttributeError TypeError", candidates)
