"""A method that objects of other languages or libraries have, or had in an older version.

Answers AttributeError. The table beside this file has the methods of each type; what a type gets
from another that it is built on it gets here too.

    words.length      ->  len(words)
    lines.push(line)  ->  lines.append(line)
    df.iteritems()    ->  df.items()
    numbers.sort()    ->  numbers = sorted(numbers), of a set
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
    template = _table().get(_BUILT_ON.get(said[1], said[1]), {}).get(node.attr)
    call = scene.parents.get(node)
    whole = call if isinstance(call, ast.Call) and call.func is node else node
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


def _filled(scene: Scene, template: str, owner: ast.expr, whole: ast.expr) -> str:
    """What Python writes; nothing where less is given than it takes."""
    call = whole if isinstance(whole, ast.Call) else None
    given = arguments(scene, call) if call else []
    every = [*given, *map(scene.text, call.keywords if call else ())]
    try:
        return template.format(*given, o=operand(scene, owner), a=", ".join(every))
    except IndexError:
        return ""


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = resources.files(__package__).joinpath("other_languages.toml").read_text("utf-8")
    return tomllib.loads(text)


RULE = rule("other-languages", "AttributeError", candidates)
