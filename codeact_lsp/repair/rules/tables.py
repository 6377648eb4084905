"""Tables of pandas whose columns are of another type than what is done with them.

Answers TypeError, ValueError, AttributeError and IntCastingNaNError.

    table["price"].mean()             ->  pd.to_numeric(table["price"]).mean(), of texts
    table["end"] - table["start"]     ->  pd.to_datetime(table["end"]) - ..., of texts
    table["end"] - start, of texts    ->  pd.to_datetime(table["end"]) - start, of a time
    left.merge(right, on="id")        ->  left.astype({"id": str}).merge(right, on="id")
    counts.astype(int)                ->  counts.astype("Int64"), where some are missing
    table.append(row)                 ->  pd.concat([table, pd.DataFrame([row])])
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, operand, replaced, together

_TEXTS = r"Cannot perform reduction '\w+' with string dtype|Could not convert .* to numeric"
_MERGED = r"trying to merge on (\w+(?:\[.*?\])?) and (\w+(?:\[.*?\])?) columns for key '([^']*)'"
_BESIDE_TIME = (
    r"cannot subtract DatetimeArray from|Timestamp|datetime64|DatetimeArray|"
    r"and 'datetime(?:\.\w+)?'|'datetime(?:\.\w+)?' and|Timedelta"
)
_NUMBERS = ("int", "float", "uint")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The column in the type that is wanted."""
    if scene.said(_BESIDE_TIME):
        yield from _beside_time(scene)
    match scene.failed:
        case ast.Call(func=ast.Attribute(value=column)) if scene.said(_TEXTS):
            yield _converted(scene, "to_numeric", SURE, column)
        case ast.BinOp(left=left, right=right) if _are_texts(scene, left, right):
            yield from _subtracted(scene, left, right)
        case ast.Call(func=ast.Attribute(value=owner, attr="merge"), args=[other, *_]):
            yield from _merged(scene, owner, other)
        case ast.Call(args=[ast.Name("int")]) as call if scene.said("non-finite values"):
            yield instead(scene, call.args[0], '"Int64"', POSSIBLE)
            if isinstance(call.func, ast.Attribute):
                text = f"{operand(scene, call.func.value)}.fillna(0).astype(int)"
                yield instead(scene, call, text, GUESS, hides=True)
        case ast.Attribute(value=owner, attr="append") as method:
            around = scene.parents.get(method)
            if scene.said("'DataFrame'|'Series'") and isinstance(around, ast.Call) and around.args:
                yield from _appended(scene, owner, around)
        case _:
            return


def _beside_time(scene: Scene) -> Iterator[Candidate]:
    """A column of texts as times, where the other side is of times."""
    match scene.failed:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            texts = [side for side in (left, right) if _are_texts(scene, side)]
        case _:
            return
    for column in texts if len(texts) == 1 else ():
        yield _converted(scene, "to_datetime", LIKELY, column)


def _with_pandas(
    scene: Scene, title: str, likely: float, *parts: tuple[ast.expr, str]
) -> Candidate:
    edits = (replaced(scene, node, text) for node, text in parts)
    imports = importing(scene, "import pandas as pd", "pd")
    return Candidate(title, together(scene, *imports, *edits), likely)


def _converted(scene: Scene, how: str, likely: float, *columns: ast.expr) -> Candidate:
    parts = [(column, f"pd.{how}({scene.text(column)})") for column in columns]
    return _with_pandas(scene, f"Convert by 'pd.{how}'", likely, *parts)


def _are_texts(scene: Scene, *nodes: ast.expr) -> bool:
    seen = [scene.value(node) for node in nodes]
    return all(each and each.value.startswith(("Series str", "Series object")) for each in seen)


def _subtracted(scene: Scene, left: ast.expr, right: ast.expr) -> Iterator[Candidate]:
    """As days where the result is asked for some; else as numbers."""
    around = scene.parents.get(scene.failed) if scene.failed else None
    is_of_days = isinstance(around, ast.Attribute) and around.attr in {"dt", "days"}
    yield _converted(scene, "to_datetime", SURE if is_of_days else LIKELY - 0.1, left, right)
    if not is_of_days:
        yield _converted(scene, "to_numeric", LIKELY, left, right)


def _merged(scene: Scene, owner: ast.expr, other: ast.expr) -> Iterator[Candidate]:
    """The side that has numbers as texts: the other way round not every text is a number."""
    said = scene.said(_MERGED)
    if said:
        node = owner if said[1].startswith(_NUMBERS) else other
        text = f'{operand(scene, node)}.astype({{"{said[3]}": str}})'
        yield instead(scene, node, text, LIKELY)


def _appended(scene: Scene, owner: ast.expr, call: ast.Call) -> Iterator[Candidate]:
    given = call.args[0]
    added, kind = scene.text(given), scene.kind(given) or _made_as(scene, given)
    row = f"pd.DataFrame([{added}])"
    ways = {"dict": row, "Series": f"{operand(scene, given)}.to_frame().T"}
    if kind == "Series" and scene.said("'Series'"):
        ways = {}
    words = "".join(f", {scene.text(word)}" for word in call.keywords if word.arg != "sort")
    for way, likely in ((ways.get(kind, added), SURE), *([(row, LIKELY)] if not kind else [])):
        text = f"pd.concat([{scene.text(owner)}, {way}]{words})"
        yield _with_pandas(scene, "Write 'pd.concat'", likely, (call, text))


def _made_as(scene: Scene, given: ast.expr) -> str:
    """The type of what is written out, there or where the variable got it."""
    values = [node.value for node in scene.nearby(ast.Assign)
              if [ast.unparse(each) for each in node.targets] == [ast.unparse(given)]]  # fmt: skip
    is_row = any(isinstance(value, ast.Dict) for value in (given, *values))
    return "dict" if is_row else ""


RULE = rule("tables", "TypeError ValueError AttributeError IntCastingNaNError", candidates)
