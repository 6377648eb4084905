"""An object whose base class was never set up.

Answers AttributeError, and what libraries say of an object that was not begun. Whether a class of a
library keeps the attribute is not looked up: nothing of the plan sets it.

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

# As threads, and modules of PyTorch, tell it.
_NOT_BEGUN = r"__init__\(\)(?: method)? (?:was )?(?:not|never) called|before \w+\.__init__\(\) call"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To set it up first."""
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute '(\w+)'")
    if not (said or scene.said(_NOT_BEGUN)):
        return
    for there, kind in scene.everywhere(ast.ClassDef):
        if said is None or (kind.name == said[1] and _is_of_base(scene, kind, said[2])):
            yield from _set_up(there, kind)


def _is_of_base(scene: Scene, kind: ast.ClassDef, attribute: str) -> bool:
    """Whether it is what a class that this one is built on keeps, here or in a library."""
    bases = {ast.unparse(base).partition(".")[0] for base in kind.bases}
    is_of_library = bool(bases & scene.imported.keys()) and not _is_set_here(scene, attribute)
    return is_of_library or given_by_base(scene, kind, attribute)


def _is_set_here(scene: Scene, attribute: str) -> bool:
    """Whether the plan sets an attribute of that name anywhere, or defines one."""
    set_here = (
        node.attr
        for piece in scene.plan.document.pieces
        for node in ast.walk(piece.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    )
    defined = (node.name for _, node in scene.everywhere(ast.FunctionDef))
    return attribute in {*set_here, *defined}


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
    for method in kind.body if kind.bases else ():
        match method:
            case ast.FunctionDef(name="__init__", body=[first, *_]) if "super()" not in scene.text(
                method
            ):
                given = ", ".join(_taken_by_base(scene, kind, method))
                line = f"super().__init__({given})"
                yield Candidate(f"Write '{line}' first", line_before(scene, first, line), SURE)
            case _:
                pass


RULE = rule("super-init", "AttributeError RuntimeError AssertionError", candidates)
