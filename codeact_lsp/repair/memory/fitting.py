"""Where a template fits, and what it says there: holes found in code, and filled again."""

import ast
import re
from collections.abc import Mapping
from functools import lru_cache

from codeact_lsp.repair.memory.templates import HOLE, TEXT_HOLE, Part

_LOOSE = (ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.UnaryOp, ast.Await)


def matches(template: str, part: Part) -> Mapping[str, ast.expr] | None:
    """What stands in the holes of a template where it fits a part; None where it does not."""
    found: dict[str, ast.expr] = {}
    wanted: ast.AST = _parsed(template)
    if isinstance(wanted, ast.Expr) and isinstance(part, ast.expr):
        wanted = wanted.value
    return found if _fits(wanted, part, found) else None


@lru_cache(maxsize=1_000)
def _parsed(template: str) -> ast.stmt:
    return ast.parse(template).body[0]


def _fits(wanted: object, given: object, found: dict[str, ast.expr]) -> bool:
    if isinstance(wanted, ast.Name) and _is_hole(wanted.id):
        return isinstance(given, ast.expr) and _fills(wanted.id, given, found)
    if isinstance(wanted, ast.arg) and isinstance(given, ast.arg) and _is_hole(wanted.arg):
        # A template has no annotations, so what is written by it would lose that of the parameter.
        return given.annotation is None and _fills(wanted.arg, _named(given), found)
    if isinstance(wanted, ast.AST):
        return type(wanted) is type(given) and all(
            _fits(value, getattr(given, name, None), found)
            for name, value in ast.iter_fields(wanted)
            if name not in {"ctx", "kind", "type_comment"}
        )
    if isinstance(wanted, list):
        return (
            isinstance(given, list)
            and len(wanted) == len(given)
            and all(_fits(one, other, found) for one, other in zip(wanted, given, strict=True))
        )
    return type(wanted) is type(given) and wanted == given


def _named(parameter: ast.arg) -> ast.Name:
    """A parameter as a name that stands at its place."""
    name = ast.copy_location(ast.Name(parameter.arg, ast.Load()), parameter)
    name.end_lineno = parameter.lineno
    name.end_col_offset = parameter.col_offset + len(parameter.arg.encode())
    return name


def _is_hole(name: str) -> bool:
    return bool(HOLE.fullmatch(name) or TEXT_HOLE.fullmatch(name))


def _fills(hole: str, given: ast.expr, found: dict[str, ast.expr]) -> bool:
    is_text = isinstance(given, ast.JoinedStr) or (
        isinstance(given, ast.Constant) and isinstance(given.value, str | bytes)
    )
    if TEXT_HOLE.fullmatch(hole) and not is_text:
        return False
    same = found.setdefault(hole, given)
    return ast.dump(same) == ast.dump(given)


def filled(template: str, found: Mapping[str, ast.expr], text: Mapping[str, str]) -> str:
    """A template with what was found put into its holes, as it was written.

    Args:
        template: The template.
        found: What stands in each hole.
        text: The same, as it is written.
    """
    tree = ast.parse(template)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    parts = {
        hole: f"({text[hole]})" if isinstance(found[hole], _LOOSE) else text[hole] for hole in found
    }
    bare = {
        node.id for node in ast.walk(tree)
        if isinstance(node, ast.Name) and _stands_alone(node, parents[node])
    }  # fmt: skip
    return re.sub(
        r"\b_\d+s?_(?!\w)",
        lambda hole: text[hole[0]] if hole[0] in bare else parts[hole[0]],
        template,
    )


def _stands_alone(node: ast.Name, parent: ast.AST) -> bool:
    """Whether what stands there needs no brackets, whatever it is."""
    if isinstance(parent, ast.Call):
        return node is not parent.func
    return isinstance(parent, ast.Assign | ast.Return | ast.Expr | ast.keyword | ast.For)
