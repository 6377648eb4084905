"""A name that nobody imported.

Answers NameError and UnboundLocalError. Modules are known by the names that Python lists; of what
they hold, the names that are public in modules which plans commonly use. Some names have become
customs.

    json.loads(text)   ->  import json
    Path("a.csv")      ->  from pathlib import Path
    log2(share)        ->  math.log2(share), where math is imported
    math.max(a, b)     ->  max(a, b)
    np.mean(values)    ->  import numpy as np
    urllib.parse.quote ->  import urllib.parse
    parse.quote(text)  ->  from urllib import parse
    json.loads(text)   ->  import json, where there is an "import jsn" that nothing has
    _time.sleep(1)     ->  import time as _time
    charset.Charset()  ->  from email import charset, beside other modules of `email`
    mark_safe(text)    ->  from shop.texts import mark_safe, beside other names of that module
    match = match(...) ->  match = re.match(...), where `re` is imported
    @by_state(2)       ->  from graphs.utils.seeds import by_state, beside `import graphs`
    iskeyword(name)    ->  from keyword import iskeyword
    m.floor(2.5), m.pi ->  import math as m
"""

import ast
import builtins
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.util import find_spec
from itertools import islice

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.installed import (
    defines,
    has_module,
    modules_that_define,
    others_that_define,
)
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.standard_library import having, homes, is_module, packages_of, public
from codeact_lsp.repair.writing import importing, instead, replaced, together

_LEAST_ALIKE = 0.75
_MOST = 3
# So long is a name at most by which a module is called that is called otherwise.
_SHORT = 3
# As the projects themselves write it in their own documentation.
_CUSTOMS = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "pl": "import polars as pl",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "dt": "import datetime as dt",
}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To import it, or to say in which of the modules that are imported it is."""
    fact = scene.error.fact
    if scene.error.type == "UnboundLocalError":
        yield from _of_modules(scene, missing(scene))
    if fact is None or fact.kind != "name":
        return
    name = fact.name
    yield from _of_python(scene, name)
    if name in _CUSTOMS:
        yield _imported(scene, _CUSTOMS[name], SURE)
    broken = list(_broken(scene, name)) if find_spec(name) else []
    yield from broken
    if name in sys.stdlib_module_names and _is_looked_into(scene, name):
        # Beside an import that nothing has, one more would only hide that.
        line = f"import {_submodule(scene, name)}"
        yield _imported(scene, line, POSSIBLE if broken else SURE)
    elif _is_looked_into(scene, name):
        for package in packages_of(name):
            yield _imported(scene, f"from {package} import {name}", LIKELY)
    yield from _as_others(scene, name)
    yield from _by_members(scene, name)
    known = list(homes(name))
    if not (known or find_spec(name) or get_close_matches(name, scene.bound, 1, _LEAST_ALIKE)):
        yield from _of_the_rest(scene, name)
    for rank, home in enumerate(known):
        if scene.imported.get(home) == home:
            yield _prefixed(scene, name, home)
        else:
            likely = POSSIBLE if _is_value(scene, name) else SURE
            yield _imported(scene, f"from {home} import {name}", likely - rank / 10)


def _is_value(scene: Scene, name: str) -> bool:
    """Whether it is given back, compared or gone through: what functions of a module are not."""
    uses = [node for node in scene.nearby(ast.Name) if node.id == name]
    above = [(node, scene.parents.get(node)) for node in uses]
    return name.islower() and any(
        isinstance(parent, ast.Return | ast.Compare)
        or (isinstance(parent, ast.For) and parent.iter is node)
        for node, parent in above
    )


def _of_modules(scene: Scene, name: str) -> Iterator[Candidate]:
    """What a module has that is imported, where its result is called so as well."""
    modules = [each for each, home in scene.imported.items() if name in public(home)]
    for call in scene.nearby(ast.Call):
        for module in modules if ast.unparse(call.func) == name else ():
            yield instead(scene, call.func, f"{module}.{name}", SURE)


def _as_others(scene: Scene, name: str) -> Iterator[Candidate]:
    """By another name, or from where the plan takes others."""
    word = name.lstrip("_")
    alias = name if word == name else f"{word} as {name}"
    if word != name and word in sys.stdlib_module_names:
        yield _imported(scene, f"import {alias}", SURE)
    if name not in sys.stdlib_module_names and find_spec(name) and _is_looked_into(scene, name):
        yield _imported(scene, f"import {name}", LIKELY)
    modules = dict.fromkeys(_taken_from(scene))
    packages = dict.fromkeys(each.rpartition(".")[0] or each for each in modules)
    if _is_looked_into(scene, name):
        found = [each for each in packages if has_module(each, word)]
    else:
        found = [each for each in modules if defines(each, word)]
    for home in modules if word != name else ():
        if defines(home, name):
            yield _imported(scene, f"from {home} import {name}", SURE)
    for home in found or _within(scene, packages, word):
        yield _imported(scene, f"from {home} import {alias}", LIKELY)


def _within(scene: Scene, packages: Iterable[str], name: str) -> Iterator[str]:
    """The modules within the packages that the plan imports which define it, if few do."""
    if get_close_matches(name, {*scene.bound, *scene.plan.names}, 1, _LEAST_ALIKE):
        return
    heads = dict.fromkeys(each.partition(".")[0] for each in packages)
    found = [home for head in heads for home in modules_that_define(head, name)]
    yield from found[:_MOST]


def _by_members(scene: Scene, name: str) -> Iterator[Candidate]:
    """A module by a short name, which has all that is asked of that."""
    if len(name) > _SHORT or not _is_looked_into(scene, name):
        return
    asked = {
        node.attr for _, node in scene.everywhere(ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id == name
    }  # fmt: skip
    found = (home for home in having(asked) if home[0] == name[0])
    for rank, home in enumerate(islice(found, _MOST)):
        yield _imported(scene, f"import {home} as {name}", LIKELY - rank / 10)


def _taken_from(scene: Scene) -> Iterator[str]:
    """The modules that the plan imports."""
    for piece in scene.plan.document.pieces:
        for node in ast.walk(piece.tree) if piece.imports.statements else ():
            match node:
                case ast.Import(names=names):
                    yield from (each.name for each in names)
                case ast.ImportFrom(module=str(module), level=0):
                    yield module
                case _:
                    pass


def _of_the_rest(scene: Scene, name: str) -> Iterator[Candidate]:
    """From modules of the standard library that plans seldom use."""
    for rank, home in enumerate(islice(others_that_define(name), _MOST)):
        likely = POSSIBLE if _is_value(scene, name) else LIKELY
        yield _imported(scene, f"from {home} import {name}", likely - rank / 10)


def _of_python(scene: Scene, name: str) -> Iterator[Candidate]:
    """What other languages have in a module for numbers, and Python by itself."""
    for node in scene.nearby(ast.Attribute) if name.lower() == "math" else ():
        is_it = isinstance(node.value, ast.Name) and node.value.id == name
        if is_it and hasattr(builtins, node.attr) and node.attr not in public("math"):
            edit = replaced(scene, node, node.attr)
            yield Candidate(f"Write '{node.attr}'", edit, SURE)


def _submodule(scene: Scene, name: str) -> str:
    """The module that is asked for: a part of a package is not there with the package alone."""
    ways = (ast.unparse(n) for n in ast.walk(scene.piece.tree) if isinstance(n, ast.Attribute))
    below = [way for way in ways if way.startswith(f"{name}.") and is_module(way)]
    return max(below, key=len, default=name) if name != "os" else name


def _broken(scene: Scene, name: str) -> Iterator[Candidate]:
    """The import of a module that there is not, with a name that is spelt much like it."""
    document = scene.plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        for statement in (each for each in ast.walk(piece.tree) if isinstance(each, ast.Import)):
            for alias in statement.names:
                head = alias.name.partition(".")[0]
                if get_close_matches(head, [name], 1, _LEAST_ALIKE) and not find_spec(head):
                    span = piece.span(statement)
                    new = piece.text[span.start : span.end].replace(head, name, 1)
                    yield Candidate(f"Import '{name}'", TextEdit(span.shifted(start), new), SURE)


def _imported(scene: Scene, line: str, likely: float) -> Candidate:
    return Candidate(f"Add '{line}'", together(scene, *importing(scene, line)), likely)


def _prefixed(scene: Scene, name: str, home: str) -> Candidate:
    uses = [node for node in ast.walk(scene.piece.tree) if isinstance(node, ast.Name)]
    edits = (replaced(scene, use, f"{home}.{name}") for use in uses if use.id == name)
    return Candidate(f"Write '{home}.{name}'", together(scene, *edits), SURE)


def _is_looked_into(scene: Scene, name: str) -> bool:
    """Whether something of it is asked for, as one does with modules."""
    owners = (n.value for n in ast.walk(scene.piece.tree) if isinstance(n, ast.Attribute))
    return any(isinstance(owner, ast.Name) and owner.id == name for owner in owners)


RULE = rule("unimported", "NameError UnboundLocalError", candidates)
