"""Variables that are called alike: what one is set to tells what the other was meant to be.

Whoever has `left_total` and `right_total`, `x1` and `x2`, or `ab` and `bc` of `a`, `b` and `c`,
mostly sets them by lines that differ as their names do.
"""

import ast
import builtins
import re
from collections.abc import Collection, Mapping

from codeact_lsp.repair.scene import Scene

_WORD = re.compile(r"[A-Za-z_]\w*")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_MOST_LETTERS = 3


def likened(scene: Scene, text: str, other: str, name: str) -> str:
    """What one variable is set to, as it would be written for another one that is called alike.

    Args:
        scene: A scene in the function of both.
        text: What the one is set to.
        other: The name of that one.
        name: The name of the other one.

    Returns:
        Nothing if their names do not differ in a part that tells of something in the text, or if
        it would then be about names that nobody knows.
    """
    known = {*scene.bound, *scene.plan.names, *scene.imported, *dir(builtins)} - {name}
    for parts in (_of_parts(other, name), _of_letters(other, name, known)):
        new = _respelt(text, parts)
        if new != text and _names(new) <= known:
            return new
    return ""


def _of_parts(other: str, name: str) -> Mapping[str, str]:
    """The one part in which two names differ."""
    ones, others = _PART.findall(other), _PART.findall(name)
    if _PART.sub("-", other) != _PART.sub("-", name):
        return {}
    different = {one: two for one, two in zip(ones, others, strict=True) if one != two}
    return different if len(different) == 1 and len(ones) > 1 else {}


def _of_letters(other: str, name: str, known: Collection[str]) -> Mapping[str, str]:
    """Which variables of one letter stand for which, of two names that are made of such."""
    if len(other) != len(name) or len(name) > _MOST_LETTERS or not {*other, *name} <= {*known}:
        return {}
    letters = dict(zip(other, name, strict=True))
    return letters if len(letters) == len(name) and len({*letters.values()}) == len(name) else {}


def _respelt(text: str, parts: Mapping[str, str]) -> str:
    return _WORD.sub(lambda word: _spelt(word[0], parts), text) if parts else text


def _spelt(word: str, parts: Mapping[str, str]) -> str:
    if word in parts:
        return parts[word]
    return _PART.sub(lambda part: parts.get(part[0], part[0]), word)


def _names(text: str) -> set[str]:
    """The names that an expression reads from outside."""
    nodes = [node for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)]
    own = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
    return {node.id for node in nodes} - own
