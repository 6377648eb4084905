"""A key that is asked for in one form, and looked up in another.

Answers KeyError. What was asked is nearly always what is meant: it was thought of.

    if day + 1 in prices: prices[day + 2]    ->  prices[day + 1]
    if name in ages: ages[name.lower()]      ->  ages[name]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The key that was asked for; or to ask for the one that is looked up."""
    for item in scene.inside(ast.Subscript):
        for asked in _asked(scene, ast.unparse(item.value)):
            is_other = ast.unparse(asked) != ast.unparse(item.slice)
            if is_other and _names(asked) & _names(item.slice):
                yield instead(scene, item.slice, scene.text(asked), LIKELY)
                yield instead(scene, asked, scene.text(item.slice), POSSIBLE)


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


RULE = rule("asked-keys", "KeyError", candidates)
