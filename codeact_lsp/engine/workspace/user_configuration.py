"""What the user says about all plans: `config.toml` in the folder of the user's configuration."""

from pathlib import Path

from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings, read_sandbox
from codeact_lsp.engine.workspace.configuration import ConfigurationError
from codeact_lsp.engine.workspace.files import parsed_toml, read_regular
from codeact_lsp.engine.workspace.folders import configuration_folder
from codeact_lsp.plan.spelling import closest, did_you_mean

_TABLE = "sandbox"


def configuration_file() -> Path:
    """Where the user's configuration lies, or would."""
    return configuration_folder() / "config.toml"


def read_user_configuration() -> SandboxSettings:
    """The table `[sandbox]` of the user's configuration; empty if there is none.

    Raises:
        ConfigurationError: The file cannot be read, is no TOML, or says something that cannot be
            followed. What a user meant to withhold must not be given for a typing mistake.
    """
    path = configuration_file()
    try:
        data = parsed_toml(read_regular(path).decode("utf-8-sig"))
    except FileNotFoundError:
        return SandboxSettings()
    except (OSError, ValueError) as error:
        message = f"{path}: {error}"
        raise ConfigurationError(message) from error
    wrong = [
        f"[{name}] there is no such table.{did_you_mean(closest(name, (_TABLE,)))}"
        for name in data
        if name != _TABLE
    ]
    settings, complaints = read_sandbox(data.get(_TABLE, {}))
    wrong += (f"[{_TABLE}] {complaint}" for complaint in complaints)
    if wrong:
        raise ConfigurationError("\n".join(f"{path}: {each}" for each in wrong))
    return settings
