"""Code with holes: what a change was made of, without what was particular to its place.

A template is an expression or a statement in which `_0_`, `_1_`, ... stand for any expressions, and
`_0s_`, `_1s_`, ... for any texts. What stays is what Python or a library gave its name: operators,
methods, built-ins, modules, keywords, numbers.
"""

import ast
import re
from collections.abc import Collection, Iterator

from codeact_lsp.repair.memory.makers import Part, copied, with_same_holes
from codeact_lsp.repair.memory.private import is_format, tells
from codeact_lsp.repair.scene import FUNCTIONS

_FEWEST_LETTERS = 3

HOLE = re.compile(r"_\d+_")
TEXT_HOLE = re.compile(r"_\d+s_")


def generalised(before: Part, after: Part, known: Collection[str]) -> tuple[str, str] | None:
    """A change as two templates with the same holes.

    Args:
        before: What was there.
        after: What has come in its place.
        known: The names that mean the same everywhere, such as those of modules.

    Returns:
        None if the new code holds something particular that the old one does not.
    """
    return _with_holes(before, after, known)


def widened(before: Part, after: Part, known: Collection[str]) -> tuple[str, str] | None:
    """A change as two templates in which all is a hole that it has left as it was.

    Args:
        before: What was there.
        after: What has come in its place.
        known: The names that mean the same everywhere.

    Returns:
        None if the new code holds something particular that the old one does not.
    """
    if ast.dump(before) in _inner(after):  # What was there could be anything then.
        return _around(before, after, known)
    made = _with_holes(before, after, known, _inner(before) & _inner(after))
    # A text that has come for another would be written wherever there is any.
    is_text_lost = made and not set(TEXT_HOLE.findall(made[0])) <= set(TEXT_HOLE.findall(made[1]))
    return None if is_text_lost else made


def _around(before: Part, after: Part, known: Collection[str]) -> tuple[str, str] | None:
    """What is done to the result of a call, whatever that is given."""
    match before:
        case ast.Call(func=ast.Name() | ast.Attribute() as function):
            bare = ast.Call(function, [ast.Constant(...)], [])
            made = _with_holes(bare, _Bare(before, bare).visit(copied(after)), known)
            return made if made and _names_call(made[0]) else None
        case _:
            return None


def _names_call(template: str) -> bool:
    """Whether it says what is called."""
    call = ast.parse(template, mode="eval").body
    return not (isinstance(call, ast.Call) and HOLE.fullmatch(ast.unparse(call.func)))


class _Bare(ast.NodeTransformer):
    """Leaves out what a call is given."""

    def __init__(self, call: ast.Call, bare: ast.Call) -> None:
        self._call = ast.dump(call)
        self._bare = bare

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return self._bare if ast.dump(node) == self._call else self.generic_visit(node)


def is_any_call(call: ast.Call) -> bool:
    """Whether a template means a call with whatever it is given: `f(...)`."""
    match call:
        case ast.Call(args=[ast.Constant(value=value)], keywords=[]):
            return value is ...
        case _:
            return False


def _with_holes(
    before: Part, after: Part, known: Collection[str], kept: Collection[str] | None = None
) -> tuple[str, str] | None:
    """A change as two templates, unless something particular has come with it."""
    made = with_same_holes(before, after, known, kept) if _is_whole(before, after) else None
    if made is None or made[0] == made[1]:
        return None
    old, new = map(ast.parse, made)
    return made if _is_particular(old) and not tells(old, new) else None


def _inner(part: Part) -> frozenset[str]:
    """The expressions that a part is made of, without itself."""
    nodes = (node for node in ast.walk(part) if isinstance(node, ast.expr) and node is not part)
    return frozenset(map(ast.dump, nodes))


def as_it_is(before: Part, after: Part) -> tuple[str, str] | None:
    """A change without holes, for the very same code; None if its texts may be somebody's data."""
    # A function or class has prose in it, and is known as a whole by its mark.
    if not _is_whole(before, after) or isinstance(before, (*FUNCTIONS, ast.ClassDef)):
        return None
    old, new = ast.unparse(before), ast.unparse(after)
    is_fit = not tells(before, after) and _is_particular(ast.parse(old))
    return (old, new) if is_fit else None


def text_for_text(before: Part, after: Part) -> Iterator[tuple[str, str]]:
    """A text that has come for another: how a column, a key or a format is called here."""
    match before, after:
        case ast.Constant(value=str(old)), ast.Constant(value=str(new)):
            if _is_word(old) and _is_word(new) and not tells(before, after):
                yield ast.unparse(before), ast.unparse(after)
        case _:
            return


def _is_word(text: str) -> bool:
    """Whether a text says enough to be the same thing wherever it stands."""
    return is_format(text) or len(re.findall(r"[^\W\d_]", text)) >= _FEWEST_LETTERS


def _is_whole(*parts: Part) -> bool:
    """Whether parts can stand alone, unlike one of a formatted text."""
    return not any(isinstance(part, ast.FormattedValue | ast.Starred | ast.Slice) for part in parts)


def _is_particular(tree: ast.Module) -> bool:
    """Whether more than holes is left of it: else it would fit everything."""
    named = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.keyword))
    names = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    work = (ast.BinOp, ast.Compare, ast.Call, ast.Subscript, ast.AugAssign, ast.For)
    return (
        any(True for _ in named)
        or any(not (HOLE.fullmatch(name) or TEXT_HOLE.fullmatch(name)) for name in names)
        or any(isinstance(node, work) for node in ast.walk(tree))
    )
