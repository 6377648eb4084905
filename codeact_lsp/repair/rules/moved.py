"""A member that a module does not have: it is elsewhere, or called otherwise now.

Answers AttributeError. What NumPy and ruff say of removed names is taken at their word; what the
standard library defines elsewhere is looked up there; the table beside this file has the rest.

    np.float_(x)                ->  np.float64(x)
    collections.Iterable        ->  collections.abc.Iterable
    datetime.strptime(text, f)  ->  datetime.datetime.strptime(text, f)
    datetime.timedelta(1)       ->  timedelta(1), after "from datetime import datetime"
    concurrent.futures          ->  import concurrent.futures
    time.clock()                ->  time.perf_counter()
    pd.rolling_mean(s, 3)       ->  s.rolling(3).mean()
"""

import ast
import builtins
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import resources

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.ruffed import changes
from codeact_lsp.repair.scene import Scene, last_name
from codeact_lsp.repair.standard_library import homes, is_module, public
from codeact_lsp.repair.writing import arguments, importing, instead, operand, replaced, together

_SAID = r"[Uu]se `(-?[\w.]+)`( with a proper dtype)? instead|alias for the builtin `(\w+)`"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Where it is now."""
    node = scene.failed
    if not isinstance(node, ast.Attribute):
        return
    yield from _said_by_numpy(scene, node)
    if last_name(node.value) == node.attr and _root(node) in scene.imported:
        yield _everywhere(scene, node, scene.text(node.value))
    yield from _beside_class(scene, node)
    if module := scene.imported.get(ast.unparse(node.value)):
        yield from _known(scene, node, module)
        yield from _elsewhere(scene, node, module)
        yield from _known_to_ruff(scene)


def _beside_class(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """What the module has that the class of it, of the same name, has not."""
    home, _, name = scene.imported.get(ast.unparse(node.value), "").rpartition(".")
    if home == name and node.attr in public(home):
        imports = importing(scene, f"from {home} import {node.attr}", node.attr)
        yield _everywhere(scene, node, node.attr, SURE, *imports)


def _root(node: ast.expr) -> str:
    """The name that a way of attributes begins with."""
    return ast.unparse(node).partition(".")[0]


def _said_by_numpy(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    said = scene.said(_SAID)
    if said is None:
        return
    new = said[3] or (said[1] or "").replace("np.", f"{scene.text(node.value)}.", 1)
    call = scene.parents.get(node)
    if said[2] and isinstance(call, ast.Call) and call.args:
        yield instead(scene, call, f"{new}({scene.text(call.args[0])}, dtype=float)", SURE)
    else:
        yield _everywhere(scene, node, new)


def _everywhere(
    scene: Scene, node: ast.Attribute, text: str, likely: float = SURE, *imports: TextEdit
) -> Candidate:
    """In the whole function: what does not exist fails wherever it is asked for."""
    written = ast.unparse(node)
    alike = [each for each in scene.nearby(ast.Attribute) if ast.unparse(each) == written]
    edits = (replaced(scene, each, text) for each in alike or [node])
    return Candidate(f"Write '{text}'", together(scene, *imports, *edits), likely)


def _known(scene: Scene, node: ast.Attribute, module: str) -> Iterator[Candidate]:
    new, call = _table().get(f"{module}.{node.attr}"), scene.parents.get(node)
    if new and "{" not in new:
        yield _written(scene, node, module, new)
    elif new and isinstance(call, ast.Call) and call.args:
        yield from _reshaped(scene, node, call, new)


def _reshaped(
    scene: Scene, node: ast.Attribute, call: ast.Call, template: str
) -> Iterator[Candidate]:
    """The call as it is written now; nothing where less is given than that takes."""
    given = [operand(scene, call.args[0]), *arguments(scene, call)[1:]]
    rest = ", ".join([*given[1:], *map(scene.text, call.keywords)])
    with suppress(IndexError):
        text = template.format(*given, m=scene.text(node.value), rest=rest)
        yield instead(scene, call, text, SURE)


def _elsewhere(scene: Scene, node: ast.Attribute, module: str) -> Iterator[Candidate]:
    """In a class or submodule of that module, in another one, or among the builtins."""
    if is_module(f"{module}.{node.attr}"):
        line = f"import {module}.{node.attr}"
        yield Candidate(f"Add '{line}'", together(scene, *importing(scene, line)), SURE)
    if hasattr(public(module).get(last_name(node.value)), node.attr):
        text = f"{scene.text(node.value)}.{last_name(node.value)}.{node.attr}"
        yield _everywhere(scene, node, text)
    if hasattr(builtins, node.attr):
        yield instead(scene, node, node.attr, SURE)
    for home in homes(node.attr):
        likely = SURE if home.startswith(f"{module}.") else LIKELY
        yield _written(scene, node, module, f"{home}.{node.attr}", likely)


def _written(
    scene: Scene, node: ast.Attribute, module: str, new: str, likely: float = SURE
) -> Candidate:
    """The new name, by what the plan calls its module, or with an import of that."""
    home, _, name = new.rpartition(".")
    if home == module:
        return _everywhere(scene, node, f"{scene.text(node.value)}.{name}", likely)
    imports = importing(scene, f"import {home}") if is_module(home) or home == "numpy" else []
    return _everywhere(scene, node, new, likely, *imports)


def _known_to_ruff(scene: Scene) -> Iterator[Candidate]:
    for change in changes(scene.plan):
        if scene.place.start <= change.place.start and change.place.end <= scene.place.end:
            new = change.edits[-1].new
            yield Candidate(f"Write '{new}'", together(scene, *change.edits), SURE)


@cache
def _table() -> Mapping[str, str]:
    text = resources.files(__package__).joinpath("moved.toml").read_text("utf-8")
    return tomllib.loads(text)


RULE = rule("moved", "AttributeError", candidates)
