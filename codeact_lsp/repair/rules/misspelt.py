"""A name, attribute or key that does not exist, while one that is spelt much like it does.

Answers NameError, AttributeError and KeyError. What exists was seen when the code failed: the names
in scope, the members of the very object, the keys or columns of the very container.

    cleaned["ammount"]  ->  cleaned["amount"]
    np.lingspace(0, 1)  ->  np.linspace(0, 1)
    minutes / 60        ->  minute / 60
"""

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from codeact_lsp.engine.errors import CodeError, Fact
from codeact_lsp.plan import Piece, Plan, Span
from codeact_lsp.plan.edits import rewrite
from codeact_lsp.plan.edits.rewrite import Change
from codeact_lsp.repair.candidates import Candidate

if TYPE_CHECKING:
    import libcst as cst

RULE = "misspelt"
_MOST_OPTIONS = 3


def candidates(plan: Plan, error: CodeError) -> Iterator[Candidate]:
    """A renaming to each close option: of the failing place, and of all alike in the function."""
    fact = error.fact
    if fact is None:
        return
    everywhere = _occurrences(plan, fact)
    for option in fact.options[:_MOST_OPTIONS]:
        likely = SequenceMatcher(None, fact.name, option).ratio()
        for spans in _choices(fact, everywhere):
            edit = rewrite(plan, spans, _renaming(fact, option))
            if edit:
                times = f" in {len(spans)} places" if len(spans) > 1 else ""
                title = f"Rename '{fact.name}' to '{option}'{times}"
                yield Candidate(RULE, title, edit, likely)
                likely -= 0.001  # The smaller change first.


def _choices(fact: Fact, everywhere: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    if fact.kind == "name":
        # A name that does not exist fails wherever it is read, so half a renaming mends nothing.
        return [everywhere]
    here = (fact.span,)
    return [here, everywhere] if len(everywhere) > 1 else [here]


def _occurrences(plan: Plan, fact: Fact) -> tuple[Span, ...]:
    """Where the same thing is written in the same top-level statement, in order."""
    index = plan.document.piece_at(fact.span.start)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    found = (_written(piece, node, fact) for node in ast.walk(piece.tree))
    return tuple(sorted({fact.span, *(span.shifted(start) for span in found if span)}))


def _written(piece: Piece, node: ast.AST, fact: Fact) -> Span | None:
    """Where `node` writes the name, attribute or key that does not exist."""
    match fact.kind, node:
        case "name", ast.Name(id=fact.name):
            return piece.span(node)
        case "key", ast.Constant(value=fact.name):
            return piece.span(node)
        case "attribute", ast.Attribute(attr=fact.name):
            end = piece.span(node).end
            # Python normalises identifiers; one that is written otherwise is left alone.
            spelt = piece.text[end - len(fact.name) : end] == fact.name
            return Span(end - len(fact.name), end) if spelt else None
        case _:
            return None


def _renaming(fact: Fact, option: str) -> Change:
    import libcst as cst  # noqa: PLC0415 - 200 ms that only a repair should pay.

    def rename(node: "cst.BaseExpression") -> "cst.BaseExpression | None":
        if isinstance(node, cst.Name) and node.value == fact.name:
            return node.with_changes(value=option)
        if isinstance(node, cst.SimpleString) and node.evaluated_value == fact.name:
            quote = node.quote
            text = option.replace("\\", "\\\\").replace(quote[0], f"\\{quote[0]}")
            return node.with_changes(value=f"{node.prefix}{quote}{text}{quote}")
        return None

    return rename
