"""What an error says in its own words: a number of the system, paths, hosts.

Libraries in C, C++ and Rust ask the system themselves, and put what it said into a text.
"""

import errno
import os
import re
from collections.abc import Iterator
from typing import Any

from . import exceptions
from .writes import absolute

REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EROFS})
_WORDS = {number: os.strerror(number) for number in (*REFUSED, errno.ENOENT)}
_CLASSES = {FileNotFoundError: errno.ENOENT, PermissionError: errno.EACCES}
# Of those who look for all files of a pattern, and of those who only say what they cannot do.
_NONE_FOUND = re.compile(r"\bno (?:such )?files? (?:was |were )?found\b", re.IGNORECASE)
_NOT_WRITTEN = re.compile(
    r"\bnot (?:be )?(?:available for writ|writ|sav)"
    r"|\b(?:fail\w*|unable|error) (?:to )?(?:writ|sav)",
    re.IGNORECASE,
)
_MOST_TEXTS = 100
_MOST_TEXT = 20_000
_QUOTE = re.compile(r"[\"`]+")
# What names a file relative to the plan's folder: in quotes, a word will do.
_WORD = re.compile(r"(?!-)[\w.-]+(?:/[\w.-]+)*/?")
_ENDING = r"\.[A-Za-z]\w{0,9}"
NAME = re.compile(rf"(?:[\w.-]+/)*(?:[\w-][\w .-]*{_ENDING}|{_ENDING}(?:\.\w+)*)")
"""A mere name of a file: it has an ending, or is hidden."""
_BETWEEN = re.compile(rf"(?<![\w./-])(?:[\w.-]+/)*[\w-][\w.-]*{_ENDING}(?![\w/])")

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
_ADDRESS = re.compile(
    rf"\b({'|'.join(_PORTS)})://(?:[^\s/@'\"]*@)?([\w.-]+|\[[0-9a-fA-F:]+\])(:\d+)?"
)
_WHOLE_ADDRESS = re.compile(r"\b\w+://\S*")
_HOST = re.compile(r"\bhost(?:[ _]?name)?(?:\(s\))?:? [\"'(]?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_PORT = re.compile(r"\bport:? (\d{1,5})\b")
_UNRESOLVED = (
    r"\bname resolution\b|\bname or service not known\b|\blookup address\b|\bnot resolve\b"
)
_FAILED = r"(?:fail|unable|error|could n|cannot|can't|refused|timed? ?out|unreachable)"
_REACHING = r"(?:connect|download|resol[vu]|reach|fetch|request|performing|translate host)"
_FEW_WORDS = r"\w*\W+(?:\w+\W+){0,9}?"
_OF_NETWORK = re.compile(
    rf"\b{_FAILED}{_FEW_WORDS}{_REACHING}|\b{_REACHING}{_FEW_WORDS}{_FAILED}|{_UNRESOLVED}",
    re.IGNORECASE,
)
_UNKNOWN_HOST = re.compile(_UNRESOLVED, re.IGNORECASE)


def texts(error: BaseException) -> list[str]:
    """The texts that it was made with, those in lists of its too."""
    found: list[str] = []
    queue: list[Any] = [*exceptions.arguments(error)]
    for each in queue:
        if type(each) is str:
            found.append(each[:_MOST_TEXT])
        elif type(each) in {list, tuple}:
            queue += each[: _MOST_TEXTS - len(queue)] if len(queue) < _MOST_TEXTS else []
    return found


def number_of(error: BaseException) -> int | None:
    """The number of a refusal that an error tells of without it; None if it does not."""
    said = texts(error)
    for number, words in _WORDS.items():
        if any(words in text for text in said):
            return number
    if any(map(_NONE_FOUND.search, said)):
        return errno.ENOENT
    if any(map(_NOT_WRITTEN.search, said)):
        return errno.EACCES
    return next((number for kind, number in _CLASSES.items() if exceptions.is_a(error, kind)), None)


def quoted(error: BaseException) -> Iterator[str]:
    """The paths that its words quote, begin with or end in; whole ones come first."""
    said = texts(error)
    quotes = [part for text in said for part in _QUOTE.sub("'", text).split("'")[1::2]]
    ends = [part for text in said for part in (text.partition(": ")[0], text.rpartition(": ")[2])]
    yield from filter(os.path.isabs, map(os.path.expanduser, (*quotes, *ends)))
    names = [part for part in quotes if _WORD.fullmatch(part)]
    names += filter(NAME.fullmatch, (*quotes, *ends))
    names += [name for text in said if _NOT_WRITTEN.search(text) for name in _BETWEEN.findall(text)]
    yield from (path for name in names if (path := absolute(name)))


def names(text: str, host: str) -> bool:
    """Whether there is word of a host in a text."""
    return bool(host) and bool(re.search(rf"(?<![\w.-]){re.escape(host)}(?![\w-])", text))


def host(error: BaseException) -> str | None:
    """Whom it was about, if a host was not reached: with a port, or empty if that is not said."""
    said = [text for text in texts(error) if _OF_NETWORK.search(_WHOLE_ADDRESS.sub("", text))]
    for text in said:
        if found := _ADDRESS.search(text):
            scheme, name, port = found.groups()
            return f"{name}{port or f':{_PORTS[scheme]}'}"
    for text in said:
        if found := _HOST.search(text):
            port = _PORT.search(text)
            return f"{found[1]}:{port[1]}" if port else found[1]
    return "" if any(map(_UNKNOWN_HOST.search, said)) else None
