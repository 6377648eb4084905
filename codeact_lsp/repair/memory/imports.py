"""What a change has made of a plan's imports, name by name; and how to do the same once more."""

import ast
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from codeact_lsp.plan import Piece, Plan, Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.memory.imported import only_imports
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, replaced


class Imported(NamedTuple):
    """One name that a statement imports; from no module where it is one itself."""

    module: str
    name: str
    called: str

    @property
    def bound(self) -> str:
        """The name that it has in the plan."""
        return self.called or (self.name if self.module else self.name.partition(".")[0])

    @property
    def line(self) -> str:
        """The statement that imports it alone."""
        called = f" as {self.called}" if self.called else ""
        start = f"from {self.module} import" if self.module else "import"
        return f"{start} {self.name}{called}"


class Exchange(NamedTuple):
    """What is not imported any more, and what has come."""

    gone: tuple[Imported, ...]
    come: tuple[Imported, ...]


def exchanged(before: Plan, after: Plan, names: Collection[str] | None = None) -> Exchange:
    """What was changed of the imports.

    Args:
        before: The plan as it was.
        after: The plan as it is now.
        names: Only those that bind one of these, if they are given.
    """
    old, new = dict.fromkeys(_of(before)), dict.fromkeys(_of(after))
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    if names is not None:
        gone, come = ([each for each in some if each.bound in names] for some in (gone, come))
    return Exchange(tuple(gone), tuple(come))


def edits(exchange: Exchange, scene: Scene) -> list[TextEdit] | None:
    """The edits that do the same to another plan; None where something else is imported there."""
    statements = dict(_places(scene.plan))
    there = {each for known in statements.values() for each in known}
    if not there.issuperset(exchange.gone):
        return None
    # What has come for something stands where that stood.
    pairs = dict(zip(exchange.gone, exchange.come, strict=False))
    made = [
        edit
        for span, known in statements.items()
        if any(each in exchange.gone for each in known)
        for edit in _rewritten(scene, span, known, pairs, exchange.gone)
    ]
    for each in exchange.come[len(exchange.gone) :]:
        if each not in there:
            made += importing(scene, each.line, each.bound)
    return made


def _rewritten(
    scene: Scene,
    span: Span,
    known: Sequence[Imported],
    pairs: dict[Imported, Imported],
    gone: Collection[Imported],
) -> Iterator[TextEdit]:
    """A statement in which some of what it imports has made way for something else."""
    there = Scene(scene.plan, scene.error, span)
    kept = [pairs.get(each, each) for each in known if each in pairs or each not in gone]
    statement = there.statement
    if statement is None:
        return
    if kept:
        yield replaced(there, statement, "\n".join(_lines(kept)))
        return
    end = scene.plan.source.text.find("\n", span.end) + 1 or span.end
    yield TextEdit(Span(span.start, end), "")


def _lines(kept: Sequence[Imported]) -> Iterator[str]:
    """Statements that import some names, as few as go."""
    for module in dict.fromkeys(each.module for each in kept):
        some = [each for each in kept if each.module == module]
        first, *others = (each.line for each in some)
        start = f"from {module} import " if module else "import "
        yield ", ".join([first, *(line.removeprefix(start) for line in others)])


def _of(plan: Plan) -> Iterator[Imported]:
    for _, known in _places(plan):
        yield from known


def _places(plan: Plan) -> Iterator[tuple[Span, tuple[Imported, ...]]]:
    """The imports at the top level, and where they stand."""
    document = plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        if piece.imports.statements and only_imports(piece.tree):
            for statement in piece.tree.body:
                yield piece.span(statement).shifted(start), tuple(_names(statement))


def _names(statement: ast.stmt) -> Iterator[Imported]:
    match statement:
        case ast.Import(names=names):
            yield from (Imported("", each.name, each.asname or "") for each in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            yield from (Imported(module, each.name, each.asname or "") for each in names)
        case _:
            return


def bound_in(piece: Piece) -> set[str]:
    """The names that a piece reads or sets."""
    return {node.id for node in ast.walk(piece.tree) if isinstance(node, ast.Name)}
