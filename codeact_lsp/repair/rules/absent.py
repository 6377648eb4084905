"""A key that is not there where it is read: something neutral in its place.

Answers KeyError, and TypeError and AttributeError of the None that `get` gives. That nothing was
there is hidden by it, so nobody knows that the value is right.

    options["depth"]                        ->  options.get("depth")
    options["mode"].lower()                 ->  options.get("mode", "").lower()
    user["address"]["city"]                 ->  user.get("address", {}).get("city")
    rate = rates[name]; amount * rate       ->  rate = rates.get(name, 1.0)
    Item(tags=row["tags"])                  ->  row.get("tags", []), declared list[str]
    {k: each["rate"] for ...}               ->  each.get("rate", 0.0), declared dict[str, float]
    for tag in row["tags"]                  ->  for tag in row.get("tags", [])
    for near in roads[at]: ...; len(roads[at])  ->  roads.get(at, []) in 2 places
    queue.pop("first")                      ->  queue.pop("first", None)
    round(prices.get(name), 2)              ->  round(prices.get(name, 0.0), 2)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, POSSIBLE, Candidate, in_places, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.stand_ins import stand_in
from codeact_lsp.repair.writing import call_of, instead, operand, replaced, together

_RATHER = POSSIBLE + 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What is taken where it is not there."""
    if scene.error.type != "KeyError":
        yield from _got(scene) if scene.said("NoneType") else ()
        return
    for item in scene.inside(ast.Subscript):
        if isinstance(item.ctx, ast.Load) and scene.value(item) is None:
            yield _asked(scene, item)
            yield from _asked_again(scene, item)
            if any(loop.iter is item for loop in scene.loops):
                text = f"{operand(scene, item.value)}.get({scene.text(item.slice)}, [])"
                yield instead(scene, item, text, _RATHER)
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Attribute(attr="pop"), args=[key], keywords=[]):
                given = [scene.text(key), stand_in(scene, call)]
                yield instead(scene, call, call_of(scene, call, given), GUESS, hides=True)
            case _:
                pass


def _got(scene: Scene) -> Iterator[Candidate]:
    """What `get` is to give in the place of None, at the place or before it."""
    names = {node.id for node in scene.inside(ast.Name) if scene.kind(node) == "NoneType"}
    before = [
        node.value for node in scene.nearby(ast.Assign)
        if isinstance(node.targets[0], ast.Name) and node.targets[0].id in names
    ]  # fmt: skip
    for call in (*scene.inside(ast.Call), *before):
        match call:
            case ast.Call(func=ast.Attribute(attr="get"), args=[key], keywords=[]):
                nothing = stand_in(scene, call)
                if nothing != "None":
                    text = call_of(scene, call, [scene.text(key), nothing])
                    yield instead(scene, call, text, GUESS, hides=True)
            case _:
                pass


def _asked(scene: Scene, item: ast.Subscript) -> Candidate:
    """As the last of a chain of keys, if it is looked into."""
    whole: ast.expr = item
    text = f"{operand(scene, item.value)}.get({scene.text(item.slice)}"
    while isinstance(outer := scene.parents.get(whole), ast.Subscript) and outer.value is whole:
        if not _is_key(outer.slice):
            break
        whole, text = outer, f"{text}, {{}}).get({scene.text(outer.slice)}"
    nothing = stand_in(scene, whole)
    text = f"{text}, {nothing})" if nothing != "None" else f"{text})"
    return instead(scene, whole, text, GUESS, hides=True)


def _asked_again(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """In all places of the function at which it is looked up by that, as something of one kind."""
    places = [
        node for node in scene.nearby(ast.Subscript)
        if isinstance(node.ctx, ast.Load) and ast.unparse(node) == ast.unparse(item)
    ]  # fmt: skip
    gone_through = [loop for loop in scene.loops if loop.iter in places]
    nothing = "[]" if gone_through else stand_in(scene, item)
    if len(places) > 1 and nothing != "None":
        text = f"{operand(scene, item.value)}.get({scene.text(item.slice)}, {nothing})"
        edit = together(scene, *(replaced(scene, place, text) for place in places))
        likely = _RATHER if gone_through else GUESS
        title = f"Write '{text}'{in_places(len(places))}"
        yield Candidate(title, edit, likely, hides=not gone_through)


def _is_key(index: ast.expr) -> bool:
    """Whether it can be no position in a list."""
    match index:
        case ast.Slice() | ast.UnaryOp():
            return False
        case ast.Constant(value=value):
            return not isinstance(value, int)
        case _:
            return True


RULE = rule("absent", "KeyError TypeError AttributeError", candidates)
