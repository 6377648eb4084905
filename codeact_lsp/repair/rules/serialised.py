"""JSON is to be made of something that it has no form for.

Answers TypeError.

    json.dumps(order), of a dataclass    ->  json.dumps(order, default=asdict)
    json.dumps(order), of another class  ->  json.dumps(order, default=vars)
    json.dumps({"s": Status.OPEN})       ->  json.dumps(..., default=lambda member: member.value)
    json.dumps({"a": {1, 2}})            ->  json.dumps({"a": {1, 2}}, default=list)
    json.dumps({"n": np.int64(3)})       ->  json.dumps(..., default=lambda value: value.tolist())
    json.dumps({"body": b"ok"})          ->  json.dumps({"body": b"ok"}, default=bytes.decode)
    json.dumps({"day": date.today()})    ->  json.dumps({"day": date.today()}, default=str)
    json.dumps(sizes), of pairs as keys  ->  json.dumps({str(key): value for ...})
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    replaced,
    shown,
    together,
)

_AS_JSON = (
    (r"type (?:frozen)?set ", "list"),
    (r"type bytes ", "bytes.decode"),
    (r"type (?:u?int\d+|float\d+|bool_?|ndarray) ", "lambda value: value.tolist()"),
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What has no form is made into what has one."""
    if scene.said(r"keys must be str, int, float, bool or None, not"):
        yield from _with_texts(scene)
    said = scene.said(r"Object of type (\w+) is not JSON serializable")
    for call in scene.calls() if said else ():
        if said and called(call) in {"dump", "dumps"}:
            way = _way(scene, said[1])
            words = [*(scene.text(word) for word in call.keywords), f"default={way}"]
            text = call_of(scene, call, arguments(scene, call), words)
            line = "from dataclasses import asdict"
            imports = importing(scene, line, way) if way == "asdict" else []
            edit = together(scene, *imports, replaced(scene, call, text))
            yield Candidate(f"Write '{shown(text)}'", edit, LIKELY)


def _with_texts(scene: Scene) -> Iterator[Candidate]:
    """Keys as texts: JSON has no others."""
    for call in scene.calls():
        match call.args:
            case [ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call() as given, *_]:
                owner = scene.text(given)
                text = f"{{str(key): value for key, value in {owner}.items()}}"
                yield instead(scene, given, text, LIKELY)
            case _:
                pass


def _way(scene: Scene, kind: str) -> str:
    """The function that makes something else of it."""
    for said, way in _AS_JSON:
        if scene.said(said):
            return way
    made = next((node for node in scene.classes() if node.name == kind), None)
    if made is None:
        return "str"
    if any("dataclass" in ast.unparse(mark) for mark in made.decorator_list):
        return "asdict"
    is_enumeration = any("Enum" in ast.unparse(base) for base in made.bases)
    return "lambda member: member.value" if is_enumeration else "vars"


RULE = rule("serialised", "TypeError", candidates)
