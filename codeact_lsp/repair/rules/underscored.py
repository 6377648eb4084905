"""An attribute that is kept behind an underscore.

Answers AttributeError. A class of the plan keeps it so, or named tuples do: their methods have an
underscore, for any other name may be that of a field.

    self.balance, of self._balance = 0   ->  self._balance
    row.replace(price=3)                 ->  row._replace(price=3)
"""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, in_places, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import together

_OF_TUPLES = frozenset({"replace", "asdict", "make", "fields"})
_BUILT_IN = frozenset({"str", "list", "dict", "tuple", "bytes", "Series", "DataFrame", "datetime"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The name with the underscore, there or wherever the class has it without one."""
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute '(\w+)'")
    node = scene.failed
    if not (said and isinstance(node, ast.Attribute) and node.attr == said[2]):
        return
    if is_kept_apart(scene, said[1], said[2]):
        alike = [
            each for each in scene.nearby(ast.Attribute) if ast.unparse(each) == ast.unparse(node)
        ]
        edit = together(scene, *(_behind(scene, each) for each in alike))
        yield Candidate(f"Write '_{node.attr}'{in_places(len(alike))}", edit, SURE)
    elif node.attr in _OF_TUPLES and said[1] not in _BUILT_IN:
        yield Candidate(f"Write '_{node.attr}'", _behind(scene, node), LIKELY)


def is_kept_apart(scene: Scene, kind: str, name: str) -> bool:
    """Whether a class of the plan sets an attribute of that name with an underscore.

    Args:
        scene: The scene.
        kind: The name of the class.
        name: The attribute without the underscore.
    """
    kept = set()
    for piece in scene.plan.document.pieces:
        for each in (each for each in piece.tree.body if isinstance(each, ast.ClassDef)):
            if each.name == kind:
                kept |= {node.attr for node in ast.walk(each) if _is_set(node)}
    return f"_{name}" in kept


def _is_set(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)


def _behind(scene: Scene, node: ast.Attribute) -> TextEdit:
    """The underscore before the last name."""
    at = scene.span(node).end - len(node.attr)
    return TextEdit(Span(at, at), "_")


RULE = rule("underscored", "AttributeError", candidates)
