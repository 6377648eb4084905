"""Files that are called much like one that is not there."""

import difflib
import os
from collections.abc import Iterator
from itertools import islice

_MOST_FILES = 3_000
_MOST_OPTIONS = 5
_LEAST_LIKENESS = 0.6
_UNINTERESTING = frozenset({"__pycache__", "node_modules", "site-packages"})


def files_like(path: str) -> list[str]:
    """The paths, as one would write them, of what is like `path`, likest first.

    Looked for in its folder and below the current one; a file of just that name counts most.
    """
    folder, name = os.path.split(path)
    found = dict.fromkeys([*_within(folder), *islice(_below(os.curdir), _MOST_FILES)])
    names = {each: os.path.basename(each) for each in found if each != path}
    same = [each for each, own in names.items() if own.casefold() == name.casefold()]
    like = difflib.get_close_matches(path, names, _MOST_OPTIONS, _LEAST_LIKENESS)
    own = set(difflib.get_close_matches(name, set(names.values()), _MOST_OPTIONS, _LEAST_LIKENESS))
    likely = [each for each in names if names[each] in own]
    return list(dict.fromkeys([*same, *like, *likely]))[:_MOST_OPTIONS]


def _within(folder: str) -> Iterator[str]:
    try:
        yield from (os.path.join(folder, each) for each in os.listdir(folder or os.curdir))
    except OSError:
        return


def _below(folder: str) -> Iterator[str]:
    for inner, folders, files in os.walk(folder):
        folders[:] = [
            each for each in folders if not each.startswith(".") and each not in _UNINTERESTING
        ]
        yield from (os.path.normpath(os.path.join(inner, each)) for each in files)
