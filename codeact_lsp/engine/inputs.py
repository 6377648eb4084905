"""Inputs of a plan: from the command line, from `NAME.plan.toml`, or from the parameter's default.

Values are plain data. Their TOML types decide; a parameter's annotation may ask for another one
(`Path`, `date`), which the worker then makes of it.
"""

import os
import stat
import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

_MOST_BYTES = 1_000_000


class InputError(Exception):
    """An input cannot be used; the message names the place and the way out."""


def read_inputs(plan: Path) -> dict[str, Any]:
    """The values in the plan's `.toml` file; none if there is no such file.

    Raises:
        InputError: The file is not TOML, or cannot be read.
    """
    path = inputs_path(plan)
    try:
        data = tomllib.loads(_read(path).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path.name}: {error}"
        raise InputError(message) from error
    return {name: _plain(value) for name, value in data.items()}


def _read(path: Path) -> bytes:
    """A regular file of bearable size: a repository can hold a link to something endless."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path.name} is not a file")
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise OSError(f"{path.name} is larger than {_MOST_BYTES:,} bytes")
    return data


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
