"""How an answer is worded: in holes for what the code has itself, and seals for what it has not."""

import ast
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from codeact_lsp.model.masking import written
from codeact_lsp.repair.memory.alike import Alike, is_literal, literal_key
from codeact_lsp.repair.memory.marks import Marks
from codeact_lsp.repair.memory.private import is_format, tells
from codeact_lsp.repair.memory.steps import Step

_NAME_HOLE = re.compile(r"_\d+_")
_LITERAL_HOLE = re.compile(r"_\d+s_")
_SEALED = re.compile(r"_([0-9a-f]{34,})x_")
_NAME_FIELDS = ("id", "name", "arg", "rest")


class UnknownError(Exception):
    """An answer names something that the code does not have, or is none."""


@dataclass(frozen=True)
class Wording:
    """Words what comes into a piece, and reads that again.

    Attributes:
        alike: The piece.
        code: What failed, which opens what is sealed.
        marks: What seals.
    """

    alike: Alike
    code: str
    marks: Marks

    def told(self, node: ast.AST) -> str:
        """Code in which nothing is left of names and literals that the piece has, nor of data."""
        return ast.unparse(_Holes(self).visit(deepcopy(node)))

    def read(self, text: str) -> ast.stmt:
        """The same for a piece that is alike.

        Raises:
            UnknownError: It is not.
        """
        try:
            (node,) = ast.parse(text).body
            return _Filled(self).visit(node)  # type: ignore[no-any-return]
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise UnknownError(text) from error

    def literal(self, value: object) -> object:
        """What is kept of a literal."""
        known = [*self.alike.literals]
        if (key := literal_key(value)) in known:
            return f"_{known.index(key)}s_"
        return f"_{self.marks.sealed(repr(value), self.code)}x_" if _is_data(value) else value

    def opened(self, value: str) -> Any:
        """What a literal was.

        Raises:
            ValueError: This is not the code that it was sealed with.
        """
        if _LITERAL_HOLE.fullmatch(value):
            return _at(list(self.alike.literals.values()), value)
        if sealed := _SEALED.fullmatch(value):
            return ast.literal_eval(self.marks.opened(sealed[1], self.code))
        return value

    @cached_property
    def names(self) -> dict[str, str]:
        """What each hole is called here."""
        return {hole: name for name, hole in self.alike.names.items()}


def holds_secrets(steps: Iterable[Step]) -> bool:
    """Whether something came that nobody should write down, not even sealed."""
    return any(_is_secret(node) for step in steps for node in step.come)


def _is_secret(node: ast.AST) -> bool:
    return bool(written(ast.unparse(node)))


def _is_data(value: object) -> bool:
    """Whether a literal may be anybody's: all texts may but marks and the forms of dates."""
    if isinstance(value, str):
        return not is_format(value) and re.search(r"\w", value) is not None
    return tells(ast.Constant(value))  # type: ignore[arg-type]


def _at(values: Sequence[object], hole: str) -> object:
    number = int(hole.strip("_s"))
    if number >= len(values):
        raise ValueError(hole)
    return values[number]


class _Renaming(ast.NodeTransformer, ABC):
    """Gives each name of some code another one."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    @abstractmethod
    def named(self, name: str) -> str:
        """What a name becomes."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, ast.alias | ast.keyword):
            for field in _NAME_FIELDS:
                if isinstance(value := getattr(node, field, None), str):
                    setattr(node, field, self.named(value))
        return super().generic_visit(node)


class _Holes(_Renaming):
    """Puts holes and seals into code."""

    def named(self, name: str) -> str:
        return self._wording.alike.names.get(name, name)

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if not is_literal(node.value):
            return node
        return ast.Constant(self._wording.literal(node.value))  # type: ignore[arg-type]


class _Filled(_Renaming):
    """Puts names and literals back."""

    def named(self, name: str) -> str:
        if not _NAME_HOLE.fullmatch(name):
            # What is new must not be anything else here.
            if name in self._wording.alike.names:
                raise ValueError(name)
            return name
        if name not in self._wording.names:
            raise ValueError(name)
        return self._wording.names[name]

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if not isinstance(node.value, str):
            return node
        return ast.Constant(self._wording.opened(node.value))
