"""The names that imports bind: they stand for the same in every plan, whatever it calls that.

A template that has such names begins with the imports that bind them, one a line.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from codeact_lsp.plan import Plan

Imports = Mapping[str, str]
"""Each name that is bound, and the full name of what it stands for."""
IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class Template:
    """A template that has been read: its code, and what the names in it stand for."""

    code: ast.stmt
    imports: Imports


@lru_cache(maxsize=2_000)
def read(template: str) -> Template:
    """A template as a tree, which nobody may change.

    Raises:
        SyntaxError, ValueError: It is none.
    """
    *heads, code = ast.parse(template).body
    return Template(code, dict(pair for head in heads for pair in _bound(head)))


def of_plan(plan: Plan) -> Imports:
    """What the imports of a plan bind, in any scope."""
    trees = (piece.tree for piece in plan.document.pieces if piece.imports.statements)
    return dict(pair for tree in trees for node in ast.walk(tree) for pair in _bound(node))


def headed(template: str, imports: Imports) -> str:
    """A template behind the imports that it needs."""
    names = {node.id for node in ast.walk(ast.parse(template)) if isinstance(node, ast.Name)}
    lines = (line_for(name, imports[name]) for name in sorted(names & imports.keys()))
    return "\n".join([*lines, template])


def line_for(name: str, full: str) -> str:
    """The statement that binds a name to what it stands for."""
    module, _, member = full.rpartition(".")
    if name == full:
        return f"import {full}"
    if module and name == member:
        return f"from {module} import {name}"
    return f"from {module} import {member} as {name}" if module else f"import {full} as {name}"


def full_name(node: ast.AST, imports: Imports) -> str | None:
    """What a name, or what is looked up in one, stands for; None if no import says."""
    match node:
        case ast.Name(id=name):
            return imports.get(name)
        case ast.Attribute(value=value, attr=member):
            inner = full_name(value, imports)
            return f"{inner}.{member}" if inner else None
        case _:
            return None


def as_called(full: str, imports: Imports, usual: str = "") -> str | None:
    """How a plan writes what has a full name, by its own imports; None if it imports none of it.

    Args:
        full: The full name.
        imports: What the plan's imports bind.
        usual: How it is written elsewhere; it is here too, if that means the same.
    """
    if usual and full_name(ast.parse(usual, mode="eval").body, imports) == full:
        return usual
    parts = full.split(".")
    for end in range(len(parts), 0, -1):
        whole = ".".join(parts[:end])
        for name, stands_for in imports.items():
            if stands_for == whole:
                return ".".join([name, *parts[end:]])
    return None


def only_imports(tree: ast.Module) -> bool:
    """Whether a piece imports something, and does nothing else."""
    return bool(tree.body) and all(isinstance(each, IMPORTS) for each in tree.body)


def _bound(node: ast.AST) -> Iterator[tuple[str, str]]:
    match node:
        case ast.Import(names=names):
            yield from _modules(names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            for each in names:
                yield each.asname or each.name, f"{module}.{each.name}"
        case _:
            return


def _modules(names: Iterable[ast.alias]) -> Iterator[tuple[str, str]]:
    """`import a.b` binds `a`, and `import a.b as c` binds `a.b`."""
    for each in names:
        top = each.name.partition(".")[0]
        yield (each.asname, each.name) if each.asname else (top, top)
