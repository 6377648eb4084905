"""Days and times that do not fit together, or that are written otherwise than expected.

Answers TypeError and ValueError.

    day - 1                              ->  day - timedelta(days=1)
    now - "2024-01-02"                   ->  now - datetime.fromisoformat("2024-01-02")
    end - start, of texts                ->  datetime.fromisoformat(end) - ...
    total = 0; total += end - start      ->  total = timedelta()
    day - now                            ->  day - now.date()
    datetime.now() - aware               ->  datetime.now().replace(tzinfo=timezone.utc) - aware
    strptime("2024-01-02", "%d/%m/%Y")   ->  strptime("2024-01-02", "%Y-%m-%d")
"""

import ast
import re
from collections.abc import Iterator
from datetime import datetime

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, instead, operand, quoted, replaced, together

_KINDS = frozenset({"date", "datetime"})
_DAY_AND_TIME = (
    r"can't compare datetime.datetime to datetime.date|"
    r"-: 'datetime\.date(?:time)?' and 'datetime\.date(?:time)?'"
)
_TIME = re.compile(r"'\d?\d:\d\d(?::\d\d)?'")
_DAY = re.compile(r"'\d{4}-\d\d-\d\d")
_MISREAD = (
    r"(?s)time data '(?P<text>.*)' does not match format|Invalid isoformat string: '(?P<iso>.*)'"
)
_CLOCKS = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", "T%H:%M:%S.%f", "T%H:%M:%S%z")
_TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%H:%M:%S.%f")
_DAYS = (
    "%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d %B %Y", "%d %b %Y",
    "%B %d, %Y", "%b %d, %Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%Y-%m", "%Y",
)  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The same kind on both sides; the format that the text has."""
    match scene.failed:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            for node, other in ((left, right), (right, left)):
                yield from _beside(scene, node, other)
            if scene.said("-: 'str' and 'str'"):
                yield from _both_read(scene, left, right)
        case ast.AugAssign(target=ast.Name(id=total)):
            yield from _begun(scene, total)
        case _:
            for call in scene.calls():
                yield from _reread(scene, call)


def _beside(scene: Scene, node: ast.expr, other: ast.expr) -> Iterator[Candidate]:
    kind, met = scene.kind(node), scene.kind(other)
    if kind in {"int", "float"} and met in _KINDS:
        edits = importing(scene, "from datetime import timedelta", "timedelta")
        text = f"timedelta(days={scene.text(node)})"
        edit = together(scene, *edits, replaced(scene, node, text))
        yield Candidate("Count in days, by 'timedelta'", edit, SURE)
    elif kind == "str" and met in _KINDS:
        edits = importing(scene, f"from datetime import {met}", met)
        text = f"{met}.fromisoformat({scene.text(node)})"
        edit = together(scene, *edits, replaced(scene, node, text))
        yield Candidate(f"Write '{text}'", edit, LIKELY)
    elif scene.said(_DAY_AND_TIME) and (kind == "datetime" or (met == "date" and kind != "date")):
        yield instead(scene, node, f"{operand(scene, node)}.date()", LIKELY)
    elif scene.said("offset-naive") and not _is_aware(scene, node):
        yield _aware(scene, node)


def _begun(scene: Scene, total: str) -> Iterator[Candidate]:
    """A sum of times that begins with no time."""
    for node in scene.nearby(ast.Assign) if scene.said("'int' and 'datetime.timedelta'") else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=0) as nothing):
                if name == total:
                    imports = importing(scene, "from datetime import timedelta", "timedelta")
                    edit = together(scene, *imports, replaced(scene, nothing, "timedelta()"))
                    yield Candidate(f"Begin with '{name} = timedelta()'", edit, SURE)
            case _:
                pass


def _both_read(scene: Scene, *sides: ast.expr) -> Iterator[Candidate]:
    """What is between two days that are texts."""
    seen = [scene.value(node) for node in sides]
    if all(each and _TIME.fullmatch(each.value) for each in seen):
        form = "%H:%M:%S" if all(each and each.value.count(":") > 1 for each in seen) else "%H:%M"
        texts = [f'datetime.strptime({scene.text(node)}, "{form}")' for node in sides]
        edits = [replaced(scene, node, text) for node, text in zip(sides, texts, strict=True)]
        edits += importing(scene, "from datetime import datetime", "datetime")
        yield Candidate(f"Read both as '{form}'", together(scene, *edits), SURE)
    if all(each and _DAY.match(each.value) for each in seen):
        edits = [
            replaced(scene, node, f"datetime.fromisoformat({scene.text(node)})") for node in sides
        ]
        edits += importing(scene, "from datetime import datetime", "datetime")
        title = "Read both by 'datetime.fromisoformat'"
        yield Candidate(title, together(scene, *edits), SURE)


def _is_aware(scene: Scene, node: ast.expr) -> bool:
    seen = scene.value(node)
    return seen is not None and any(mark in seen.value for mark in ("tzinfo", "+00:00", "UTC"))


def _aware(scene: Scene, node: ast.expr) -> Candidate:
    """Which zone a time without one is of, nothing tells."""
    text = f"{operand(scene, node)}.replace(tzinfo=timezone.utc)"
    edits = importing(scene, "from datetime import timezone", "timezone")
    edit = together(scene, *edits, replaced(scene, node, text))
    return Candidate(f"Write '{text}'", edit, POSSIBLE)


def _reread(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    said = scene.said(_MISREAD)
    if said is None:
        return
    formats = list(_formats(said["text"] or said["iso"] or ""))
    for each in formats:
        likely = SURE if len(formats) == 1 else POSSIBLE
        title = f"Read it as '{each}'"
        for written in _written(scene, call) if called(call) == "strptime" else ():
            yield instead(scene, written, quoted(scene, written, each), likely, title)
        if called(call) == "fromisoformat" and isinstance(call.func, ast.Attribute):
            owner = scene.text(call.func.value)
            text = f'{owner}.strptime({scene.text(call.args[0])}, "{each}")'
            if owner.rpartition(".")[2] == "date":
                yield _day(scene, call, (owner, each), likely)
            else:
                yield instead(scene, call, text, likely, title)


def _day(scene: Scene, call: ast.Call, read: tuple[str, str], likely: float) -> Candidate:
    """The day of a moment: days themselves read no other form."""
    owner, form = f"{read[0].removesuffix('date')}datetime", read[1]
    text = f'{owner}.strptime({scene.text(call.args[0])}, "{form}").date()'
    edits = (
        importing(scene, "from datetime import datetime", "datetime") if "." not in owner else []
    )
    edit = together(scene, *edits, replaced(scene, call, text))
    return Candidate(f"Read it as '{form}'", edit, likely)


def _written(scene: Scene, call: ast.Call) -> Iterator[ast.expr]:
    """Where the format is written: in the call, or where its variable gets it."""
    for given in call.args[1:2]:
        values = [
            node.value for node in scene.nearby(ast.Assign)
            if [ast.unparse(each) for each in node.targets] == [ast.unparse(given)]
        ]  # fmt: skip
        yield from values or [given]


def _formats(text: str) -> Iterator[str]:
    """The ways to read it; more than one where day and month may be either."""
    for each in (*_TIMES, *(day + clock for day in _DAYS for clock in _CLOCKS)):
        try:
            datetime.strptime(text, each)  # noqa: DTZ007 - only whether it can be read.
        except ValueError:
            continue
        yield each


RULE = rule("dates", "TypeError ValueError", candidates)
