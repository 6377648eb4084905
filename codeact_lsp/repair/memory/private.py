"""What of code and messages may be somebody's data: none of that is kept.

A memory needs the shape of a change: operators, methods, options, the names of columns. It needs no
values, whether they were met at run time or stand in the code.
"""

import ast
import re

from codeact_lsp.engine.workspace.redaction import is_secret

# A text that names something, such as a column or a file: words, with hardly a digit in them. A key
# that somebody was given is one long word of any letters.
# A mark or two, as between the parts of a line, are nobody's data either.
_NAME_LIKE = re.compile(
    r"(?!(?:\D*\d){3})(?!.*[A-Z]{12})(?!.*[^\W_]{20})[\w .:/-]{0,40}|[^\w]{1,2}"
)
_MOST_FIGURES = 4
_LONGEST = 200
# What Python and libraries put between quotes, also where the end of it was cut off, and whatever
# holds a digit or stands for an address.
_PARTICULAR = re.compile(
    r"(?<!\w)'(?:[^'\\]|\\.)*(?:'|$)|\"(?:[^\"\\]|\\.)*(?:\"|$)|`[^`]*(?:`|$)|\S*[\d@]\S*"
)


def tells(*parts: ast.AST) -> bool:
    """Whether a part of code holds what may be somebody's data."""
    nodes = [node for part in parts for node in ast.walk(part)]
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    texts = [value for value in values if isinstance(value, str | bytes)]
    figures = [value for value in values if isinstance(value, int | float | complex)]
    return (
        not all(isinstance(text, str) and _NAME_LIKE.fullmatch(text) for text in texts)
        or any(len(re.sub(r"\D", "", repr(each))) > _MOST_FIGURES for each in figures)
        or (bool(texts) and any(is_secret(name) for node in nodes for name in _names(node)))
    )


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
