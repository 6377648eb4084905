"""Files that are not there for a node, or not readable, for another reason than its rights."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.sandbox.bubblewrap import TEMPORARY
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.needs import home

SCRATCH = "/scratch"
"""The folder of a node's own where /tmp cannot be one."""
BY_MODE = (
    "Its mode, or that of a folder above it, closes it to the user that this runs as. No right "
    "opens it, for a node has none that its user lacks: chmod does, by whom it belongs to."
)
"""What is said of a file that is closed to the user as well."""
# What scratch folders are called that are not all of /tmp.
_FOLDERS = re.compile(r"(?:scratch|codeact-[^/]+/node-[0-9]+)/(?P<rest>.+)")


def is_closed_to_all(denied: Denied) -> bool:
    """Whether a file is closed by its own mode, or by that of a folder, to the user as well."""
    path = Path(denied.what)
    if denied.right != "read" or not path.is_absolute():
        return False
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return not os.access(path, os.R_OK, effective_ids=True)


def twin_of(error: CodeError) -> Path | None:
    """The file that is meant by the path of one which is not there, for a node."""
    if error.fact is None or error.fact.kind != "file":
        return None
    path = Path(error.fact.name)
    places = [path] if path.is_absolute() else []
    if path.is_relative_to(TEMPORARY):  # A node's home is there, too.
        below = str(path.relative_to(TEMPORARY))
        own = _FOLDERS.fullmatch(below)
        places.append(home() / (own["rest"] if own else below))
    # Unlike that of a `Path`, this one never raises.
    return next((place for place in places if os.path.exists(place)), None)  # noqa: PTH110


def elsewhere(twin: Path, error: CodeError, policy: Policy) -> Iterator[str]:
    """That the path leads a node elsewhere; who says `~` gets his own home with a right in it."""
    if error.fact and error.fact.name == str(twin):
        yield f"{twin} is there, but at level '{policy.level}' the node has a folder of its own."
        return
    yield f"{twin} is there, but at level '{policy.level}' `~` is a folder of the node's own."
    if is_open(twin, policy):
        yield "Have the code name that path itself."


def is_open(path: Path, policy: Policy) -> bool:
    """Whether no right is missing for a file but to be called by its name."""
    opened = (*policy.read, *policy.write, *filter(None, [policy.workspace]))
    return any(map(path.is_relative_to, opened))


def gone(error: CodeError, policy: Policy) -> Iterator[str]:
    """That a file of a folder of a node's own may have ended with the node that made it."""
    fact = error.fact
    if not policy.confined or fact is None or fact.kind != "file":
        return
    if Path(fact.name).is_relative_to(TEMPORARY) or Path(fact.name).is_relative_to(SCRATCH):
        yield (
            "What a node leaves in a temporary folder, and in `~`, which is one for it, ends with "
            "it. A file of yours there takes a right: 'Needs: read ~/...'. If another node made "
            f"{fact.name}, have that one return what is in it, or write it where files stay: "
            "'Needs: write out/', which `codeact grant` gives."
        )
