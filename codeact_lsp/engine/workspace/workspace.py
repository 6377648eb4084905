"""Where the workspace of a plan is."""

from pathlib import Path

_MARKERS = (".git", "pyproject.toml")


def find_workspace(plan: Path) -> Path:
    """The workspace of a plan on the command line: the nearest marked parent, or its folder."""
    for folder in plan.resolve().parents:
        if any((folder / marker).exists() for marker in _MARKERS):
            return folder
    return plan.resolve().parent
