"""A file that is read after the block that held it open.

Answers ValueError.

    with open(path) as file:           ->  with open(path) as file:
        head = file.readline()                 head = file.readline()
    return file.read()                         return file.read()
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import together

_STEP = "    "


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To move what follows, up to the place, into the block."""
    if not scene.said("closed file"):
        return
    for body in _bodies(scene):
        failing = [at for at, each in enumerate(body) if each in _around(scene)]
        for at, block in enumerate(body):
            if isinstance(block, ast.With) and failing and at < failing[0]:
                yield _moved(scene, block, body[at + 1 : failing[0] + 1])


def _around(scene: Scene) -> list[ast.stmt]:
    return list(scene.around(scene.first, ast.stmt))


def _bodies(scene: Scene) -> Iterator[list[ast.stmt]]:
    for each in _around(scene):
        yield getattr(each, "body", [])


def _moved(scene: Scene, block: ast.With, after: list[ast.stmt]) -> Candidate:
    text, edits = scene.plan.source.text, []
    start, end = scene.span(after[0]).start, scene.span(after[-1]).end
    line = text.rfind("\n", 0, start) + 1
    while line < end:
        edits.append(TextEdit(Span(line, line), _STEP))
        line = text.find("\n", line) + 1 or end
    match block.body:
        case [ast.Pass() as nothing]:
            span = scene.span(nothing)
            whole = Span(text.rfind("\n", 0, span.start), span.end)
            edits.append(TextEdit(whole, ""))
        case _:
            pass
    return Candidate("Read it while it is open", together(scene, *edits), SURE)


RULE = rule("closed-file", "ValueError", candidates)
