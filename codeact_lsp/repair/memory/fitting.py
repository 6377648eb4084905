"""Where a template fits, and what it says there: holes found in code, and filled again."""

import ast
import re
from collections.abc import Mapping
from types import MappingProxyType

from codeact_lsp.repair.memory.imported import Imports, as_called, full_name, read
from codeact_lsp.repair.memory.makers import Part
from codeact_lsp.repair.memory.templates import HOLE, TEXT_HOLE, is_any_call

_LOOSE = (ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.UnaryOp, ast.Await)
_IN_ANY = re.compile(r"\b_\d+s?_(?!\w)|\b_call_(?!\w)")
CALL = "_call_"
"""Stands for a call with whatever it is given, which a template writes as `f(...)`."""


def matches(
    template: str, part: Part, imports: Imports = MappingProxyType({})
) -> Mapping[str, ast.expr] | None:
    """What stands in the holes of a template where it fits a part; None where it does not.

    Args:
        template: The template.
        part: The part.
        imports: What the names around the part stand for.
    """
    known = read(template)
    wanted: ast.AST = known.code
    if isinstance(wanted, ast.Expr) and isinstance(part, ast.expr):
        wanted = wanted.value
    fit = _Fit(known.imports, imports)
    return fit.found if fit.fits(wanted, part) else None


class _Fit:
    """A template that is laid over code, and what stands in its holes so far."""

    def __init__(self, known: Imports, imports: Imports) -> None:
        self._known = known
        self._imports = imports
        self.found: dict[str, ast.expr] = {}

    def fits(self, wanted: object, given: object) -> bool:
        """Whether code is what the template wants."""
        if isinstance(wanted, ast.Name | ast.Attribute) and isinstance(given, ast.expr):
            meant = full_name(wanted, self._known)
            if meant:
                return full_name(given, self._imports) == meant
        if isinstance(wanted, ast.Name) and _is_hole(wanted.id):
            return isinstance(given, ast.expr) and self._fills(wanted.id, given)
        if isinstance(wanted, ast.arg) and isinstance(given, ast.arg) and _is_hole(wanted.arg):
            # A template has no annotations: what is written by it would lose the parameter's.
            return given.annotation is None and self._fills(wanted.arg, _named(given))
        if isinstance(wanted, ast.Call) and is_any_call(wanted):
            is_call = isinstance(given, ast.Call) and self.fits(wanted.func, given.func)
            return is_call and isinstance(given, ast.expr) and self._fills(CALL, given)
        return self._parts_fit(wanted, given)

    def _parts_fit(self, wanted: object, given: object) -> bool:
        if isinstance(wanted, ast.AST):
            return type(wanted) is type(given) and all(
                self.fits(value, getattr(given, name, None))
                for name, value in ast.iter_fields(wanted)
                if name not in {"ctx", "kind", "type_comment"}
            )
        if isinstance(wanted, list):
            return (
                isinstance(given, list)
                and len(wanted) == len(given)
                and all(self.fits(one, other) for one, other in zip(wanted, given, strict=True))
            )
        return type(wanted) is type(given) and wanted == given

    def _fills(self, hole: str, given: ast.expr) -> bool:
        is_text = isinstance(given, ast.JoinedStr) or (
            isinstance(given, ast.Constant) and isinstance(given.value, str | bytes)
        )
        if TEXT_HOLE.fullmatch(hole) and not is_text:
            return False
        return _is_same(self.found.setdefault(hole, given), given)


def _is_same(one: ast.expr, other: ast.expr) -> bool:
    """Whether they say the same: a name also where it is set here and read there."""
    if isinstance(one, ast.Name) and isinstance(other, ast.Name):
        return one.id == other.id
    return ast.dump(one) == ast.dump(other)


def _named(parameter: ast.arg) -> ast.Name:
    """A parameter as a name that stands at its place."""
    name = ast.copy_location(ast.Name(parameter.arg, ast.Load()), parameter)
    name.end_lineno = parameter.lineno
    name.end_col_offset = parameter.col_offset + len(parameter.arg.encode())
    return name


def _is_hole(name: str) -> bool:
    return bool(HOLE.fullmatch(name) or TEXT_HOLE.fullmatch(name))


def filled(
    template: str,
    found: Mapping[str, ast.expr],
    text: Mapping[str, str],
    imports: Imports = MappingProxyType({}),
) -> str:
    """A template with what was found put into its holes, as it was written.

    Args:
        template: The template.
        found: What stands in each hole.
        text: The same, as it is written.
        imports: What the names around the place stand for.
    """
    known = read(template)
    code = _Written(known.imports, imports).visit(ast.parse(ast.unparse(known.code)))
    # A text alone would be written as a docstring is.
    plain = ast.unparse(code.body[0].value if isinstance(known.code, ast.Expr) else code)
    tree = ast.parse(plain)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    parts = {
        hole: f"({text[hole]})" if isinstance(found[hole], _LOOSE) else text[hole] for hole in found
    }
    bare = {
        node.id for node in ast.walk(tree)
        if isinstance(node, ast.Name) and _stands_alone(node, parents[node])
    }  # fmt: skip
    return _IN_ANY.sub(
        lambda hole: text[hole[0]] if hole[0] in bare else parts[hole[0]],
        plain,
    )


class _Written(ast.NodeTransformer):
    """Writes names as a plan has them, and a call with whatever it is given as a hole."""

    def __init__(self, known: Imports, imports: Imports) -> None:
        self._known = known
        self._imports = imports

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._as_called(node) or self._inside(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._as_called(node) or node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return ast.Name(CALL, ast.Load()) if is_any_call(node) else self._inside(node)

    def _as_called(self, node: ast.expr) -> ast.expr | None:
        full = full_name(node, self._known)
        name = as_called(full, self._imports, ast.unparse(node)) if full else None
        return ast.parse(name, mode="eval").body if name else None

    def _inside(self, node: ast.expr) -> ast.expr:
        self.generic_visit(node)
        return node


def _stands_alone(node: ast.Name, parent: ast.AST) -> bool:
    """Whether what stands there needs no brackets, whatever it is."""
    if isinstance(parent, ast.Call):
        return node is not parent.func
    return isinstance(parent, ast.Assign | ast.Return | ast.Expr | ast.keyword | ast.For)
