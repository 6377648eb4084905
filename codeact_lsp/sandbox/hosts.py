"""Which hosts a node may reach: what was granted, and whether a request is for it.

A host can be written in many ways, and whoever checks one spelling and connects to another is led
astray. Here there is one spelling of each: names in lower case, without a dot at the end, in ASCII;
addresses as four numbers, or in the short form of IPv6. What has no such spelling is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address

WEB_PORTS = frozenset({80, 443})
"""What is granted with a host for which no port was named."""

_AUTHORITY = re.compile(
    r"(?: \[ (?P<address> [^\[\]]* ) \] | (?P<name> [^\[\]:/]* ) ) (?: : (?P<port> [^:/]* ) )?",
    re.VERBOSE | re.DOTALL,
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # What C libraries take for a part of an address.
_PORT = re.compile(r"[0-9]{1,5}")
_LONGEST_NAME = 253
_LAST_PORT = 65_535
_ANY = "*."
# The two editions of internationalised names spell these differently, as different hosts.
_AMBIGUOUS = frozenset("ßςẞ\u200c\u200d")
_MOST_SHOWN = 100
_MOST_LISTED = 5


class HostError(ValueError):
    """A text names no host, or not in the one way that a host can be named."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a request is for.

    Attributes:
        host: A name in ASCII, or an address.
        port: The port.
    """

    host: str | Address
    port: int

    def __str__(self) -> str:
        return f"{_shown(self.host)}:{self.port}"

    @property
    def asked_for(self) -> str:
        """What a plan has to ask for to reach it."""
        return _shown(self.host) if self.port in WEB_PORTS else str(self)


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be reached: a host, or with `below` all whose names end in it, but not itself."""

    host: str | Address
    ports: frozenset[int] = WEB_PORTS
    below: bool = False

    def __str__(self) -> str:
        port = "" if self.ports == WEB_PORTS else f":{min(self.ports)}"
        return f"{_ANY if self.below else ''}{_shown(self.host)}{port}"

    def covers(self, target: Target) -> bool:
        """Whether it is for that host and port."""
        if target.port not in self.ports:
            return False
        if self.below:
            return isinstance(target.host, str) and target.host.endswith(f".{self.host}")
        return self.host == target.host


class AllowList:
    """All that was granted; what none of it covers is refused, so an empty list refuses all."""

    def __init__(self, hosts: Iterable[str]) -> None:
        """Read grants.

        Raises:
            HostError: One of them cannot be understood.
        """
        self.grants = tuple(grant_of(text) for text in hosts)

    def __str__(self) -> str:
        shown = ", ".join(map(str, self.grants[:_MOST_LISTED])) or "none"
        more = len(self.grants) - _MOST_LISTED
        return shown if more <= 0 else f"{shown} and {more} more"

    def covering(self, target: Target) -> Grant | None:
        """The first grant that covers a target."""
        return next((grant for grant in self.grants if grant.covers(target)), None)


def grant_of(text: str) -> Grant:
    """Read a grant: `example.com`, `example.com:8080`, `*.example.com`, `127.0.0.1:8000`.

    Without a port it is for 80 and 443. A name that is not ASCII becomes what it is on the wire,
    which is also how the grant is shown: two names that look alike do not look alike there.

    Raises:
        HostError: It is none, with what would be.
    """
    below = text.startswith(_ANY)
    host, port = _parsed(_ascii(text.removeprefix(_ANY)))
    if below and (not isinstance(host, str) or "." not in host):
        raise HostError(f"{_quoted(text)} is too wide: name a domain, as in *.example.com.")
    return Grant(host, WEB_PORTS if port is None else frozenset({port}), below)


def target_of(authority: str, port: int | None = None) -> Target:
    """Read whom a request is for: `example.com:443`.

    Args:
        authority: What stands between the scheme and the path of an address.
        port: The port if it names none.

    Raises:
        HostError: It names no host in the one way there is, or no port.
    """
    host, named = _parsed(authority)
    if (number := port if named is None else named) is None:
        raise HostError(f"{_quoted(authority)} names no port.")
    return Target(host, number)


def canonical(address: Address) -> Address:
    """An address as what it is in the end: `::ffff:10.0.0.1` is 10.0.0.1."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _parsed(text: str) -> tuple[str | Address, int | None]:
    parts = _AUTHORITY.fullmatch(text)
    if parts is None:
        raise HostError(
            f"{_quoted(text)} is no host: write example.com, example.com:8080, or [::1]:8080."
        )
    host = _address(parts["address"]) if parts["name"] is None else _name(parts["name"])
    return host, None if parts["port"] is None else _port(parts["port"])


def _name(text: str) -> str | Address:
    name = text.lower().removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _four_numbers(name)
    if len(name) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
        raise HostError(f"{_quoted(text)} is no name of a host.")
    return name


def _four_numbers(text: str) -> IPv4Address:
    try:
        return IPv4Address(text)
    except AddressValueError as error:
        raise HostError(f"{_quoted(text)} is no address: write it as in 192.0.2.1.") from error


def _address(text: str) -> Address:
    try:
        address = IPv6Address(text)
    except AddressValueError as error:
        raise HostError(f"{_quoted(text)} is no address, as 2001:db8::1 is.") from error
    if address.scope_id is not None:
        raise HostError(f"{_quoted(text)} names an interface of one machine.")
    return canonical(address)


def _port(text: str) -> int:
    port = int(text) if _PORT.fullmatch(text) else 0
    if not 0 < port <= _LAST_PORT:
        raise HostError(f"{_quoted(text)} is no port.")
    return port


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    if _AMBIGUOUS.intersection(text):
        raise HostError(f"{_quoted(text)} can be spelt in two ways: write its form in xn--.")
    host, colon, port = text.partition(":")
    try:
        return f"{host.encode('idna').decode('ascii')}{colon}{port}"
    except UnicodeError as error:
        raise HostError(f"{_quoted(text)} is no name of a host.") from error


def _shown(host: str | Address) -> str:
    return f"[{host}]" if isinstance(host, IPv6Address) else str(host)


def _quoted(text: str) -> str:
    """A text from outside, so that it can stand in a message and in a header."""
    return ascii(text[:_MOST_SHOWN])
