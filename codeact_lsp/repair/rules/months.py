"""A day, month or hour that is counted past the end of its month, year or day.

Answers ValueError.

    date(year, month + 1, 1)              ->  date(year + month // 12, month % 12 + 1, 1)
    day.replace(month=day.month + 1)      ->  the same, with the year that it then is in
    day.replace(day=day.day + 7)          ->  day + timedelta(days=7)
    date(31, 12, 2024)                    ->  date(2024, 12, 31)
    day.replace(month=2), of the 31st     ->  day.replace(month=2, day=28), stops the crash
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    operand,
    replaced,
    together,
)

_MONTH = r"month must be in 1\.\.12"
_DAY = r"day is out of range for month|day \d+ must be in range"
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_OF_DAY = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The day that is meant by the count."""
    for call in scene.calls():
        parts = _parts(call)
        if scene.said(_MONTH) and isinstance(step := parts.get("month"), ast.BinOp):
            yield from _rolled(scene, call, parts, step)
        for unit in ("day", "hour", "minute", "second"):
            if scene.said(_DAY if unit == "day" else rf"{unit} must be in 0\.\."):
                yield from _moved_on(scene, call, parts, unit)
        yield from _turned(scene, call)
        yield from _first_of_month(scene, call)


def _parts(call: ast.Call) -> dict[str, ast.expr]:
    """The year, month and so on that a call names or gives in order."""
    named = {str(word.arg): word.value for word in call.keywords}
    if called(call) == "replace":
        return named
    return {**dict(zip(_PARTS, call.args, strict=False)), **named}


def _rolled(
    scene: Scene, call: ast.Call, parts: dict[str, ast.expr], step: ast.BinOp
) -> Iterator[Candidate]:
    """Month and year of a month that is some further on."""
    sign = {ast.Add: "+", ast.Sub: "-"}.get(type(step.op))
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if sign is None:
        return
    grouped = _months_before(operand(scene, step.left), sign, scene.text(step.right))
    edits = [replaced(scene, step, f"{grouped} % 12 + 1")]
    if "year" in parts:
        year = parts["year"]
        edits.append(replaced(scene, year, f"{operand(scene, year)} + {grouped} // 12"))
    elif called(call) == "replace" and owner is not None:
        year_text = f"year={operand(scene, owner)}.year + {grouped} // 12, "
        word = next(each for each in call.keywords if each.value is step)
        edits = [replaced(scene, word, f"{year_text}month={grouped} % 12 + 1")]
    yield Candidate("Count on into the next year", together(scene, *edits), SURE)


def _months_before(base: str, sign: str, count: str) -> str:
    """How many months of the year come before the one that is meant."""
    return base if (sign, count) == ("+", "1") else f"({base} - 1 {sign} {count})"


def _moved_on(
    scene: Scene, call: ast.Call, parts: dict[str, ast.expr], unit: str
) -> Iterator[Candidate]:
    """The time before, and as much later as was counted."""
    match parts.get(unit):
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=count):
            sign = "+" if isinstance(op, ast.Add) else "-"
        case _:
            return
    later = f"timedelta({unit}s={scene.text(count)})"
    if called(call) == "replace" and isinstance(call.func, ast.Attribute):
        others = [scene.text(word) for word in call.keywords if word.arg != unit]
        before = call_of(scene, call, [], others) if others else operand(scene, call.func.value)
    else:
        kept = [left if each is parts[unit] else each for each in call.args]
        before = call_of(scene, call, map(scene.text, kept))
    imports = importing(scene, "from datetime import timedelta", "timedelta")
    edit = together(scene, *imports, replaced(scene, call, f"{before} {sign} {later}"))
    yield Candidate(f"Write '{before} {sign} {later}'", edit, SURE)


def _turned(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Day, month and year in the other order."""
    given = arguments(scene, call)
    if called(call) in {"date", "datetime"} and len(given) >= _OF_DAY:
        day = [*reversed(given[:_OF_DAY]), *given[_OF_DAY:]]
        yield instead(scene, call, call_of(scene, call, day), LIKELY)


def _first_of_month(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    named = {word.arg for word in call.keywords}
    if scene.said(_DAY) and called(call) == "replace" and "day" not in named and named:
        text = call_of(scene, call, [*arguments(scene, call)], [*_words(scene, call), "day=28"])
        yield instead(scene, call, text, GUESS, "Take the 28th", hides=True)


def _words(scene: Scene, call: ast.Call) -> list[str]:
    return [scene.text(word) for word in call.keywords]


RULE = rule("months", "ValueError", candidates)
