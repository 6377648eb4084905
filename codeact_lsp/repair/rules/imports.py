"""A module, or a name in one, that is spelt otherwise or that is elsewhere now.

Answers ModuleNotFoundError and ImportError. Only what the interpreter has already is proposed:
nothing is ever installed for a guess.

    import jsn                         ->  import json, and in what uses it
    from collection import Counter     ->  from collections import Counter
    from collections import Mapping    ->  from collections.abc import Mapping
    import numpi as np                 ->  import numpy as np
    import urllib2                     ->  import urllib.request as urllib2
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from importlib import resources

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.standard_library import homes
from codeact_lsp.repair.writing import replaced, together

_MOST = 4


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Other spellings, and other modules that have the name."""
    fact, statement = scene.error.fact, scene.failed
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return
    if scene.said("No module named"):
        yield from _renamed(scene, statement)
    if fact is None:
        return
    options = [each for each in fact.options if each.isidentifier()][:_MOST]
    for option in options:
        yield from _respelt(scene, statement, fact.name, option)
    if isinstance(statement, ast.ImportFrom):
        yield from _moved(scene, statement)


def _renamed(scene: Scene, statement: ast.Import | ast.ImportFrom) -> Iterator[Candidate]:
    """The module as it is called now; what the plan calls it stays."""
    match statement:
        case ast.ImportFrom(module=str(module)) if new := _modules().get(module):
            text = scene.text(statement).replace(f"from {module} ", f"from {new} ", 1)
        case ast.Import(names=[ast.alias(name=module, asname=name)]) if new := _modules().get(
            module
        ):
            text = f"import {new} as {name or module}"
        case _:
            return
    yield Candidate(f"Import it from '{new}'", replaced(scene, statement, text), SURE)


@cache
def _modules() -> Mapping[str, str]:
    text = resources.files(__package__).joinpath("modules.toml").read_text("utf-8")
    return tomllib.loads(text)


def _respelt(
    scene: Scene, statement: ast.Import | ast.ImportFrom, name: str, option: str
) -> Iterator[Candidate]:
    """The option for the name; what it is called in the plan stays, or is the option itself."""
    likely = 0.3 + 0.7 * SequenceMatcher(None, name, option).ratio()
    found = re.search(rf"\b{re.escape(name)}\b(?: as {option}\b)?", scene.text(statement))
    if found:
        start = scene.span(statement).start
        edit = TextEdit(Span(start + found.start(), start + found.end()), option)
        uses = _uses(scene, name) if " as " not in scene.text(statement) else []
        edits = [edit, *(TextEdit(span, option) for span in uses)]
        yield Candidate(f"Import '{option}'", together(scene, *edits), likely)


def _uses(scene: Scene, name: str) -> list[Span]:
    """Where the plan uses the name that does not exist."""
    document = scene.plan.document
    return [
        piece.span(node).shifted(start)
        for piece, start in zip(document.pieces, document.starts, strict=True)
        for node in ast.walk(piece.tree)
        if isinstance(node, ast.Name) and node.id == name
    ]


def _moved(scene: Scene, statement: ast.ImportFrom) -> Iterator[Candidate]:
    """Where all of the names are, if it is the standard library that has them."""
    known = [list(homes(alias.name)) for alias in statement.names]
    text = scene.text(statement)
    for home in known[0]:
        new = text.replace(f"from {statement.module} ", f"from {home} ", 1)
        if new != text and all(home in others for others in known):
            likely = SURE if home.startswith(f"{statement.module}.") else LIKELY
            yield Candidate(f"Import it from '{home}'", replaced(scene, statement, new), likely)


RULE = rule("imports", "ModuleNotFoundError ImportError", candidates)
