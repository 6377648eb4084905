"""Values of which some are nothing, or of another type, where all are put in order or added up.

Answers TypeError of `sum`, `sorted`, `min`, `max` and `sort`.

    sum(row["n"] for row in rows)   ->  sum(float(row["n"]) for row in rows), of texts
    sum(counts), of a dictionary    ->  sum(counts.values())
    sum(words)                      ->  sum(map(len, words)), of what are no numbers
    sum(lists)                      ->  sum(lists, [])
    sorted(values)                  ->  sorted(values, key=str), of numbers and texts
    sorted(rows, key=lambda r: r.n) ->  sorted(rows, key=lambda r: float(r.n))
    max(values)                     ->  max(v for v in values if v is not None), stops the crash
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, operand

_TABLES = frozenset({"dict", "defaultdict", "Counter", "OrderedDict"})
_ORDERING = frozenset(["sorted", "min", "max", "sort"])
_EMPTY = {"list": "[]", "tuple": "()"}
_OF_MANY = r"unsupported operand type\(s\) for \+: 'int' and '(list|tuple)'"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """All of one type, or none that is nothing."""
    for call in scene.calls():
        name, has_none = called(call), scene.said("NoneType") is not None
        if name == "sum" and len(call.args) == 1 and (said := scene.said(_OF_MANY)):
            given = [*arguments(scene, call), _EMPTY[said[1]]]
            yield instead(scene, call, call_of(scene, call, given), SURE)
        elif name == "sum" and call.args and scene.said("unsupported operand"):
            yield from _added(scene, call.args[0], has_none)
        elif name in _ORDERING and scene.said("not supported between"):
            yield from _ordered(scene, call, has_none)


def _added(
    scene: Scene,
    values: ast.expr,
    has_none: bool,  # noqa: FBT001 - what the message says.
) -> Iterator[Candidate]:
    match values:
        case ast.GeneratorExp(elt=item) | ast.ListComp(elt=item) if has_none:
            yield instead(scene, item, f"{operand(scene, item)} or 0", GUESS, hides=True)
        case ast.GeneratorExp(elt=item) | ast.ListComp(elt=item):
            yield instead(scene, item, f"float({scene.text(item)})", LIKELY)
        case _ if has_none:
            text = f"value or 0 for value in {scene.text(values)}"
            yield instead(scene, values, text, GUESS, hides=True)
        case _ if scene.kind(values) in _TABLES:
            yield instead(scene, values, f"{operand(scene, values)}.values()", SURE)
        case _:
            yield instead(scene, values, f"map(float, {scene.text(values)})", LIKELY)
            yield instead(scene, values, f"map(len, {scene.text(values)})", POSSIBLE)


def _ordered(
    scene: Scene,
    call: ast.Call,
    has_none: bool,  # noqa: FBT001 - what the message says.
) -> Iterator[Candidate]:
    if not has_none and "key" not in {word.arg for word in call.keywords}:
        words = [*(scene.text(word) for word in call.keywords), "key=str"]
        text = call_of(scene, call, arguments(scene, call), words)
        yield instead(scene, call, text, POSSIBLE)
    elif not has_none:
        yield from _by_key(scene, call)
    elif len(call.args) == 1:
        source = scene.text(call.args[0])
        item = f"[value for value in {source} if value is not None]"
        yield instead(scene, call.args[0], item, GUESS, hides=True)


def _by_key(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What the key function gives, of one type."""
    for word in call.keywords:
        match word:
            case ast.keyword(arg="key", value=ast.Lambda(body=body)):
                yield instead(scene, body, f"float({scene.text(body)})", LIKELY)
                yield instead(scene, body, f"str({scene.text(body)})", POSSIBLE)
            case _:
                pass


RULE = rule("aggregates", "TypeError", candidates)
