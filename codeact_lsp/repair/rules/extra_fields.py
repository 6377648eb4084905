"""Rows that are written to a file with more fields than were told, or that are no rows.

Answers ValueError of `csv`, and Error, which is that of `csv`.

    w.writerows(row), of one row               ->  w.writerow(row)
    w.writerow(3)                              ->  w.writerow([3])

    DictWriter(f, ["a"]), of {"a": 1, "b": 2}  ->  DictWriter(f, ["a", "b"])
    DictWriter(f, names)  ->  DictWriter(f, names, extrasaction="ignore"), stops the crash
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, operand


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To leave out what was not asked for, or to write it too."""
    yield from _one_by_one(scene)
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


def _one_by_one(scene: Scene) -> Iterator[Candidate]:
    """One row, where several were announced; or a row of the one value."""
    for call in scene.calls() if scene.said("iterable expected, not") else ():
        match call:
            case ast.Call(func=ast.Attribute(value=writer, attr="writerows"), args=[row]):
                text = f"{operand(scene, writer)}.writerow({scene.text(row)})"
                yield instead(scene, call, text, SURE)
            case ast.Call(func=ast.Attribute(attr="writerow"), args=[row]):
                yield instead(scene, row, f"[{scene.text(row)}]", SURE)
            case _:
                pass


def _lists(call: ast.Call) -> Iterator[ast.List]:
    for node in (*call.args, *(word.value for word in call.keywords)):
        if isinstance(node, ast.List):
            yield node


RULE = rule("extra-fields", "ValueError Error", candidates)
