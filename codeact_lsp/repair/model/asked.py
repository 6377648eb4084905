"""The function that is to be mended, cut where a model's answer goes in."""

import ast
import tokenize
from dataclasses import dataclass

from codeact_lsp.plan import Encoding, Plan, Position, Source, Span
from codeact_lsp.plan.edits import TextEdit, minimal
from codeact_lsp.plan.edits.function import Function, FunctionDef, has_docstring


@dataclass(frozen=True)
class Mended:
    """A function of a plan. Its head, from decorators to docstring, stays as it is byte by byte."""

    function: Function

    @property
    def text(self) -> str:
        """The function as it is written, decorators included."""
        whole = self.function.whole
        return self.function.plan.source.text[whole.start : whole.end]

    @property
    def tail(self) -> Span:
        """What a model may write anew: all behind the docstring, or behind the signature."""
        whole = self.function.whole
        text = self.text
        return Span(whole.start + head_end(text, function_in(text)), whole.end)

    def with_tail(self, tail: str) -> TextEdit | None:
        """The edit that writes another tail; None where that is no Python."""
        source = self.function.plan.source.text
        newline = "\r\n" if "\r\n" in self.text else "\n"
        for each in (tail, _as_block(tail, self._margin)):
            text = TextEdit(self.tail, each.replace("\r\n", "\n").replace("\n", newline)).apply(
                source
            )
            if _parses(text):
                return minimal(source, text)
        return None

    @property
    def _margin(self) -> str:
        first = self.function.tree.body[0]
        before = self.function.piece.text[: self.function.piece.span(first).start]
        line = before.rpartition("\n")[2]
        return line if line.strip() == "" and line else "    "


def failing(plan: Plan, offset: int) -> Mended | None:
    """The function that holds a place of the plan; None at the top level, and within a class."""
    function = Function.at(plan, offset)
    return Mended(function) if function else None


def function_in(text: str) -> FunctionDef:
    """The function that a text is.

    Raises:
        SyntaxError: It is no Python.
        ValueError: It is not one function and nothing else.
    """
    match ast.parse(text).body:
        case [ast.FunctionDef() | ast.AsyncFunctionDef() as function]:
            return function
        case _:
            raise ValueError("it has to be one function, and nothing besides")


def head_end(text: str, function: FunctionDef) -> int:
    """Where the docstring ends, or the signature if there is none."""
    # Python's own idea of a line: to others a form feed ends one too.
    source = Source(text)
    if has_docstring(function):
        doc = function.body[0]
        place = Position((doc.end_lineno or 1) - 1, doc.end_col_offset or 0)
        return source.offset(place, Encoding.UTF8)
    line, column = _colon(source)
    return source.offset(Position(line - 1, column), Encoding.CODE_POINTS)


def _colon(source: Source) -> tuple[int, int]:
    """The line, from 1, and the column behind the colon that ends the signature."""
    depth, begun = 0, False
    lines = iter(source.lines)
    for token in tokenize.generate_tokens(lambda: next(lines, "")):
        begun = begun or (token.type == tokenize.NAME and token.string == "def")
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if begun and depth == 0 and token.string == ":":
                return token.end
    raise AssertionError("a function has a signature")


def _as_block(tail: str, margin: str) -> str:
    """The tail on lines of its own, as far in as the function's own statements."""
    lines = tail.strip("\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    own = first[: len(first) - len(first.lstrip())]
    shifted = (margin + line.removeprefix(own) if line.strip() else "" for line in lines)
    return "\n" + "\n".join(shifted)


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True
