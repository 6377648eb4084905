"""A method that objects of other languages or libraries have, or had in an older version.

Answers AttributeError. The table beside this file has the methods of each type; what a type gets
from another that it is built on it gets here too.

    words.length      ->  len(words)
    lines.push(line)  ->  lines.append(line)
    add = lines.push  ->  add = lines.append
    df.iteritems()    ->  df.items()
    numbers.sort()    ->  numbers = sorted(numbers), of a set
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, importing, instead, operand, replaced, together

_PAIR = 2
_MARGIN = 0.02
_OF_PAIRS = {
    "items": "{o}",
    "keys": "[key for key, _ in {o}]",
    "values": "[value for _, value in {o}]",
}
_BUILT_ON = {
    "bytes": "str",
    "defaultdict": "dict",
    "Counter": "dict",
    "OrderedDict": "dict",
    "frozenset": "set",
}

# Whatever can be gone through is joined by a text, and put in order.
_OF_MANY = {"join": "{0}.join({o})", "sort": "sorted({o})"}
# A method under another name, which is not called here but kept to be called.
_UNCALLED = re.compile(r"\{o\}\.(\w+)\(\{(?:a|0)\}\)")
_NUMBERS = frozenset({"NoneType", "int", "float", "bool"})
_LENGTHS = frozenset({"length", "size", "len"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """How Python writes it."""
    node, said = scene.failed, scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute")
    if not isinstance(node, ast.Attribute) or said is None:
        return
    if said[1] == "list" and node.attr in _OF_PAIRS:
        yield from _of_pairs(scene, node)
        return
    if said[1] == "list" and hasattr(str, node.attr):
        yield from _of_texts(scene, node)
    call = scene.parents.get(node)
    whole = call if isinstance(call, ast.Call) and call.func is node else node
    if said[1] in _NUMBERS and node.attr in _LENGTHS:
        yield from _of_numbers(scene, node, whole)
        return
    template = _table().get(_BUILT_ON.get(said[1], said[1]), {}).get(node.attr)
    is_kept = not isinstance(scene.parents.get(whole), ast.Expr)
    if template is None and is_kept and said[1] not in _NUMBERS:
        template = _OF_MANY.get(node.attr)
    if template and whole is node and (method := _UNCALLED.fullmatch(template)):
        yield instead(scene, node, f"{operand(scene, node.value)}.{method[1]}", SURE)
        return
    text = template and _filled(scene, template, node.value, whole)
    if not text:
        return
    statement = scene.parents.get(whole)
    is_alone = isinstance(statement, ast.Expr) and isinstance(node.value, ast.Name)
    if is_alone and text.startswith(("sorted(", "dict(sorted(")):
        text = f"{scene.text(node.value)} = {text}"
    if "pd." in text:
        edits = (*importing(scene, "import pandas as pd", "pd"), replaced(scene, whole, text))
        yield Candidate(f"Write '{text}'", together(scene, *edits), SURE)
    else:
        yield instead(scene, whole, text, SURE)


def _of_numbers(scene: Scene, node: ast.Attribute, whole: ast.expr) -> Iterator[Candidate]:
    """A number may be a length itself; or its digits are to be counted."""
    yield instead(scene, whole, scene.text(node.value), POSSIBLE)
    yield instead(scene, whole, f"len(str({scene.text(node.value)}))", POSSIBLE - _MARGIN)


def _of_texts(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """A method of texts, of a list of them: of all lines as one text, or of each one."""
    call = scene.parents.get(node)
    owner = scene.text(node.value)
    if owner.endswith(".readlines()"):
        text = f"{owner.removesuffix('.readlines()')}.read().{node.attr}"
        yield instead(scene, node, text, SURE)
    elif isinstance(call, ast.Call) and call.func is node:
        items = scene.literal(node.value)
        are_texts = isinstance(items, list) and all(isinstance(item, str) for item in items)
        given = ", ".join([*arguments(scene, call), *map(scene.text, call.keywords)])
        text = f"[each.{node.attr}({given}) for each in {owner}]"
        if are_texts and node.attr not in {"join", "index", "count"}:
            yield instead(scene, call, text, LIKELY)


def _of_pairs(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """What a dictionary would give, of a list: it has become one of its pairs, or of its keys."""
    call = scene.parents.get(node)
    whole = call if isinstance(call, ast.Call) and call.func is node else node
    items = scene.literal(node.value)
    owner = operand(scene, node.value)
    are_pairs = isinstance(items, list) and all(
        isinstance(item, tuple) and len(item) == _PAIR for item in items
    )
    if are_pairs:
        text = _OF_PAIRS[node.attr].format(o=owner)
        yield instead(scene, whole, text, SURE)
    elif node.attr == "items":
        yield instead(scene, whole, f"enumerate({scene.text(node.value)})", LIKELY)
    else:
        yield instead(scene, whole, owner, LIKELY)


def _filled(scene: Scene, template: str, owner: ast.expr, whole: ast.expr) -> str:
    """What Python writes; nothing where less is given than it takes."""
    call = whole if isinstance(whole, ast.Call) else None
    given = arguments(scene, call) if call else []
    every = [*given, *map(scene.text, call.keywords if call else ())]
    try:
        return template.format(*given, o=operand(scene, owner), a=", ".join(every))
    except IndexError:
        return ""


def said_otherwise(kind: str, name: str) -> str | None:
    """How Python writes what a method of a type is called elsewhere; nothing if it has none.

    Args:
        kind: The name of the type.
        name: The method.
    """
    return _table().get(_BUILT_ON.get(kind, kind), {}).get(name)


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = resources.files(__package__).joinpath("other_languages.toml").read_text("utf-8")
    return tomllib.loads(text)


RULE = rule("other-languages", "AttributeError", candidates)
