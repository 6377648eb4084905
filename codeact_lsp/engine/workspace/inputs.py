"""Inputs of a plan: from the command line, from `NAME.plan.toml`, or from the parameter's default.

Values are plain data. Their TOML types decide; a parameter's annotation may ask for another one
(`Path`, `date`), which the worker then makes of it.
"""

import ast
import json
import os
import stat
import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from codeact_lsp.engine.workspace.files import parsed_toml, read_regular
from codeact_lsp.plan.nodes import Parameter

_SCALARS = (bool, int, float, str, type(None))


class InputError(Exception):
    """An input cannot be used; the message names the place and the way out."""


def read_inputs(plan: Path) -> dict[str, Any]:
    """The values in the plan's `.toml` file; none if there is no such file.

    Raises:
        InputError: The file is not TOML, or cannot be read.
    """
    return parse_inputs(read_inputs_text(plan), plan)


def known_inputs(plan: Path) -> dict[str, Any]:
    """As `read_inputs`; none from a file that cannot be read, of which a run complains."""
    try:
        return read_inputs(plan)
    except InputError:
        return {}


def read_inputs_text(plan: Path) -> str:
    """The text of the plan's `.toml` file; empty if there is no such file.

    Raises:
        InputError: The file is a link of any kind, is not UTF-8, or cannot be read.
    """
    path = inputs_path(plan)
    try:
        _refuse_links(path)
        return read_regular(path).decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        message = f"{path.name}: {error}"
        raise InputError(message) from error


def _refuse_links(path: Path) -> None:
    """Refuse a file that could be one which nodes must not read, by another name."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        message = f"{path.name}: it is a link, which is not followed. Put the values there."
        raise InputError(message)
    if stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
        message = f"{path.name}: it is a hard link, which may be a secret. Copy it to a new file."
        raise InputError(message)


def parse_inputs(text: str, plan: Path) -> dict[str, Any]:
    """The values in the text of the plan's `.toml` file.

    Raises:
        InputError: The text is not TOML.
    """
    try:
        data = parsed_toml(text)
    except ValueError as error:
        message = f"{inputs_path(plan).name}: {error}"
        raise InputError(message) from error
    return {name: _plain(value) for name, value in data.items()}


@lru_cache(maxsize=4096)
def spelt_out(parameter: Parameter) -> str | None:
    """The value that an input has if it is given none, as JSON; None if that is not certain.

    It is of a number, a text, a truth value or None that the default spells out, if the annotation
    would make nothing else of it: to give just that value changes nothing.
    """
    if parameter.default is None:
        return None
    try:
        value = ast.literal_eval(parameter.default)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None  # An expression: what it comes to is not known here.
    is_plain = type(value) in _SCALARS and parameter.annotation in {None, type(value).__name__}
    return json.dumps(value) if is_plain else None


def inputs_path(plan: Path) -> Path:
    """The file that holds the inputs of a plan: `sales.plan.toml` beside `sales.plan.py`."""
    return plan.with_suffix(".toml")


def parse_assignments(assignments: Iterable[str], texts: Collection[str] = ()) -> dict[str, Any]:
    """Values of `NAME=VALUE` arguments; a value that is no TOML value is taken as text.

    Args:
        assignments: The arguments.
        texts: Names of the inputs that take text: `1.10` is as good a text as any.

    Raises:
        InputError: An argument is not of that form.
    """
    values: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or not name.isidentifier():
            message = f"--input expects NAME=VALUE, not '{assignment}'."
            raise InputError(message)
        quoted = text[:1] in {'"', "'"}
        values[name] = text if name in texts and not quoted else _value(text)
    return values


def plain(name: str, value: Any) -> Any:
    """A value that Python code gave as an input, as JSON data; paths and dates become text.

    Raises:
        InputError: It is neither plain data nor a path or date.
    """
    try:
        return json.loads(json.dumps(value, default=_as_text))
    except (TypeError, ValueError, RecursionError) as error:
        message = (
            f"The input '{name}' is no plain data but of the type {type(value).__name__}. Give the "
            "plan the path of a file instead, or make the value in a node."
        )
        raise InputError(message) from error


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    raise TypeError("no plain data")


def _value(text: str) -> Any:
    try:
        data = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):  # Not TOML, a number of too many digits, too deep.
        return text
    return _plain(data["value"]) if len(data) == 1 else text


def _plain(value: Any) -> Any:
    """TOML data as JSON data: dates become text, which the worker turns back where asked."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
