"""Which types met in an operation that failed: by what was seen, and by what Python says."""

import ast

from codeact_lsp.repair.scene import Scene

NUMBERS = frozenset(["int", "float", "Decimal", "Fraction", "int64", "float64", "bool"])
NUMBER_FIRST = r"unsupported operand .*\+: '(?:int|float)' and 'str'"
ADDED_TO_NUMPY = r"ufunc 'add' did not contain a loop .*<U\d"
TEXT_WANTED = (
    r"can only concatenate str|must be str, not|unsupported operand .*\+: 'str' and|"
    rf"{ADDED_TO_NUMPY}|"
    rf"{NUMBER_FIRST}"
)


def kind_of_side(scene: Scene, node: ast.expr) -> str:
    """The type of a side: as it was seen, or by where the message names it."""
    return scene.kind(node) or _in_order(scene, node)


def _in_order(scene: Scene, node: ast.expr) -> str:
    """The type of a side, by where the message names it."""
    said = scene.said(r"operand type\(s\) for .*: '([\w.]+)' and '([\w.]+)'$")
    match scene.failed:
        case ast.BinOp(left=left, right=right) if said:
            at = 1 if node is left else 2 if node is right else 0
        case _:
            at = 0
    return said[at].rpartition(".")[2] if said and at else ""


def other_said(scene: Scene, node: ast.expr) -> str:
    """The type that the message tells beside that of a part."""
    said = scene.said(r"'([\w.]+)' and '([\w.]+)'|concatenate (\w+) \(not \"(\w+)\"\)")
    kinds = [each.rpartition(".")[2] for each in said.groups() if each] if said else []
    kind = scene.kind(node)
    if kind in kinds:
        kinds.remove(kind)
    return kinds[0] if kinds else ""
