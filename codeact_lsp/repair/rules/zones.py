"""Times of which some have a zone and others none.

Answers TypeError.

    times - start                      ->  times - start.tz_localize("UTC"), of pandas
    max(datetime.strptime(s, f), now)  ->  datetime.strptime(s, f).astimezone(timezone.utc)
    times > datetime(2024, 3, 1)       ->  times > datetime(2024, 3, 1, tzinfo=timezone.utc)
    datetime.utcnow() - start          ->  datetime.now(timezone.utc) - start
    pd.Timestamp("2024-03-01")         ->  pd.Timestamp("2024-03-01", tz="UTC")
    pd.to_datetime(days) - start       ->  pd.to_datetime(days, utc=True) - start
    now.astimezone("Europe/Berlin")    ->  now.astimezone(ZoneInfo("Europe/Berlin"))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    operand,
    replaced,
    shown,
    together,
)

_MIXED = (
    r"offset-naive and offset-aware|tz-naive and tz-aware|"
    r"Invalid comparison between dtype=datetime64\[\w+(?:, [^\]]+)?\] and (?:Timestamp|datetime)"
)
# How many parts a time is made of, before its zone.
_PARTS = range(3, 8)
_OF_PANDAS = {"Timestamp": 'tz="UTC"', "to_datetime": "utc=True"}
_MADE = frozenset({"fromisoformat", "strptime", "fromtimestamp", "now", "utcnow"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The zone that there is; UTC where there is none."""
    if scene.said(r"tzinfo argument must be None or of a tzinfo subclass, not type 'str'"):
        yield from _by_name(scene)
    elif scene.said(_MIXED):
        yield from _localised(scene)
        if isinstance(scene.failed, ast.Call):
            yield from _where_made(scene)
        yield from _made_with_zone(scene)


def _by_name(scene: Scene) -> Iterator[Candidate]:
    """The zone of which a text is the name."""
    imports = importing(scene, "from zoneinfo import ZoneInfo", "ZoneInfo")
    for call in scene.calls():
        for given in (*call.args, *(word.value for word in call.keywords)):
            if scene.kind(given) == "str":
                text = f"ZoneInfo({scene.text(given)})"
                edit = together(scene, *imports, replaced(scene, given, text))
                yield Candidate(f"Write '{text}'", edit, SURE)


def _localised(scene: Scene) -> Iterator[Candidate]:
    """Times of pandas, which say themselves whether they have a zone."""
    match scene.failed:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            sides = (left, right)
        case _:
            return
    for node in sides:
        kind, seen = scene.kind(node), scene.value(node)
        is_naive = seen is not None and "UTC" not in seen.value and "tz=" not in seen.value
        if kind == "Timestamp" and is_naive:
            yield instead(scene, node, f'{operand(scene, node)}.tz_localize("UTC")', LIKELY)
        elif kind == "Series" and is_naive:
            yield instead(scene, node, f'{operand(scene, node)}.dt.tz_localize("UTC")', POSSIBLE)


def _made_with_zone(scene: Scene) -> Iterator[Candidate]:
    """A time that is made without a zone, of the function or else of the plan, in UTC."""
    here = [(scene, call) for call in scene.nearby(ast.Call)]
    in_function = [each for each in here if _in_utc(*each)]
    for there, call in in_function or scene.everywhere(ast.Call):
        if text := _in_utc(there, call):
            imports = importing(scene, "from datetime import timezone", "timezone")
            needed = imports if "timezone.utc" in text else []
            edit = together(scene, *needed, replaced(there, call, text))
            yield Candidate(f"Write '{shown(text)}'", edit, LIKELY - 0.05)


def _in_utc(scene: Scene, call: ast.Call) -> str:
    """How the same time is made with a zone; nothing where it has one, or where it is no time."""
    given, words = arguments(scene, call), {word.arg for word in call.keywords}
    if words & {"tz", "tzinfo", "utc"}:
        return ""
    match called(call):
        case "datetime" if len(given) in _PARTS:
            text = call_of(scene, call, [*given, "tzinfo=timezone.utc"])
        case "utcnow":
            text = f"{scene.text(call.func).removesuffix('utcnow')}now(timezone.utc)"
        case "now" if not given:
            text = f"{scene.text(call.func)}(timezone.utc)"
        case "strptime" | "fromisoformat":
            text = f"{scene.text(call)}.replace(tzinfo=timezone.utc)"
        case "Timestamp" | "to_datetime" as name if given:
            text = call_of(scene, call, [*given, _OF_PANDAS[name]])
        case _:
            text = ""
    return text


def _where_made(scene: Scene) -> Iterator[Candidate]:
    """All of the function's own, in one zone."""
    made = [call for call in scene.nearby(ast.Call) if called(call) in _MADE]
    edits = [replaced(scene, call, f"{scene.text(call)}.astimezone(timezone.utc)") for call in made]
    if edits:
        imports = importing(scene, "from datetime import timezone", "timezone")
        title = "Have all of them in UTC by 'astimezone'"
        yield Candidate(title, together(scene, *imports, *edits), POSSIBLE)


RULE = rule("zones", "TypeError", candidates)
