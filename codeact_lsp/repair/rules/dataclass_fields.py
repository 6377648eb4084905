"""A default of a dataclass that all of its objects would share.

Answers ValueError.

    items: list = []             ->  items: list = field(default_factory=list)
    rates: dict = {"EUR": 1.0}   ->  rates: dict = field(default_factory=lambda: {"EUR": 1.0})
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, together

_EMPTY = {"[]": "list", "{}": "dict", "set()": "set", "list()": "list", "dict()": "dict"}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A factory that makes one for each object."""
    said = scene.said(r"mutable default <class '([\w.]+)'> for field (\w+)")
    for node in ast.walk(scene.piece.tree) if said else ():
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as default) if (
                said and name == said[2]
            ):
                text = scene.text(default)
                made = _EMPTY.get(text, f"lambda: {text}")
                yield _from_factory(scene, scene.span(default), f"field(default_factory={made})")
            case _:
                pass


def _from_factory(scene: Scene, span: Span, text: str) -> Candidate:
    imports = importing(scene, "from dataclasses import field", "field")
    return Candidate(f"Write '{text}'", together(scene, *imports, TextEdit(span, text)), SURE)


RULE = rule("dataclass-fields", "ValueError", candidates)
