"""What a workspace says about its plans: the table `[tool.codeact]` of its `pyproject.toml`."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeact_lsp.engine.files import read_regular
from codeact_lsp.plan.problems.severities import Severities, read_severities

FILE_NAME = "pyproject.toml"
_TABLE = "tool.codeact.problems"


class ConfigurationError(Exception):
    """The workspace's configuration cannot be used; the message names the place."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The configuration of a workspace.

    Attributes:
        problems: How much each kind of problem weighs; what it does not name is as it is.
    """

    problems: Severities = field(default_factory=dict)


def read_configuration(workspace: Path) -> Configuration:
    """The configuration of a workspace; the default one if it has none.

    Raises:
        ConfigurationError: The file cannot be read, is no TOML, or its table is not what it should
            be.
    """
    path = workspace / FILE_NAME
    try:
        data = tomllib.loads(read_regular(path).decode("utf-8-sig"))
    except FileNotFoundError:
        return Configuration()
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path}: {error}"
        raise ConfigurationError(message) from error
    severities, complaints = read_severities(_table(data))
    if complaints:
        message = "\n".join(f"{path}: [{_TABLE}] {complaint}" for complaint in complaints)
        raise ConfigurationError(message)
    return Configuration(severities)


def _table(data: Any) -> Any:
    """The table, or whatever stands in its place; an empty one if nothing does."""
    for name in _TABLE.split("."):
        if not isinstance(data, dict):
            return data
        data = data.get(name, {})
    return data
