"""What mended a failure, so that the next one like it can be mended: learnt from two texts."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.plan import Plan
from codeact_lsp.repair.memory import imported, private, reached, templates
from codeact_lsp.repair.memory.differences import differing
from codeact_lsp.repair.memory.moves import moved
from codeact_lsp.repair.scene import Scene

WIDE = "~ "
"""Begins the message of a pattern that fits more than what was mended."""
EXACT = "= "
"""Begins the message of a pattern that fits the very code alone: it has types in it as well."""
MOST_CHARACTERS = 400
_MUCH_FORM = 3


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
    if imported.only_imports(scene.piece.tree):
        yield from (Pattern(scene.error.type, said(scene), *each) for each in moved(scene, after))
        return
    piece = reached.same(scene.piece, after)
    if piece is None:
        return
    old_names, new_names = imported.of_plan(scene.plan), imported.of_plan(after)
    known = old_names.keys() | new_names.keys()
    pairs = list(differing(scene.piece.tree, piece.tree))
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
    general = [each for each in general[:1] if not (is_wide and _is_any_call(each[0]))]
    kept = [(wider if is_wide else message, *change) for change in general]
    kept += [(said_exactly(scene), *change) for change in exact[:1]]
    telling = [change for change in wide if _is_telling(change[0])]
    kept += [(wider, *change) for change in telling[:1] if change not in general]
    kept += [(wider, *change) for pair in pairs[:1] for change in templates.text_for_text(*pair)]
    for about, old, new in kept:
        before, now = imported.headed(old, old_names), imported.headed(new, new_names)
        if len(before) + len(now) <= MOST_CHARACTERS:
            yield Pattern(scene.error.type, about, before, now)


def _is_telling(template: str) -> bool:
    """Whether a template names anything, or has a form that hardly fits by chance."""
    nodes = [*ast.walk(ast.parse(template))]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    holes = {hole for hole in names if templates.HOLE.fullmatch(hole)}
    texts = {hole for hole in names if templates.TEXT_HOLE.fullmatch(hole)}
    is_named = any(isinstance(node, ast.Attribute | ast.keyword | ast.Constant) for node in nodes)
    forms = sum(isinstance(node, ast.expr) and not isinstance(node, ast.Name) for node in nodes)
    return is_named or bool(names - holes - texts) or forms >= _MUCH_FORM


def _is_any_call(template: str) -> bool:
    """Whether it does not even tell what is called."""
    call = ast.parse(template).body[0]
    match call:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return bool(templates.HOLE.fullmatch(name))
        case _:
            return False


def said(scene: Scene) -> str:
    """What the exception says, without what is particular to this one."""
    return "" if _is_own(scene) else private.plain(scene.error.message)


def said_exactly(scene: Scene) -> str:
    """The same for the very code: what does for a None need not do for a text."""
    return EXACT + ("" if _is_own(scene) else private.plain_but_types(scene.error.message))


def _is_own(scene: Scene) -> bool:
    """Whether the plan has raised it, in words of its own."""
    return isinstance(scene.failed, ast.Raise | ast.Assert)
