"""Tables that are put in another shape by a call which takes them otherwise than they are.

Answers KeyError, ValueError, TypeError and AttributeError of pandas and NumPy.

    table.drop("note")                       ->  table.drop(columns="note")
    table.pivot(index=a, columns=b)          ->  table.pivot_table(..., aggfunc="sum"), of doubles
    table.resample("D")                      ->  table.set_index("day").resample("D")
    counts["index"], of value_counts()       ->  counts["city"], and counts["count"] for the number
    table.rename({"a": "b"})["b"]            ->  table.rename(columns={"a": "b"})["b"]
    table.groupby(k).agg("avg")              ->  table.groupby(k).agg("mean")
    table["n"] = table["t"].str.split()[0]   ->  table["t"].str.split().str[0]
    left.join(right), of equal names         ->  left.join(right, rsuffix="_right")
    table["rank"] = range(1, len(table))     ->  table["rank"] = range(1, len(table) + 1)
    np.split(rows, 3), of seven rows         ->  np.array_split(rows, 3)
    pd.DataFrame({"n": 1})                   ->  pd.DataFrame([{"n": 1}])
"""

import ast
from collections.abc import Callable, Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    instead,
    operand,
    quoted,
    replaced,
    together,
)

# What other languages and libraries call them.
_AGGREGATES = {
    "avg": "mean", "average": "mean", "stdev": "std", "stddev": "std", "total": "sum",
    "cnt": "count", "len": "size", "length": "size", "distinct": "nunique",
    "count_distinct": "nunique", "unique_count": "nunique", "minimum": "min", "maximum": "max",
    "variance": "var",
}  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The call that takes them as they are."""
    for said, propose in _BY_MESSAGE:
        if scene.said(said):
            for call in scene.calls() or _of_statement(scene):
                yield from propose(scene, call)
    if scene.error.type == "KeyError":
        yield from _counted(scene)
        yield from _renamed(scene)
    if said_of_groups := scene.said(r"GroupBy' object has no attribute '(\w+)'"):
        yield from _aggregated(scene, said_of_groups[1])


def _of_statement(scene: Scene) -> list[ast.Call]:
    parts = ast.walk(scene.statement) if scene.statement else ()
    return [part for part in parts if isinstance(part, ast.Call)]


def _dropped(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if called(call) == "drop" and call.args and not call.args[1:]:
        words = [scene.text(word) for word in call.keywords if word.arg != "axis"]
        words = [f"columns={scene.text(call.args[0])}", *words]
        yield instead(scene, call, call_of(scene, call, [], words), SURE)


def _pivoted(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Of several values in one place nothing tells what is meant; oftenest it is their sum."""
    if called(call) == "pivot" and isinstance(call.func, ast.Attribute):
        for rank, how in enumerate(("sum", "mean", "first")):
            words = [*map(scene.text, call.keywords), f'aggfunc="{how}"']
            head = f"{scene.text(call.func.value)}.pivot_table"
            text = f"{head}({', '.join([*arguments(scene, call), *words])})"
            yield instead(scene, call, text, POSSIBLE - rank / 50)


def _resampled(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """By the column that the function has made of days."""
    if called(call) not in {"resample", "rolling", "asfreq"}:
        return
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Subscript(value=table, slice=ast.Constant() as column)],
                value=ast.Call() as made,
            ) if called(made) in {"to_datetime", "date_range"} and isinstance(
                call.func, ast.Attribute
            ):
                if ast.unparse(table) == ast.unparse(call.func.value):
                    owner = operand(scene, call.func.value)
                    text = f"{owner}.set_index({scene.text(column)})"
                    yield instead(scene, call.func.value, text, SURE)
            case _:
                pass


def _split(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if called(call) == "split" and isinstance(call.func, ast.Attribute):
        text = f"{scene.text(call.func.value)}.array_split"
        yield Candidate(f"Write '{text}'", replaced(scene, call.func, text), SURE)


def _of_rows(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if called(call) == "DataFrame" and len(call.args) == 1:
        given = call.args[0]
        yield instead(scene, given, f"[{scene.text(given)}]", SURE)


def _expanded(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if called(call) in {"split", "rsplit", "partition"}:
        words = [*map(scene.text, call.keywords), "expand=True"]
        yield instead(scene, call, call_of(scene, call, arguments(scene, call), words), SURE)


def _of_words(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    for word in call.keywords:
        match word:
            case ast.keyword(arg="columns" | "index", value=ast.Constant(value=str(names))):
                text = ", ".join(quoted(scene, word.value, name) for name in names.split())
                yield instead(scene, word.value, f"[{text}]", SURE)
            case _:
                pass


def _suffixed(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if called(call) == "join":
        words = [*map(scene.text, call.keywords), 'rsuffix="_right"']
        yield instead(scene, call, call_of(scene, call, arguments(scene, call), words), LIKELY)


def _of_each_text(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """One part of each text that is split, not all parts of one."""
    match scene.parents.get(call), call.func:
        case (
            ast.Subscript(slice=place) as around,
            ast.Attribute(value=ast.Attribute(attr="str"), attr="split" | "rsplit"),
        ):
            yield instead(scene, around, f"{scene.text(call)}.str[{scene.text(place)}]", SURE)
        case _:
            yield from _numbered(scene, call)


def _numbered(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """As many numbers as there are rows, whatever the first one is."""
    said = scene.said(r"Length of values \((\d+)\) does not match length of index \((\d+)\)")
    match call:
        case ast.Call(func=ast.Name("range") | ast.Attribute(attr="arange"), args=[first, end]):
            lacking = int(said[2]) - int(said[1]) if said else 0
            if lacking > 0 and getattr(first, "value", None) == lacking:
                yield instead(scene, end, f"{operand(scene, end)} + {lacking}", SURE)
        case _:
            return


def _counted(scene: Scene) -> Iterator[Candidate]:
    """The columns of a count, which pandas named otherwise before version 2."""
    made = dict(_counts(scene))
    edits = []
    for item in scene.nearby(ast.Subscript):
        match item:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key) as written):
                new = {"index": made.get(name), made.get(name): "count"}.get(str(key))
                if name in made and new:
                    edits.append(replaced(scene, written, f'"{new}"'))
            case _:
                pass
    if edits:
        title = "Call the columns of the count as pandas does now"
        yield Candidate(title, together(scene, *edits), SURE)


def _renamed(scene: Scene) -> Iterator[Candidate]:
    """Columns, where only rows were renamed to what is asked for."""
    for call in scene.nearby(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(attr="rename"), args=[ast.Dict(values=new) as names]):
                if scene.error.message in {repr(getattr(each, "value", None)) for each in new}:
                    words = map(scene.text, call.keywords)
                    text = call_of(scene, call, [], [f"columns={scene.text(names)}", *words])
                    yield instead(scene, call, text, SURE)
            case _:
                pass


def _aggregated(scene: Scene, name: str) -> Iterator[Candidate]:
    """What pandas calls it."""
    for node in scene.nearby(ast.Constant):
        if node.value == name and name in _AGGREGATES:
            yield instead(scene, node, quoted(scene, node, _AGGREGATES[name]), SURE)


def _counts(scene: Scene) -> Iterator[tuple[str, str]]:
    """The tables that are made by counting a column, and that column."""
    for node in scene.nearby(ast.Assign):
        text = ast.unparse(node.value)
        if ".value_counts(" in text and text.endswith(".reset_index()"):
            column = next((n for n in ast.walk(node.value) if isinstance(n, ast.Subscript)), None)
            match node.targets, column:
                case [ast.Name(id=name)], ast.Subscript(slice=ast.Constant(value=str(counted))):
                    yield name, counted
                case _:
                    pass


_BY_MESSAGE: tuple[tuple[str, Callable[[Scene, ast.Call], Iterator[Candidate]]], ...] = (
    (r"not found in axis", _dropped),
    (r"contains duplicate entries", _pivoted),
    (r"Only valid with DatetimeIndex", _resampled),
    (r"does not result in an equal division", _split),
    (r"must pass an index", _of_rows),
    (r"Columns must be same length as key", _expanded),
    (r"must be called with a collection", _of_words),
    (r"columns overlap but no suffix", _suffixed),
    (r"Length of values", _of_each_text),
)
RULE = rule("reshaped", "KeyError ValueError TypeError AttributeError", candidates)
