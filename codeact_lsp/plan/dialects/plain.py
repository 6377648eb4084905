"""The plan's own dialect: each public top-level function is a node."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codeact_lsp.plan.directives import directives
from codeact_lsp.plan.docstring import docstring
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.source import Span

if TYPE_CHECKING:
    from codeact_lsp.plan.document import Piece

_Function = ast.FunctionDef | ast.AsyncFunctionDef
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
    own = tuple(_own(function))
    read = directives(doc.sections)
    return Node(
        name=function.name,
        span=_whole(piece, function),
        header=_header(piece, function),
        name_span=_name_span(piece, function),
        parameters=tuple(_parameters(piece, function.args)),
        returns=_text(piece, function.returns),
        doc=doc.text,
        summary=doc.summary,
        directives=replace(read, malformed=(*read.malformed, *doc.malformed)),
        return_lines=tuple(piece.span(part) for part in own if isinstance(part, ast.Return)),
        is_async=isinstance(function, ast.AsyncFunctionDef),
        is_generator=any(isinstance(part, ast.Yield | ast.YieldFrom) for part in own),
        is_decorated=bool(function.decorator_list),
    )


def _whole(piece: "Piece", function: _Function) -> Span:
    span = piece.span(function)
    if not function.decorator_list:
        return span
    first = piece.span(function.decorator_list[0]).start
    return Span(piece.text.rindex("@", 0, first), span.end)


def _name_span(piece: "Piece", function: _Function) -> Span:
    start = piece.text.index("def", piece.span(function).start) + len("def")
    start = piece.text.find(function.name, start)
    # An identifier may be written in another Unicode form than the one Python normalises it to.
    return Span(start, start + len(function.name)) if start >= 0 else piece.span(function)


def _header(piece: "Piece", function: _Function) -> Span:
    start = piece.span(function).start
    last = function.returns or _last_argument(function.args)
    end = piece.span(last).end if last else _name_span(piece, function).end
    colon = piece.text.find(":", end)
    return Span(start, colon if colon >= 0 else end)


def _last_argument(arguments: ast.arguments) -> ast.expr | ast.arg | None:
    everything = [*_arguments(arguments), *arguments.defaults, *filter(None, arguments.kw_defaults)]
    return max(everything, key=lambda part: (part.lineno, part.col_offset), default=None)


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    variadic = [part for part in (arguments.vararg, arguments.kwarg) if part]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *variadic]


def _parameters(piece: "Piece", arguments: ast.arguments) -> Iterator[Parameter]:
    positional = [*arguments.posonlyargs, *arguments.args]
    padding = [None] * (len(positional) - len(arguments.defaults))
    defaults: list[ast.expr | None] = [*padding, *arguments.defaults, *arguments.kw_defaults]
    for argument, default in zip([*positional, *arguments.kwonlyargs], defaults, strict=True):
        yield _parameter(piece, argument, default)
    for argument in (arguments.vararg, arguments.kwarg):
        if argument:
            yield _parameter(piece, argument, None, variadic=True)


def _parameter(
    piece: "Piece", argument: ast.arg, default: ast.expr | None, *, variadic: bool = False
) -> Parameter:
    start = piece.span(argument).start
    return Parameter(
        name=argument.arg,
        span=Span(start, start + len(argument.arg)),
        annotation=_text(piece, argument.annotation),
        default=_text(piece, default),
        variadic=variadic,
    )


def _text(piece: "Piece", part: ast.expr | None) -> str | None:
    """An expression as it is written, on one line."""
    if part is None:
        return None
    span = piece.span(part)
    return " ".join(piece.text[span.start : span.end].split())


def _own(function: _Function) -> Iterator[ast.AST]:
    """Everything in the function's body that belongs to its own scope, in source order."""
    pending: list[ast.AST] = list(reversed(function.body))
    while pending:
        part = pending.pop()
        yield part
        if not isinstance(part, _SCOPES):
            pending += reversed(list(ast.iter_child_nodes(part)))
