"""Globs as settings and editors write them: `*`, `?`, `**`, `{a,b}`, `[a-z]`, `[!a-z]`."""

import re
from collections.abc import Iterable
from functools import lru_cache

from codeact_lsp.engine.workspace.configuration import FILE_NAME

PLANS = "**/*.plan.py"
INPUTS = "**/*.plan.toml"
WORKSPACES = f"**/{FILE_NAME}"
_PART = re.compile(r"\*\*/|\*\*|\*|\?|\{|\}|,|\[!?[^]/]+\]|.", re.DOTALL)
_MEANS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether a path, relative and with `/`, is one that a glob names."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


def inputs_glob(glob: str) -> str:
    """The glob of the inputs files of the plans that `glob` names."""
    return f"{glob.removesuffix('.py')}.toml" if glob.endswith(".py") else glob


@lru_cache(maxsize=100)
def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression; one that cannot be read matches nothing."""
    pattern: list[str] = []
    depth = 0
    for part in _PART.findall(glob.removeprefix("./")):
        depth += {"{": 1, "}": -1}.get(part, 0)
        pattern.append(_translated(part, inside=depth > 0))
    try:
        return re.compile("".join(pattern))
    except re.error:
        return re.compile(r"(?!)")


def _translated(part: str, *, inside: bool) -> str:
    if part in _MEANS:
        return _MEANS[part]
    if part == "{":
        return "(?:"
    if part == "}":
        return ")"
    if part == "," and inside:
        return "|"
    if len(part) > 1:  # A set of characters.
        inner = part[1:-1].replace("\\", r"\\").replace("^", r"\^")
        return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    return re.escape(part)
