"""A change of what cannot be changed: another one has to be made instead.

Answers TypeError, AttributeError and FrozenInstanceError.

    point[0] = 3          ->  point = list(point) before it, of a tuple
    pair.append(3)        ->  pair = list(pair) before it
    point.x += 1          ->  point = replace(point, x=point.x + 1), of a frozen dataclass
    point.x = 3           ->  point = point._replace(x=3), of a named tuple
    for p in points: p.x = 3   ->  for i, p in enumerate(points): points[i] = p._replace(x=3)
    text[0] = "x"         ->  text = text[:0] + "x" + text[0 + 1:]
"""

import ast
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import (
    importing,
    instead,
    line_before,
    operand,
    replaced,
    together,
)

_OF_TUPLES = (
    r"'tuple' object (?:does not support item|"
    r"has no attribute '(?:append|extend|insert|pop|remove|sort)')"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A list of it, or a changed copy."""
    for candidate in _changes(scene):
        # A copy of what a loop gives a name to is lost with the next turn.
        yield replace(candidate, likely=POSSIBLE) if _is_lost(scene) else candidate
    yield from _set_back(scene)


def _is_lost(scene: Scene) -> bool:
    """Whether the variable is that of a loop which does nothing more with it."""
    statement = scene.statement
    return any(
        ast.unparse(loop.target) == next(_changed(scene), "")
        for loop in scene.around(statement, ast.For)
        if statement is loop.body[-1]
    )


def _set_back(scene: Scene) -> Iterator[Candidate]:
    """The copy in the place that the item had in its list."""
    statement = scene.statement
    loop = next((n for n in scene.around(statement, ast.For) if n.body[-1] is statement), None)
    name = next(_changed(scene), "")
    if loop is None or not isinstance(loop.iter, ast.Name) or ast.unparse(loop.target) != name:
        return
    for candidate in _changes(scene):
        new = candidate.title.removeprefix("Write '").removesuffix("'")
        if new.startswith(f"{name} = ") and not new.endswith("...") and statement is not None:
            items = loop.iter.id
            place = next(each for each in ("i", "at", "place") if each not in scene.bound)
            edits = (
                replaced(scene, loop.target, f"{place}, {name}"),
                replaced(scene, loop.iter, f"enumerate({items})"),
                replaced(scene, statement, f"{items}[{place}] = {new.removeprefix(f'{name} = ')}"),
            )
            title = f"Set it back in '{items}'"
            yield Candidate(title, together(scene, *edits), LIKELY)


def _changes(scene: Scene) -> Iterator[Candidate]:
    """A list of it, or a changed copy, in the place of the change."""
    statement = scene.statement
    if scene.error.type == "FrozenInstanceError":
        yield from _copied(scene, statement, "replace({name}, ")
    elif scene.said("can't set attribute"):
        yield from _copied(scene, statement, "{name}._replace(")
    elif scene.said("'str' object does not support item assignment"):
        yield from _spliced(scene, statement)
    elif scene.said(_OF_TUPLES) and statement is not None:
        for name in _changed(scene):
            line = f"{name} = list({name})"
            yield Candidate(f"Write '{line}' first", line_before(scene, statement, line), LIKELY)


def _changed(scene: Scene) -> Iterator[str]:
    for node in (scene.failed, *scene.inside(ast.expr)):
        match node:
            case ast.Subscript(value=ast.Name(id=name)) | ast.Attribute(value=ast.Name(id=name)):
                yield name
            case _:
                pass


def _spliced(scene: Scene, statement: ast.stmt | None) -> Iterator[Candidate]:
    """The text with something else at the place."""
    match statement:
        case ast.Assign(
            targets=[ast.Subscript(value=ast.Name(id=name), slice=index)], value=value
        ) if not isinstance(index, ast.Slice):
            at = operand(scene, index)
            text = f"{name} = {name}[:{at}] + {operand(scene, value)} + {name}[{at} + 1:]"
            yield instead(scene, statement, text, SURE)
        case _:
            return


def _copied(scene: Scene, statement: ast.stmt | None, how: str) -> Iterator[Candidate]:
    match statement:
        case ast.AugAssign(target=ast.Attribute(value=ast.Name(id=name), attr=attr), op=op):
            sign = _SIGNS.get(type(op))
            new = f"{name}.{attr} {sign} {scene.text(statement.value)}" if sign else ""
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name), attr=attr)], value=value):
            new = scene.text(value)
        case _:
            return
    if new and name != "self":
        text = f"{name} = {how.format(name=name)}{attr}={new})"
        needs = how.startswith("replace")
        line = "from dataclasses import replace"
        imports = importing(scene, line, "replace") if needs else []
        edit = together(scene, *imports, replaced(scene, statement, text))
        yield Candidate(f"Write '{text}'", edit, SURE)


_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
}  # fmt: skip
RULE = rule("unchangeable", "TypeError AttributeError FrozenInstanceError", candidates)
