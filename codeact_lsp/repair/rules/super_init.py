"""An object whose base class was never set up.

Answers AttributeError.

    class Child(Base):            ->  class Child(Base):
        def __init__(self, n):            def __init__(self, n):
            self.n = n                        super().__init__()
                                              self.n = n
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import line_before


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To set it up first."""
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute '(\w+)'")
    if said is None:
        return
    document = scene.plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        for kind in (each for each in piece.tree.body if isinstance(each, ast.ClassDef)):
            if kind.name == said[1] and kind.bases and given_by_base(scene, kind, said[2]):
                there = Scene(scene.plan, scene.error, piece.span(kind).shifted(start))
                yield from _set_up(there, kind)


def given_by_base(scene: Scene, kind: ast.ClassDef, attribute: str) -> bool:
    """Whether a class that this one is built on keeps the attribute."""
    bases = {ast.unparse(base) for base in kind.bases}
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == attribute
        and isinstance(node.ctx, ast.Store)
        for piece in scene.plan.document.pieces
        for base in piece.tree.body
        if isinstance(base, ast.ClassDef) and base.name in bases
        for node in ast.walk(base)
    )


def _taken_by_base(scene: Scene, kind: ast.ClassDef, method: Function) -> Iterator[str]:
    """What the base class has to be given, as far as the class is given it itself."""
    bases, known = {ast.unparse(base) for base in kind.bases}, {e.arg for e in method.args.args}
    for _, base in scene.everywhere(ast.ClassDef):
        for each in base.body if base.name in bases else ():
            if isinstance(each, ast.FunctionDef) and each.name == "__init__":
                for argument in each.args.args[1:]:
                    if argument.arg in known:
                        yield argument.arg


def _set_up(scene: Scene, kind: ast.ClassDef) -> Iterator[Candidate]:
    for method in kind.body:
        match method:
            case ast.FunctionDef(name="__init__", body=[first, *_]) if "super()" not in scene.text(
                method
            ):
                given = ", ".join(_taken_by_base(scene, kind, method))
                line = f"super().__init__({given})"
                yield Candidate(f"Write '{line}' first", line_before(scene, first, line), SURE)
            case _:
                pass


RULE = rule("super-init", "AttributeError", candidates)
