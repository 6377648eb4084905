"""Modules that have another name now, and what has gone from one to another: learnt of imports."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.memory.imported import IMPORTS, of_plan, only_imports
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import replaced

_GONE = "ModuleNotFoundError"


def moved(scene: Scene, after: Plan) -> Iterator[tuple[str, str]]:
    """What has come for an import that failed, as an import for an import.

    Args:
        scene: The failure of an import.
        after: The plan that no longer has it.
    """
    now = of_plan(after)
    for statement in scene.piece.tree.body:
        match statement:
            case ast.ImportFrom(module=str(module), names=names, level=0):
                pairs = [(f"{module}.{each.name}", now.get(_name(each))) for each in names]
                yield from _of_members(module, pairs, is_gone=scene.error.type == _GONE)
            case ast.Import(names=[ast.alias(name=old)]):
                come = _modules(after) - _modules(scene.plan)
                yield from ((f"import {old}", f"import {new}") for new in come if len(come) == 1)
            case _:
                pass


def _of_members(
    module: str, pairs: list[tuple[str, str | None]], *, is_gone: bool
) -> Iterator[tuple[str, str]]:
    """A module for a module, if all of it is there by its old name; else a name for a name."""
    kept = {new.rpartition(".")[0] for old, new in pairs if new and _last(old) == _last(new)}
    if is_gone and len(kept) == 1 and kept != {module} and all(new for _, new in pairs):
        yield f"import {module}", f"import {kept.pop()}"
        return
    for old, new in pairs:
        if new and new != old and "." in new:
            yield _from(old), _from(new)


def imports(before: str, after: str, scene: Scene) -> list[TextEdit]:
    """The edits that make of a failed import what was made of it before; none if it is another."""
    statement = scene.statement
    if not only_imports(scene.piece.tree) or not isinstance(statement, IMPORTS):
        return []
    old, new = ast.parse(before).body[0], ast.parse(after).body[0]
    if isinstance(old, ast.Import) and isinstance(new, ast.Import):
        return _of_module(scene, statement, old.names[0].name, new.names[0].name)
    if isinstance(old, ast.ImportFrom) and isinstance(new, ast.ImportFrom):
        return _of_member(scene, statement, old, new)
    return []


def _of_module(
    scene: Scene, statement: ast.Import | ast.ImportFrom, old: str, new: str
) -> list[TextEdit]:
    match statement:
        case ast.ImportFrom(module=module) if module == old:
            return [_instead(scene, statement, f"from {old}", f"from {new}")]
        case ast.Import(names=[ast.alias(name=name) as each]) if name == old:
            edit = _instead(scene, statement, f"import {old}", f"import {new}")
            return [edit, *_uses(scene, each, new)]
        case _:
            return []


def _of_member(
    scene: Scene, statement: ast.stmt, old: ast.ImportFrom, new: ast.ImportFrom
) -> list[TextEdit]:
    name = new.names[0].name
    match statement:
        case ast.ImportFrom(module=module, names=[each]) if module == old.module:
            if each.name != old.names[0].name:
                return []
            called = f" as {_name(each)}" if _name(each) != name else ""
            return [replaced(scene, statement, f"from {new.module} import {name}{called}")]
        case _:
            return []


def _uses(scene: Scene, alias: ast.alias, new: str) -> Iterator[TextEdit]:
    """Where a module is called by its whole name."""
    if alias.asname:
        return
    for there, node in scene.everywhere(ast.expr):
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) == alias.name:
            yield replaced(there, node, new)


def _instead(scene: Scene, statement: ast.stmt, old: str, new: str) -> TextEdit:
    return replaced(scene, statement, scene.text(statement).replace(old, new, 1))


def _modules(plan: Plan) -> set[str]:
    """The modules that a plan imports whole."""
    nodes = (node for piece in plan.document.pieces for node in ast.walk(piece.tree))
    return {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}


def _from(full: str) -> str:
    module, _, name = full.rpartition(".")
    return f"from {module} import {name}"


def _last(full: str) -> str:
    return full.rpartition(".")[2]


def _name(alias: ast.alias) -> str:
    return alias.asname or alias.name
