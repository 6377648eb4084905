"""Names to take values apart into: as many as there are values, each for the right one."""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate
from codeact_lsp.repair.names import unmade
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.targets import is_read_only_from, swapped
from codeact_lsp.repair.writing import instead

COUNTS = (
    r"too many values to unpack \(expected (?P<most>\d+)|"
    r"not enough values to unpack \(expected (?:at least )?(?P<wanted>\d+), got (?P<got>\d+)\)|"
    r"cannot unpack non-iterable (?P<type>\w+)"
)
"""What Python says of names and values that do not fit: how many there are, or are wanted."""
_MOST = 3
# What gives a list of groups, be it of one.
_OF_SEVERAL = frozenset({"most_common", "fetchall", "fetchmany", "findall", "items", "to_dict"})
# Surer than that the values are to be gone through.
_MARGIN = 0.02


def in_brackets(scene: Scene, target: ast.expr, source: ast.expr) -> Iterator[Candidate]:
    """The names of what comes beside a number, or beside a key, in brackets of their own."""
    match target, source:
        case (
            ast.Tuple(elts=[first, _, _, *_] as names),
            ast.Call(func=ast.Name("enumerate") | ast.Attribute(attr="items")),
        ):
            rest = ", ".join(map(scene.text, names[1:]))
            yield instead(scene, target, f"{scene.text(first)}, ({rest})", SURE)
        case _:
            return


def names_of_parts(scene: Scene) -> Iterator[Candidate]:
    """Names for all parts of what is kept as one, where the function reads a name more."""
    function = scene.function(scene.first)
    if function is None:
        return
    # A name that is read and never made says enough, whatever is said of the whole.
    at_place = {node.id for node in scene.inside(ast.Name)}
    more = unmade(scene, function)[:_MOST]
    for node in scene.nearby(ast.Assign) if more else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=ast.Call()):
                if name in at_place:
                    yield instead(scene, target, ", ".join([name, *more]), SURE + _MARGIN)
            case _:
                pass


def only_one(scene: Scene, target: ast.expr, source: ast.expr) -> Iterator[Candidate]:
    """The one that a list holds, where it is that which is taken apart, and not the list."""
    match scene.parents.get(target), source:
        case ast.Assign(), ast.Call(func=ast.Attribute(attr=method)) if method in _OF_SEVERAL:
            yield instead(scene, source, f"{scene.text(source)}[0]", SURE)
        case _:
            return


def other_names(
    scene: Scene,
    target: ast.Tuple | ast.List,
    said: re.Match[str],
    is_split: bool,  # noqa: FBT001 - how many parts a text has, may be chance.
) -> Iterator[Candidate]:
    """Fewer names, or one more: one that is read and not made, or one that nobody reads."""
    names = [scene.text(each) for each in target.elts]
    if said["got"] and 0 < int(said["got"]) < len(names):
        left = int(said["got"])
        # What nothing sets then is no help where it is read.
        likely = POSSIBLE if is_read_only_from(scene, target, names[left:]) else LIKELY
        yield instead(scene, target, ", ".join(names[:left]), likely)
    if said["most"]:
        function = scene.function(target)
        for name in unmade(scene, function)[:_MOST] if function else ():
            yield instead(scene, target, ", ".join([*names, name]), SURE)
            yield instead(scene, target, ", ".join([*names, f"*{name}"]), LIKELY)
        for name in swapped(scene, target):
            yield instead(scene, target, ", ".join([*names, name]), SURE + _MARGIN)
        for name in _made_anew(scene, target):
            yield instead(scene, target, ", ".join([*names, name]), LIKELY)
        for more in _as_elsewhere(scene, target, names):
            yield instead(scene, target, more, SURE + _MARGIN)
        likely = POSSIBLE if is_split else POSSIBLE + 0.1
        yield instead(scene, target, ", ".join([*names, "_"]), likely)
        yield instead(scene, target, ", ".join([*names, "*_"]), POSSIBLE)
        yield instead(scene, target, ", ".join(["_", *names]), POSSIBLE)


def _made_anew(scene: Scene, target: ast.expr) -> Iterator[str]:
    """What is taken apart, and read further down: its last part may be kept by its name."""
    match scene.parents.get(target):
        case ast.Assign(value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner)))) as statement:
            later = [node for node in scene.nearby(ast.Name) if node.lineno > statement.lineno]
            is_read = any(node.id == owner and isinstance(node.ctx, ast.Load) for node in later)
            taken = {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
            if is_read and owner in scene.bound - taken:
                yield owner
        case _:
            return


def _as_elsewhere(scene: Scene, target: ast.expr, names: list[str]) -> Iterator[str]:
    """The names that another statement of the function sets, of which these are the first ones."""
    for node in scene.nearby(ast.Assign):
        match node.targets:
            case [ast.Tuple(elts=others) as other] if other is not target:
                texts = [scene.text(each) for each in others]
                if len(texts) > len(names) and texts[: len(names)] == names:
                    yield ", ".join(texts)
            case _:
                pass
