"""A call that leaves out an argument, while the value for it is at hand.

Answers TypeError, IndexError of a text with places, and what `struct` says of too few values. A
variable that is called as the parameter is, or one that the function sets and never reads, is
meant by it; or else what the same function is given elsewhere, what was set just before, the item
of a loop around, a parameter.

    push(queue)                ->  push(queue, item), of a parameter `item`
    found.append()             ->  found.append(word), where nothing else reads `word`
    area(width)                ->  area(width, height)
    pattern.sub("")            ->  pattern.sub("", text)
    path.endswith()            ->  path.endswith(mark), beside `name.startswith(mark)`
    price = float()            ->  price = float(row["price"]), beside `int(row["count"])`
    Card(row["id"])            ->  Card(row["id"], row["name"]), of a field `name`
    for i in range(): rows[i]  ->  for i in range(len(rows)): rows[i]
    "{} {}".format(name)       ->  "{} {}".format(name, count)
    struct.pack(">HH", width)  ->  struct.pack(">HH", width, height)
    open_as(path)              ->  open_as(path, mode=mode), of a parameter that has to be named
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.at_hand import at_hand
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.loops import lengths_looked_up
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, quoted

_MISSING = r"missing (\d+) required positional arguments?: (.*)"
_PLACED = r"missing required argument '\w+' \(pos (\d+)\)"
_BY_KEYWORD = r"missing \d+ required keyword-only arguments?: (.*)"
_TOO_FEW = (
    r"(?:expected|takes) (?:exactly |at least )?(?P<wanted>one|\d+) (?:positional )?arguments?"
    r"(?:, got| \() ?(?P<got>\d+)|must have at least|needs an argument|"
    r"expected (?P<packed>\d+) items for packing \(got (?P<had>\d+)\)"
)
_MOST = 2
_MOST_AT_HAND = 5
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The call with it."""
    for call in scene.calls():
        function = scene.function(call)
        idle = unread(scene, function) if function else []
        if said := scene.said(_MISSING):
            yield from _named(scene, call, re.findall(r"'(\w+)'", said[2]), idle)
        elif said := scene.said(_BY_KEYWORD):
            yield from _by_keyword(scene, call, re.findall(r"'(\w+)'", said[1]))
        elif said := scene.said(_PLACED):
            yield from _placed(scene, call, int(said[1]) - 1, idle)
        elif any(_is_star(each) for each in call.args):
            pass
        elif _is_too_few(scene) or _is_unformatted(scene, call):
            yield from _filled(scene, call, POSSIBLE + 1.2 * _MARGIN)


def _is_unformatted(scene: Scene, call: ast.Call) -> bool:
    """Whether a text has a place for one more value."""
    return called(call) == "format" and scene.said("Replacement index") is not None


def _is_too_few(scene: Scene) -> bool:
    said = scene.said(_TOO_FEW)
    wanted = (said["wanted"] or said["packed"] or "1").replace("one", "1") if said else "0"
    return int(wanted) > int((said and (said["got"] or said["had"])) or 0)


def _filled(scene: Scene, call: ast.Call, most: float) -> Iterator[Candidate]:
    """With one of what is at hand; most of it is of another type, and will not run."""
    for rank, length in enumerate(_lengths(scene, call)):
        yield _given(scene, call, [length], LIKELY - rank * _MARGIN)
    for rank, name in enumerate(at_hand(scene, call)[:_MOST_AT_HAND]):
        yield _given(scene, call, [name], most - rank * _MARGIN / 2)


def _lengths(scene: Scene, call: ast.Call) -> list[str]:
    """How many there are of what is looked up at the places that are to be gone through."""
    around = scene.parents.get(call)
    if called(call) != "range" or call.args or not isinstance(around, ast.For | ast.comprehension):
        return []
    return list(dict.fromkeys(lengths_looked_up(scene, ast.unparse(around.target))))[:_MOST]


def _by_keyword(scene: Scene, call: ast.Call, missing: list[str]) -> Iterator[Candidate]:
    """Variables that are called as the keywords are."""
    if missing and scene.bound.issuperset(missing):
        words = [*map(scene.text, call.keywords), *(f"{name}={name}" for name in missing)]
        text = call_of(scene, call, arguments(scene, call), words)
        yield instead(scene, call, text, SURE)


def _placed(scene: Scene, call: ast.Call, at: int, idle: list[str]) -> Iterator[Candidate]:
    """What nobody reads, or is at hand, or the call makes anew, where it is missing."""
    given = arguments(scene, call)
    if at > len(given):
        return
    known = dict.fromkeys([*idle[:_MOST], *at_hand(scene, call)[:_MOST_AT_HAND]])
    for number, name in enumerate(each for each in known if each not in given):
        likely = POSSIBLE + _MARGIN - number * _MARGIN / 2
        text = call_of(scene, call, [*given[:at], name, *given[at:]])
        yield instead(scene, call, text, likely)


def _named(
    scene: Scene, call: ast.Call, missing: list[str], idle: list[str]
) -> Iterator[Candidate]:
    """What is called like the parameters; for a single one, what nobody reads."""
    known = scene.bound | set(scene.plan.names)
    given = arguments(scene, call)
    if missing and all(name in scene.bound and name not in given for name in missing):
        yield _given(scene, call, missing, SURE)
    if len(missing) == 1:
        for text in (each for each in _given_elsewhere(scene, call) if each not in given):
            yield _given(scene, call, [text], LIKELY + _MARGIN / 2)
        for name in idle[:_MOST]:
            yield _given(scene, call, [name], LIKELY)
        for name in sorted(known):
            is_it = name.strip("_").lower() == missing[0].strip("_").lower()
            if is_it and name not in given:
                yield _given(scene, call, [name], LIKELY)
        for text in dict.fromkeys(_from_the_same(scene, call, missing[0])):
            yield _given(scene, call, [text], LIKELY)
        yield from _filled(scene, call, POSSIBLE)


def _given_elsewhere(scene: Scene, call: ast.Call) -> Iterator[str]:
    """What other calls of the function have in that place; of one that calls itself a step on."""
    for other in (node for node in ast.walk(scene.piece.tree) if isinstance(node, ast.Call)):
        if ast.unparse(other.func) == ast.unparse(call.func) and len(other.args) > len(call.args):
            last = other.args[len(call.args)]
            if not isinstance(last, ast.Starred | ast.Constant):
                yield scene.text(last)


def _from_the_same(scene: Scene, call: ast.Call, missing: str) -> Iterator[str]:
    """What is called so of the thing that other arguments are taken from."""
    for node in ast.walk(call):
        match node:
            case ast.Subscript(value=owner, slice=ast.Constant(value=str()) as key):
                yield f"{scene.text(owner)}[{quoted(scene, key, missing)}]"
            case ast.Attribute(value=ast.Name(id=name)) if name not in scene.imported:
                yield f"{name}.{missing}"
            case _:
                pass


def _is_star(node: ast.expr) -> bool:
    return isinstance(node, ast.Starred)


def _given(scene: Scene, call: ast.Call, more: list[str], likely: float) -> Candidate:
    return instead(scene, call, call_of(scene, call, [*arguments(scene, call), *more]), likely)


RULE = rule("missing-arguments", "TypeError IndexError error", candidates)
