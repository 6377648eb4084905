"""The plan's own dialect: each public top-level function is a node."""

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from codeact_lsp.plan.dialects.usage import usage
from codeact_lsp.plan.docstrings.directives import Directives, Malformed
from codeact_lsp.plan.docstrings.docstring import docstring
from codeact_lsp.plan.docstrings.sections import directives
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.source import Span

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEF = re.compile(r"def(?:[ \t\f]|\\(?:\r\n|\r|\n))+")
_ASCII_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TO_COLON = re.compile(r"(?:[^:#]|#[^\r\n]*)*")
# The fields of a statement that hold statements, or what holds them.
_BLOCKS = frozenset({"body", "handlers", "cases", "orelse", "finalbody"})
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def nodes(piece: "Piece") -> "tuple[Node, ...]":
    """The nodes that `piece` defines, in order."""
    return tuple(
        _node(piece, statement)
        for statement in piece.tree.body
        if isinstance(statement, _Function) and not statement.name.startswith("_")
    )


def _node(piece: "Piece", function: _Function) -> Node:
    doc = docstring(piece, function)
    read = directives(doc.sections)
    used = usage(function)
    span = piece.span(function)
    name_span = _name_span(piece, function, span)
    returns, returns_span = _written(piece, function.returns)
    return Node(
        name=function.name,
        span=_whole(piece, function, span),
        header=_header(piece, function, Span(span.start, name_span.end)),
        name_span=name_span,
        parameters=tuple(_parameters(piece, function.args)),
        returns=returns,
        written_doc=doc.written,
        directives=_with(read, doc.malformed),
        return_lines=tuple(piece.span(part) for part in _returns(function)),
        is_async=isinstance(function, ast.AsyncFunctionDef),
        is_generator="yield" in piece.text and any(map(_yields, _own(function))),
        is_decorated=bool(function.decorator_list),
        returns_span=returns_span,
        unused=used.unused,
        called=used.called,
        described=doc.described,
        sections=doc.sections,
        doc_span=doc.span,
    )


def _with(read: Directives, malformed: tuple[Malformed, ...]) -> Directives:
    return replace(read, malformed=(*read.malformed, *malformed)) if malformed else read


def _whole(piece: "Piece", function: _Function, span: Span) -> Span:
    if not function.decorator_list:
        return span
    first = piece.span(function.decorator_list[0]).start
    return Span(piece.text.rindex("@", 0, first), span.end)


def _name_span(piece: "Piece", function: _Function, span: Span) -> Span:
    keyword = _DEF.search(piece.text, span.start)
    return _identifier(piece, keyword.end(), function.name) if keyword else span


def _identifier(piece: "Piece", start: int, name: str) -> Span:
    """The identifier at `start`, whose spelling Python may have normalised to `name`."""
    if piece.text.isascii():
        return Span(start, start + len(name))
    plain = _ASCII_NAME.match(piece.text, start)
    end = plain.end() if plain else start + 1
    if piece.text[end : end + 1].isascii() and plain:
        return Span(start, end)
    return Span(start, start + _length(piece.text, start))


def _length(text: str, start: int) -> int:
    """How long the identifier is that starts at `start`.

    Whatever begins an identifier is one, so its end is searched for in steps that double.
    """
    reach = 1
    while start + reach < len(text) and text[start : start + 2 * reach].isidentifier():
        reach *= 2
    sizes = range(reach, 2 * reach)
    past = bisect_left(sizes, 1, key=lambda size: not text[start : start + size + 1].isidentifier())
    return min(reach + past, len(text) - start)


def _header(piece: "Piece", function: _Function, to_name: Span) -> Span:
    last = function.returns or _last_argument(function.args)
    end = piece.span(last).end if last else to_name.end
    rest = _TO_COLON.match(piece.text, end)
    return Span(to_name.start, rest.end() if rest else end)


def _last_argument(arguments: ast.arguments) -> ast.expr | ast.arg | None:
    everything: list[ast.expr | ast.arg] = [*_arguments(arguments), *arguments.defaults]
    everything += filter(None, arguments.kw_defaults)
    return max(everything, key=lambda part: (part.lineno, part.col_offset), default=None)


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    variadic = filter(None, (arguments.vararg, arguments.kwarg))
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *variadic]


def _parameters(piece: "Piece", arguments: ast.arguments) -> Iterator[Parameter]:
    positional = [*arguments.posonlyargs, *arguments.args]
    padding = [None] * (len(positional) - len(arguments.defaults))
    defaults: list[ast.expr | None] = [*padding, *arguments.defaults, *arguments.kw_defaults]
    for argument, default in zip([*positional, *arguments.kwonlyargs], defaults, strict=True):
        yield _parameter(piece, argument, default)
    for variadic in filter(None, (arguments.vararg, arguments.kwarg)):
        yield _parameter(piece, variadic, None, variadic=True)


def _parameter(
    piece: "Piece", argument: ast.arg, default: ast.expr | None, *, variadic: bool = False
) -> Parameter:
    annotation, annotation_span = _written(piece, argument.annotation)
    return Parameter(
        name=argument.arg,
        span=_identifier(piece, piece.span(argument).start, argument.arg),
        annotation=annotation,
        default=_written(piece, default)[0],
        variadic=variadic,
        annotation_span=annotation_span,
    )


def _written(piece: "Piece", part: ast.expr | None) -> tuple[str | None, Span | None]:
    """An expression as it is written, on one line, and where it stands."""
    if part is None:
        return None, None
    span = piece.span(part)
    written = piece.text[span.start : span.end]
    if part.lineno != part.end_lineno:
        written = " ".join(line.strip() for line in re.split(r"[\r\n]+", written))
    return written, span


def _returns(function: _Function) -> Iterator[ast.Return]:
    """The function's own `return` statements, in source order."""
    pending: list[ast.AST] = list(reversed(function.body))
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Return):
            yield part
        elif not isinstance(part, _SCOPES):
            for name in _blocks(part._fields):
                pending += reversed(getattr(part, name))


@cache
def _blocks(fields: tuple[str, ...]) -> list[str]:
    """Those fields of a statement that hold statements, the last one first."""
    return [name for name in reversed(fields) if name in _BLOCKS]


def _own(function: _Function) -> Iterator[ast.AST]:
    """Everything in the function's body that belongs to its own scope."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        part = pending.pop()
        yield part
        if not isinstance(part, _SCOPES):
            pending += ast.iter_child_nodes(part)


def _yields(part: ast.AST) -> bool:
    return isinstance(part, ast.Yield | ast.YieldFrom)
