"""Where a bad value came from: the node that made it and the `return` that ran.

A value is followed to its maker through the nodes that only passed it on: what they returned has
the same content as what they took. How sure the words sound follows the evidence. A value that
breaks its own node's return annotation, or that lacks a key which the plan asks for elsewhere and
has one like it, is called the likely cause, be it further up; one that merely stands in the failing
expression, or is a part of what stands there, was made elsewhere, no more.

Nothing of this is done in runs that pass.
"""

import ast
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codeact_lsp.engine import misspelt_keys
from codeact_lsp.engine.errors import Blame, CodeError, Value
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# Failures of these kinds say nothing about the values that stand near them.
_ABOUT_VALUES = frozenset({"user"})
_SHORT = 40
_ZEROS = frozenset({"0", "0.0", "-0.0", "0j", "False"})
# A blob below this holds a number, a truth value or a few words.
_TELLING_BYTES = 64


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A value in the failing expression, its maker, and the nodes that passed it on, last first."""

    value: Value
    maker: str
    through: tuple[str, ...]


def blame(plan: Plan, error: CodeError, results: Mapping[str, Result]) -> Blame | None:
    """The origin of the value that failed; None if it did not come from another node.

    Args:
        plan: The plan that ran.
        error: The failure.
        results: The results of all nodes that lead to the failed one.
    """
    if error.category not in _ABOUT_VALUES:
        return None
    suspects = [
        _suspect(plan, value, results) for value in _doubtful(error) if _origin(value) in results
    ]
    found = _breach(plan, suspects, results)
    fact = error.fact
    if found is None and fact and fact.kind == "key":
        found = misspelt_keys.writer(plan, fact, results)
        if found is None and suspects:
            likely = misspelt_keys.is_right(plan, fact)
            found = _made(plan, suspects[0], results, ", without that key", likely=likely)
    if found or (fact and fact.options):
        return found  # A name or attribute that is spelt wrong here was not made anywhere else.
    found = _breach_above(plan, error.node, suspects, results)
    if found is None and suspects:
        found = _made(plan, suspects[0], results, "", likely=False)
    return found


def _doubtful(error: CodeError) -> Sequence[Value]:
    """The values that the failure may be about: of a division by zero, the zero if it is there."""
    zeros = [value for value in error.values if value.value in _ZEROS]
    return zeros if zeros and error.type == "ZeroDivisionError" else error.values


def _origin(value: Value) -> str | None:
    return value.input or value.part_of


def _suspect(plan: Plan, value: Value, results: Mapping[str, Result]) -> _Suspect:
    chain = [str(_origin(value))]
    while above := _passed_on(plan, chain[-1], results):
        chain.append(above)
    return _Suspect(value, chain[-1], tuple(chain[:-1]))


def _passed_on(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    """The node whose value `node` returned as it was."""
    own = results[node].blob
    taken = [p.name for p in plan.nodes[node].node.parameters if p.name in results]
    same = [name for name in taken if results[name].blob == own]
    if len(same) != 1:
        return None
    # A value as common as None or 0 may be made anew by each.
    says_so = _returned_text(plan, node, results[node].returned) == f"return {same[0]}"
    return same[0] if says_so or own.size >= _TELLING_BYTES else None


def _returned_text(plan: Plan, node: str, returned: int | None) -> str:
    place = _return_place(plan, node, returned)
    return " ".join(plan.source.text[place.start : place.end].split())


def _breach(
    plan: Plan, suspects: Sequence[_Suspect], results: Mapping[str, Result]
) -> Blame | None:
    """The value in the failing expression that breaks an annotation of a node it came through."""
    for suspect in suspects:
        for node in (suspect.maker, *reversed(suspect.through)):
            if breach := results[node].breach:
                return _broken(plan, suspect, node, breach, results)
    return None


def _broken(
    plan: Plan, suspect: _Suspect, node: str, breach: str, results: Mapping[str, Result]
) -> Blame:
    how = _how(plan, node, results[node])
    if suspect.value.input is None:
        return _above(plan, suspect, node, breach, results)
    it = "it" if breach.startswith("is ") else "its"  # A part of it breaks the promise.
    message = f"{_what(suspect.value)} was made here by '{node}'{how}: {it} {breach}."
    return Blame(node, _return_place(plan, node, results[node].returned), message, likely=True)


def _breach_above(
    plan: Plan, failed: str, suspects: Sequence[_Suspect], results: Mapping[str, Result]
) -> Blame | None:
    """The nearest node that broke its own annotation: above the makers, else above all inputs."""
    seen = {suspect.maker for suspect in suspects}
    pending = deque([suspect.maker for suspect in suspects] or [failed])
    while pending:
        for node in plan.graph.dependencies(pending.popleft()):
            if node in results and node not in seen:
                if breach := results[node].breach:
                    suspect = suspects[0] if suspects else None
                    return _above(plan, suspect, node, breach, results)
                seen.add(node)
                pending.append(node)
    return None


def _above(
    plan: Plan, suspect: _Suspect | None, node: str, breach: str, results: Mapping[str, Result]
) -> Blame:
    its = "what it returned" if breach.startswith("is ") else "of what it returned,"
    what = f"{_what(suspect.value)} comes" if suspect else "The inputs come"
    message = f"{what} from '{node}', among others: {its} {breach}."
    return Blame(node, _return_place(plan, node, results[node].returned), message, likely=True)


def _made(
    plan: Plan, suspect: _Suspect, results: Mapping[str, Result], what: str, *, likely: bool
) -> Blame:
    made = "was made here" if suspect.value.input else "is a part of what was made here"
    by = f" by '{suspect.maker}'" if likely or suspect.through else ""
    passed = " and ".join(f"'{name}'" for name in reversed(suspect.through))
    through = f", and passed on by {passed}" if passed else ""
    message = f"{_what(suspect.value)} {made}{by}{what}{through}."
    place = _return_place(plan, suspect.maker, results[suspect.maker].returned)
    return Blame(suspect.maker, place, message, likely)


def _what(value: Value) -> str:
    return f"`{value.text}` ({value.value})" if len(value.value) <= _SHORT else f"`{value.text}`"


def _how(plan: Plan, node: str, result: Result) -> str:
    """Whether the node ended without a `return`; a decorated one does not tell."""
    told = not plan.nodes[node].node.is_decorated
    return ", which ended without a return" if told and result.returned is None else ""


def _return_place(plan: Plan, name: str, returned: int | None) -> Span:
    """The `return` line that ran; else where the node ended, or its name."""
    definition = plan.nodes[name]
    lines = definition.node.return_lines
    if returned is not None and 0 <= returned < len(lines):
        return definition.span(lines[returned])
    ended = None if definition.node.is_decorated else _end(plan, name)
    return definition.span(ended or definition.node.name_span)


def _end(plan: Plan, name: str) -> Span | None:
    """The statement at the end of a node, if it makes a value that nobody takes."""
    piece = plan.document.pieces[plan.nodes[name].piece]
    for function in piece.tree.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            last = function.body[-1]
            makes = isinstance(last, ast.Expr | ast.Assign | ast.AnnAssign | ast.AugAssign)
            return piece.span(last) if makes and not _is_empty(last) else None
    return None


def _is_empty(node: ast.stmt) -> bool:
    """Whether it is a docstring or `...`, the body of a function that does nothing."""
    match node:
        case ast.Expr(value=ast.Constant(value=value)):
            return value is ... or isinstance(value, str)
        case _:
            return False
