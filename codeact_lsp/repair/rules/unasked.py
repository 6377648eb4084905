"""A key in the place of another one, which is there and which nothing in the function asks for.

Answers KeyError, and ValueError and TypeError of a value that was to be another one. Which keys
there are was seen when the code failed.

    item["name"] * 2, of price, fee; item["fee"]   ->  item["price"] * 2
    table.sort_values("count"), of kind, n         ->  table.sort_values("n")
"""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.repair.candidates import POSSIBLE, Candidate, rule
from codeact_lsp.repair.names import is_environment
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, quoted

_KEY = re.compile(r"(?:^|[{,] ?)(['\"])([^'\"]+)\1: ")
_MOST = 3
_MARGIN = 0.1
_NEARLY = 0.8


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each of those keys."""
    yield from _of_table(scene)
    for item in scene.inside(ast.Subscript):
        match item:
            case ast.Subscript(value=owner, slice=ast.Constant(value=str(wanted)) as key) if (
                not is_environment(owner)
            ):
                idle = _idle(scene, owner, wanted)
                is_missing = scene.error.type == "KeyError"
                likely = POSSIBLE + (_MARGIN if len(idle) == 1 and is_missing else 0)
                for name in idle if len(idle) <= _MOST else ():
                    text = quoted(scene, key, name)
                    yield instead(scene, key, text, likely, f"Ask for {text}")
            case _:
                pass


def _of_table(scene: Scene) -> Iterator[Candidate]:
    """A column that is there, in the place of one that is not."""
    fact = scene.error.fact
    if fact is None or fact.kind != "key":
        return
    literals = [node for node in scene.inside(ast.Constant) if scene.span(node) == fact.span]
    tables = [value for value in scene.error.values if value.type == "DataFrame"]
    columns = [name for value in tables for name in _columns(value.value)]
    near = get_close_matches(fact.name, columns, 1, _NEARLY) or _joined(fact.name, columns)
    asked = {*_asked(scene), *fact.options}
    idle = [name for name in dict.fromkeys(columns) if name not in asked]
    # Of several columns, that one is missing says less of another one than that it be left empty.
    lists = (node for node in ast.walk(scene.body) if isinstance(node, ast.List))
    several = {id(each) for node in lists for each in node.elts}
    for key in literals if fact.name not in columns and not near else ():
        for name in idle if len(idle) <= _MOST else ():
            likely = POSSIBLE + (_MARGIN if len(idle) == 1 else 0)
            likely -= 2 * _MARGIN if id(key) in several else 0
            text = quoted(scene, key, name)
            yield instead(scene, key, text, likely, f"Ask for {text}")


def _joined(name: str, columns: list[str]) -> list[str]:
    """What two tables that were joined have both had by a name."""
    return [each for each in columns if each in (f"{name}_x", f"{name}_y")]


def _columns(shown: str) -> list[str]:
    """The columns of a table as it is shown, if all of them are."""
    names = shown.partition(": ")[2]
    return [] if "…" in names or "..." in names else [each for each in names.split(", ") if each]


def _idle(scene: Scene, owner: ast.expr, wanted: str) -> list[str]:
    seen = scene.value(owner)
    keys = [found[2] for found in _KEY.finditer(seen.value)] if seen else []
    fact = scene.error.fact
    # What is spelt like it, another rule offers; what is spelt nearly as it is, is it.
    if get_close_matches(wanted, keys, 1, _NEARLY) and wanted not in keys:
        return []
    asked = {*_asked(scene), *(fact.options if fact else ())}
    if any(_is_part(wanted, key) for key in keys):
        return []
    return [key for key in keys if key not in asked]


def _is_part(wanted: str, key: str) -> bool:
    """Whether one name is a part of the other: that is more than that nothing asks for it."""
    return (
        min(len(wanted), len(key)) >= _MOST and wanted != key and (wanted in key or key in wanted)
    )


def _asked(scene: Scene) -> Iterator[str]:
    for node in ast.walk(scene.body):
        match node:
            case ast.Subscript(slice=ast.Constant(value=str(key))):
                yield key
            case ast.Call(args=[ast.Constant(value=str(key)), *_]):
                yield key
            case ast.List(elts=elements):
                yield from (
                    each.value
                    for each in elements
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )
            case _:
                pass


RULE = rule("unasked", "KeyError ValueError TypeError", candidates)
