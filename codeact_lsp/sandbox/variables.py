"""Which variables of the environment a confined node has."""

import os
from pathlib import Path

from codeact_lsp.sandbox.levels import Policy

# Variables that say how to speak with people, and nothing of who they are.
_HARMLESS = ("LANG", "LANGUAGE", "TZ", "TERM", "COLUMNS", "LINES", "CODEACT_START_METHOD")
_OWN_NAME = "node"


def environment(policy: Policy, scratch: Path, interpreter: Path) -> dict[str, str]:
    """The variables that it starts with.

    Args:
        policy: What it may do.
        scratch: Its folder.
        interpreter: The Python that it runs in.
    """
    kept = {name: value for name, value in os.environ.items() if _is_kept(name, policy)}
    return kept | _own(scratch, interpreter)


def is_given(name: str, policy: Policy) -> bool:
    """Whether a node has a variable of that name, if the user has."""
    return _is_kept(name, policy) or name in _own(Path(), Path())


def _is_kept(name: str, policy: Policy) -> bool:
    return name in (*_HARMLESS, *policy.environment) or name.startswith("LC_")


def _own(scratch: Path, interpreter: Path) -> dict[str, str]:
    return {
        "PATH": f"{interpreter.parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "USER": _OWN_NAME,
        "LOGNAME": _OWN_NAME,
    }
