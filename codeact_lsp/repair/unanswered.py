"""Whether a function that gives values has come to its end without one: that is hardly a repair."""

import ast

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan
from codeact_lsp.repair.for_nothing import own_parts
from codeact_lsp.repair.scene import Function, Scene


def is_unanswered(plan: Plan, error: CodeError, result: Result) -> bool:
    """Whether it is nothing, and the function that failed gives something wherever it says so.

    Args:
        plan: The plan that failed.
        error: How it did.
        result: What the node gives with a change.
    """
    if result.preview.text != "None":
        return False
    scene = Scene(plan, error, error.span)
    function = scene.function(scene.first)
    return function is not None and _always_gives(function)


def _always_gives(function: Function) -> bool:
    """Whether it gives values and never says that it gives None."""
    returned = [node.value for node in own_parts(function) if isinstance(node, ast.Return)]
    values = [value for value in returned if value is not None]
    declared = ast.unparse(function.returns) if function.returns else ""
    says_none = any(isinstance(v, ast.Constant) and v.value is None for v in values)
    return bool(values) and not says_none and not _may_be_none(declared)


def _may_be_none(declared: str) -> bool:
    return any(word in declared for word in ("None", "Optional", "Any", "object"))
