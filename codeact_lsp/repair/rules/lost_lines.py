"""A name that nothing sets, where the line that did so can be told from what is left.

Answers NameError and UnboundLocalError. Another variable beside it is set by its own name, or the
plan has a class or function that is called like the name, and the function takes for nothing what
that is made of.

    width = box["width"]; ... height  ->  height = box["height"], beside it
    ab = a * b // gcd(a, b); ... bc    ->  bc = b * c // gcd(b, c), beside it
    min_x = min(xs); ... max_x         ->  max_x = max(xs), beside it
    def read(stream): reader.next()   ->  reader = Reader(stream), of a class of the plan
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.orphans import as_others_are_made, lost_values
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import line_before

_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The line, before the statement that needs it or beside the one that is like it."""
    name, function = missing(scene), scene.function(scene.first)
    if not name or function is None:
        return
    around = [each for each in scene.around(scene.first, ast.stmt) if each in function.body]
    for first in around[:1]:
        for value in lost_values(scene):
            yield _added(scene, first, f"{name} = {value}", LIKELY)
    for other, value in as_others_are_made(scene):
        yield _added(scene, other, f"{name} = {value}", LIKELY + _MARGIN)


def _added(scene: Scene, before: ast.stmt, line: str, likely: float) -> Candidate:
    return Candidate(f"Add '{line}'", line_before(scene, before, line), likely)


RULE = rule("lost-lines", "NameError UnboundLocalError", candidates)
