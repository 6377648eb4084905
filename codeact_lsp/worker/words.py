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
# Patterns are compiled by whoever is the first to use them: most workers never do.
# Of those who look for all files of a pattern, and of those who only say what they cannot do.
_NONE_FOUND = r"(?i)\bno (?:such )?files? (?:was |were )?found\b"
_NOT_WRITTEN = (
    r"(?i)\bnot (?:be )?(?:available for writ|writ|sav)"
    r"|\b(?:fail\w*|unable|error) (?:to )?(?:writ|sav)"
)
_MOST_TEXTS = 100
_MOST_TEXT = 20_000
_QUOTE = r"[\"`]+"
# What names a file relative to the plan's folder: in quotes, a word will do.
_WORD = r"(?!-)[\w.-]+(?:/[\w.-]+)*/?"
_ENDING = r"\.[A-Za-z]\w{0,9}"
NAME = rf"(?:[\w.-]+/)*(?:[\w-][\w .-]*{_ENDING}|{_ENDING}(?:\.\w+)*)"
"""A mere name of a file: it has an ending, or is hidden."""
_BETWEEN = rf"(?<![\w./-])(?:[\w.-]+/)*[\w-][\w.-]*{_ENDING}(?![\w/])"

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
_ADDRESS = rf"\b({'|'.join(_PORTS)})://(?:[^\s/@'\"]*@)?([\w.-]+|\[[0-9a-fA-F:]+\])(:\d+)?"
_WHOLE_ADDRESS = r"\b\w+://\S*"
_HOST = r"(?i)\bhost(?:[ _]?name)?(?:\(s\))?:? [\"'(]?([\w-]+(?:\.[\w-]+)+)"
_PORT = r"\bport:? (\d{1,5})\b"
_UNRESOLVED = (
    r"\bname resolution\b|\bname or service not known\b|\blookup address\b|\bnot resolve\b"
)
_FAILED = r"(?:fail|unable|error|could n|cannot|can't|refused|timed? ?out|unreachable)"
_REACHING = r"(?:connect|download|resol[vu]|reach|fetch|request|performing|translate host)"
_FEW_WORDS = r"\w*\W+(?:\w+\W+){0,9}?"
_OF_NETWORK = (
    rf"(?i)\b{_FAILED}{_FEW_WORDS}{_REACHING}|\b{_REACHING}{_FEW_WORDS}{_FAILED}|{_UNRESOLVED}"
)
_UNKNOWN_HOST = f"(?i){_UNRESOLVED}"


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
    if any(re.search(_NONE_FOUND, text) for text in said):
        return errno.ENOENT
    if any(re.search(_NOT_WRITTEN, text) for text in said):
        return errno.EACCES
    return next((number for kind, number in _CLASSES.items() if exceptions.is_a(error, kind)), None)


def quoted(error: BaseException) -> Iterator[str]:
    """The paths that its words quote, begin with or end in; whole ones come first."""
    said = texts(error)
    quotes = [part for text in said for part in re.sub(_QUOTE, "'", text).split("'")[1::2]]
    ends = [part for text in said for part in (text.partition(": ")[0], text.rpartition(": ")[2])]
    yield from filter(os.path.isabs, map(os.path.expanduser, (*quotes, *ends)))
    names = [part for part in quotes if re.fullmatch(_WORD, part)]
    names += [part for part in (*quotes, *ends) if re.fullmatch(NAME, part)]
    unwritten = [text for text in said if re.search(_NOT_WRITTEN, text)]
    names += [name for text in unwritten for name in re.findall(_BETWEEN, text)]
    yield from (path for name in names if (path := absolute(name)))


def names(text: str, host: str) -> bool:
    """Whether there is word of a host in a text."""
    return bool(host) and bool(re.search(rf"(?<![\w.-]){re.escape(host)}(?![\w-])", text))


def host(error: BaseException) -> str | None:
    """Whom it was about, if a host was not reached: with a port, or empty if that is not said."""
    bare = [(text, re.sub(_WHOLE_ADDRESS, "", text)) for text in texts(error)]
    said = [text for text, rest in bare if re.search(_OF_NETWORK, rest)]
    for text in said:
        if found := re.search(_ADDRESS, text):
            scheme, name, port = found.groups()
            return f"{name}{port or f':{_PORTS[scheme]}'}"
    for text in said:
        if found := re.search(_HOST, text):
            port = re.search(_PORT, text)
            return f"{found[1]}:{port[1]}" if port else found[1]
    return "" if any(re.search(_UNKNOWN_HOST, text) for text in said) else None
