"""A line that lacks what a line that is written just like it has.

Answers failures of what such a line makes, or of the line itself.

    low = int(row["low"]); high = row["high"]       ->  high = int(row["high"])
    left = list(left); right = right                ->  right = list(right)
    best = cut(a, 0, seen); worst = cut(b, seen)    ->  worst = cut(b, 0, seen)
    roads[a.at].append(b.at); roads[b.at].append()  ->  roads[b.at].append(a.at)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.alignment import Lack, lack, size, spelt
from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import arguments, call_of, instead

_LINES = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)
_LEAST_ALIKE = 3
_MOST_PLACES = 8
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The line with what the other one has."""
    known = set[ast.AST]()
    for number, there in enumerate(places(scene)):
        line = there.statement
        if number >= _MOST_PLACES or line is None or line in known:
            continue
        known.add(line)
        yield from _as_lines(there, line, is_failing=number == 0)
        yield from _as_calls(there, line)


def _as_lines(scene: Scene, line: ast.stmt, *, is_failing: bool) -> Iterator[Candidate]:
    for other in scene.nearby(ast.stmt):
        if other is line or not isinstance(other, _LINES):
            continue
        found = lack(line, other)
        least = 1 if _is_idle(line) else _LEAST_ALIKE
        if found and found.alike >= least and size(found.part) < size(found.more):
            is_beside = scene.parents.get(line) is scene.parents.get(other)
            sure = LIKELY if is_beside else POSSIBLE + _MARGIN
            yield from _filled(scene, found, sure if is_failing else sure - _MARGIN)


def _is_idle(line: ast.stmt) -> bool:
    """Whether it sets a variable to itself."""
    match line:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=same)):
            return name == same
        case _:
            return False


def _as_calls(scene: Scene, line: ast.stmt) -> Iterator[Candidate]:
    """Calls of the line beside others of the same function, wherever those stand."""
    own = [node for node in ast.walk(line) if isinstance(node, ast.Call)]
    for call in own:
        for other in scene.nearby(ast.Call):
            if other not in own and called(other) == called(call):
                found = lack(call, other)
                if found and found.at is not None and found.alike >= _LEAST_ALIKE:
                    yield from _filled(scene, found, LIKELY)


def _filled(scene: Scene, found: Lack, likely: float) -> Iterator[Candidate]:
    text = spelt(found)
    match found.part:
        case ast.Call() as call if found.at is not None:
            given = arguments(scene, call)
            text = call_of(scene, call, [*given[: found.at], text, *given[found.at :]])
            yield instead(scene, call, text, likely)
        case ast.expr() as part if text != ast.unparse(part):
            # What has nothing in common with it stands there for another reason.
            names = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}
            held = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
            kept = text.replace(ast.unparse(part), scene.text(part))
            yield instead(scene, part, kept, likely if names and names <= held else GUESS)
        case _:
            return


RULE = rule("lines-alike", "TypeError AttributeError IndexError KeyError ValueError", candidates)
