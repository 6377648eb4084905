"""Addresses of documents: one document may be spelt in several ways, and not all are files."""

import os
import re
from collections import UserDict
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from pygls.uris import to_fs_path

_T = TypeVar("_T")
# What the usual systems allow; the names of files beside a plan are longer than its own.
_LONGEST_NAME, _LONGEST_PATH = 240, 4_000
_DRIVE = re.compile(r"(?<=^file:///)[A-Za-z](?=:)")


def path_of(uri: str) -> Path | None:
    """The file at an address; None for a document that is no file, such as an unsaved one."""
    try:
        name = to_fs_path(uri) or ""
        encoded = os.fsencode(name)
    except ValueError:  # `file://[`, or a lone surrogate, which no file's name holds.
        return None
    longest = max(map(len, encoded.split(b"/")))
    if not name or "\0" in name or longest > _LONGEST_NAME or len(encoded) > _LONGEST_PATH:
        return None
    return Path(name)


def key_of(uri: str) -> str:
    """The same for all spellings of one address: `%20` or a space, `C:` or `c%3A`."""
    return _DRIVE.sub(lambda drive: drive[0].lower(), unquote(uri))


class ByUri(UserDict[str, _T]):
    """A dictionary by address in which all spellings of one are the same."""

    def __getitem__(self, uri: str) -> _T:
        return super().__getitem__(key_of(uri))

    def __setitem__(self, uri: str, value: _T) -> None:
        super().__setitem__(key_of(uri), value)

    def __delitem__(self, uri: str) -> None:
        super().__delitem__(key_of(uri))

    def __contains__(self, uri: object) -> bool:
        return isinstance(uri, str) and super().__contains__(key_of(uri))
