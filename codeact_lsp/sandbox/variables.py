"""Which variables of the environment a confined node has."""

import os
from pathlib import Path

from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.needs import home

# Variables that say how to speak with people, and nothing of who they are.
_HARMLESS = ("LANG", "LANGUAGE", "TZ", "TERM", "COLUMNS", "LINES", "CODEACT_START_METHOD")
_OWN_NAME = "node"
# What joblib, and with it scikit-learn, would have processes do (`n_jobs=-1`) it then does in turn.
# It may start none at `strict`; those that it may start elsewhere read a `/proc` that is closed.
_ONE_BY_ONE = {"JOBLIB_MULTIPROCESSING": "0"}
_KEPT_IN_HOMES = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}


def environment(policy: Policy, scratch: Path, interpreter: Path) -> dict[str, str]:
    """The variables that it starts with.

    Args:
        policy: What it may do.
        scratch: Its folder.
        interpreter: The Python that it runs in.
    """
    kept = {name: value for name, value in os.environ.items() if _is_kept(name, policy)}
    return _ONE_BY_ONE | kept | _own(scratch, interpreter) | _home(policy, scratch)


def is_given(name: str, policy: Policy) -> bool:
    """Whether a node has a variable of that name, if the user has."""
    return _is_kept(name, policy) or name in {*_own(Path(), Path()), *_ONE_BY_ONE}


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


def _home(policy: Policy, scratch: Path) -> dict[str, str]:
    """The user's home, if something of it was granted: what `~/out` names is to be the same there.

    What programs keep in a home without being asked stays in scratch.
    """
    place = home()
    granted = [path for path in (*policy.read, *policy.write) if path.is_relative_to(place)]
    own = policy.workspace
    if place == Path("/") or all(own and path.is_relative_to(own) for path in granted):
        return {}
    kept = {name: str(scratch / below) for name, below in _KEPT_IN_HOMES.items()}
    return {"HOME": str(place), **kept}
