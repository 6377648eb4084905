"""A character that was to be taken as its number.

Answers TypeError of a text and a whole number, where a text of one character was seen.

    sign = text[at]; 48 <= sign <= 57   ->  sign = ord(text[at])
    total = total * 31 + letter         ->  total * 31 + ord(letter)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_NUMBER_AND_TEXT = r"'int'.*'str'|'str'.*'int'|argument must be int|(?:as|to be) an? integer"
_READ = (ast.Name, ast.Attribute, ast.Subscript)
_COUNTED = (ast.BinOp, ast.Compare, ast.AugAssign)
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Its number, where it was set and at the place."""
    letters = list(_letters(scene)) if scene.said(_NUMBER_AND_TEXT) else []
    names = {node.id for node in letters if isinstance(node, ast.Name)}
    for made in scene.nearby(ast.Assign) if names else ():
        match made:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() as value) if (
                name in names
            ):
                yield instead(scene, value, f"ord({scene.text(value)})", LIKELY + _MARGIN)
            case _:
                pass
    for node in letters:
        yield instead(scene, node, f"ord({scene.text(node)})", LIKELY)


def _letters(scene: Scene) -> Iterator[ast.expr]:
    """What of the place was one character, and no digit: that would be for `int`."""
    for node in scene.inside(ast.expr):
        if isinstance(node, _READ) and isinstance(node.ctx, ast.Load):
            seen = scene.literal(node)
            if not isinstance(scene.parents.get(node), _COUNTED):
                continue  # What is handed on may be meant for another place, or method.
            if _is_key(scene, node):
                continue  # Rather the value that is under it.
            if isinstance(seen, str) and len(seen) == 1 and not seen.isdecimal():
                yield node


def _is_key(scene: Scene, node: ast.expr) -> bool:
    """Whether it is gone through as a key of something."""
    keys = (ast.unparse(each.target) for each in scene.loops if _are_keys(each.iter))
    return ast.unparse(node) in keys


def _are_keys(source: ast.expr) -> bool:
    return isinstance(source, ast.Call) and ast.unparse(source.func).endswith(".keys")


RULE = rule("code-points", "TypeError", candidates)
