"""What no offer may do, whatever it mends: each is counted, and the count is to be nothing."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Plan
from codeact_lsp.repair import Fix

SAME = "raises the same failure"
SIGNATURE = "changes a signature"
SILENT = "touches another node silently"
BARE = "adds a bare except"
KINDS = (SAME, SIGNATURE, SILENT, BARE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def harm(before: Plan, fix: Fix) -> Iterator[str]:
    """What an offer does that none may do, as far as the text tells."""
    after = Plan.from_text(fix.edit.apply(before.source.text))
    if _signatures(before) != _signatures(after):
        yield SIGNATURE
    others = {name for name in _changed(before, after) if name != fix.node}
    if others and not any(f"'{name}'" in fix.label for name in others):
        yield SILENT
    if _bare(after) > _bare(before):
        yield BARE


def _signatures(plan: Plan) -> dict[str, list[str]]:
    """The parameters of each function at the top level."""
    found = {}
    for piece in plan.document.pieces:
        for top in piece.tree.body:
            if isinstance(top, _FUNCTIONS):
                parameters = [part.arg for part in ast.walk(top.args) if isinstance(part, ast.arg)]
                found[top.name] = parameters
    return found


def _changed(before: Plan, after: Plan) -> Iterator[str]:
    """The nodes whose code is another one."""
    for name, node in before.nodes.items():
        other = after.nodes.get(name)
        old = before.document.pieces[node.piece].code
        if other is None or after.document.pieces[other.piece].code != old:
            yield name


def _bare(plan: Plan) -> int:
    nodes = (part for piece in plan.document.pieces for part in ast.walk(piece.tree))
    return sum(isinstance(part, ast.ExceptHandler) and part.type is None for part in nodes)
