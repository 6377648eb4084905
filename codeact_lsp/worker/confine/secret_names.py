"""Which entries of a folder are closed by their names, and by those of what they are copies of."""

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator

# History holds what was taken back; its settings hold the addresses and tokens of servers.
_HISTORIES = frozenset({".git", ".hg", ".svn", ".bzr", ".jj"})
TREES = frozenset(
    {
        *("node_modules", ".venv", "venv", ".tox", ".nox"),
        *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"),
    }
)
"""Folders that tools fill: too large to be looked through, and of no use to a plan."""
# By what git itself knows a folder of its own, wherever it lies and whatever it is called.
_OF_HISTORY = frozenset({"HEAD", "objects", "refs"})
# What editors call the copies that they keep of a file while it is changed, and after; and what
# Python makes of it.
_COPIES = re.compile(
    r"\.(?P<a>.+)\.(?:sw[a-z]|un~|kate-swp)|\#(?P<b>.+)\#|(?P<d>.+)-checkpoint(?P<e>\.[^.]*)?"
    r"|(?P<source>.+)\.[a-z]+-\d+(?:\.opt-\d)?\.pyc"
    r"|(?P<c>.+?)(?:\.~\d+~|~|___jb_\w+___|\.(?:bak|old|orig|rej|save|backup))",
    re.IGNORECASE | re.DOTALL,
)
_ENDS_OF_COPIES = (
    *(".pyc", "~", "___"),
    *(".bak", ".old", ".orig", ".rej", ".save", ".backup"),
)
_SPECIAL = re.compile(r"[*?\[]")
_OF_A_HOME = (".bashrc", ".bash_history", ".profile", ".ssh", ".zshrc", ".zsh_history")
_HOMES = frozenset({"/home", "/Users", "/var/home"})
# What the kernel and other processes tell of themselves, in a workspace that is the whole system.
_NO_FILES = frozenset({"/dev", "/proc", "/run", "/sys"})


class SecretNames:
    """Tells what is closed; names, which most globs are about, are compared all at once."""

    def __init__(self, tree: str, globs: Iterable[str]) -> None:
        """Take a folder, an absolute path, and globs of paths in it, as `Readable` does."""
        self._hidden = _is_home(tree)
        self._start = len(tree.rstrip("/")) + 1
        globs = tuple(globs)
        self._places = _placed((glob for glob in globs if glob.startswith("/")), tree)
        names = {glob: glob.removeprefix("**/") for glob in globs if not glob.startswith("/")}
        self._names = _Names(name for name in names.values() if "/" not in name)
        self._paths = _pattern(
            glob.replace("**/", "*") for glob, name in names.items() if "/" in name
        )

    def has(self, entry: "os.DirEntry[str]") -> bool:
        """Whether an entry of a folder is closed."""
        name = entry.name
        return (
            name.lower() in _HISTORIES
            or entry.path in _NO_FILES
            or (self._hidden and name.startswith("."))
            or self._names.has(name)
            or (_may_be_copy(name.casefold()) and any(map(self._names.has, _copied(name))))
            or self._paths.match(entry.path, self._start) is not None
            or (bool(self._places) and self._is_placed(entry))
        )

    def _is_placed(self, entry: "os.DirEntry[str]") -> bool:
        names = self._places.get(os.path.dirname(entry.path))
        return names is not None and names.has(entry.name)


def is_history(names: Iterable[str]) -> bool:
    """Whether a folder with such entries is where git keeps history and settings."""
    return _OF_HISTORY.issubset(names)


class _Names:
    """Tells whether a name matches any of some globs; case does not count.

    Most globs are a word, or a star and a word. A pattern of a hundred alternatives would take
    longer than all else that is done for a file.
    """

    def __init__(self, globs: Iterable[str]) -> None:
        self._words, starts, ends, others = set(), [], [], []
        for glob in map(str.casefold, globs):
            word = glob.strip("*")
            if _SPECIAL.search(word):
                others.append(glob)
            elif glob == word:
                self._words.add(word)
            elif glob == f"{word}*":
                starts.append(word)
            elif glob == f"*{word}":
                ends.append(word)
            else:
                others.append(glob)
        self._starts, self._ends = tuple(starts), tuple(ends)
        self._others = _pattern(others)

    def has(self, name: str) -> bool:
        folded = name.casefold()
        return (
            folded in self._words
            or folded.startswith(self._starts)
            or folded.endswith(self._ends)
            or self._others.match(folded) is not None
        )


def _placed(globs: Iterable[str], tree: str) -> dict[str, _Names]:
    """What is closed by its place, by folder; a tree that lies below one has no part in it."""
    names: dict[str, list[str]] = {}
    for folder, _, name in (glob.rpartition("/") for glob in globs):
        if f"{folder}/".startswith(f"{tree.rstrip('/')}/"):
            names.setdefault(folder or "/", []).append(name)
    return {folder: _Names(found) for folder, found in names.items()}


def _may_be_copy(name: str) -> bool:
    """Whether `_COPIES` has to be asked of a name, which takes longer than all the rest."""
    return name[0] in ".#" or "-checkpoint" in name or name.endswith(_ENDS_OF_COPIES)


def _copied(name: str) -> Iterator[str]:
    """The name of the file of which another is a copy, by its name."""
    copy = _COPIES.fullmatch(name)
    if copy is None:
        return
    if copy["source"]:
        yield f"{copy['source']}.py"
        return
    yield "".join(filter(None, copy.groups()))
    if copy["a"]:  # Of a hidden file, which has one dot and not two.
        yield f".{copy['a']}"


def _pattern(globs: Iterable[str]) -> re.Pattern[str]:
    """What matches any of some globs; without any, nothing."""
    return re.compile("|".join(map(fnmatch.translate, globs)) or r"(?!)", re.IGNORECASE)


def _is_home(path: str) -> bool:
    """Whether a folder is a user's own, or has those of users in it."""
    return (
        path in {"/", "/root", *_HOMES, os.path.expanduser("~")}
        or os.path.dirname(path) in _HOMES
        or any(os.path.lexists(os.path.join(path, name)) for name in _OF_A_HOME)
    )
