"""A call of a table of pandas that takes what it is given otherwise, or is called otherwise now.

Answers what pandas raises.

    table.query("age > limit")        ->  table.query("age > @limit"), of a variable
    table.sum(axis="column")          ->  table.sum(axis="columns")
    table.loc["sku", table["n"] < 5]  ->  table.loc[table["n"] < 5, "sku"]
    table.drop(columns="b"), of a row ->  table.drop(index="b")
    pd.concat(rows), of dictionaries  ->  pd.DataFrame(rows)
    table.nlargest("n", 2)            ->  table.nlargest(2, "n")
    prices.rolling_mean(7)            ->  prices.rolling(7).mean()
    prices.apply(scaled, 3)           ->  prices.apply(scaled, args=(3,))
"""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, operand, quoted, replaced

_AXES = ("columns", "index")
_WINDOWS = re.compile(r"(rolling|expanding|ewm)_?(mean|sum|std|var|min|max|median|count|corr|cov)")
_RANKED = frozenset({"nlargest", "nsmallest"})
_OTHER_AXIS = {"columns": "index", "index": "columns"}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The call as pandas takes it."""
    for call in scene.calls():
        yield from _called(scene, call)
    match scene.failed:
        case ast.Subscript(
            value=ast.Attribute(attr="loc"),
            slice=ast.Tuple(
                elts=[ast.Constant(value=str()) as column, ast.Compare() as rows]
            ) as key,
        ):
            text = f"{scene.text(rows)}, {scene.text(column)}"
            yield Candidate(f"Write '{text}'", replaced(scene, key, text), SURE)
        case ast.Attribute() as method:
            yield from _windowed(scene, method)
        case _:
            return


def _called(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if said := scene.said(r"name '(\w+)' is not defined"):
        yield from _of_variable(scene, call, said[1])
    elif said := scene.said(r"No axis named (\w+) for object type"):
        yield from _on_axis(scene, call, said[1])
    elif scene.said("not found in axis"):
        yield from _dropped(scene, call)
    elif scene.said("cannot concatenate object of type '<class 'dict'>'"):
        if called(call) == "concat" and isinstance(call.func, ast.Attribute):
            text = f"{scene.text(call.func.value)}.DataFrame"
            yield Candidate(f"Write '{text}'", replaced(scene, call.func, text), LIKELY)
    elif called(call) == "apply" and scene.said(r"Value after \* must be an iterable"):
        yield from _applied(scene, call)
    elif called(call) in _RANKED:
        yield from _ranked(scene, call)


def _of_variable(scene: Scene, call: ast.Call, name: str) -> Iterator[Candidate]:
    """A variable of the function, which has a mark of its own in a query."""
    match call.args:
        case [ast.Constant(value=str(query)) as written, *_] if called(call) in {"query", "eval"}:
            if name in scene.bound:
                new = re.sub(rf"(?<![@\w]){name}\b", f"@{name}", query)
                yield instead(scene, written, quoted(scene, written, new), SURE)
        case _:
            return


def _on_axis(scene: Scene, call: ast.Call, name: str) -> Iterator[Candidate]:
    for word in call.keywords:
        if isinstance(word.value, ast.Constant) and word.value.value == name:
            for axis in get_close_matches(name, _AXES, 1) or ["index"]:
                yield instead(scene, word.value, quoted(scene, word.value, axis), SURE)


def _dropped(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Rows, where columns of that name are to be dropped, or the other way round."""
    for word in call.keywords if called(call) == "drop" else ():
        if word.arg in _OTHER_AXIS:
            text = f"{_OTHER_AXIS[word.arg]}={scene.text(word.value)}"
            yield instead(scene, word, text, LIKELY)


def _ranked(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """How many first, and then of which column."""
    match call.args:
        case [ast.Constant(value=str()), _]:
            given = reversed(arguments(scene, call))
            yield instead(scene, call, call_of(scene, call, given), SURE)
        case _:
            return


def _applied(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What the function is given besides, in a tuple."""
    function, *more = arguments(scene, call)
    if more:
        text = f"args=({', '.join(more)}{',' if len(more) == 1 else ''})"
        yield instead(scene, call, call_of(scene, call, [function, text]), SURE)


def _windowed(scene: Scene, method: ast.Attribute) -> Iterator[Candidate]:
    """The window first, and then what is made of it."""
    call, found = scene.parents.get(method), _WINDOWS.fullmatch(method.attr)
    if not (found and isinstance(call, ast.Call) and call.func is method):
        return
    given = [*arguments(scene, call), *map(scene.text, call.keywords)]
    owner = operand(scene, method.value)
    if scene.imported.get(owner) == "pandas":
        owner, given = given[0] if given else owner, given[1:]
    text = f"{owner}.{found[1]}({', '.join(given)}).{found[2]}()"
    yield instead(scene, call, text, SURE)


RULE = rule(
    "table-calls",
    "UndefinedVariableError ValueError IndexingError KeyError TypeError AttributeError NameError",
    candidates,
)
