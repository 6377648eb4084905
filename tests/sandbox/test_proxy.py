"""What a node gets that asks the proxy for something, and what the proxy remembers of it."""

import asyncio
import os
import resource
import socket
import struct
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from codeact_lsp.sandbox.hosts import AllowList
from codeact_lsp.sandbox.proxy import Patience, Proxy, Refusal, Traffic
from codeact_lsp.worker.confine import loopback
from tests.sandbox.proxied import (
    Host,
    Reader,
    Writer,
    answering,
    echo,
    hosting,
    proxying,
    surprises,
)


async def test_what_was_granted_is_reached() -> None:
    async with hosting() as host, proxying(host.at) as proxied:
        answer = await proxied.get(f"http://{host.at}/path?query#fragment")
    assert answer.startswith("HTTP/1.1 200 OK\r\n")
    assert answer.endswith("\r\n\r\nhello")
    assert host.heads[0].startswith("GET /path?query HTTP/1.1\r\n")


async def test_a_name_is_looked_up_by_the_proxy_and_told_to_the_host() -> None:
    names = {"api.example.com": ["127.0.0.1"]}
    async with hosting() as host:
        wanted = f"API.example.com.:{host.port}"
        async with proxying(wanted, host.at, names=names) as proxied:
            assert "hello" in await proxied.get(f"http://{wanted}/")
    assert proxied.looked_up == ["api.example.com"]
    assert f"Host: api.example.com:{host.port}\r\n" in host.heads[0]


async def test_a_tunnel_carries_bytes_both_ways_and_each_end_of_them() -> None:
    async with hosting(echo) as host, proxying(host.at) as proxied:
        head, reader, writer = await proxied.tunnel(host.at)
        writer.write(b"\x00\xff anything")
        assert await reader.readexactly(11) == b"\x00\xff anything"
        writer.write_eof()
        assert await reader.read() == b"<end>"
        writer.close()
    assert head == "HTTP/1.1 200 Connection established\r\n\r\n"


async def test_what_a_node_sends_before_the_tunnel_is_there_goes_through_it() -> None:
    async with hosting(echo) as host, proxying(host.at) as proxied:
        reader, writer = await proxied.connect()
        writer.write(f"CONNECT {host.at} HTTP/1.1\r\nHost: x\r\n\r\nearly".encode())
        writer.write_eof()
        answer = await reader.read()
        writer.close()
    assert answer.endswith(b"\r\n\r\nearly<end>")


@pytest.mark.parametrize("way", ["GET http://{}/", "CONNECT {}"])
async def test_what_was_not_granted_is_refused_with_the_way_out(way: str) -> None:
    async with hosting() as host, proxying("api.example.com", "*.example.org:8443") as proxied:
        answer = await proxied.say(f"{way.format(host.at)} HTTP/1.1\r\nHost: {host.at}\r\n\r\n")
        (refusal,) = proxied.proxy.refusals
    why = (
        f"refused by the sandbox: {host.at} was not granted (granted: api.example.com, "
        f"*.example.org:8443); it takes `Needs: network {host.at}` in the node's docstring, "
        "and that you grant it"
    )
    if way.startswith("CONNECT"):
        assert answer.startswith(f"HTTP/1.1 403 {why}\r\n")
        assert answer.endswith(f"\r\n\r\n{why}\n")
    else:  # It is not to look like an answer of the host, which is no failure.
        assert answer == f"HTTP/1.1 {why}\r\nConnection: close\r\n\r\n"
    assert refusal == Refusal("127.0.0.1", host.port, why, host.at)
    assert host.connections == 0


async def test_a_refused_name_is_not_even_looked_up() -> None:
    async with proxying("example.com") as proxied:
        assert "refused by" in await proxied.get("http://a-secret.evil.example/")
    assert proxied.looked_up == []


async def test_with_nothing_granted_nothing_is_reached() -> None:
    async with hosting() as host, proxying() as proxied:
        assert "was not granted (granted: none)" in await proxied.get(f"http://{host.at}/")
    assert host.connections == 0


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "user@example.com", "ex%61mple.com"])
async def test_a_spelling_that_leads_astray_is_refused_and_remembered(host: str) -> None:
    async with proxying("example.com", "127.0.0.1") as proxied:
        answer = await proxied.get(f"http://{host}/")
        (refusal,) = proxied.proxy.refusals
    assert answer.startswith("HTTP/1.1 refused by the sandbox: '")
    assert (refusal.host, refusal.port, refusal.grant) == (host, None, None)
    assert proxied.looked_up == []


async def test_a_host_that_cannot_be_reached_is_not_called_refused() -> None:
    async with hosting() as gone:
        pass
    async with proxying(gone.at, "nowhere.example") as proxied:
        refused = await proxied.get(f"http://{gone.at}/")
        unknown = await proxied.get("http://nowhere.example/")
        assert not proxied.proxy.refusals
    why = f"{gone.at} cannot be reached: Connection refused"
    assert refused.startswith(f"HTTP/1.1 no answer: {why}\r\n")
    assert "nowhere.example:80 cannot be reached: Name or service not known" in unknown


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"])
async def test_a_host_that_does_not_answer_in_http_is_told_of(answer: bytes) -> None:
    async with hosting(answering(answer)) as host, proxying(host.at) as proxied:
        told = await proxied.get(f"http://{host.at}/")
    assert told.startswith("HTTP/1.1 no answer: the host did not answer: ")


@pytest.mark.parametrize(
    ("request_", "head"),
    [
        ("GET http://{}/ HTTP/1.1\r\nHost: x", "Content-Length: 100\r\n"),
        ("GET http://{}/ HTTP/1.1\r\nHost: x", "Transfer-Encoding: chunked\r\n"),
        ("GET http://{}/ HTTP/1.0", ""),
        ("CONNECT {} HTTP/1.1\r\nHost: x", ""),
    ],
)
async def test_what_breaks_off_is_not_taken_for_complete(request_: str, head: str) -> None:
    arrived = asyncio.Event()

    async def failing(_host: Host, _reader: Reader, writer: Writer) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\n{head}\r\n4\r\nhalf\r\n".encode())
        await arrived.wait()
        reset = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)

    async with hosting(failing) as host, proxying(host.at) as proxied:
        reader, writer = await proxied.connect()
        writer.write(f"{request_.format(host.at)}\r\n\r\n".encode())
        await reader.readuntil(b"half")
        arrived.set()
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()


async def test_who_says_nothing_is_not_waited_for() -> None:
    async with proxying(patience=Patience(request=0.01)) as proxied:
        assert await proxied.say("") == (
            "HTTP/1.1 504 nothing happened for too long\r\nContent-Type: text/plain\r\n"
            "Content-Length: 30\r\nConnection: close\r\n\r\nnothing happened for too long\n"
        )


async def test_a_host_that_says_nothing_is_not_waited_for() -> None:
    async def silent(_host: Host, reader: Reader, _writer: Writer) -> None:
        await reader.read()

    patience = Patience(idle=0.05)
    async with hosting(silent) as host, proxying(host.at, patience=patience) as proxied:
        answer = await proxied.get(f"http://{host.at}/")
    assert answer.startswith("HTTP/1.1 no answer: nothing happened")


async def test_more_connections_than_there_may_be_wait_for_an_end() -> None:
    open_at_once: list[int] = [0]

    async def counting(host: Host, reader: Reader, writer: Writer) -> None:
        open_at_once.append(open_at_once[-1] + 1)
        await answering()(host, reader, writer)
        open_at_once.append(open_at_once[-1] - 1)

    patience = Patience(connections=2)
    async with hosting(counting) as host, proxying(host.at, patience=patience) as proxied:
        asked = (proxied.get(f"http://{host.at}/") for _ in range(20))
        answers = await asyncio.gather(*asked)
    assert all(answer.endswith("hello") for answer in answers)
    assert max(open_at_once) <= 2


async def test_a_lack_of_descriptors_is_outlived() -> None:
    listener = loopback.listener()
    proxy = Proxy(listener, AllowList([]))
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    with surprises() as surprised:
        with no_free_descriptor():
            proxy.start()
            await surprised.first.wait()
        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
    assert set(surprised.found) == {
        "the proxy cannot take a connection: [Errno 24] Too many open files"
    }
    writer.close()
    await proxy.close()


@contextmanager
def no_free_descriptor() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_a_node_that_is_gone_is_not_kept_connected() -> None:
    left = asyncio.Event()

    async def waiting(_host: Host, reader: Reader, _writer: Writer) -> None:
        with suppress(ConnectionResetError):
            await reader.read()
        left.set()

    async with hosting(waiting) as host, proxying(host.at) as proxied:
        _, writer = await proxied.connect()
        writer.write(f"GET http://{host.at}/ HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        writer.close()
        await left.wait()


async def test_closing_ends_what_goes_on_and_takes_nothing_new() -> None:
    async with hosting(echo) as host, proxying(host.at) as proxied:
        _, reader, writer = await proxied.tunnel(host.at)
        await proxied.proxy.close()
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()
        with pytest.raises(ConnectionRefusedError):
            await proxied.connect()


async def test_traffic_is_counted_by_grant() -> None:
    names = {"a.example.com": ["127.0.0.1"], "b.example.com": ["127.0.0.1"]}
    async with hosting(echo) as host:
        below = f"*.example.com:{host.port}"
        async with proxying(below, host.at, names=names) as proxied:
            for name in names:
                _, reader, writer = await proxied.tunnel(f"{name}:{host.port}")
                writer.write(b"12345")
                writer.write_eof()
                await reader.read()
                writer.close()
            assert proxied.proxy.traffic == {
                below: Traffic(sent=10, received=20, connections=2),
            }


async def test_a_download_of_any_size_takes_no_memory_of_its_size() -> None:
    size, piece = 64 * 2**20, bytes(2**20)

    async def long(_host: Host, _reader: Reader, writer: Writer) -> None:
        for _ in range(size // len(piece)):
            writer.write(piece)
            await writer.drain()

    async with hosting(long) as host, proxying(host.at) as proxied:
        _, reader, writer = await proxied.tunnel(host.at)
        writer.write_eof()
        tracemalloc.start()
        received = 0
        while data := await reader.read(2**16):
            received += len(data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        writer.close()
    assert received == size
    assert peak < 8 * 2**20
