"""One item of `Needs`: a right that a node asks for, as it is written.

What a right comes to, and which ones are never given, is known where nodes are run.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass

from codeact_lsp.plan.docstrings.quantities import size

_ITEM = re.compile(r"(?P<right>[a-z]+)(?:[ \t]+(?P<what>\S(?:.*\S)?))?")
_HOST = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^\s:\[\]]+)(?::(?P<port>[1-9][0-9]{0,4}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# A browser, and the resolver of a system, take `127.1` and `0x7f000001` for addresses.
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LAST_PORT = 65_535
_LONGEST_HOST = 253
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Need:
    """A right, and what it is for: a host, a path, a name, a size, or nothing.

    Two needs are equal if they are written alike but for what never matters: the case of a host.
    """

    right: str
    what: str = ""

    def __str__(self) -> str:
        """As a docstring says it: `write out/`."""
        return f"{self.right} {self.what}".strip()


def read_need(text: str) -> Need | None:
    """The need that an item asks for; None if it has none of the forms."""
    match = _ITEM.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or match["right"] not in _READERS:
        return None
    what = _READERS[match["right"]](match["what"] or "")
    return None if what is None else Need(match["right"], what)


def _host(what: str) -> str | None:
    lower = what.lower()
    match = _HOST.fullmatch(lower)
    if match is None or int(match["port"] or 0) > _LAST_PORT:
        return None
    host = match["host"]
    return lower if _is_address(host) or _is_name(host) else None


def _is_address(host: str) -> bool:
    bare = host.removeprefix("[").removesuffix("]")
    try:
        return (ipaddress.ip_address(bare).version == 6) == (bare != host)  # noqa: PLR2004 - IPv6.
    except ValueError:
        return False


def _is_name(host: str) -> bool:
    """Whether it is the name of a host, or `*.` and a name that is no whole top-level domain."""
    name = host.removeprefix("*.")
    labels = name.split(".")
    if len(name) > _LONGEST_HOST or _NUMERIC.fullmatch(labels[-1]):
        return False
    is_one = name == host or len(labels) > 1
    return is_one and all(_LABEL.fullmatch(label) for label in labels)


def _path(what: str) -> str | None:
    # What cannot be seen cannot be consented to.
    return what if what and what.isprintable() else None


def _variable(what: str) -> str | None:
    return what if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", what) else None


def _module(what: str) -> str | None:
    return what if what and all(part.isidentifier() for part in what.split(".")) else None


def _memory(what: str) -> str | None:
    return what if size(what) else None


def _nothing(what: str) -> str | None:
    return None if what else what


_READERS: dict[str, Callable[[str], str | None]] = {
    "network": _host,
    "write": _path,
    "read": _path,
    "variable": _variable,
    "import": _module,
    "memory": _memory,
    "processes": _nothing,
}
RIGHTS = tuple(_READERS)
