"""What of code and messages may be somebody's data: none of that is kept.

A memory needs the shape of a change: operators, methods, options, the names of columns. It needs no
values, whether they were met at run time or stand in the code.
"""

import ast
import builtins
import re

from codeact_lsp.engine.workspace.redaction import is_secret

# A text that names something, such as a column or a file: words, with hardly a digit in them. A key
# that somebody was given is one long word of any letters, and several words with a number among
# them are what somebody has, or where somebody lives. A whole path has somebody's name in it.
# A mark or two, as between the parts of a line, are nobody's data either.
_NAME_LIKE = re.compile(
    r"(?![/~]|[A-Za-z]:/|(?:\D*\d){3}|.*\d.* |.* .*\d|.*[A-Z]{12}|.*[^\W_]{20})[\w .:/-]{0,40}"
    r"|[^\w]{1,2}"
)
# How moments are written. Of other letters it has only those that such formats have.
_FORMAT = re.compile(r"(?=.*%)(?:%[-#]?[A-Za-z]|[-/.:,_ TWZQ]){1,30}")
_MOST_FIGURES = 4
_LONGEST = 200
_TYPES = frozenset(
    [*(name for name, value in vars(builtins).items() if isinstance(value, type)),
     "NoneType", "function", "generator", "method"]
)  # fmt: skip
# What Python and libraries put between quotes, also where the end of it was cut off, and whatever
# holds a digit, is an address or a path, or is the one word that something is about.
_PARTICULAR = re.compile(
    r"(?<!\w)'(?:[^'\\]|\\.)*(?:'|$)|\"(?:[^\"\\]|\\.)*(?:\"|$)|`[^`]*(?:`|$)|\S*[\d@/\\]\S*"
    r"|(?<=: )[\w.-]+$"
)


def tells(*parts: ast.AST) -> bool:
    """Whether a part of code holds what may be somebody's data."""
    nodes = [node for part in parts for node in ast.walk(part)]
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    texts = [value for value in values if isinstance(value, str | bytes)]
    figures = [value for value in values if isinstance(value, int | float | complex)]
    return (
        not all(is_format(text) or _is_name_like(text) for text in texts)
        or any(len(re.sub(r"\D", "", repr(each))) > _MOST_FIGURES for each in figures)
        or (bool(texts) and any(is_secret(name) for node in nodes for name in _names(node)))
    )


def is_format(text: str | bytes) -> bool:
    """Whether a text says how moments are written, which is code as an option is."""
    return isinstance(text, str) and bool(_FORMAT.fullmatch(text))


def _is_name_like(text: str | bytes) -> bool:
    return isinstance(text, str) and bool(_NAME_LIKE.fullmatch(text))


def _names(node: ast.AST) -> list[str]:
    """What a text near the node may be called."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            return [name]
        case ast.Constant(value=str(name)):
            return [name]
        case _:
            return []


def plain(message: str) -> str:
    """What an exception says, without what is particular to this one."""
    return _PARTICULAR.sub("_", message.partition("\n")[0])[:_LONGEST]


def plain_but_types(message: str) -> str:
    """The same with the names of Python's own types, which are nobody's data."""
    found = _PARTICULAR.sub(_type_or_nothing, message.partition("\n")[0])
    return found[:_LONGEST]


def _type_or_nothing(match: re.Match[str]) -> str:
    return match[0] if match[0].strip("'\"") in _TYPES else "_"
