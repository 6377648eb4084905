"""Turn a generator into something that can leave its process, or that need not."""

import ast
import re

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Span

_LAZY = re.compile(r"(?:(?:\w+\.)*)(?:Iterator|Iterable|Generator)(?=\[|\Z)")

# A comment would be lost, a second line would need its indentation changed, and an inner `yield`
# would make the list a generator again.
_UNFIT = re.compile(r"#|[\r\n][^\r\n]*[\r\n]|\byield\b[\s\S]*\byield\b")
_LOOSE = (ast.Tuple, ast.IfExp, ast.Lambda, ast.NamedExpr)


def listed(plan: Plan, problem: Problem) -> Correction | None:
    """Return a list of what a generator yields that consists of one loop."""
    function = Function.at(plan, problem.span.start)
    if function is None or function.is_async or len(function.body) != 1:
        return None
    match function.body[0]:
        case (
            ast.For(
                target=target,
                iter=items,
                body=[ast.Expr(value=ast.Yield(value=ast.expr() as value))],
            ) as loop
        ) if not loop.orelse:
            if _UNFIT.search(function.text(loop)):
                return None
            each, source = _bracketed(function, value), _bracketed(function, items)
            text = f"return [{each} for {function.text(target)} in {source}]"
            edits = [*_annotation(function), TextEdit(function.span(loop), text)]
            return Correction("Return a list", tuple(edits))
        case _:
            return None


def _bracketed(function: Function, part: ast.expr) -> str:
    """An expression as it can stand in a comprehension."""
    text = function.text(part)
    is_closed = re.fullmatch(r"\([^()]*\)", text)
    return f"({text})" if isinstance(part, _LOOSE) and not is_closed else text


def _annotation(function: Function) -> list[TextEdit]:
    returns = function.tree.returns
    match = _LAZY.match(function.text(returns)) if returns else None
    if returns is None or match is None or "Generator" in match[0]:
        return []
    span = Span(*match.span()).shifted(function.span(returns).start)
    return [TextEdit(span, "list")]


def private(plan: Plan, problem: Problem) -> Correction | None:
    """Make it a helper, where no other code of the plan uses it by its name."""
    name = plan.source.text[problem.span.start : problem.span.end]
    if f"_{name}" in plan.names or plan.source.text.count(name) > 1:
        return None
    return Correction(f"Make it a helper named '_{name}'", (TextEdit(problem.span, f"_{name}"),))
