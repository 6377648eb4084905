"""Settings of the server, from the client's initialization options."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from codeact_lsp.engine import strict


@dataclass(frozen=True)
class Settings:
    """What the user can set.

    Attributes:
        interpreter: The Python that runs nodes; None finds the workspace's.
        timeout: Seconds for each node that sets no limit of its own; 0 sets none.
        workers: How many nodes may run at once.
        resources: Units of the counted resources that nodes claim.
    """

    interpreter: str | None = None
    timeout: int = 60
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    resources: dict[str, int] = field(default_factory=dict)


def read_settings(options: Any) -> tuple[Settings, str | None]:
    """The client's settings, and what is wrong with them; the defaults where they are no good."""
    if options is None:
        return Settings(), None
    if not isinstance(options, Mapping):
        return Settings(), "initializationOptions: expected an object"
    try:
        settings: Settings = strict.structure(options, Settings)
    except Exception as error:  # noqa: BLE001 - cattrs wraps whatever the data makes it raise.
        wrong: str | None = strict.describe(error, "settings")
    else:
        wrong = _unusable(settings)
    return (Settings(), f"initializationOptions: {wrong}") if wrong else (settings, None)


def _unusable(settings: Settings) -> str | None:
    """What of the settings would let no run begin or end."""
    if settings.timeout < 0:
        return f"timeout must be 0 or more, not {settings.timeout}"
    for name, number in [("workers", settings.workers), *settings.resources.items()]:
        if number < 1:
            return f"{name} must be 1 or more, not {number}"
    return None
