"""The names of a function: which it sets for nothing, and which it reads before it sets them."""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.repair.scene import Function, Scene

_INNER = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OF_METHODS = frozenset({"self", "cls"})


def missing(scene: Scene) -> str:
    """The name that has no value; where nothing else tells it, in Python's own words."""
    fact = scene.error.fact
    said = scene.said(r"'(\w+)'")
    return fact.name if fact and fact.kind == "name" else said[1] if said else ""


def unread(scene: Scene, function: Function) -> list[str]:
    """The names that a function sets and that nothing of it reads, the last one first."""
    names = names_of(function)
    read = {node.id for node in names if _is_read(scene, node)}
    parameters = [each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)]
    stored = [node.id for node in names if isinstance(node.ctx, ast.Store)]
    known = dict.fromkeys([*reversed(stored), *reversed(parameters)])
    return [
        name for name in known
        if name not in read and name not in _OF_METHODS and not name.startswith("_")
    ]  # fmt: skip


def idle_parameters(scene: Scene, function: Function) -> list[str]:
    """The parameters that a function takes and nothing of it reads."""
    taken = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    return [name for name in unread(scene, function) if name in taken]


def unmade(scene: Scene, function: Function) -> list[str]:
    """The names that a function reads before it sets them, if it ever does; in the text's order."""
    inner = {id(node) for part in ast.walk(function) for node in _apart(part)}
    outside = [node for node in names_of(function) if id(node) not in inner]
    first: dict[str, ast.Name] = {}
    for node in sorted(outside, key=_turn):
        first.setdefault(node.id, node)
    known = {*scene.plan.names, *scene.imported, *dir(builtins), *_otherwise(function)}
    known |= scene.starred or set()
    return [
        name for name, node in first.items()
        if isinstance(node.ctx, ast.Load) and name not in known
    ]  # fmt: skip


def _apart(part: ast.AST) -> Iterator[ast.AST]:
    """What of a part has names of its own, or is done at another time."""
    if isinstance(part, ast.Lambda):
        yield from ast.walk(part)
    elif isinstance(part, _INNER):
        targets = [node for each in part.generators for node in ast.walk(each.target)]
        own = {node.id for node in targets if isinstance(node, ast.Name)}
        names = (node for node in ast.walk(part) if isinstance(node, ast.Name))
        yield from (node for node in names if node.id in own)


def _turn(node: ast.Name) -> tuple[int, bool, int]:
    """What a line reads comes before what it sets."""
    return node.lineno, not isinstance(node.ctx, ast.Load), node.col_offset


def _otherwise(function: Function) -> Iterator[str]:
    """The names that a function has in another way than by setting them."""
    for node in ast.walk(function):
        match node:
            case ast.arg(arg=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0]
            case _:
                pass


def names_of(function: Function) -> list[ast.Name]:
    """Where a function writes names."""
    return [node for node in ast.walk(function) if isinstance(node, ast.Name)]


def _is_read(scene: Scene, node: ast.Name) -> bool:
    """Whether it is read for more than to be filled."""
    around = scene.parents.get(node)
    match around:
        case ast.Subscript(ctx=ast.Store(), value=filled) if filled is node:
            return False
        case ast.Attribute():
            call = scene.parents.get(around)
            return not (isinstance(call, ast.Call) and isinstance(scene.parents[call], ast.Expr))
        case _:
            return isinstance(node.ctx, ast.Load)


def is_only_filled(scene: Scene, function: Function, name: str) -> bool:
    """Whether a function puts something into what a name stands for, and never takes it out."""
    uses = [node for node in names_of(function) if node.id == name]
    return not any(_is_read(scene, node) for node in uses)


def is_environment(owner: ast.expr) -> bool:
    """Whether what is asked is the variables of the machine: what else is set there says nothing.

    Args:
        owner: What is asked for something by a key.
    """
    return ast.unparse(owner).rpartition(".")[2] == "environ"
