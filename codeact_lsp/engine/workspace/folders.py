"""Where the user's own things lie, apart from all workspaces."""

import os
from pathlib import Path

import platformdirs

_NAME = "codeact-lsp"


def store_folder() -> Path:
    """The user's own folder of results: `CODEACT_CACHE_DIR`, or the platform's place for caches."""
    return _chosen("CODEACT_CACHE_DIR") or platformdirs.user_cache_path(_NAME)


def data_folder() -> Path:
    """The folder of what must last: `CODEACT_DATA_DIR`, or the platform's place for data."""
    return _chosen("CODEACT_DATA_DIR") or platformdirs.user_data_path(_NAME)


def configuration_folder() -> Path:
    """The folder of the user's configuration: `CODEACT_CONFIG_DIR`, or the platform's place."""
    return _chosen("CODEACT_CONFIG_DIR") or platformdirs.user_config_path(_NAME)


def private_folders() -> tuple[Path, ...]:
    """All of them, without links: what no node may come near."""
    own = (store_folder(), data_folder(), configuration_folder())
    return tuple(folder.resolve() for folder in own)


def _chosen(variable: str) -> Path | None:
    chosen = os.environ.get(variable)
    return Path(chosen).expanduser() if chosen else None
