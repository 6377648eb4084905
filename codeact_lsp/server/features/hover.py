"""What a node is and what became of it; on a failing expression, the values in it."""

import re

from lsprotocol import types as lsp

from codeact_lsp.engine.errors import CodeError
from codeact_lsp.plan import Span, relocate
from codeact_lsp.server.features.code_lens import state
from codeact_lsp.server.features.diagnostics import failing_place
from codeact_lsp.server.features.names import node_name_at
from codeact_lsp.server.session import Snapshot


def hover(snapshot: Snapshot, params: lsp.HoverParams) -> lsp.Hover | None:
    """The hover at a position, or None."""
    offset = snapshot.offset(params.position)
    failure = _failure_at(snapshot, offset)
    if failure:
        error, place = failure
        return _hover(snapshot, _values(error), place)
    named = node_name_at(snapshot.plan, offset)
    return _hover(snapshot, _node(snapshot, named[0]), named[1]) if named else None


def _failure_at(snapshot: Snapshot, offset: int) -> tuple[CodeError, Span] | None:
    for name, seen in snapshot.seen.items():
        if seen.error and name in snapshot.plan.nodes:
            place = relocate(seen.plan, snapshot.plan, seen.error.span)
            place = place or failing_place(snapshot, name, seen)
            if offset in place:
                return seen.error, place
    return None


def _values(error: CodeError) -> str:
    lines = [_fenced(error.headline)]
    if error.values:
        lines.append(_fenced("\n".join(f"{v.text} = {v.value}" for v in error.values)))
    if error.blame:
        lines.append(_fenced(error.blame.message))
    return "\n\n".join(lines)


def _node(snapshot: Snapshot, name: str) -> str:
    node = snapshot.plan.nodes[name].node
    parts = [_fenced(node.signature, "python")]
    if node.summary:
        parts.append(_fenced(node.summary))
    relations = [
        ("needs", snapshot.plan.graph.dependencies(name)),
        ("inputs", [parameter.name for parameter in snapshot.plan.inputs(name)]),
        ("needed by", snapshot.plan.graph.dependents(name)),
    ]
    parts += [f"*{title}*: {_codes(names)}" for title, names in relations if names]
    if seen := snapshot.seen.get(name):
        parts.append(_fenced(state(seen)))
        if seen.result:
            parts.append(_fenced(seen.result.preview.text))
    return "\n\n".join(parts)


def _codes(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _fenced(text: str, language: str = "text") -> str:
    """Text of the plan's as text: no Markdown of its own, and no way out of the fence."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _hover(snapshot: Snapshot, text: str, span: Span) -> lsp.Hover:
    contents = lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=text)
    return lsp.Hover(contents=contents, range=snapshot.range(span))
