"""A span of time where a number is wanted, or a moment where a text is, and the other way round.

Answers TypeError, AttributeError and ValueError.

    if now - created > 30:                ->  if (now - created).days > 30:
    int(end - start)                      ->  int((end - start).total_seconds())
    f"{end - start:.1f}"                  ->  f"{(end - start).total_seconds():.1f}"
    sum(spans)                            ->  sum(spans, timedelta())
    time.strftime("%H:%M", seconds)       ->  time.strftime("%H:%M", time.gmtime(seconds))
    datetime.strptime(day, f), of a day   ->  day
    datetime.strftime("2024-01-02", f)    ->  datetime.fromisoformat("2024-01-02").strftime(f)
    strptime("... 12:30:01,5", "... %S")  ->  strptime(..., "... %S,%f")
    strptime("02/01/2024", "%d/%m/%y")    ->  strptime("02/01/2024", "%d/%m/%Y")
    datetime("2024-01-02")                ->  datetime.fromisoformat("2024-01-02")
    date("2024-01-02".split("-"))         ->  date(*map(int, "2024-01-02".split("-")))
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    operand,
    quoted,
    replaced,
    together,
)

_SPAN = "timedelta"
_NO_PART_OF_A_DAY = "'(?:list|str)' object cannot"
_CONSTRUCTORS = frozenset({"date", "datetime", "time", "timedelta"})
_REMAINS = r"(?s)unconverted data remains: (.*)$"
_HOURS = 3600
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The span in days or seconds, the moment or the text."""
    if scene.said(_SPAN):
        yield from _as_number(scene)
    for call in scene.calls():
        yield from _of_call(scene, call)


def _as_number(scene: Scene) -> Iterator[Candidate]:
    match scene.failed:
        case ast.Compare(left=left, comparators=[right]):
            for span, limit in ((left, right), (right, left)):
                if scene.kind(limit) in {"int", "float"} and scene.kind(span) != "int":
                    yield from _compared(scene, span, limit)
        case ast.JoinedStr() as written if scene.said("unsupported format string"):
            yield from _formatted(scene, written)
        case ast.Call(args=[span, *_]) as call if called(call) in {"int", "float", "round"}:
            text = f"{operand(scene, span)}.total_seconds()"
            yield instead(scene, span, text, LIKELY - 0.11)
            yield instead(scene, span, f"{operand(scene, span)}.days", POSSIBLE)
        case ast.Call(func=ast.Name("sum"), args=[_]) as call:
            imports = importing(scene, "from datetime import timedelta", _SPAN)
            text = call_of(scene, call, [*_bracketed(scene, call), "timedelta()"])
            edit = together(scene, *imports, replaced(scene, call, text))
            yield Candidate("Add up from 'timedelta()'", edit, SURE)
        case _:
            return


def _bracketed(scene: Scene, call: ast.Call) -> Iterator[str]:
    """The arguments, of which one that shares its brackets with the call gets its own."""
    for each in call.args:
        text = scene.text(each)
        is_bare = isinstance(each, ast.GeneratorExp) and scene.text(call).endswith(text)
        yield f"[{text[1:-1]}]" if is_bare else text


def _compared(scene: Scene, span: ast.expr, limit: ast.expr) -> Iterator[Candidate]:
    """In days; in seconds, where the limit is large, or something speaks of them."""
    names = f"{scene.text(span)} {scene.text(limit)} {getattr(scene.body, 'name', '')}".lower()
    seen = scene.literal(limit) if not isinstance(limit, ast.Constant) else limit.value
    is_large = isinstance(seen, int | float) and seen >= _HOURS
    is_short = is_large or re.search(r"sec|timeout|elapsed|ttl|duration", names) is not None
    ways = ("total_seconds()", "days") if is_short else ("days", "total_seconds()")
    for way, likely in zip(ways, (LIKELY - 0.11, POSSIBLE), strict=True):
        yield instead(scene, span, f"{operand(scene, span)}.{way}", likely)


def _formatted(scene: Scene, text: ast.JoinedStr) -> Iterator[Candidate]:
    written = scene.text(text)
    for part in text.values:
        if isinstance(part, ast.FormattedValue) and part.format_spec:
            value = ast.unparse(part.value)
            if written.count(f"{{{value}:") == 1:
                whole = value if isinstance(part.value, ast.Name) else f"({value})"
                new = written.replace(f"{{{value}:", f"{{{whole}.total_seconds():")
                yield instead(scene, text, new, LIKELY)


def _are_numbers(scene: Scene, node: ast.expr) -> bool:
    """Whether there was no text in a value, or in that of which it is a part."""
    values = (scene.value(each) for each in (node, getattr(node, "value", node)))
    seen = next(filter(None, values), None)
    return seen is not None and not {"'", '"'} & set(seen.value)


def _of_call(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    given = arguments(scene, call)
    name, owner = called(call), _owner(scene, call)
    if name == "strftime" and scene.said("struct_time argument required"):
        text = call_of(scene, call, [given[0], f"{owner}.gmtime({given[-1]})"])
        yield instead(scene, call, text, LIKELY - 0.05)
    elif name == "strptime" and scene.said("argument 1 must be str, not .*date"):
        yield instead(scene, call, given[0], LIKELY)
    elif name == "strptime" and scene.said("argument 1 must be str, not (?:int|float)"):
        yield instead(scene, call.args[0], f"str({given[0]})", SURE)
    elif name == "strftime" and scene.said("doesn't apply to a 'str' object"):
        if len(given) == _PAIR:
            text = f"{owner}.fromisoformat({given[0]}).strftime({given[1]})"
            yield instead(scene, call, text, LIKELY)
    elif name in {"date", "datetime"} and len(given) == 1 and _is_day(scene, call.args[0]):
        yield instead(scene, call, f"{scene.text(call.func)}.fromisoformat({given[0]})", SURE)
    elif name in _CONSTRUCTORS and len(given) == 1 and scene.said(_NO_PART_OF_A_DAY):
        if _are_numbers(scene, call.args[0]):
            return  # They only have to be handed over one by one.
        yield instead(scene, call.args[0], f"*map(int, {given[0]})", LIKELY)
    if name == "strptime" and (said := scene.said(_REMAINS)):
        yield from _with_rest(scene, call, said[1])


def _is_day(scene: Scene, node: ast.expr) -> bool:
    """Whether it is a text that says which day it is."""
    seen = scene.value(node)
    return seen is not None and re.match(r"'\d{4}-\d\d-\d\d", seen.value) is not None


def _owner(scene: Scene, call: ast.Call) -> str:
    return scene.text(call.func.value) if isinstance(call.func, ast.Attribute) else "time"


def _with_rest(scene: Scene, call: ast.Call, rest: str) -> Iterator[Candidate]:
    """The form of what was left over, where it is a part of a second, a zone or a time."""
    forms = {
        r"[.,]\d{1,6}": f"{rest[:1]}%f",
        r" ?(?:Z|[+-]\d\d:?\d\d)": "%z" if not rest.startswith(" ") else " %z",
        r"[ T]\d\d:\d\d": f"{rest[:1]}%H:%M",
        r"[ T]\d\d:\d\d:\d\d": f"{rest[:1]}%H:%M:%S",
        r":\d\d": ":%S",
        r" [AaPp][Mm]": " %p",
        r"[.,]\d{3,6}(?:Z|[+-]\d\d:?\d\d)": f"{rest[:1]}%f%z",
    }
    match call.args:
        case [_, ast.Constant(value=str(form)) as written]:
            if "%y" in form and re.match(r"\d\d", rest):
                new = form.replace("%y", "%Y")
                yield instead(scene, written, quoted(scene, written, new), SURE)
            for pattern, more in forms.items():
                if re.fullmatch(pattern, rest):
                    new = form.replace("%H", "%I") if more == " %p" else form
                    yield instead(scene, written, quoted(scene, written, f"{new}{more}"), SURE)
        case _:
            return


RULE = rule("durations", "TypeError AttributeError ValueError", candidates)
