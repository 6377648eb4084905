"""A comparison by size with what has none: with None, or with what may hold the other side.

Answers TypeError.

    if scheme < None             ->  if scheme is None; or is not None
    if "charset" > parts         ->  if "charset" in parts, of a dictionary, list, tuple or set
    while line > ("#", "")       ->  while line not in ("#", "")
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene

_SAID = r"'(?:[<>]=?)' not supported between instances of '[\w.]+' and '([\w.]+)'"
_HOLD = frozenset({"dict", "list", "tuple", "set", "frozenset", "dict_keys", "Counter"})
_SIGNS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
# The opposite may be meant, so that none of both is preferred.
_LIKELY = POSSIBLE + 0.1
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The question that the right side can answer."""
    said = scene.said(_SAID)
    for node in scene.inside(ast.Compare) if said else ():
        match node:
            case ast.Compare(ops=[op], comparators=[ast.Constant(value=None)]):
                yield from _instead(scene, node, op, ("is", "is not"))
            case ast.Compare(ops=[op]) if said and said[1] in _HOLD:
                yield from _instead(scene, node, op, ("in", "not in"))
            case _:
                pass


def _instead(
    scene: Scene, node: ast.Compare, op: ast.cmpop, words: tuple[str, str]
) -> Iterator[Candidate]:
    start, end = scene.span(node.left).end, scene.span(node.comparators[0]).start
    sign = _SIGNS.get(type(op), "")
    at = scene.plan.source.text.find(sign, start, end) if sign else -1
    for number, word in enumerate(words) if at >= 0 else ():
        text = scene.plan.source.text
        left = "" if text[at - 1].isspace() else " "
        right = "" if text[at + len(sign)].isspace() else " "
        edit = TextEdit(Span(at, at + len(sign)), f"{left}{word}{right}")
        yield Candidate(f"Write '{word}' for '{sign}'", edit, _LIKELY - number * _MARGIN)


RULE = rule("asked-otherwise", "TypeError", candidates)
