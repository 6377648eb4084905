"""What mended a failure, so that the next one like it can be mended: learnt from two texts."""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from codeact_lsp.plan import Piece, Plan
from codeact_lsp.repair.memory import fitting, private, templates
from codeact_lsp.repair.scene import Scene

WIDE = "~ "
"""Begins the message of a pattern that fits more than what was mended."""
MOST_CHARACTERS = 400
_MUCH_FORM = 3
_MOST_OF_A_FAILURE = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """A change that mended a failure of a kind.

    Attributes:
        error: The type of the exception.
        message: What Python or a library says, without names and numbers; nothing of the plan's own
            words, which may be anything. Behind `WIDE`, if the pattern fits more.
        before: The code that failed, as a template.
        after: What it was changed to, with the same holes.
    """

    error: str
    message: str
    before: str
    after: str


def learnt(scene: Scene, after: Plan) -> Iterator[Pattern]:
    """What was changed where it failed, the most general first.

    Args:
        scene: The failure.
        after: The plan that no longer has it.
    """
    piece = _same(scene.piece, after)
    if piece is None:
        return
    known = names(scene.plan)
    pairs = list(templates.differing(scene.piece.tree, piece.tree))
    general = [change for pair in pairs if (change := templates.generalised(*pair, known))]
    # A name alone would be changed wherever it stands.
    larger = [pair for pair in pairs if not isinstance(pair[0], ast.Name)]
    exact = [change for pair in larger if (change := templates.as_it_is(*pair))]
    wide = [change for pair in pairs if (change := templates.widened(*pair, known))]
    message = said(scene)
    wider = f"{WIDE}{message}"
    # What only tells of an operation fits many a failure that was mended otherwise. Where the very
    # code may not be kept, it alone knows that code again, though.
    is_wide = bool(exact) and not all(_is_telling(old) for old, _ in general[:1])
    kept = [(wider if is_wide else message, *change) for change in general[:1]]
    kept += [(message, *change) for change in exact[:1]]
    kept += [(wider, *change) for change in wide[:1] if change not in general[:1]]
    for about, old, new in kept:
        if len(old) + len(new) <= MOST_CHARACTERS:
            yield Pattern(scene.error.type, about, old, new)


def _is_telling(template: str) -> bool:
    """Whether a template names anything, or has a form that hardly fits by chance."""
    nodes = [*ast.walk(ast.parse(template))]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    holes = {hole for hole in names if templates.HOLE.fullmatch(hole)}
    texts = {hole for hole in names if templates.TEXT_HOLE.fullmatch(hole)}
    is_named = any(isinstance(node, ast.Attribute | ast.keyword | ast.Constant) for node in nodes)
    forms = sum(isinstance(node, ast.expr) and not isinstance(node, ast.Name) for node in nodes)
    return is_named or bool(names - holes - texts) or forms >= _MUCH_FORM


def _same(piece: Piece, plan: Plan) -> Piece | None:
    """The piece of another plan that defines what a piece defines."""
    names = _defined(piece)
    found = (each for each in plan.document.pieces if names and _defined(each) == names)
    return next(found, None)


def _defined(piece: Piece) -> tuple[str, ...]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return tuple(node.name for node in piece.tree.body if isinstance(node, kinds))


def names(plan: Plan) -> Collection[str]:
    """The names in a plan that mean the same in others: those of modules and what is in them."""
    return {name for piece in plan.document.pieces for name, _ in piece.imports.names}


def said(scene: Scene) -> str:
    """What the exception says, without what is particular to this one."""
    is_own = isinstance(scene.failed, ast.Raise | ast.Assert)
    return "" if is_own else private.plain(scene.error.message)


def changes(pattern: Pattern, scene: Scene) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Where a pattern fits in the function that failed, and what is to be written there.

    What is at the very place of the failure comes first.
    """
    count = 0
    for part in _near(scene):
        found = fitting.matches(pattern.before, part)
        if found is not None:
            text = {hole: scene.text(node) for hole, node in found.items()}
            yield part, fitting.filled(pattern.after, found, text)
            count += 1
        if count == _MOST_OF_A_FAILURE:
            return


def _near(scene: Scene) -> Iterator[ast.expr | ast.stmt]:
    inside = [*scene.inside(ast.expr), *scene.inside(ast.stmt)]
    around = list(scene.around(inside[0] if inside else None, ast.AST))
    everything = ast.walk(scene.piece.tree)
    for part in dict.fromkeys([*inside, *around, *everything]):
        # Where a part of a formatted text stands, Python 3.11 does not know.
        if isinstance(part, ast.expr | ast.stmt) and not _is_formatted(scene, part):
            yield part


def _is_formatted(scene: Scene, part: ast.AST) -> bool:
    return any(each is not part for each in scene.around(part, ast.JoinedStr))
