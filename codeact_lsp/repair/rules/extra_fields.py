"""Rows that are written to a file with more fields than were told.

Answers ValueError of `csv`.

    DictWriter(f, ["a"]), of {"a": 1, "b": 2}  ->  DictWriter(f, ["a", "b"])
    DictWriter(f, names)  ->  DictWriter(f, names, extrasaction="ignore"), stops the crash
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To leave out what was not asked for, or to write it too."""
    said = scene.said(r"dict contains fields not in fieldnames: (.*)")
    for call in scene.nearby(ast.Call) if said else ():
        if said and called(call) == "DictWriter":
            words = [scene.text(word) for word in call.keywords]
            text = call_of(scene, call, arguments(scene, call), [*words, 'extrasaction="ignore"'])
            title = "Leave out the other fields"
            yield instead(scene, call, text, GUESS, title, hides=True)
            for names in _lists(call):
                more = [f'"{name}"' for name in re.findall(r"'([^']*)'", said[1])]
                text = f"[{', '.join([*map(scene.text, names.elts), *more])}]"
                yield instead(scene, names, text, POSSIBLE, "Write the other fields, too")


def _lists(call: ast.Call) -> Iterator[ast.List]:
    for node in (*call.args, *(word.value for word in call.keywords)):
        if isinstance(node, ast.List):
            yield node


RULE = rule("extra-fields", "ValueError", candidates)
