"""A text that is gone through character by character, where its lines or words are meant.

Answers ValueError, TypeError, AttributeError, IndexError and KeyError.

    for line in file.read(): line.split("=")     ->  for line in file.read().splitlines():
    for word in text: counts[word]               ->  for word in text.split():
    for row in csv.reader(text): row[1]          ->  for row in csv.reader(text.splitlines()):
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, operand

_LINES = frozenset({"line", "row", "record", "entry", "l", "ln", "pair"})
_WORDS = frozenset({"word", "token", "w", "part", "term", "item", "field"})
_READ = frozenset({"read", "read_text", "decode", "dedent"})
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Its lines, or its words."""
    for loop in scene.loops:
        match loop.iter:
            case ast.Call(args=[text, *_]) as call if called(call) in {"reader", "DictReader"}:
                names = {"row"}
            case text:
                names = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
        if _is_text(scene, text):
            yield from _divided(scene, text, names)


def _divided(scene: Scene, text: ast.expr, names: set[str]) -> Iterator[Candidate]:
    owner, seen = operand(scene, text), scene.literal(text)
    are_lines = bool(names & _LINES) or (isinstance(seen, str) and "\n" in seen.strip())
    ways = [("splitlines", bool(names & _LINES))] if are_lines else []
    ways += [("split", bool(names & _WORDS))]
    for way, is_named in ways:
        likely = LIKELY - _MARGIN if is_named else POSSIBLE - _MARGIN
        yield instead(scene, text, f"{owner}.{way}()", likely)


def _is_text(scene: Scene, node: ast.expr) -> bool:
    """Whether it was seen to be a text, is written as one, or is read from a file as one."""
    if scene.kind(node) is not None:
        return scene.kind(node) == "str"
    # A comprehension does not show the variables around it.
    values = [
        each.value for each in scene.nearby(ast.Assign)
        if [ast.unparse(target) for target in each.targets] == [ast.unparse(node)]
    ]  # fmt: skip
    declared = {each.arg: each.annotation for each in scene.nearby(ast.arg) if each.annotation}
    kind = declared.get(ast.unparse(node))
    return any(map(_makes_text, (node, *values))) or (kind is not None and _is_str(kind))


def _makes_text(node: ast.expr) -> bool:
    is_written = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_written or (isinstance(node, ast.Call) and called(node) in _READ)


def _is_str(annotation: ast.expr) -> bool:
    return ast.unparse(annotation) in {"str", "'str'"}


RULE = rule("characters", "ValueError TypeError AttributeError IndexError KeyError", candidates)
