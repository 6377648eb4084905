"""Another method of the same object than the one that was meant.

Answers AttributeError, TypeError, ValueError and KeyError: of a method that does not exist, and of
one that does something else with what it is given; of a class of the plan, its own methods, those
first that are called for the same. Tried only where nothing else has worked.

    separator.concat(parts)   ->  separator.join(parts)
    found.extend(1)           ->  found.append(1)
    prices.index("tea")       ->  prices.get("tea"), of a dictionary
    line.pop()                ->  line.take(), of a class with a `take`
    heap["tea"]               ->  heap.get("tea"), of a class with a `get`
"""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import FUNCTIONS, Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import instead, replaced

# What is called most, by how many arguments it is given; so of most types each is some type's own.
_OF_NONE = ("items", "keys", "values", "strip", "split", "lower", "copy", "pop", "splitlines")
_OF_ONE = (
    "join", "append", "extend", "add", "update", "get", "split", "index", "find", "startswith",
    "remove", "pop", "count", "strip", "rstrip", "lstrip", "endswith", "insert", "discard",
)  # fmt: skip
_OF_TWO = ("replace", "get", "insert", "setdefault", "pop", "split", "find", "startswith")
_MOST = 6
# What is meant by either is much the same.
_ALIKE = (
    {"pop", "get", "take", "remove", "popleft", "shift", "next", "poll", "fetch", "read"},
    {"append", "add", "put", "push", "insert", "enqueue", "write", "set", "extend"},
    {"get", "find", "lookup", "item", "at", "fetch", "value", "getitem"},
    {"len", "size", "count", "length"},
    {"remove", "delete", "discard", "pop", "drop"},
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The others that the object has, where its type is Python's own or the plan's."""
    yield from _asked_of_own(scene)
    yield from _of_own(scene)
    for there in places(scene):
        for node in there.inside(ast.Call):
            match node:
                case ast.Call(func=ast.Attribute() as method, keywords=[]):
                    yield from _others(there, method, len(node.args))
                case _:
                    pass


def _others(scene: Scene, method: ast.Attribute, given: int) -> Iterator[Candidate]:
    kind = getattr(builtins, _kind(scene, method) or "", None)
    known = (_OF_NONE, _OF_ONE, _OF_TWO)[min(given, 2)]
    names = [name for name in known if kind and hasattr(kind, name) and name != method.attr]
    end = scene.span(method).end
    for number, name in enumerate(names[:_MOST]):
        before = scene.text(method)[: -len(method.attr)]
        title = f"Write '{name}' for '{method.attr}'"
        if end and scene.text(method).endswith(method.attr):
            edit = replaced(scene, method, f"{before}{name}")
            yield Candidate(title, edit, WILD * (1 - number / 10))


def _of_own(scene: Scene) -> Iterator[Candidate]:
    """A method of the plan's own class, for one that it does not have."""
    said = scene.said(r"^'(\w+)' object has no attribute '(\w+)'")
    match scene.failed:
        case ast.Attribute(value=owner, attr=attr) if said and said[2] == attr:
            for number, name in enumerate(_methods(scene, said[1], attr)[:_MOST]):
                text = f"{scene.text(owner)}.{name}"
                title = f"Write '{name}' for '{attr}'"
                yield instead(scene, scene.failed, text, WILD * (1 - number / 10), title)
        case _:
            return


def _asked_of_own(scene: Scene) -> Iterator[Candidate]:
    """What is asked for in brackets, by the method of the plan's own class that gives it."""
    said = scene.said(r"^'(\w+)' object is not subscriptable")
    match scene.failed:
        case ast.Subscript(value=owner, slice=key) if said:
            for number, name in enumerate(_methods(scene, said[1], "get")[:_MOST]):
                text = f"{scene.text(owner)}.{name}({scene.text(key)})"
                yield instead(scene, scene.failed, text, WILD * (1 - number / 10))
        case _:
            return


def _methods(scene: Scene, kind: str, meant: str) -> list[str]:
    """The public methods of a class of the plan and of those that it is made from."""
    classes = {each.name: each for each in scene.classes()}
    found, waiting = list[str](), [kind]
    while waiting:
        node = classes.pop(waiting.pop(0), None)
        if node is not None:
            found += [each.name for each in node.body if isinstance(each, FUNCTIONS)]
            waiting += [each.id for each in node.bases if isinstance(each, ast.Name)]
    public = dict.fromkeys(name for name in found if not name.startswith("_"))
    return sorted(public, key=lambda name: not _is_for_the_same(name, meant))


def _is_for_the_same(name: str, meant: str) -> bool:
    return name == meant or any({name, meant} <= words for words in _ALIKE)


def _kind(scene: Scene, method: ast.Attribute) -> str | None:
    """The type of the object, as it was seen or as it is said."""
    said = scene.said(r"^'(\w+)' object has no attribute '(\w+)'")
    if said and said[2] == method.attr:
        return said[1]
    return scene.kind(method.value)


RULE = rule("other-methods", EVERY, candidates)
