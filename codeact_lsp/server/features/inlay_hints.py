"""Beside the code: what a node returned, and what an input is."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lsprotocol import types as lsp

from codeact_lsp.engine.values import Preview, Result
from codeact_lsp.plan import Span
from codeact_lsp.plan.nodes import Parameter
from codeact_lsp.plan.plan import Definition
from codeact_lsp.server import convert
from codeact_lsp.server.features.cards import result_card
from codeact_lsp.server.markup import Block, Verbatim, markup
from codeact_lsp.server.snapshot import Snapshot

# More would push the code itself out of sight.
_MOST_CHARACTERS = 40
_RESULT, _INPUT = "result", "input"


def inlay_hints(snapshot: Snapshot, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    """The hints of the nodes in a range, in the order of the text."""
    asked = convert.to_span(params.range, snapshot.plan.source, snapshot.encoding)
    wanted = snapshot.settings.inlay_hints
    hints: list[lsp.InlayHint] = []
    for definition in _definitions(snapshot, asked):
        if wanted.inputs:
            hints += _inputs(snapshot, definition, asked)
        if wanted.results:
            hints += _result(snapshot, definition, asked)
    return hints


def resolve(snapshot: Snapshot, hint: lsp.InlayHint) -> lsp.InlayHint:
    """The hint with what it says at length; one that is not ours comes back as it is."""
    data = hint.data if isinstance(hint.data, Mapping) else {}
    hint.tooltip = _tooltip(snapshot, data.get("kind"), data.get("name")) or hint.tooltip
    return hint


def _definitions(snapshot: Snapshot, asked: Span) -> Iterator[Definition]:
    """The nodes that hold in the pieces that `asked` touches."""
    document, table = snapshot.plan.document, snapshot.plan.table
    first, last = (document.piece_at(offset) for offset in (asked.start, asked.end))
    for index in range(first, last + 1):
        for node in document.pieces[index].nodes:
            if table.holds(node, index):
                yield Definition(node, index, document.starts[index])


def _result(snapshot: Snapshot, definition: Definition, asked: Span) -> Iterator[lsp.InlayHint]:
    seen = snapshot.seen.get(definition.node.name)
    if seen and seen.result:
        place = _returned(definition, seen.result)
        if asked.start <= place <= asked.end:
            label = f"= {short(seen.result.preview)}"
            yield _hint(snapshot, place, label, _RESULT, definition.node.name)


def _returned(definition: Definition, result: Result) -> int:
    """The end of the `return` that ran, else of the signature."""
    node, index = definition.node, result.returned
    ran = node.return_lines[index : index + 1] if index is not None and index >= 0 else ()
    return definition.span(ran[0] if ran else node.header).end


def short(preview: Preview) -> str:
    """The value itself where it is short, else its type and size."""
    text = repr(preview.text) if preview.type == "str" else preview.text
    whole = 0 < len(text) <= _MOST_CHARACTERS and text.isprintable()
    return text if whole else _cut(preview.line)


def _inputs(snapshot: Snapshot, definition: Definition, asked: Span) -> Iterator[lsp.InlayHint]:
    for parameter in definition.node.parameters:
        given = parameter.name in snapshot.inputs and parameter.name not in snapshot.plan.nodes
        if given and not parameter.variadic and not _is_default(snapshot, parameter):
            place = _end(snapshot, definition, parameter)
            if asked.start <= place <= asked.end:
                label = f"= {_cut(repr(snapshot.inputs[parameter.name]))}"
                yield _hint(snapshot, place, label, _INPUT, parameter.name)


def _end(snapshot: Snapshot, definition: Definition, parameter: Parameter) -> int:
    """The end of a parameter, behind its annotation and its default."""
    end = definition.span(parameter.annotation_span or parameter.span).end
    if parameter.default:
        text = snapshot.plan.source.text
        default = re.compile(rf"\s*=\s*{re.escape(parameter.default)}").match(text, end)
        return default.end() if default else end  # A comment may stand between them.
    return end


def _is_default(snapshot: Snapshot, parameter: Parameter) -> bool:
    """Whether the value is the one that stands there already."""
    try:
        default: Any = ast.literal_eval(parameter.default or "")
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False  # An expression; what it comes to is known only where it runs.
    value = snapshot.inputs[parameter.name]
    return type(value) is type(default) and bool(value == default)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_CHARACTERS else f"{line[: _MOST_CHARACTERS - 1]}…"


def _hint(snapshot: Snapshot, place: int, label: str, kind: str, name: str) -> lsp.InlayHint:
    resolved = snapshot.client.resolves_hint_tooltips
    return lsp.InlayHint(
        position=snapshot.range(Span(place, place)).start,
        label=label,
        padding_left=True,
        tooltip=None if resolved else _tooltip(snapshot, kind, name),
        data={"uri": snapshot.uri, "kind": kind, "name": name},
    )


def _tooltip(snapshot: Snapshot, kind: object, name: object) -> lsp.MarkupContent | None:
    """The tooltip of a hint, as things are now; None if there is nothing to tell any more."""
    blocks: list[Block] = []
    seen = snapshot.seen.get(name) if isinstance(name, str) else None
    if kind == _RESULT and seen:
        blocks = list(result_card(seen, pictures=snapshot.client.shows_images))
    elif kind == _INPUT and isinstance(name, str) and name in snapshot.inputs:
        blocks = [Verbatim(f"{snapshot.inputs[name]!r}, from the plan's .toml file")]
    return markup(blocks, lsp.MarkupKind.Markdown) if blocks else None
