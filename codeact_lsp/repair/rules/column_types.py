"""A column of texts that are no plain numbers or days, or one that takes values of one type only.

Answers ValueError, TypeError and their kinds of pandas.

    prices.astype(float), of "1,200"     ->  prices.str.replace(",", "").astype(float)
    prices.astype(float), of "$12"       ->  prices.str.strip("$").astype(float)
    counts.astype(int), of "3.0"         ->  counts.astype(float).astype(int)
    prices.astype(int), of "3.5"         ->  prices.astype(float)
    pd.to_datetime(days), of two forms   ->  pd.to_datetime(days, format="mixed")
    pd.to_datetime(days), of 25/12/2024  ->  pd.to_datetime(days, dayfirst=True)
    pd.to_numeric(texts), of "n/a"       ->  pd.to_numeric(texts, errors="coerce"), stops the crash
    table.loc[0, "n"] = 0.5, of integers ->  table["n"] = table["n"].astype(float) before it
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, line_before, operand

_NO_NUMBER = (
    r"could not convert string to float: ['\"](.*)['\"]|Unable to parse string ['\"](.*)['\"] at|"
    r"invalid literal for int\(\) with base 10: ['\"](.*)['\"]"
)
_NO_DAY = r"time data \"(.*)\" doesn't match format \"(.*?)\"|Unknown datetime string format"
_NO_ROOM = r"Invalid value '(.*)' for dtype '(\w+)'"
_AS_FRACTIONS = ".astype(float)"
_MARGIN = 0.06
_PIPES = (
    (r"-?\d+\.\d*", _AS_FRACTIONS),
    (r"\s*-?\d[\d,]*,\d{3}(\.\d+)?\s*", '.str.replace(",", "")'),
    (r"\s*-?\d+,\d+\s*", '.str.replace(",", ".")'),
)
_AFFIX = re.compile(r"\s*([^\d\s.,+-]{1,3})?\s*(-?[\d.,]+)\s*([^\d\s.,]{1,3})?\s*")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The column without what is no part of a number, or with room for others."""
    if said := scene.said(_NO_NUMBER):
        seen = next((group for group in said.groups() if group is not None), "")
        for call in scene.calls():
            yield from _as_numbers(scene, call, seen)
    elif said := scene.said(_NO_DAY):
        for call in scene.calls():
            if called(call) == "to_datetime":
                yield from _as_days(scene, call, said[1] or "")
    elif said := scene.said(_NO_ROOM):
        yield from _with_room(scene, said[1])


def _as_numbers(scene: Scene, call: ast.Call, seen: str) -> Iterator[Candidate]:
    match call:
        case ast.Call(func=ast.Attribute(value=column, attr="astype")):
            owner = operand(scene, column)
        case ast.Call(args=[column, *_]) if called(call) == "to_numeric":
            owner = operand(scene, column)
        case _:
            return
    pipe = _cleaned(seen)
    if pipe == _AS_FRACTIONS and called(call) == "astype" and not float(seen).is_integer():
        # As whole numbers they would lose a part.
        yield instead(scene, call, f"{owner}{pipe}", LIKELY + _MARGIN)
    if pipe:
        yield instead(scene, column, f"{owner}{pipe}", LIKELY)
    else:
        module = scene.text(call.func).rpartition(".")[0] if called(call) == "to_numeric" else "pd"
        text = f'{module}.to_numeric({scene.text(column)}, errors="coerce")'
        yield instead(scene, call, text, GUESS, hides=True)


def _cleaned(seen: str) -> str:
    """What makes a number of a text like this; nothing if it holds none."""
    found = _AFFIX.fullmatch(seen)
    if found is None:
        return ""
    affix, number = f"{found[1] or ''}{found[3] or ''}", found[2]
    pipe = f'.str.strip("{affix} ")' if affix else ""
    shaped = (pipes for shape, pipes in _PIPES if re.fullmatch(shape, number))
    return pipe + next((each for each in shaped if not (affix and "astype" in each)), "")


def _as_days(scene: Scene, call: ast.Call, seen: str) -> Iterator[Candidate]:
    kept = [scene.text(word) for word in call.keywords if word.arg != "format"]
    given = arguments(scene, call)[:1]
    day_first = re.match(r"(1[3-9]|2\d|3[01])[/.-]\d", seen)
    ways = ["dayfirst=True"] if day_first else []
    ways += ['format="mixed"', 'format="mixed", dayfirst=True'] if seen else []
    for rank, way in enumerate(ways):
        text = call_of(scene, call, given, [*kept, way])
        yield instead(scene, call, text, LIKELY - rank / 50)
    text = call_of(scene, call, given, [*map(scene.text, call.keywords), 'errors="coerce"'])
    yield instead(scene, call, text, GUESS, hides=True)


def _with_room(scene: Scene, value: str) -> Iterator[Candidate]:
    """The column in a type that takes the value as well."""
    match scene.statement:
        case (
            ast.Assign(targets=[ast.Subscript() as target])
            | ast.AugAssign(target=ast.Subscript() as target)
        ):
            column = _column(scene, target)
        case _:
            return
    kind = "float" if re.fullmatch(r"-?\d*\.\d+(e[+-]?\d+)?|nan", value) else "object"
    line = f"{column} = {column}.astype({kind})"
    edit = line_before(scene, scene.statement, line)
    yield Candidate(f"Write '{line}' first", edit, SURE)


def _column(scene: Scene, target: ast.Subscript) -> str:
    """The column in which something is set."""
    match target:
        case ast.Subscript(value=ast.Attribute(value=table), slice=ast.Tuple(elts=[_, column])):
            return f"{operand(scene, table)}[{scene.text(column)}]"
        case ast.Subscript(value=ast.Attribute(value=series, attr="iloc" | "loc" | "at" | "iat")):
            return operand(scene, series)
        case _:
            return operand(scene, target.value)


RULE = rule("column-types", "ValueError TypeError DateParseError", candidates)
