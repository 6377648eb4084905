"""Which of the columns that an operation names is in none of its tables.

Libraries of tables say so in many ways: by the name alone, in a list, in a sentence. What was asked
for stands as text in the operation; what there is, is in the tables that the operation is done to,
at the top of the file that it reads, in the table that the library was at work on, which nothing
may have a name for, or else in what the library says.
"""

import ast
import csv
import os
import re
import stat
from collections.abc import Iterator
from itertools import islice
from typing import Any

from . import exceptions, previews
from .expressions import Scope, is_of_a_library
from .keys import names_of
from .likeness import closest

_MOST_TEXTS = 200
_LONGEST_NAME = 200
_MOST_BYTES = 65_536
_LEAST_LIKENESS = 0.6
_LIBRARY = f"{os.sep}pandas{os.sep}"
_TABLES = frozenset({"DataFrame", "Series"})
# What pandas itself calls a table that it is at work on.
_TABLE_NAMES = ("self", "obj", "left", "right")
_SEPARATORS = ",;\t|"
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")
_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_READER = re.compile(r"(?:read|scan)_(?:csv|table)")

Lacking = tuple[ast.Constant, str, list[str]]
"""The text that names what is not there, the name, and the names that there are."""


def lacking_column(error: BaseException, operation: ast.AST | None, scope: Scope) -> Lacking | None:
    """The text in the operation that names what is not there, if the error names it too.

    The name may be a word of that text only, as of a query.
    """
    if not isinstance(operation, ast.Call | ast.Subscript):
        return None
    message = previews.message(error)
    there = list(dict.fromkeys(_there(operation, scope)))
    asked = [(text, name) for text, name in _asked(operation, message) if name not in there]
    names = there or _worked_on(error) or _quoted(message)
    near = [(text, name) for text, name in asked if is_near(name, names)]
    found = near or (asked if len({name for _, name in asked}) == 1 else [])
    return (*found[0], names) if found else None


def is_near(name: str, names: list[str]) -> bool:
    """Whether one of the names is much like another one."""
    others = [other for other in names if other != name]
    return bool(closest(name, others, 1, _LEAST_LIKENESS))


def _asked(operation: ast.AST, message: str) -> Iterator[tuple[ast.Constant, str]]:
    """The texts in an operation that the message of its error has, or has a word of."""
    undefined = _UNDEFINED.search(message)
    for text in islice(_texts(operation), _MOST_TEXTS):
        if undefined and _has(text.value, undefined[1]):
            yield text, undefined[1]
        elif not undefined and _has(message, text.value):
            yield text, text.value


def _texts(operation: ast.AST) -> Iterator[Any]:
    texts = (part for part in ast.walk(operation) if isinstance(part, ast.Constant))
    for text in texts:
        if isinstance(text.value, str) and 0 < len(text.value) <= _LONGEST_NAME:
            yield text


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _quoted(message: str) -> list[str]:
    return [one or other for one, other in _QUOTED.findall(message)]


def _there(operation: ast.AST, scope: Scope) -> Iterator[str]:
    """The names that tables and files in the operation have."""
    for part in ast.walk(operation):
        if isinstance(part, ast.Name | ast.Attribute | ast.Subscript):
            for value in scope.known(part):
                if is_of_a_library(value):
                    yield from names_of(value)
        elif isinstance(part, ast.Call) and part.args and _is_reader(part.func):
            for path in scope.known(part.args[0]):
                yield from _header(path)


def _worked_on(error: BaseException) -> list[str]:
    """The columns of the table that the first of the library's functions was given."""
    step = exceptions.traceback(error)
    while step is not None:
        for name in _TABLE_NAMES if _LIBRARY in step.tb_frame.f_code.co_filename else ():
            value = step.tb_frame.f_locals.get(name)
            if exceptions.class_name(value) in _TABLES and (found := names_of(value)):
                return found
        step = step.tb_next
    return []


def _is_reader(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and _READER.fullmatch(function.attr) is not None


def _header(path: Any) -> list[str]:
    """The names at the top of a file of separated values; none if it cannot be read as such."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return []
        with open(path, "rb") as file:
            line = file.readline(_MOST_BYTES).decode("utf-8-sig", "replace").rstrip("\r\n")
        separator = max(_SEPARATORS, key=line.count)
        return next(csv.reader([line], delimiter=separator), [])
    except (OSError, TypeError, ValueError, csv.Error):
        return []
