"""From a host to a connection: the address that is checked is the one that is connected to."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from codeact_lsp.sandbox.hosts import Address, AllowList, Target, canonical

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
LookUp = Callable[[str], Awaitable[list[Address]]]

_CONNECT_SECONDS = 10.0
_BUFFER_BYTES = 256 * 1024
# Where machines of a cloud ask who they are, and get credentials. Some of them look public.
_METADATA = frozenset(
    map(
        ip_address,
        (
            "169.254.169.254",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:ec2::254",
            "fd00:ec2::23",
            "fd20:ce::254",
            "fd00:c1::a9fe:a9fe",
            "fd00:42::42",
        ),
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
# Reserved since, or in part: releases of Python differ in what they take for public of these.
_NOT_PUBLIC = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20", "5f00::/16"))
)


class ClosedError(Exception):
    """A host was granted, but leads to an address where no name may lead."""

    def __init__(self, address: Address, why: str) -> None:
        super().__init__(why)
        self.address = address


async def connected(target: Target, allowed: AllowList, look_up: LookUp) -> Streams:
    """Connect to a target that was granted.

    Args:
        target: Whom to connect to.
        allowed: What was granted. An address that is closed to names is open if it was itself
            granted: then the user has said that this very place is meant. Credentials of a cloud,
            and what is link-local as most of them are, nobody can mean.
        look_up: What finds the addresses of a name.

    Raises:
        ClosedError: All its addresses are closed to it.
        OSError: There is no such host, or none of its addresses answers.
    """
    found = await look_up(target.host) if isinstance(target.host, str) else [target.host]
    closed = {
        address: why
        for address in map(canonical, found)
        if (why := why_closed(address))
        and (is_never_open(address) or not allowed.covering(Target(address, target.port)))
    }
    addresses = [address for address in map(canonical, found) if address not in closed]
    if closed and not addresses:
        raise ClosedError(*next(iter(closed.items())))
    return await _first(addresses, target.port)


def why_closed(address: Address) -> str | None:
    """What an address is if names may not lead to it; None if they may.

    A name leads where the owner of its domain wants, who may change that at any time. If names
    could lead to this machine, to the network that it stands in, or to what tells the machines of a
    cloud their credentials, then to grant one would be to grant its owner all of that.
    """
    inner = _inner(address) if isinstance(address, IPv6Address) else None
    kind = why_closed(inner) if inner else _closed_kind(address)
    return kind or ("an address of this machine" if _is_own(address) else None)


def is_never_open(address: Address) -> bool:
    """Whether no grant opens an address."""
    inner = _inner(address) if isinstance(address, IPv6Address) else None
    return is_never_open(inner) if inner else address in _METADATA or address.is_link_local


def _closed_kind(address: Address) -> str | None:
    kinds = {
        "an address that gives away credentials": address in _METADATA,
        "an address of this machine": address.is_loopback or address.is_unspecified,
        "a link-local address": address.is_link_local,
        "a multicast address": address.is_multicast,
        "an address of a private network": not address.is_global,
        "a reserved address": _is_reserved(address),
    }
    return next((kind for kind, applies in kinds.items() if applies), None)


def _is_reserved(address: Address) -> bool:
    beyond = isinstance(address, IPv6Address) and address not in _PUBLIC_V6
    return beyond or any(address in network for network in _NOT_PUBLIC)


async def _first(addresses: list[Address], port: int) -> Streams:
    """A connection to the first address that answers."""
    failure = OSError("it has no address")
    for address in addresses:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                return await asyncio.open_connection(str(address), port, limit=_BUFFER_BYTES)
        except TimeoutError:
            failure = TimeoutError(f"{address} does not answer")
        except OSError as error:
            failure = error
    raise failure


async def look_up(name: str) -> list[Address]:
    """The addresses of a name, as the system knows them.

    A thread of its own each: those of a pool would be waited for when the process ends, and a name
    server that does not answer is asked for half a minute.

    Raises:
        OSError: There are none.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[Address]] = loop.create_future()

    def ask() -> None:
        try:
            settle = partial(_settle, found, _asked(name))
        except OSError as error:
            settle = partial(_settle, found, error)
        with suppress(RuntimeError):  # The loop is closed, so nobody waits any more.
            loop.call_soon_threadsafe(settle)

    threading.Thread(target=ask, daemon=True, name=f"look up {name}").start()
    return await found


def _asked(name: str) -> list[Address]:
    # As bytes, so that nothing is done to it: it is in ASCII.
    answers = socket.getaddrinfo(name.encode("ascii"), None, type=socket.SOCK_STREAM)
    # An address with an interface in it is link-local; without, it says as much here.
    return [ip_address(str(address[0]).partition("%")[0]) for *_, address in answers]


def _settle(found: asyncio.Future[list[Address]], result: list[Address] | OSError) -> None:
    if found.done():
        return
    if isinstance(result, OSError):
        found.set_exception(result)
    else:
        found.set_result(result)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The address that a packet to this one is sent on to."""
    if any(address in network for network in _NAT64):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_own(address: Address) -> bool:
    """Whether an address is one of this machine's: only on those can it wait for connections."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET  # noqa: PLR2004
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(address), 0))
    except OSError:
        return False
    return True
