"""Which functions may be guilty of a failure: the one that failed, and those it has to do with."""

import ast
from collections.abc import Iterator

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Piece, Plan, Span
from codeact_lsp.repair.memory.imported import only_imports
from codeact_lsp.repair.scene import Scene

_MOST = 12


def reached(plan: Plan, error: CodeError) -> Iterator[Scene]:
    """The scenes of what may have to be changed, the likeliest first, one a function.

    After the place itself come those that the bad value is known to have come from, then the calls
    that led there, then what the function that failed calls: what has returned is in no frame.

    Args:
        plan: The plan that ran.
        error: What happened.
    """
    told = [error.span, *(origin.span for origin in error.origins)]
    frames = [frame.span for frame in reversed(error.frames)]
    known = dict[int, Span]()
    for span in (*told, *frames, *_called(plan, error.span)):
        known.setdefault(plan.document.piece_at(span.start), span)
    # Two places in one function may both be told of.
    others = [span for span in known.values() if span not in told]
    for span in list(dict.fromkeys([*told, *others]))[:_MOST]:
        yield Scene(plan, error, span)


def _called(plan: Plan, span: Span) -> Iterator[Span]:
    """What defines the names that are in the piece that failed: functions, classes, constants."""
    document = plan.document
    failed = document.pieces[document.piece_at(span.start)]
    names = {node.id for node in ast.walk(failed.tree) if isinstance(node, ast.Name)}
    for piece, start in zip(document.pieces, document.starts, strict=True):
        if names & set(defined(piece)):
            yield piece.span(piece.tree.body[0]).shifted(start)


def defined(piece: Piece) -> Iterator[str]:
    """The names that a piece defines; not those that it imports."""
    for node in piece.tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                nodes = (each for target in targets for each in ast.walk(target))
                names = (each for each in nodes if isinstance(each, ast.Name))
                yield from (each.id for each in names if isinstance(each.ctx, ast.Store))
            case _:
                pass


def same(piece: Piece, plan: Plan) -> Piece | None:
    """The piece of another plan that defines what a piece defines."""
    if only_imports(piece.tree):
        return None
    if piece in plan.document.pieces:
        return piece
    names = tuple(defined(piece))
    found = (each for each in plan.document.pieces if names and tuple(defined(each)) == names)
    return next(found, None)
