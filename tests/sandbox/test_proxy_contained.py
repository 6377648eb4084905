"""Programs in a network of their own: what they reach through the proxy, and what they say else."""

import asyncio
import json
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codeact_lsp.sandbox.hosts import AllowList
from codeact_lsp.sandbox.proxy import Proxy
from codeact_lsp.sandbox.proxying.listening import listener_of
from codeact_lsp.worker.confine import loopback
from tests.sandbox.proxied import AddressBook, Host, hosting

pytestmark = pytest.mark.e2e

NODE = """
import asyncio, http.client, importlib.util, json, os, socket, ssl, sys, urllib.request

file, descriptor, about = sys.argv[1:]
spec = importlib.util.spec_from_file_location("loopback", file)
loopback = importlib.util.module_from_spec(spec)
spec.loader.exec_module(loopback)
about = json.loads(about)

loopback.bring_up()
with socket.socket(fileno=int(descriptor)) as server:
    port = loopback.hand_out(loopback.listener(), server, b"here it is")
os.environ.update(loopback.variables(port))
trusted = ssl.create_default_context(cafile=about["certificate"])

def fetch(address):
    return urllib.request.urlopen(address, context=trusted).read().decode()

def by_requests(address):
    import requests
    return requests.get(address, timeout=9).text

def by_httpx(address):
    import httpx
    return httpx.get(address, timeout=9).text

async def asked(address):
    import aiohttp
    async with aiohttp.ClientSession(trust_env=True) as session, session.get(address) as answer:
        return await answer.text()

def by_aiohttp(address):
    return asyncio.run(asked(address))

def tunnelled(authority):
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trusted)
    connection.set_tunnel(authority)
    connection.request("GET", "/")
    return connection.getresponse().read().decode()

def connect(host, port):
    socket.create_connection((host, int(port)))

def datagram(host):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", (host, 53))

def own_server():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()):
            return "connected"

def routes():
    lines = open("/proc/net/route").read().splitlines()[1:]
    return lines + [line for line in open("/proc/net/ipv6_route") if line.split()[-1] != "lo"]

def said(doing, *arguments):
    try:
        return doing(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"

print(json.dumps({
    "http": said(fetch, f"http://{about['granted']}/"),
    "https": said(fetch, f"https://{about['secure']}/"),
    "http.client": said(tunnelled, about["secure"]),
    "refused http": said(fetch, f"http://{about['other']}/"),
    "refused https": said(fetch, f"https://{about['other']}/"),
    "refused, by clients": [
        said(client, f"{scheme}://{about['other']}/")
        for client in (by_requests, by_httpx, by_aiohttp)
        for scheme in ("http", "https")
    ],
    "directly": said(connect, *about["granted"].split(":")),
    "directly, to a name": said(connect, *about["secure"].split(":")),
    "directly, to the world": said(connect, "192.0.2.1", 80),
    "directly, to the world in IPv6": said(connect, "2001:db8::1", 80),
    "directly, by UDP": said(datagram, "192.0.2.1"),
    "its own server": said(own_server),
    "ways out": routes(),
}))
"""


@dataclass(frozen=True)
class Seen:
    """What a node said of what it tried, and what was seen of that outside."""

    said: dict[str, Any]
    proxy: Proxy
    granted: Host
    secure: Host
    other: Host


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seen(certificate: Path) -> AsyncIterator[Seen]:
    security = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    security.load_cert_chain(certificate)
    async with hosting() as granted, hosting(security=security) as secure, hosting() as other:
        name = f"secure.example:{secure.port}"
        about = {"certificate": str(certificate), "secure": name}
        about |= {"granted": granted.at, "other": other.at}
        process, listener = await start(json.dumps(about))
        book = AddressBook({"secure.example": ["127.0.0.1"]})
        proxy = Proxy(listener, AllowList([granted.at, name, secure.at]), look_up=book.look_up)
        proxy.start()
        output, _ = await process.communicate()
        assert process.returncode == 0
        yield Seen(json.loads(output), proxy, granted, secure, other)
        await proxy.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for `secure.example`, signed by itself."""
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "-")
    name = ("-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example")
    request = ["openssl", "req", "-x509", "-days", "2", *key, *name, "-out", "-"]
    made = subprocess.run(request, capture_output=True, check=True)
    file.write_bytes(made.stdout)
    return file


async def start(about: str) -> tuple[asyncio.subprocess.Process, socket.socket]:
    """A node in a network of its own, and the socket that it handed out."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = await asyncio.create_subprocess_exec(
            *("/usr/bin/bwrap", "--unshare-all", "--die-with-parent", "--cap-drop", "ALL"),
            *("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--"),
            *(sys.executable, "-I", "-c", NODE, loopback.__file__, str(theirs.fileno()), about),
            pass_fds=[theirs.fileno()],
            stdout=asyncio.subprocess.PIPE,
        )
        theirs.close()
        message, (descriptor,), _, _ = await asyncio.to_thread(socket.recv_fds, ours, 64, 1)
    assert message == b"here it is"
    return process, listener_of(descriptor)


def test_granted_hosts_are_reached_by_clients_that_know_of_no_sandbox(seen: Seen) -> None:
    assert seen.said["http"] == "hello"
    assert seen.said["https"] == "hello"  # The certificate of the host itself was checked.
    assert seen.said["http.client"] == "hello"
    assert seen.secure.connections == 2


def test_a_refusal_is_in_the_words_of_the_error_and_can_be_traced(seen: Seen) -> None:
    why = f"refused by the sandbox: {seen.other.at} was not granted"
    assert seen.said["refused http"].startswith(f"BadStatusLine: HTTP/1.1 {why}")
    assert seen.said["refused https"].startswith(
        f"URLError: <urlopen error Tunnel connection failed: 403 {why}"
    )
    for message in (seen.said["refused http"], seen.said["refused https"]):
        refusal = seen.proxy.refusal_in(message)
        assert refusal is not None
        assert refusal.grant == seen.other.at
    assert seen.proxy.refusal_in("HTTP Error 403: Forbidden") is None
    assert len(seen.proxy.refusals) == 2 + len(seen.said["refused, by clients"])
    assert seen.other.connections == 0


def test_a_refusal_is_an_error_of_every_client_and_no_answer(seen: Seen) -> None:
    for message in seen.said["refused, by clients"]:
        refusal = seen.proxy.refusal_in(message)
        assert refusal is not None, message
        assert refusal.grant == seen.other.at


def test_nothing_is_reached_past_the_proxy(seen: Seen) -> None:
    """On its own loopback, another server is where the granted one is out here: none."""
    assert seen.said["ways out"] == []
    assert seen.said["directly"] == "ConnectionRefusedError: [Errno 111] Connection refused"
    assert seen.granted.connections == 1


def test_what_does_not_go_through_the_proxy_finds_no_way_out(seen: Seen) -> None:
    unreachable = "OSError: [Errno 101] Network is unreachable"
    assert seen.said["directly, to the world"] == unreachable
    assert seen.said["directly, to the world in IPv6"] == unreachable
    assert seen.said["directly, by UDP"] == unreachable
    assert seen.said["directly, to a name"].startswith("gaierror: ")


def test_a_node_may_talk_to_itself(seen: Seen) -> None:
    assert seen.said["its own server"] == "connected"
