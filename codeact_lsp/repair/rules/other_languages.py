"""A method that objects of other languages or libraries have, or had in an older version.

Answers AttributeError. The table beside this file has the methods of each type; what a type gets
from another that it is built on it gets here too.

    words.length      ->  len(words)
    lines.push(line)  ->  lines.append(line)
    df.iteritems()    ->  df.items()
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, importing, instead, operand, replaced, together

_BUILT_ON = {"defaultdict": "dict", "Counter": "dict", "OrderedDict": "dict", "frozenset": "set"}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """How Python writes it."""
    node, said = scene.failed, scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute")
    if not isinstance(node, ast.Attribute) or said is None:
        return
    template = _table()[_BUILT_ON.get(said[1], said[1])].get(node.attr) if _has(said[1]) else None
    call = scene.parents.get(node)
    is_called = isinstance(call, ast.Call) and call.func is node
    given = arguments(scene, call) if isinstance(call, ast.Call) and is_called else []
    if template is None or ("{0}" in template and not given):
        return
    text = template.format(*given, o=operand(scene, node.value), a=", ".join(given))
    whole = call if isinstance(call, ast.Call) and is_called else node
    if "pd." in text:
        edits = (*importing(scene, "import pandas as pd", "pd"), replaced(scene, whole, text))
        yield Candidate(f"Write '{text}'", together(scene, *edits), SURE)
    else:
        yield instead(scene, whole, text, SURE)


def _has(kind: str) -> bool:
    return _BUILT_ON.get(kind, kind) in _table()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = resources.files(__package__).joinpath("other_languages.toml").read_text("utf-8")
    return tomllib.loads(text)


RULE = rule("other-languages", "AttributeError", candidates)
