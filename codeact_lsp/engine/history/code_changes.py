"""Which part of a node's code changed since it last ran: the helper, the constant, or itself."""

import ast
from collections.abc import Iterator, Mapping

from codeact_lsp.engine.workspace.redaction import is_secret
from codeact_lsp.plan import Piece, Plan

CodeParts = Mapping[str, str]
"""What a code key covers, by what each piece binds: a short value, or a digest of its code."""

_VALUE = "="
_LONGEST_VALUE = 60
_LONGEST_LABEL = 60
_MOST_CHANGES = 3


def code_parts(plan: Plan, node: str) -> dict[str, str]:
    """What the code key of a node covers, in a form that can be kept and compared."""
    parts: dict[str, str] = {}
    for piece in plan.reached(node):
        if not piece.facts.digest:
            continue
        label, digest = _label(piece), piece.facts.digest.hex()[:16]
        # Of a name that is bound more than once, no piece alone says what it stands for.
        parts[label] = f"{digest} {parts[label]}" if label in parts else _value(piece) or digest
    return parts


def changes(node: str, was: CodeParts, now: CodeParts) -> tuple[str, ...]:
    """What changed from one state of a node's code to another, in words; the most telling first."""
    found = sorted(_changes(node, was, now), key=_rank)
    more = ["…"] if len(found) > _MOST_CHANGES else []
    return (*found[:_MOST_CHANGES], *more)


def _changes(node: str, was: CodeParts, now: CodeParts) -> Iterator[str]:
    for label, part in now.items():
        before = was.get(label)
        if before == part:
            continue
        if before is None:
            yield f"it uses '{label}' now"
        elif before.startswith(_VALUE) and part.startswith(_VALUE):
            yield f"{label} was {before.removeprefix(_VALUE)}, is {part.removeprefix(_VALUE)}"
        else:
            yield "its own code changed" if label == node else f"'{label}' changed"
    yield from (f"it does not use '{label}' any more" for label in was if label not in now)


def _rank(change: str) -> int:
    return 0 if " was " in change else 1 if change.startswith("its own") else 2


def _label(piece: Piece) -> str:
    """The names that a piece binds; of one that binds none, how it begins."""
    names = sorted(name for name in piece.facts.binds if name.isidentifier())
    label = ", ".join(names) or piece.text.strip().partition("\n")[0]
    return label[:_LONGEST_LABEL]


def _value(piece: Piece) -> str | None:
    """The value of a constant, if it is short and no secret."""
    match piece.tree.body:
        case [ast.Assign(targets=[ast.Name(id=name)], value=value)]:
            pass
        case [ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)]:
            pass
        case _:
            return None
    text = piece.text[piece.span(value).start : piece.span(value).end]
    if len(text) > _LONGEST_VALUE or not text.isprintable() or is_secret(name):
        return None
    return _VALUE + text
