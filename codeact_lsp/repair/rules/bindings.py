"""A query of SQLite that is given more or fewer values than it has marks, or a table columns.

Answers ProgrammingError, OperationalError and InterfaceError of `sqlite3`. What columns a table
has, the statement tells that creates it; those that it fills by itself are left out.

    execute(sql, name)                         ->  execute(sql, (name,))
    "insert into t values (?)", of two values  ->  "insert into t values (?, ?)"
    "insert into t values (?)", beside a key   ->  "insert into t (name) values (?)"
    execute("... values (?, ?)", rows)         ->  executemany("... values (?, ?)", rows)
    execute("... a = ? and b = ?", (a,))       ->  execute("... a = ? and b = ?", (a, b))
    execute("... a = ?", (a, other))           ->  execute("... a = ?", (a,))
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.created import columns, fitting
from codeact_lsp.repair.scene import FUNCTIONS, Scene, called
from codeact_lsp.repair.writing import instead, operand, replaced, together

_TOO_FEW = r"table (\w+) has (\d+) columns but (\d+) values were supplied"
_NAMED = r"(\d+) values for (\d+) columns"
_BOUND = r"uses (\d+), and there are (\d+) supplied"
_NO_ROW = (
    r"Incorrect number of bindings supplied|parameters are of unsupported type|unsupported type"
)
_MARKS = re.compile(r"(?i)(\bvalues\s*)\(\s*\?(?:\s*,\s*\?)*\s*\)")
# A text may be written in several pieces, one behind the other.
_INTO = re.compile(r"(?i)(\binto\s+[\"`\[]?(\w+)[\"`\]]?)([\s\"']*)(?=values\b)")
_RUN = frozenset({"execute", "executemany"})
_UNLIKE_ROWS = frozenset({"list", "tuple", "dict"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """As many of one as of the other."""
    for call in scene.calls():
        match call.args:
            case [query, row] if called(call) in _RUN:
                yield from _counted(scene, call, query, row)
            case _:
                pass


def _counted(scene: Scene, call: ast.Call, query: ast.expr, row: ast.expr) -> Iterator[Candidate]:
    is_many = called(call) == "executemany"
    count = _length(scene, row, is_many=is_many)
    if said := scene.said(_TOO_FEW):
        yield from _in_columns(scene, query, count or int(said[3]), int(said[2]))
    elif said := scene.said(_NAMED):
        wanted = int(said[2])
        if count in {None, wanted}:
            yield from _with_marks(scene, query, wanted, SURE if count else LIKELY)
    elif scene.said(_NO_ROW):
        yield from _as_row(scene, row)
        if said := scene.said(_BOUND):
            marks, given = int(said[1]), int(said[2])
            yield from _in_columns(scene, query, given, marks)
            yield from _all_rows(scene, call, row, marks)
            yield from _of_as_many(scene, query, row, marks)


def _length(scene: Scene, row: ast.expr, *, is_many: bool) -> int | None:
    """How many values are given at once, as they are written or were seen."""
    match row:
        case ast.List(elts=[first, *_]) | ast.Tuple(elts=[first, *_]) if is_many:
            return _length(scene, first, is_many=False)
        case ast.Tuple(elts=values) | ast.List(elts=values):
            is_known = not any(isinstance(each, ast.Starred) for each in values)
            return len(values) if is_known else None
        case _:
            seen = scene.literal(row)
            seen = seen[0] if is_many and isinstance(seen, list | tuple) and seen else seen
            return len(seen) if isinstance(seen, list | tuple) else None


def _in_columns(scene: Scene, query: ast.expr, count: int, known: int) -> Iterator[Candidate]:
    """A mark for each column, if there are as many values; else the columns that they are for."""
    if count == known:
        yield from _with_marks(scene, query, count, SURE)
        return
    for there, written in _texts(scene, query):
        into = _INTO.search(there.text(written))
        names = fitting(columns(scene, into[2]), count) if into else []
        if names:
            text = _INTO.sub(rf"\1 ({', '.join(names)})\3", there.text(written), count=1)
            text = _MARKS.sub(rf"\1{_marks(count)}", text)
            yield instead(there, written, text, SURE, f"Name the columns {', '.join(names)}")


def _with_marks(scene: Scene, query: ast.expr, count: int, likely: float) -> Iterator[Candidate]:
    for there, written in _texts(scene, query):
        text = _MARKS.sub(rf"\1{_marks(count)}", there.text(written))
        if text != there.text(written):
            yield instead(there, written, text, likely)


def _marks(count: int) -> str:
    return f"({', '.join('?' * count)})"


def _texts(scene: Scene, query: ast.expr) -> Iterator[tuple[Scene, ast.expr]]:
    """Where the query is written: there, or where the variable is set to it."""
    if isinstance(query, ast.Constant):
        yield scene, query
    elif isinstance(query, ast.Name):
        for there, node in scene.everywhere(ast.Assign):
            targets = [ast.unparse(each) for each in node.targets]
            if targets == [query.id] and isinstance(node.value, ast.Constant):
                yield there, node.value


def _as_row(scene: Scene, row: ast.expr) -> Iterator[Candidate]:
    """One value as a row of one."""
    is_named = isinstance(row, ast.Name | ast.Constant | ast.Attribute | ast.Subscript)
    is_made = isinstance(row, ast.Call | ast.JoinedStr | ast.BinOp)
    if (is_named or is_made) and scene.kind(row) not in _UNLIKE_ROWS:
        yield instead(scene, row, _row(scene, row), SURE if is_named else LIKELY)


def _row(scene: Scene, row: ast.expr) -> str:
    """Only the comma, if the brackets are there already."""
    span, text = scene.piece.span(row), scene.piece.text
    in_brackets = text[: span.start].rstrip().endswith("(") and text[span.end :][:1] == ")"
    return f"{scene.text(row)}," if in_brackets else f"({scene.text(row)},)"


def _all_rows(scene: Scene, call: ast.Call, row: ast.expr, marks: int) -> Iterator[Candidate]:
    """Rows of as many values as there are marks are run one by one."""
    match call.func:
        case ast.Attribute(value=owner, attr="execute"):
            if _length(scene, row, is_many=True) == marks:
                text = f"{operand(scene, owner)}.executemany"
                yield instead(scene, call.func, text, SURE)
        case _:
            return


def _of_as_many(scene: Scene, query: ast.expr, row: ast.expr, marks: int) -> Iterator[Candidate]:
    """As many values as marks: without those that the query has no name like, or with more."""
    if not isinstance(row, ast.Tuple):
        return
    values = [scene.text(each) for each in row.elts]
    over = len(values) - marks
    if over > 0:
        texts = " ".join(there.text(node) for there, node in _texts(scene, query)).lower()
        words = set(re.findall(r"\w+", texts))
        strange = [each for each in values if re.split(r"\W+", each)[-1].lower() not in words]
        kept = [each for each in values if each not in strange]
        yield (
            _with_values(scene, row, kept, LIKELY)
            if len(strange) == over
            else _with_values(scene, row, values[:marks], POSSIBLE)
        )
    elif unused := _unused(scene):
        is_whole = len(unused) == -over
        yield _with_values(scene, row, [*values, *unused[:-over]], LIKELY if is_whole else POSSIBLE)
    elif len(values) == 1:
        yield _with_values(scene, row, values * marks, POSSIBLE)


def _with_values(scene: Scene, row: ast.expr, values: list[str], likely: float) -> Candidate:
    text = f"({', '.join(values)}{',' if len(values) == 1 else ''})"
    title = f"Give {len(values)} value{'s'[: len(values) - 1]}: {', '.join(values)}"
    return Candidate(title, together(scene, replaced(scene, row, text)), likely)


def _unused(scene: Scene) -> list[str]:
    """The parameters that nothing in the function reads."""
    if not isinstance(scene.body, FUNCTIONS):
        return []
    read = {node.id for node in scene.nearby(ast.Name)}
    return [each.arg for each in scene.body.args.args if each.arg not in read]


RULE = rule("bindings", "ProgrammingError OperationalError InterfaceError", candidates)
