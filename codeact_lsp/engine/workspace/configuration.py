"""What a workspace says about its plans: the table `[tool.codeact]` of its `pyproject.toml`.

It comes with the workspace, so it can take rights away, and not give any.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings, read_sandbox
from codeact_lsp.engine.workspace.files import parsed_toml, read_regular
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules, read_import_rules
from codeact_lsp.plan.problems.severities import Severities, read_severities
from codeact_lsp.plan.spelling import closest, did_you_mean

FILE_NAME = "pyproject.toml"
_OURS = "tool.codeact"
SANDBOX_TABLE = f"{_OURS}.sandbox"


class ConfigurationError(Exception):
    """The workspace's configuration cannot be used; the message names the place."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The configuration of a workspace.

    Attributes:
        problems: How much each kind of problem weighs; what it does not name is as it is.
        imports: Which modules plans may import.
        sandbox: What nodes are to do without.
    """

    problems: Severities = field(default_factory=dict)
    imports: ImportRules = NO_RULES
    sandbox: SandboxSettings = field(default_factory=SandboxSettings)


def read_configuration(workspace: Path) -> Configuration:
    """The configuration of a workspace; the default one if it has none.

    Raises:
        ConfigurationError: The file cannot be read, is no TOML, or its table is not what it should
            be.
    """
    path = workspace / FILE_NAME
    try:
        ours = _ours(parsed_toml(read_regular(path).decode("utf-8-sig")))
    except FileNotFoundError:
        return Configuration()
    except (OSError, TypeError, ValueError) as error:
        message = f"{path}: {error}"
        raise ConfigurationError(message) from error
    severities, about_problems = read_severities(ours.get("problems", {}))
    imports, about_safety = read_import_rules(ours.get("safety", {}))
    sandbox, about_sandbox = read_sandbox(ours.get("sandbox", {}))
    found = {"problems": about_problems, "safety": about_safety, "sandbox": about_sandbox}
    # One that is misspelt may be meant to take rights away.
    unknown = {name: [_unknown(name, found)] for name in ours if name not in found}
    complaints = [
        f"{path}: [{_OURS}.{table}] {complaint}"
        for table, said in (found | unknown).items()
        for complaint in said
    ]
    if complaints:
        raise ConfigurationError("\n".join(complaints))
    return Configuration(severities, imports, sandbox)


def _ours(data: Any) -> Mapping[str, Any]:
    """Our table; an empty one if there is none.

    Raises:
        TypeError: Something else stands in its place.
    """
    for name in _OURS.split("."):
        data = data.get(name, {})
        if not isinstance(data, dict):
            raise TypeError(f"[{_OURS}] expected a table, not {data!r:.60}")
    ours: dict[str, Any] = data
    return ours


def _unknown(name: str, known: Iterable[str]) -> str:
    return f"there is no such table.{did_you_mean(closest(name, list(known)))}"
