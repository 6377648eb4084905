"""A value that is asked for in the way of another kind of object.

Answers AttributeError, TypeError and KeyError.

    row.price               ->  row["price"], of a dictionary
    row.price * row.count   ->  row["price"] * row["count"]
    row.key                 ->  row[key], of a dictionary and a variable
    item["price"]           ->  item.price, of an object that is no container
    rows["append"](row)     ->  rows.append(row)
    df["groupby"]("city")   ->  df.groupby("city")
    df["city"].upper()      ->  df["city"].str.upper()
    number.zfill(5)         ->  str(number).zfill(5)
    folder.glob("*")        ->  Path(folder).glob("*"), of a text
    for p in Path(folder):  ->  for p in Path(folder).iterdir():
    path.split("/")         ->  str(path).split("/"), of a path
    day.year, day.month     ->  day = datetime.fromisoformat(day) before it, of a parameter
    born.year               ->  datetime.fromisoformat(born).year, of a text
    df["n"].strip().lower() ->  df["n"].str.strip().str.lower()
    df["day"].year          ->  df["day"].dt.year
    day.format("%d.%m.%Y")  ->  day.strftime("%d.%m.%Y")
    (df["b"] - df["a"]).days    ->  (df["b"] - df["a"]).dt.days
    rows.reshape(2, 2)      ->  np.array(rows).reshape(2, 2), of a list
    df["day"].dt.year       ->  pd.to_datetime(df["day"]).dt.year, of days that are texts
"""

import ast
import builtins
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, line_before, operand, replaced, together

_OF_DATES = frozenset({*dir(date), *dir(datetime), "dayofweek", "quarter", "normalize"})
_OF_SPANS = frozenset({"days", "seconds", "microseconds", "total_seconds", "components"})
# What is called of a day, and only asked for of a column of them.
_UNCALLED = frozenset({"weekday", "date", "time", "dayofweek"})
# What paths have, and all sorts of other objects too.
_OF_MANY = frozenset({"name", "parts", "root", "match", "parent", "owner", "group"})
_NO_OBJECTS = frozenset({"NoneType", "coroutine", "method", "function"})
_DAY = re.compile(r"'\d{4}-\d\d-\d\d")
_MAPPINGS = frozenset(
    {"dict", "defaultdict", "OrderedDict", "Counter", "ChainMap", "_Environ", "SectionProxy"}
)
_AS_TEXT = {"bytes": ("decode()", LIKELY), "Match": ("group()", SURE)}
_OF_ARRAYS = frozenset(
    {"shape", "reshape", "T", "astype", "flatten", "ravel", "dot", "std", "var", "argmax", "argmin",
     "argsort", "cumsum", "transpose", "ndim", "clip", "squeeze", "nonzero", "round", "mean"}
)  # fmt: skip
_OF_TABLES = frozenset(
    {"head", "tail", "groupby", "to_csv", "iloc", "loc", "iterrows", "columns", "describe", "merge",
     "dropna", "value_counts", "sort_values", "apply", "drop_duplicates", "to_dict"}
)  # fmt: skip
_COLUMNS = frozenset({"Series", "Index"})
_DAYS = frozenset({"date", "datetime", "time", "Timestamp"})
# What is no text, and has a form in which it is written.
_WRITTEN = frozenset(
    {"int", "float", "PosixPath", "WindowsPath", "UUID", "Decimal", "Fraction", "date", "datetime",
     "Timestamp"}
)  # fmt: skip
_OF_LETTERS = frozenset({"upper", "lower", "title", "capitalize", "casefold", "swapcase"})
# What is called of these is never one of their columns.
_TABLES = frozenset({"DataFrame", "Series", "DataFrameGroupBy", "SeriesGroupBy"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The way of the object that was met."""
    match scene.failed:
        case ast.Attribute() as node if scene.said("Can only use .dt accessor"):
            yield _as_dates(scene, node)
        case ast.Attribute() as node:
            yield from _of_attribute(scene, node)
        case _ if scene.said("'PosixPath' object is not iterable"):
            for loop in scene.loops:
                if scene.kind(loop.iter) in {"PosixPath", None} and _is_failed(scene, loop.iter):
                    yield instead(scene, loop.iter, f"{operand(scene, loop.iter)}.iterdir()", SURE)
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(name))) if name.isidentifier():
            said = scene.said(
                r"'(?:[\w.]+\.)?(\w+)' object is not subscriptable|"
                r"(tuple) indices must be integers or slices, not str"
            )
            text = f"{operand(scene, owner)}.{name}"
            is_method = _is_method(scene, scene.failed, name) or _is_kept(scene, owner, name)
            if (said and said[1] not in _NO_OBJECTS) or is_method:
                yield instead(scene, scene.failed, text, SURE)
        case ast.Call(
            func=ast.Subscript(value=owner, slice=ast.Constant(value=str(name))) as looked_up
        ) if scene.said("object is not callable") and _is_method(scene, looked_up, name):
            yield instead(scene, looked_up, f"{operand(scene, owner)}.{name}", SURE)
        case _:
            return


def _is_method(scene: Scene, node: ast.expr, name: str) -> bool:
    """Whether something is called that only is a method of such objects."""
    call = scene.parents.get(node)
    is_called = isinstance(call, ast.Call) and call.func is node
    is_table = isinstance(node, ast.Subscript) and scene.kind(node.value) in _TABLES
    kinds = (str, list, dict, tuple)
    return is_called and (is_table or any(hasattr(kind, name) for kind in kinds))


def _is_kept(scene: Scene, owner: ast.expr, name: str) -> bool:
    """Whether a method is taken to be called later, from an object that has no keys."""
    match scene.statement:
        case ast.Assign(targets=[ast.Name(id=kept)]):
            kind = getattr(builtins, scene.kind(owner) or "", None)
            return kept == name and kind in {list, str, tuple, set} and hasattr(kind, name)
        case _:
            return False


def _is_failed(scene: Scene, source: ast.expr) -> bool:
    """Whether the failure stands at what a loop goes through, or in the loop around that."""
    span = scene.span(source)
    return span.start <= scene.place.end and scene.place.start <= span.end


def _of_attribute(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute")
    kind, owner = said[1] if said else "", operand(scene, node.value)
    if kind in _MAPPINGS:
        yield from _of_dictionary(scene, node)
    elif kind in _COLUMNS and node.attr in _OF_DATES | _OF_SPANS:
        call = scene.parents.get(node)
        is_call = isinstance(call, ast.Call) and call.func is node and node.attr in _UNCALLED
        whole = call if is_call and isinstance(call, ast.Call) else node
        yield instead(scene, whole, f"{owner}.dt.{node.attr}", SURE)
    elif kind in _COLUMNS and hasattr(str, node.attr):
        yield from _of_texts(scene, node)
    elif kind in {"list", "tuple"} and node.attr in _OF_ARRAYS | _OF_TABLES:
        yield from _of_library(scene, node)
    elif kind in _COLUMNS | {"DataFrame"} and node.attr in {"reshape", "flatten", "ravel"}:
        yield instead(scene, node, f"{owner}.to_numpy().{node.attr}", SURE)
    elif kind in _DAYS and node.attr == "format":
        yield instead(scene, node, f"{owner}.strftime", SURE)
    elif kind in _WRITTEN and hasattr(str, node.attr):
        # A number has no letters to be made small, and what is missing has none at all: then it may
        # be another value that is meant.
        seen = scene.value(node.value)
        is_missing = kind == "float" and seen is not None and seen.value == "nan"
        is_odd = is_missing or (kind in {"int", "float"} and node.attr in _OF_LETTERS)
        likely = POSSIBLE + 0.1 if is_odd else SURE
        yield instead(scene, node.value, f"str({scene.text(node.value)})", likely)
    elif kind == "str":
        yield from _of_text(scene, node)
    elif kind in _AS_TEXT and hasattr(str, node.attr):
        way, likely = _AS_TEXT[kind]
        yield instead(scene, node, f"{owner}.{way}.{node.attr}", likely)


def _of_dictionary(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    call = scene.parents.get(node)
    if not (isinstance(call, ast.Call) and call.func is node):
        text = f'{operand(scene, node.value)}["{node.attr}"]'
        yield instead(scene, node, text, SURE)
        yield from _all_keys(scene, node.value)
        if node.attr in scene.bound:
            yield _by_variable(scene, node)


def _all_keys(scene: Scene, owner: ast.expr) -> Iterator[Candidate]:
    """All that the function asks of the dictionary in this way, where that is more than once."""
    written = ast.unparse(owner)
    asked = [
        each for each in scene.nearby(ast.Attribute)
        if ast.unparse(each.value) == written and not hasattr(dict, each.attr)
    ]  # fmt: skip
    if len(asked) > 1:
        edits = (replaced(scene, each, f'{operand(scene, owner)}["{each.attr}"]') for each in asked)
        title = f"Look up {len(asked)} keys of '{written}'"
        yield Candidate(title, together(scene, *edits), SURE)


def _by_variable(scene: Scene, node: ast.Attribute) -> Candidate:
    """Under the key that a variable of that name holds, wherever that is asked for."""
    written = ast.unparse(node)
    alike = [each for each in scene.nearby(ast.Attribute) if ast.unparse(each) == written]
    text = f"{operand(scene, node.value)}[{node.attr}]"
    edits = (replaced(scene, each, text) for each in alike)
    return Candidate(f"Write '{text}'", together(scene, *edits), SURE)


def _of_library(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """A list as what a library makes of it, where that is imported."""
    home, maker = ("numpy", "array") if node.attr in _OF_ARRAYS else ("pandas", "DataFrame")
    names = [name for name, full in scene.imported.items() if full == home]
    for name in names[:1]:
        text = f"{name}.{maker}({scene.text(node.value)})"
        yield instead(scene, node.value, text, LIKELY + 0.05)


def _of_texts(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """All methods of texts that follow one another; or the first alone."""
    edits, last, at = [], node, scene.parents.get(node)
    while hasattr(str, last.attr) and isinstance(at, ast.Call):
        end = scene.span(last).end - len(last.attr)
        edits.append(TextEdit(Span(end, end), "str."))
        above = scene.parents.get(at)
        if not (isinstance(above, ast.Attribute) and above.value is at):
            break
        last, at = above, scene.parents.get(above)
    if len(edits) > 1:
        yield Candidate("Write '.str' before each of them", together(scene, *edits), SURE)
    yield instead(scene, node, f"{operand(scene, node.value)}.str.{node.attr}", SURE)


def _of_text(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """The path or the day that a text stands for."""
    text = scene.text(node.value)
    seen = scene.value(node.value)
    if hasattr(Path, node.attr):
        is_usual = "pathlib" in scene.imported or "pathlib.Path" in scene.imported.values()
        likely = POSSIBLE if node.attr in _OF_MANY else SURE if is_usual else LIKELY
        yield _made(scene, node, f"Path({text})", "from pathlib import Path", likely)
    elif node.attr in _OF_DATES and seen and _DAY.match(seen.value):
        name = next((each for each in ("datetime", "date") if _is_class(scene, each)), "datetime")
        line = f"from datetime import {name}"
        yield _made(scene, node, f"{name}.fromisoformat({text})", line)
        yield from _read_first(scene, node, f"{name}.fromisoformat({text})", line)


def _read_first(scene: Scene, node: ast.Attribute, read: str, line: str) -> Iterator[Candidate]:
    """A parameter that is asked for several parts of a day, read once for all of them."""
    function, text = scene.function(node), ast.unparse(node.value)
    asked = [
        each for each in scene.nearby(ast.Attribute)
        if ast.unparse(each.value) == text and each.attr in _OF_DATES
    ]  # fmt: skip
    if function and len(asked) > 1 and text in {each.arg for each in function.args.args}:
        head = function.body[0]
        is_doc = isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant)
        first = function.body[1] if is_doc and function.body[1:] else head
        imports = importing(scene, line, line.rpartition(" ")[2])
        edit = together(scene, *imports, line_before(scene, first, f"{text} = {read}"))
        yield Candidate(f"Write '{text} = {read}' first", edit, LIKELY)


def _is_class(scene: Scene, name: str) -> bool:
    return scene.imported.get(name) == f"datetime.{name}"


def _made(
    scene: Scene, node: ast.Attribute, text: str, line: str, likely: float = SURE
) -> Candidate:
    imports = importing(scene, line, line.rpartition(" ")[2])
    edit = together(scene, *imports, replaced(scene, node.value, text))
    return Candidate(f"Write '{text}'", edit, likely)


def _as_dates(scene: Scene, node: ast.Attribute) -> Candidate:
    owner = node.value if node.attr == "dt" else node
    text = f"pd.to_datetime({scene.text(owner)})"
    edit = together(
        scene, *importing(scene, "import pandas as pd", "pd"), replaced(scene, owner, text)
    )
    return Candidate(f"Write '{text}'", edit, LIKELY)


RULE = rule("accessors", "AttributeError TypeError KeyError", candidates)
