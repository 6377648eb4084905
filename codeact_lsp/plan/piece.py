"""One top-level statement of a plan, and all that is read from it alone."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codeact_lsp.plan.source import (
    LINE_END,
    Encoding,
    Position,
    Source,
    Span,
    line_starts,
)
from codeact_lsp.plan.syntax import SyntaxIssue, parse, parse_draft, refusal

if TYPE_CHECKING:
    import libcst

    from codeact_lsp.plan.annotations.meanings import Meanings
    from codeact_lsp.plan.facts import Facts
    from codeact_lsp.plan.imports import Imports
    from codeact_lsp.plan.names.scopes import Scopes
    from codeact_lsp.plan.nodes import Node

_DEFINED = re.compile(r"(?:\A|(?<=[\r\n]))(?:async[ \t]+)?def[ \t]+(\w+)")
# Levels of a syntax tree. Code written by people stays below a tenth of it.
_TOO_DEEP = 400


@dataclass(frozen=True)
class Piece:
    """One top-level statement with the blank lines and comments after it.

    Everything about a piece is relative to its own start, so that an edit above it costs nothing.

    Attributes:
        is_draft: Whether it is taken for sound once it parses, whatever its `refusal` will say.
    """

    text: str
    is_draft: bool = field(default=False, compare=False, repr=False)

    @cached_property
    def source(self) -> Source:
        """The piece's text with its line index."""
        return Source(self.text)

    @cached_property
    def code(self) -> str:
        """The statement without the blank lines and comments after it."""
        return self.text[: self.span(self.tree.body[-1]).end] if self.tree.body else self.text

    @cached_property
    def line_ends(self) -> str:
        """Nothing but the piece's line ends: what keeps the lines behind it where they are."""
        return "".join(LINE_END.findall(self.text))

    @cached_property
    def _parsed(self) -> tuple[ast.Module, SyntaxIssue | None]:
        return parse_draft(self.text) if self.is_draft else parse(self.text)

    @property
    def tree(self) -> ast.Module:
        """The statements of the piece; empty when it does not parse."""
        return self._parsed[0]

    @property
    def issue(self) -> SyntaxIssue | None:
        """Why the piece does not parse, if it does not."""
        return self._parsed[1]

    @cached_property
    def refusal(self) -> SyntaxIssue | None:
        """Why Python does not compile a draft that parses; any other piece has been compiled."""
        return refusal(self.text, self.tree) if self.is_draft else None

    @property
    def supposed_names(self) -> tuple[str, ...]:
        """The functions that a piece which does not parse seems to define."""
        return tuple(_DEFINED.findall(self.text)) if self.issue else ()

    @cached_property
    def cst(self) -> "libcst.Module | None":
        """The lossless tree, built when first needed: it costs about eight times an `ast`.

        None for what does not compile or is nested too deep.
        """
        # libcst recurses in native code: on some text that Python refuses, it ends the process.
        if self.issue is not None or _depth(self.tree) > _TOO_DEEP:
            return None
        import libcst  # noqa: PLC0415 - 200 ms of import that reading a plan never needs.

        try:
            return libcst.parse_module(self.text)
        except (libcst.ParserSyntaxError, RecursionError):
            return None

    @cached_property
    def nodes(self) -> "tuple[Node, ...]":
        """The workflow nodes that the piece defines, read by the plan's dialect."""
        # Not the modules from their packages, here and below: that takes longer, a thousand times.
        from codeact_lsp.plan.dialects.plain import nodes  # noqa: PLC0415 - it needs `Piece`.

        return nodes(self)

    @cached_property
    def facts(self) -> "Facts":
        """What the piece contributes to the code keys of the nodes that reach it."""
        from codeact_lsp.plan.facts import facts  # noqa: PLC0415 - as `nodes`.

        return facts(self)

    @cached_property
    def imports(self) -> "Imports":
        """What the piece imports, in any scope."""
        from codeact_lsp.plan.imports import imports  # noqa: PLC0415 - as `nodes`.

        return imports(self)

    @cached_property
    def modules(self) -> frozenset[str]:
        """The modules that the piece is sure to import where its code runs."""
        from codeact_lsp.plan.loading import modules  # noqa: PLC0415 - as `nodes`.

        return modules(self)

    @cached_property
    def meanings(self) -> "Meanings":
        """What the names that the piece binds stand for in annotations."""
        from codeact_lsp.plan.annotations.meanings import meanings  # noqa: PLC0415 - as `nodes`.

        return meanings(self)

    @cached_property
    def scopes(self) -> "Scopes":
        """Which scope binds each name of the piece, and where each is written."""
        from codeact_lsp.plan.names.scope_reader import scopes  # noqa: PLC0415 - as `nodes`.

        return scopes(self)

    @cached_property
    def _ascii_starts(self) -> Sequence[int]:
        """Where each line starts, if all is ASCII, as most code: there bytes are characters."""
        return line_starts(self.text) if self.text.isascii() else ()

    def span(self, node: ast.expr | ast.stmt | ast.arg | ast.keyword | ast.excepthandler) -> Span:
        """Where `node` of `tree` stands in the piece, in code points."""
        last_line, last_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        # This is the hottest place of all.
        if starts := self._ascii_starts:
            return Span(
                starts[node.lineno - 1] + node.col_offset, starts[last_line - 1] + last_column
            )
        return Span(
            self.source.offset(Position(node.lineno - 1, node.col_offset), Encoding.UTF8),
            self.source.offset(Position(last_line - 1, last_column), Encoding.UTF8),
        )


def _depth(tree: ast.AST) -> int:
    level, depth = [tree], 0
    while level := [child for part in level for child in ast.iter_child_nodes(part)]:
        depth += 1
    return depth
