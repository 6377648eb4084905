"""A function that is called where it was to be handed on.

Answers TypeError and AttributeError.

    max(scores, key=scores.get())     ->  max(scores, key=scores.get)
    map(str.strip(), lines)           ->  map(str.strip, lines)
    Thread(target=work())             ->  Thread(target=work)
    max(words, key=len(words))        ->  max(words, key=len)
    max(scores, key=scores.values())  ->  max(scores, key=scores.get)
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
        if is_given and not call.args and not call.keywords and not _is_of_text(call.func):
            yield instead(scene, call, scene.text(call.func), SURE)
    if scene.said("object is not callable"):
        for call in scene.calls():
            yield from _by_each(scene, call)


def _is_of_text(function: ast.expr) -> bool:
    """Whether it is a method of a text that is written out: that is given something, and called."""
    owner = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(owner, ast.Constant | ast.JoinedStr)


def _by_each(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What is asked of each item, where it was asked of all of them."""
    whole = ast.unparse(call.args[0]) if call.args else ""
    keys = [word.value for word in call.keywords if word.arg == "key"]
    for key in [*keys, *call.args[:1]]:
        match key:
            case ast.Call(func=ast.Name() as function, args=[only], keywords=[]):
                items = ast.unparse(call.args[1]) if key in call.args and call.args[1:] else whole
                if ast.unparse(only) == items:
                    yield instead(scene, key, scene.text(function), SURE)
            case ast.Call(func=ast.Attribute(value=owner, attr="values" | "get" | "items")):
                if ast.unparse(owner) in {whole, whole.removesuffix(".keys()")}:
                    yield instead(scene, key, f"{scene.text(owner)}.get", SURE)
            case _:
                pass


RULE = rule("called-early", "TypeError AttributeError", candidates)
