"""A key that is asked for in one form, and looked up in another.

Answers KeyError, and IndexError of what is empty. What was asked is nearly always what is meant: it
was thought of. Of what is empty, it is asked whether there is something.

    if day + 1 in prices: prices[day + 2]    ->  prices[day + 1]
    if name in ages: ages[name.lower()]      ->  ages[name]
    if not waiting[k + 1]: return; waiting[k].pop()     ->  if not waiting[k]: return
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The key that was asked for; or to ask for the one that is looked up."""
    if scene.error.type == "IndexError":
        yield from _of_empty(scene)
        return
    for item in scene.inside(ast.Subscript):
        for asked in _asked(scene, ast.unparse(item.value)):
            is_other = ast.unparse(asked) != ast.unparse(item.slice)
            if is_other and _names(asked) & _names(item.slice):
                yield instead(scene, item.slice, scene.text(asked), LIKELY)
                yield instead(scene, asked, scene.text(item.slice), POSSIBLE)


def _of_empty(scene: Scene) -> Iterator[Candidate]:
    """To ask of the same one whether it is empty."""
    items = [item for item in scene.inside(ast.Subscript) if scene.said("pop from (?:an )?empty")]
    for test in (each.test for each in scene.nearby(ast.If)):
        asked = test.operand if isinstance(test, ast.UnaryOp) else test
        for item in items:
            is_alike = isinstance(asked, ast.Subscript) and _names(asked) == _names(item)
            if is_alike and ast.unparse(asked) != ast.unparse(item):
                yield instead(scene, asked, scene.text(item), LIKELY)


def _asked(scene: Scene, owner: str) -> Iterator[ast.expr]:
    """What the conditions around ask whether it is in there."""
    tests: list[ast.expr] = [each.test for each in scene.around(scene.first, ast.If)]
    tests += [each.test for each in scene.around(scene.first, ast.IfExp)]
    for test in tests:
        for node in ast.walk(test):
            match node:
                case ast.Compare(left=key, ops=[ast.In()], comparators=[known]):
                    if ast.unparse(known) == owner:
                        yield key
                case _:
                    pass


def _names(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


RULE = rule("asked-keys", "KeyError IndexError", candidates)
