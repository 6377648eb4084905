"""Loads a stored value into this process. This unpickles, and runs code of the plan."""

import os
import sqlite3
from contextlib import closing
from typing import Any

from codeact_lsp.engine.store import open_store
from codeact_lsp.engine.values import Blob, Result
from codeact_lsp.library.errors import ValueUnavailableError
from codeact_lsp.library.plan import Plan
from codeact_lsp.worker import module, values


def load(plan: Plan, node: str, stored: Result) -> Any:
    """A node's value; its large buffers are mapped, not copied.

    Args:
        plan: The plan that made it.
        node: The node.
        stored: What the engine knows of the value.

    Raises:
        ValueUnavailableError: It is not stored any more, or cannot be loaded here.
    """
    descriptor = _opened(node, stored.blob)
    try:
        if stored.carries:  # Its classes are the plan's own, and are stored by name.
            text = plan.snapshot.program(node, stored.carries)
            module.load(text, str(plan.path), node, module.Returned())
        return values.load(descriptor)
    except Exception as error:
        message = f"The value of '{node}' cannot be loaded: {type(error).__name__}: {error}"
        raise ValueUnavailableError(message) from error
    finally:
        os.close(descriptor)


def _opened(node: str, blob: Blob) -> int:
    try:
        with closing(open_store()) as store:
            return store.open_blob(blob)
    except (OSError, sqlite3.Error) as error:
        message = f"The value of '{node}' is not stored any more: run the plan again."
        raise ValueUnavailableError(message) from error
