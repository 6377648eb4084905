"""A column of texts that is compared or reckoned with as if it held numbers or days.

Answers TypeError of pandas, and AttributeError of a column of numbers that is taken for texts.

    df["price"] < 10, of texts             ->  pd.to_numeric(df["price"]) < 10
    df["price"] * df["count"], of texts    ->  pd.to_numeric(df["price"]) * pd.to_numeric(...)
    df["day"] >= date(2024, 1, 1)          ->  df["day"] >= pd.Timestamp(date(2024, 1, 1))
    df["day"] >= start, of texts           ->  pd.to_datetime(df["day"]) >= start
    df["n"].str.zfill(3), of numbers       ->  df["n"].astype(str).str.zfill(3)
    pd.read_csv(path), of codes: df["zip"].str[:2]   ->  pd.read_csv(path, dtype={"zip": str})
    s.apply(lambda v: v.upper()), of gaps  ->  s.str.upper()
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, operand, replaced, together

_TEXTS = ("Series str", "Series object", "Series string")
_NUMBERS = frozenset({"int", "float", "int64", "float64", "float32", "int32"})
_DAYS = frozenset({"date", "datetime", "Timestamp"})
_OF_GAP = r"'(?:float|NoneType|NAType)' object has no attribute"
_READERS = frozenset({"read_csv", "read_table", "read_excel"})
_NO_TEXTS = r"Can only use \.str accessor with string values"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The texts as what they are compared with."""
    match scene.failed:
        case ast.Compare(left=left, comparators=[right]):
            sides = (left, right)
        case ast.BinOp(left=left, op=op, right=right) if not isinstance(op, ast.Add):
            sides = (left, right)
        case ast.Attribute() as method:
            yield from _asked(scene, method)
            return
        case _:
            return
    texts = [side for side in sides if _is_of(scene, side, _TEXTS)]
    others = [side for side in sides if side not in texts]
    if texts and all(_is_number(scene, side) for side in others):
        is_product = isinstance(scene.failed, ast.BinOp) and isinstance(scene.failed.op, ast.Sub)
        if others or not is_product:
            yield _read(scene, "to_numeric", texts, SURE if others else LIKELY)
    elif texts and all(_kind(scene, side) in _DAYS for side in others):
        yield _read(scene, "to_datetime", texts, SURE)
    elif any(_is_of(scene, side, ("Series datetime64",)) for side in sides):
        days = [side for side in sides if _kind(scene, side) == "date"]
        if days:
            yield _read(scene, "Timestamp", days, SURE)


def _asked(scene: Scene, method: ast.Attribute) -> Iterator[Candidate]:
    """Numbers as texts, and each text as what may be missing."""
    if method.attr == "str" and scene.said(_NO_TEXTS):
        yield from _read_as_texts(scene, method.value)
        text = f"{operand(scene, method.value)}.astype(str)"
        yield instead(scene, method.value, text, LIKELY)
    elif hasattr(str, method.attr) and scene.said(_OF_GAP):
        yield from _past_gaps(scene, method)


def _read_as_texts(scene: Scene, column: ast.expr) -> Iterator[Candidate]:
    """The column as it stands in the file: read as a number a code has lost its zeros."""
    match column:
        case ast.Subscript(slice=ast.Constant(value=str()) as name):
            for there, call in scene.everywhere(ast.Call):
                is_read = ast.unparse(call.func).rpartition(".")[2] in _READERS
                if is_read and not any(word.arg in {"dtype", None} for word in call.keywords):
                    given = f", dtype={{{scene.text(name)}: str}})"
                    text = f"{there.text(call).removesuffix(')').rstrip(', ')}{given}"
                    yield instead(there, call, text, LIKELY + 0.05)
        case _:
            return


def _past_gaps(scene: Scene, method: ast.Attribute) -> Iterator[Candidate]:
    """What columns of texts do themselves, with none for what is missing."""
    call = scene.parents.get(method)
    function = scene.parents.get(call) if call else None
    applied = scene.parents.get(function) if function else None
    match applied, function, call:
        case (
            ast.Call(func=ast.Attribute(value=column, attr="apply" | "map"), args=[_]),
            ast.Lambda(args=ast.arguments(args=[each])),
            ast.Call(),
        ) if isinstance(method.value, ast.Name) and each.arg == method.value.id:
            given = scene.text(call).removeprefix(scene.text(method))
            text = f"{operand(scene, column)}.str.{method.attr}{given}"
            yield instead(scene, applied, text, SURE)
        case _:
            return


def _kind(scene: Scene, side: ast.expr) -> str | None:
    """The type of what is compared with a column: of what was not seen, pandas tells it."""
    said = scene.said(
        r"Invalid comparison between dtype=.* and (\w+)$|"
        r"between instances of '(?:str' and ')?(\w+)'(?: and 'str')?$"
    )
    # Of a call the message of Python names the sides the other way round.
    is_call = isinstance(side, ast.Call)
    return (said and (said[1] or said[2])) if is_call else scene.kind(side)


def _is_of(scene: Scene, side: ast.expr, kinds: tuple[str, ...]) -> bool:
    seen = scene.value(side)
    return seen is not None and seen.value.startswith(kinds)


def _is_number(scene: Scene, side: ast.expr) -> bool:
    numbers = ("Series int", "Series float", "Series Int", "Series Float")
    return scene.kind(side) in _NUMBERS or _is_of(scene, side, numbers)


def _read(scene: Scene, how: str, sides: list[ast.expr], likely: float) -> Candidate:
    pandas = next((name for name, home in scene.imported.items() if home == "pandas"), "pd")
    edits = [replaced(scene, side, f"{pandas}.{how}({scene.text(side)})") for side in sides]
    edits += importing(scene, "import pandas as pd", pandas)
    return Candidate(f"Convert by '{pandas}.{how}'", together(scene, *edits), likely)


RULE = rule("text-columns", "TypeError AttributeError", candidates)
