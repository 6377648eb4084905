"""A small function of several parameters where it is given one value that holds them all.

Answers TypeError.

    sorted(d.items(), key=lambda k, v: v)   ->  sorted(d.items(), key=lambda item: item[1])
    sorted(rows, key=rows[1])               ->  sorted(rows, key=lambda item: item[1])
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, replaced, together

_FEWEST = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To take the one, and to look the parts up in it."""
    if scene.said("object is not callable"):
        for call in scene.calls():
            for word in call.keywords:
                if word.arg == "key" and isinstance(word.value, ast.Subscript):
                    text = f"lambda item: item[{scene.text(word.value.slice)}]"
                    yield instead(scene, word.value, text, SURE)
    if scene.said(r"<lambda>\(\) missing \d+ required positional argument"):
        for node in scene.inside(ast.Lambda):
            names = [each.arg for each in node.args.args]
            if len(names) >= _FEWEST:
                yield _of_one(scene, node, names)


def _of_one(scene: Scene, node: ast.Lambda, names: list[str]) -> Candidate:
    uses = [each for each in ast.walk(node.body) if isinstance(each, ast.Name)]
    edits = [
        replaced(scene, use, f"item[{names.index(use.id)}]") for use in uses if use.id in names
    ]
    start, end = scene.span(node.args.args[0]).start, scene.span(node.args.args[-1]).end
    edit = together(scene, TextEdit(Span(start, end), "item"), *edits)
    return Candidate("Take one item, and look its parts up", edit, SURE)


RULE = rule("lambdas", "TypeError", candidates)
