"""A function that is called where it was to be handed on.

Answers TypeError and AttributeError.

    max(scores, key=scores.get())     ->  max(scores, key=scores.get)
    map(str.strip(), lines)           ->  map(str.strip, lines)
    Thread(target=work())             ->  Thread(target=work)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_NOTHING_GIVEN = (
    r"expected at least \d+ argument|takes exactly one argument \(0 given\)|needs an argument|"
    r"missing \d+ required positional argument|expected 1 argument, got 0|must have at least"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The function itself."""
    for call in scene.calls() if scene.said(_NOTHING_GIVEN) else ():
        around = scene.parents.get(call)
        is_given = isinstance(around, ast.keyword) or (
            isinstance(around, ast.Call) and call in around.args
        )
        if is_given and not call.args and not call.keywords:
            yield instead(scene, call, scene.text(call.func), SURE)


RULE = rule("called-early", "TypeError AttributeError", candidates)
