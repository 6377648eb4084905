"""A default of a dataclass that all of its objects would share.

Answers ValueError; and TypeError of fields in an order that cannot be, or of objects without one.

    items: list = []             ->  items: list = field(default_factory=list)
    rates: dict = {"EUR": 1.0}   ->  rates: dict = field(default_factory=lambda: {"EUR": 1.0})
    n: int = 3; name: str        ->  name: str; n: int = 3
    sorted(items)                ->  @dataclass(order=True), of the class of the items
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, line_before, together

_EMPTY = {"[]": "list", "{}": "dict", "set()": "set", "list()": "list", "dict()": "dict"}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A factory that makes one for each object; an order of the fields, or of the objects."""
    if said := scene.said(r"non-default argument '(\w+)' follows default argument"):
        yield from _sooner(scene, said[1])
    elif said := scene.said(r"'(\w+)' and '\1'$"):
        yield from _in_order(scene, said[1])
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


def _sooner(scene: Scene, name: str) -> Iterator[Candidate]:
    """The field before the first that has a default."""
    for kind in (each for each in ast.walk(scene.piece.tree) if isinstance(each, ast.ClassDef)):
        fields = [each for each in kind.body if isinstance(each, ast.AnnAssign)]
        late = [each for each in fields if each.value is None]
        first = next((each for each in fields if each.value is not None), None)
        late = [each for each in late if first and each.lineno > first.lineno]
        if first and any(ast.unparse(each.target) == name for each in late):
            text = scene.plan.source.text
            edits = [line_before(scene, first, scene.text(each)) for each in reversed(late)]
            for each in late:
                span = scene.span(each)
                edits.append(TextEdit(Span(text.rfind("\n", 0, span.start), span.end), ""))
            yield Candidate("Put those without a default first", together(scene, *edits), SURE)


def _in_order(scene: Scene, name: str) -> Iterator[Candidate]:
    """Compared by their fields, one after another."""
    document = scene.plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        for kind in (each for each in piece.tree.body if isinstance(each, ast.ClassDef)):
            for mark in kind.decorator_list if kind.name == name else ():
                span = piece.span(mark).shifted(start)
                if ast.unparse(mark) == "dataclass":
                    edit = TextEdit(Span(span.end, span.end), "(order=True)")
                    yield Candidate(f"Give objects of '{name}' an order", edit, SURE)


def _from_factory(scene: Scene, span: Span, text: str) -> Candidate:
    imports = importing(scene, "from dataclasses import field", "field")
    return Candidate(f"Write '{text}'", together(scene, *imports, TextEdit(span, text)), SURE)


RULE = rule("dataclass-fields", "ValueError TypeError", candidates)
