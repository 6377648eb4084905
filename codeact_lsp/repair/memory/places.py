"""Where in a function that failed a pattern fits, and the edits that this comes to."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import in_places
from codeact_lsp.repair.memory import fitting
from codeact_lsp.repair.memory.imported import IMPORTS, Imports, line_for, of_plan, read
from codeact_lsp.repair.memory.layout import kept
from codeact_lsp.repair.memory.moves import imports
from codeact_lsp.repair.memory.pattern import Pattern
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, shown

_MOST_OF_A_FAILURE = 3
_MOST_AT_ONCE = 10
_QUOTES = frozenset("'\"")


@dataclass(frozen=True, slots=True)
class Change:
    """What a pattern makes of a function.

    Attributes:
        text: What is written.
        parts: What is changed: where it fits, and what that needs of imports.
        places: In how many places.
    """

    text: str
    parts: tuple[TextEdit, ...]
    places: int = 1

    @property
    def title(self) -> str:
        """What it does, as a title of a candidate says it."""
        return f"Write '{shown(self.text)}'{in_places(self.places)}"


def changes(pattern: Pattern, scene: Scene) -> Iterator[Change]:
    """What a pattern makes of the function that failed.

    What is at the very place of the failure comes first, and then all places at once.
    """
    if isinstance(read(pattern.before).code, IMPORTS):
        if edits := imports(pattern.before, pattern.after, scene):
            yield Change(pattern.after, tuple(edits))
        return
    found = _fitting(pattern, scene)
    yield from found[:1]
    if _are_apart(found):
        parts = dict.fromkeys(edit for each in found for edit in each.parts)
        yield Change(found[0].text, tuple(parts), len(found))
    yield from found[1:_MOST_OF_A_FAILURE]


def _fitting(pattern: Pattern, scene: Scene) -> list[Change]:
    """Every place where it fits, each changed alone."""
    names, made = of_plan(scene.plan), dict[Change, None]()
    for part in _near(scene):
        found = fitting.matches(pattern.before, part, names)
        if found is not None:
            text = {hole: _text(scene, node) for hole, node in found.items()}
            new = fitting.filled(pattern.after, found, text, names)
            edit, lines = rewritten(scene, part, new), _lines(pattern, scene, names, new)
            if edit and lines is not None:
                made[Change(new, (edit, *lines))] = None
    return list(made)


def _text(scene: Scene, node: ast.expr) -> str:
    """A part as it is written; Python 3.11 does not know where those of formatted texts stand."""
    return ast.unparse(node) if _formatted(scene, node) else scene.text(node)


def _are_apart(found: Sequence[Change]) -> bool:
    """Whether there are some places, and none lies in another."""
    spans = sorted(each.parts[0].span for each in found)
    is_some = 1 < len(found) <= _MOST_AT_ONCE
    return is_some and all(one.end <= two.start for one, two in pairwise(spans))


def rewritten(scene: Scene, part: ast.expr | ast.stmt, text: str) -> TextEdit | None:
    """Something else for a part; if that is one of a formatted text, in all of that."""
    around = _formatted(scene, part)
    if around is None:
        new = kept(scene.text(part), text)
        return instead(
            scene, part, f"({new})" if _has_brackets_of_call(scene, part) else new, 0
        ).edit
    old, whole = ast.unparse(part), scene.text(around)
    if whole.count(old) != 1 or _QUOTES & {*text} or "\\" in text:
        return None
    return instead(scene, around, whole.replace(old, text), 0).edit


def _has_brackets_of_call(scene: Scene, part: ast.expr | ast.stmt) -> bool:
    """Whether its brackets are those of a call, which go on being needed."""
    call = scene.parents.get(part)
    if not isinstance(part, ast.GeneratorExp) or not isinstance(call, ast.Call):
        return False
    return call.args == [part] and scene.span(call).end == scene.span(part).end


def _formatted(scene: Scene, part: ast.AST) -> ast.JoinedStr | None:
    """The formatted text that something is a part of."""
    around = (each for each in scene.around(part, ast.JoinedStr) if each is not part)
    return next(around, None)


def _near(scene: Scene) -> Iterator[ast.expr | ast.stmt]:
    inside = [*scene.inside(ast.expr), *scene.inside(ast.stmt)]
    around = list(scene.around(inside[0] if inside else None, ast.AST))
    everything = ast.walk(scene.piece.tree)
    for part in dict.fromkeys([*inside, *around, *everything]):
        if isinstance(part, ast.expr | ast.stmt) and not isinstance(part, ast.FormattedValue):
            yield part


def _lines(pattern: Pattern, scene: Scene, names: Imports, text: str) -> list[TextEdit] | None:
    """The imports that new code needs; None if a name that they bind is something else here."""
    edits, used = [], {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    for name, full in read(pattern.after).imports.items():
        if name not in used or names.get(name) == full:
            continue
        if name in names or name in scene.plan.names or name in scene.bound:
            return None
        edits += importing(scene, line_for(name, full), name)
    return edits
