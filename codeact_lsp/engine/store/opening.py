"""Opens the user's store, or one for this process alone where there can be no other."""

import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from codeact_lsp.engine.store.bound import DEFAULT_BYTES
from codeact_lsp.engine.store.store import Store
from codeact_lsp.engine.workspace.folders import store_folder
from codeact_lsp.plan import Span
from codeact_lsp.plan.docstrings.directives import Section
from codeact_lsp.plan.docstrings.forms import read

_VARIABLE = "CODEACT_CACHE_SIZE"


def open_store(most_bytes: int | None = None) -> Store:
    """The user's store.

    Args:
        most_bytes: How large it may be; None takes what `CODEACT_CACHE_SIZE` says, or 5 GB.

    Raises:
        OSError: The folder that the user named for it cannot be used.
        sqlite3.Error: The index in that folder cannot be used.
    """
    said = os.environ.get(_VARIABLE, "")
    store = _opened(most_bytes or read_size(said) or DEFAULT_BYTES)
    if said and not read_size(said):
        store.troubles.note(
            f"{_VARIABLE} is '{said}'; it has to be a size such as 2 GB. Until then it is 5 GB."
        )
    return store


def read_size(text: str) -> int | None:
    """The bytes of a size such as `2 GB`, as `Memory:` takes it; None if it is none."""
    nowhere = Span(0, 0)
    directives = read(Section("Memory", nowhere, text.strip(), nowhere))
    return directives.memory if directives else None


def _opened(most_bytes: int) -> Store:
    folder = store_folder()
    try:
        return Store(folder, most_bytes)
    except (OSError, sqlite3.Error) as error:
        if os.environ.get("CODEACT_CACHE_DIR"):
            raise
        temporary = TemporaryDirectory(prefix="codeact-")
        store = Store(Path(temporary.name), most_bytes, temporary=temporary)
        store.troubles.note(
            f"The folder of results {folder} cannot be used: {error}. Results are reused until "
            "this process ends. Make it writable, or name another one in CODEACT_CACHE_DIR."
        )
        return store
