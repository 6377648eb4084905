"""A name that does not exist, where another one of the function is set and never read.

Answers NameError and UnboundLocalError. Whoever renames a variable misses a place: then a name is
read that nobody sets, and one is set that nobody reads.

    def area(width, height): return width * h   ->  return width * height
    found = []; found.append(x); return result  ->  return found
    for i in range(len(prices)): total += price ->  for price in prices: total += price
    for row_ in rows: use(row); row = last      ->  for row in rows
"""

import ast
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, in_places, rule
from codeact_lsp.repair.names import missing, names_of, unread
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import replaced, together

_MOST = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The name that is set for nothing, wherever the other one is read."""
    name, function = missing(scene), scene.function(scene.first)
    if not name or function is None:
        return
    idle = unread(scene, function)
    if scene.error.type == "UnboundLocalError":
        yield from _set_as_it_is_read(scene, function, name, idle)
        return
    yield from _items(scene, function, name)
    uses = [node for node in names_of(function) if node.id == name]
    likely = LIKELY - 0.05 if len(idle) == 1 else POSSIBLE
    for other in idle[:_MOST]:
        if _is_place(function, other):
            # A place is seldom called by the name of what is there.
            likely = POSSIBLE
        edit = together(scene, *(replaced(scene, use, other) for use in uses))
        title = f"Rename '{name}' to '{other}'{in_places(len(uses))}"
        yield Candidate(title, edit, likely)


def _set_as_it_is_read(
    scene: Scene, function: Function, name: str, idle: list[str]
) -> Iterator[Candidate]:
    """The other way round, where the name that is read is also set further down."""
    for like in get_close_matches(name, idle, 1):
        places = [node for node in names_of(function) if node.id == like]
        edit = together(scene, *(replaced(scene, place, name) for place in places))
        yield Candidate(f"Rename '{like}' to '{name}'{in_places(len(places))}", edit, SURE)


def _items(scene: Scene, function: Function, name: str) -> Iterator[Candidate]:
    """What a loop goes through, where it counts the places instead and reads none of them."""
    read = {node.id for node in names_of(function) if isinstance(node.ctx, ast.Load)}
    for loop in scene.loops:
        match loop.target, loop.iter:
            case (
                ast.Name(id=place),
                ast.Call(
                    func=ast.Name("range"), args=[ast.Call(func=ast.Name("len"), args=[items])]
                ),
            ) if place not in read and scene.text(items) in {
                f"{name}s",
                f"{name}es",
                f"{name}_list",
            }:
                edits = (
                    replaced(scene, loop.target, name),
                    replaced(scene, loop.iter, scene.text(items)),
                )
                title = f"Go through the items of '{scene.text(items)}'"
                yield Candidate(title, together(scene, *edits), SURE)
            case _:
                pass


def _is_place(function: Function, name: str) -> bool:
    """Whether a loop counts it."""
    return any(
        ast.unparse(loop.target) == name and ast.unparse(loop.iter).startswith("range(")
        for loop in ast.walk(function)
        if isinstance(loop, ast.For | ast.comprehension)
    )


RULE = rule("unread", "NameError UnboundLocalError", candidates)
