"""A query of SQLite whose names or rows are not as its code takes them; one of a table.

Answers OperationalError of `sqlite3`, TypeError of rows, and
UndefinedVariableError of pandas.

    "select n from item", of a table "items"  ->  "select n from items"
    table.query("ammount > 3")                ->  table.query("amount > 3")
    execute(f"... where n = {name}")          ->  execute("... where n = ?", (name,))
    execute(f"... like '%{word}%'")           ->  execute("... like ?", (f"%{word}%",))
    sql = f"... n = '{name}'"; execute(sql)   ->  sql = "... n = ?"; execute(sql, (name,))
    row["n"]                                  ->  connection.row_factory = sqlite3.Row, once made
    row.get("n"), of a row                    ->  row["n"]
    return query.fetchone(), of one number    ->  return query.fetchone()[0]
"""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.engine.failures.errors import Fact
from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    call_of,
    instead,
    line_before,
    operand,
    replaced,
    together,
)

_UNKNOWN = r"no such (?:table|column): (?:\w+\.)?(\w+)|has no column named (\w+)"
_WORD = re.compile(r"[A-Za-z_]\w+")
_LEAST_ALIKE = 0.6
# Behind what a value stands, and no name of a table or column.
_COMPARED = re.compile(r"(?i)(?:[=<>(,]|\blike|\bbetween|\band|\blimit)\s*$")
# A text of the query around a value.
_OPENED = re.compile(r"'([^'{}]*)$")
_CLOSED = re.compile(r"([^'{}]*)'")
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The query as it is meant."""
    if scene.error.fact and scene.error.fact.kind == "column":
        yield from _of_table(scene, scene.error.fact)
    elif said := scene.said(_UNKNOWN):
        yield from _respelt(scene, said[1] or said[2])
        yield from _as_parameters(scene)
    elif scene.said("syntax error"):
        yield from _as_parameters(scene)
    elif scene.said("tuple indices must be integers or slices, not str"):
        yield from _with_names(scene)
    elif scene.said(r"\btuple\b"):
        yield from _only(scene)
    elif scene.said(r"'sqlite3\.Row' object has no attribute 'get'"):
        yield from _of_row(scene)


def _of_table(scene: Scene, fact: Fact) -> Iterator[Candidate]:
    """A column that the table has, where a text names one like it."""
    texts = [node for node in _literals(scene) if scene.span(node) == fact.span]
    for option in (each for each in fact.options[:_PAIR] if _WORD.fullmatch(each)):
        for node in texts:
            yield _renamed(scene, node, fact.name, option)


def _respelt(scene: Scene, name: str) -> Iterator[Candidate]:
    """A word like it of the plan's other queries, in those that have it."""
    texts = [node for node in _literals(scene) if re.search(rf"\b{name}\b", str(node.value))]
    words = {
        word
        for piece in scene.plan.document.pieces
        for node in ast.walk(piece.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in _WORD.findall(node.value)
    }
    for option in get_close_matches(name, words - {name}, _PAIR, _LEAST_ALIKE):
        for node in texts:
            yield _renamed(scene, node, name, option)


def _renamed(scene: Scene, query: ast.Constant, name: str, option: str) -> Candidate:
    new = re.sub(rf"\b{name}\b", option, scene.text(query))
    return instead(scene, query, new, LIKELY, f"Rename '{name}' to '{option}' in the query")


def _literals(scene: Scene) -> list[ast.Constant]:
    return [node for node in scene.nearby(ast.Constant) if isinstance(node.value, str)]


def _with_names(scene: Scene) -> Iterator[Candidate]:
    for node in ast.walk(scene.piece.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if (
                ast.unparse(call.func) == "sqlite3.connect"
            ):
                line = f"{name}.row_factory = sqlite3.Row"
                end, margin = scene.span(node).end, " " * node.col_offset
                edit = TextEdit(Span(end, end), f"\n{margin}{line}")
                yield Candidate(f"Write '{line}'", edit, SURE)
                return
            case _:
                pass
    yield from _with_names_of(scene)


def _with_names_of(scene: Scene) -> Iterator[Candidate]:
    """The same of a connection, or of a cursor, that the function was given."""
    is_imported = scene.imported.get("sqlite3") == "sqlite3"
    for call in scene.nearby(ast.Call) if is_imported else ():
        match call.func:
            case ast.Attribute(value=ast.Name(id=name), attr="execute"):
                statement = next(scene.around(call, ast.stmt), None)
            case _:
                continue
        if isinstance(statement, ast.Assign | ast.Expr | ast.Return | ast.For):
            line = f"{name}.row_factory = sqlite3.Row"
            edit = line_before(scene, statement, line)
            yield Candidate(f"Write '{line}' first", edit, LIKELY)


def _of_row(scene: Scene) -> Iterator[Candidate]:
    """A row is asked for a column as a dictionary is, but has no `get`."""
    match scene.parents.get(scene.failed) if scene.failed else None:
        case ast.Call(func=ast.Attribute(value=row), args=[column]) as call:
            yield instead(scene, call, f"{operand(scene, row)}[{scene.text(column)}]", SURE)
        case ast.Call(func=ast.Attribute(value=row)):
            yield instead(scene, row, f"dict({scene.text(row)})", SURE)
        case _:
            return


def _as_parameters(scene: Scene) -> Iterator[Candidate]:
    """The values that are written into a query, handed over beside it."""
    for call in scene.calls():
        query = _query_of(scene, call)
        text, values = _parted(scene, query) if query else ("", [])
        if query and values:
            row = f"({', '.join(values)}{',' if len(values) == 1 else ''})"
            given = text if query in call.args else scene.text(call.args[0])
            edits = [replaced(scene, call, call_of(scene, call, [given, row]))]
            if query not in call.args:
                edits.append(replaced(scene, query, text))
            title = "Hand the values over beside the query"
            yield Candidate(title, together(scene, *edits), SURE)


def _query_of(scene: Scene, call: ast.Call) -> ast.JoinedStr | None:
    """The formatted text that is run: as it stands in the call, or as a variable was set to it."""
    if called(call) != "execute":
        return None
    match call.args:
        case [ast.JoinedStr() as query]:
            return query
        case [ast.Name(id=name)]:
            made = [
                node.value for node in scene.nearby(ast.Assign)
                if [ast.unparse(each) for each in node.targets] == [name]
            ]  # fmt: skip
            return made[0] if len(made) == 1 and isinstance(made[0], ast.JoinedStr) else None
        case _:
            return None


def _parted(scene: Scene, query: ast.JoinedStr) -> tuple[str, list[str]]:
    """A query with marks for the values that are written into it, and these values."""
    text, values = scene.text(query), list[str]()
    quote = '"' if text.rstrip().endswith('"') else "'"
    for part in query.values:
        value = ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ""
        head, place, tail = text.partition(f"{{{value}}}") if value else (text, "", "")
        before, after = _OPENED.search(head), _CLOSED.match(tail)
        if place and before and after and _COMPARED.search(head[: before.start()]):
            is_alone = before[1] == after[1] == ""
            whole = f"f{quote}{before[1]}{place}{after[1]}{quote}"
            text = f"{head[: before.start()]}?{tail[after.end() :]}"
            values.append(value if is_alone else whole)
        elif place and _COMPARED.search(head):
            text, values = f"{head}?{tail}", [*values, value]
    return text if "{" in text else text.lstrip("fF"), values


def _only(scene: Scene) -> Iterator[Candidate]:
    """The one value of a row that is asked for alone."""
    for piece, start in zip(scene.plan.document.pieces, scene.plan.document.starts, strict=True):
        for call in (each for each in ast.walk(piece.tree) if isinstance(each, ast.Call)):
            if called(call) == "fetchone" and not _is_looked_into(piece.tree, call):
                there = Scene(scene.plan, scene.error, piece.span(call).shifted(start))
                yield instead(there, call, f"{operand(there, call)}[0]", POSSIBLE + 0.2)


def _is_looked_into(tree: ast.AST, call: ast.Call) -> bool:
    owners = (n.value for n in ast.walk(tree) if isinstance(n, ast.Subscript))
    return any(owner is call for owner in owners)


RULE = rule(
    "queries",
    "OperationalError TypeError AttributeError UndefinedVariableError",
    candidates,
)
