"""A list of values in a query of SQLite, which takes one value for each mark.

Answers ProgrammingError and InterfaceError.

    execute("... where n in (?)", names)      ->  a mark for each of the names
    execute("... where n in (?)", (names,))   ->  the same, and the names themselves
    executemany("... values (?)", numbers)    ->  executemany("...", [(each,) for each in numbers])
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, quoted, replaced, together

_ONE_MARK = re.compile(r"(?i)\bin\s*\(\s*\?\s*\)|\bin\s+\?")
_MANY = frozenset({"list", "tuple", "set"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """As many marks as there are values; a row for each value of many."""
    for call in scene.calls():
        match call.args:
            case [ast.Constant(value=str(query)) as written, given] if called(call) == "execute":
                found = _ONE_MARK.search(query)
                values = _alone(given)
                if found and scene.kind(values) in _MANY:
                    yield _with_marks(scene, written, given, values)
            case [_, ast.Name() as rows] if called(call) == "executemany":
                text = f"[(each,) for each in {rows.id}]"
                yield instead(scene, rows, text, SURE)
            case _:
                pass


def _alone(given: ast.expr) -> ast.expr:
    """The one value of a row; itself if it is no row of one."""
    match given:
        case ast.Tuple(elts=[only]) | ast.List(elts=[only]):
            return only
        case _:
            return given


def _with_marks(
    scene: Scene, written: ast.Constant, given: ast.expr, values: ast.expr
) -> Candidate:
    """The query as a formatted text, in which the marks are counted."""
    text = quoted(scene, written, str(written.value).replace("{", "{{").replace("}", "}}"))
    quote, inner = text[0], "'" if text[0] == '"' else '"'
    marks = f"in ({{{inner},{inner}.join({inner}?{inner} * len({scene.text(values)}))}})"
    query = f"f{quote}{_ONE_MARK.sub(lambda _: marks, text[1:-1])}{quote}"
    edits = [replaced(scene, written, query)]
    if values is not given:
        edits.append(replaced(scene, given, scene.text(values)))
    return Candidate("Write a mark for each of the values", together(scene, *edits), SURE)


RULE = rule("query-lists", "ProgrammingError InterfaceError", candidates)
