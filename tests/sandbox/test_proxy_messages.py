"""What becomes of HTTP messages on their way: nothing gets through that can be read in two ways."""

import asyncio
import itertools

import pytest

from tests.sandbox.proxied import HELLO, Host, Reader, Writer, answering, hosting, proxying


async def exchanged(request: str, answer: bytes = HELLO) -> tuple[str, str]:
    """What a host is sent of a request, in which `HOST` stands for it, and what the node gets."""
    async with hosting(answering(answer)) as host, proxying(host.at) as proxied:
        told = await proxied.say(request.replace("\n", "\r\n").replace("HOST", host.at))
        return (host.heads or [""])[0].replace(host.at, "HOST").replace("\r\n", "\n"), told


async def test_what_is_for_the_proxy_alone_ends_here() -> None:
    sent, _ = await exchanged(
        "GET http://HOST/ HTTP/1.1\nHost: HOST\nAccept: */*\nProxy-Authorization: Basic eA==\n"
        "Proxy-Connection: keep-alive\nConnection: keep-alive, X-Secret\nX-Secret: 1\n"
        "Keep-Alive: 5\nTE: trailers\nUpgrade: websocket\nAuthorization: Bearer mine\n\n"
    )
    assert sent == (
        "GET / HTTP/1.1\nHost: HOST\nAccept: */*\nAuthorization: Bearer mine\nConnection: close\n\n"
    )


async def test_the_host_is_told_the_name_that_was_checked_and_no_other() -> None:
    sent, _ = await exchanged("GET http://HOST/ HTTP/1.1\nHost: internal.example\n\n")
    assert "Host: HOST\n" in sent
    assert "internal" not in sent


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("http://HOST", "GET / "),
        ("HTTP://HOST/a%2Fb/../c", "GET /a%2Fb/../c "),
        ("http://HOST?q=http://other.example/", "GET /?q=http://other.example/ "),
        ("http://HOST#part", "GET / "),
    ],
)
async def test_a_path_is_passed_on_as_it_is(address: str, sent: str) -> None:
    head, _ = await exchanged(f"GET {address} HTTP/1.1\nHost: HOST\n\n")
    assert head.startswith(sent)


async def test_of_two_lengths_the_chunks_count_and_the_other_is_not_passed_on() -> None:
    sent, _ = await exchanged(
        "POST http://HOST/ HTTP/1.1\nHost: HOST\nContent-Length: 4\n"
        "Transfer-Encoding: chunked\n\n3\nabc\n0\n\n"
    )
    assert "Transfer-Encoding: chunked\n" in sent
    assert "Content-Length" not in sent


async def test_a_second_request_on_a_connection_reaches_nobody() -> None:
    async with hosting() as host, proxying(host.at) as proxied:
        one = f"GET http://{host.at}/{{}} HTTP/1.1\r\nHost: x\r\n\r\n"
        await proxied.say(one.format("first") + one.format("second"))
    assert [head.partition("\r\n")[0] for head in host.heads] == ["GET /first HTTP/1.1"]
    assert host.connections == 1


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", 400),
        (b"GET https://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n", 400),
        (b"GET ftp://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n", 400),
        (b"GET http://example.com/ HTTP/1.1\r\n\r\n", 400),
        (b"GET http://example.com/\0 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"CONNECT example.com HTTP/1.1\r\nHost: x\r\n\r\n", 403),
        (b"CONNECT http://example.com/ HTTP/1.1\r\nHost: x\r\n\r\n", 403),
        (b"CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx", 400),
        (b"POST http://example.com/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET http://example.com/ HTTP/1.1\r\nHost: x\r\n" + b"X: " + b"x" * 70_000, 431),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),  # TLS
        (b"\x05\x01\x00\r\n\r\n", 400),  # SOCKS
    ],
)
async def test_what_is_no_request_to_a_proxy_is_answered(request_: bytes, status: int) -> None:
    async with proxying("example.com") as proxied:
        assert (await proxied.say(request_)).startswith(f"HTTP/1.1 {status} ")
    assert proxied.looked_up == []


async def test_a_chunked_answer_arrives() -> None:
    _, told = await exchanged(
        "GET http://HOST/ HTTP/1.1\nHost: HOST\n\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Own: 1\r\n\r\n"
        b"3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n",
    )
    head, _, body = told.partition("\r\n\r\n")
    assert {"transfer-encoding: chunked", "x-own: 1", "connection: close"} <= lines(head)
    assert unchunked(body) == "abcde"


async def test_an_answer_of_very_many_parts_leaves_the_server_time_for_all_else() -> None:
    """They come with one read, and nothing in them has to be waited for."""
    parts = 2000
    chunks = b"1\r\nx\r\n" * parts + b"0\r\n\r\n"
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    turns = itertools.count()

    async def all_else() -> None:
        while True:
            next(turns)
            await asyncio.sleep(0)

    async with hosting(answering(answer)) as host, proxying(host.at) as proxied:
        other = asyncio.create_task(all_else())
        told = await proxied.get(f"http://{host.at}/")
        other.cancel()
    assert told.count("x\r\n") == parts
    assert next(turns) > parts


async def test_an_answer_that_ends_with_its_connection_arrives() -> None:
    _, told = await exchanged(
        "GET http://HOST/ HTTP/1.1\nHost: HOST\n\n", b"HTTP/1.0 200 OK\r\n\r\nabcde"
    )
    assert unchunked(told.partition("\r\n\r\n")[2]) == "abcde"


async def test_an_old_client_gets_an_answer_that_it_knows() -> None:
    _, told = await exchanged(
        "GET http://HOST/ HTTP/1.0\n\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
    )
    assert told.endswith("\r\n\r\nabcde")
    assert "chunked" not in told


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
async def test_an_answer_without_a_body_arrives(status: str) -> None:
    _, told = await exchanged(
        "GET http://HOST/ HTTP/1.1\nHost: HOST\n\n", f"HTTP/1.1 {status}\r\n\r\n".encode()
    )
    assert told == f"HTTP/1.1 {status}\r\nConnection: close\r\n\r\n"


async def test_head_has_a_length_and_no_body_also_where_it_is_refused() -> None:
    _, told = await exchanged(
        "HEAD http://HOST/ HTTP/1.1\nHost: HOST\n\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
    )
    _, refused = await exchanged("HEAD http://other.example/ HTTP/1.1\nHost: HOST\n\n")
    assert "content-length: 5" in lines(told)
    assert told.endswith("\r\n\r\n")
    assert refused.startswith("HTTP/1.1 refused by ")
    assert refused.endswith("\r\n\r\n")


async def test_who_waits_for_leave_to_send_gets_it_from_the_host() -> None:
    async def hesitant(host: Host, reader: Reader, writer: Writer) -> None:
        host.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        host.bodies.append(await reader.readexactly(4))
        writer.write(HELLO)

    async with hosting(hesitant) as host, proxying(host.at) as proxied:
        reader, writer = await proxied.connect()
        writer.write(
            f"POST http://{host.at}/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
            "Content-Length: 4\r\n\r\n".encode()
        )
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        writer.write(b"body")
        assert (await reader.read()).endswith(b"hello")
        writer.close()
    assert host.bodies == [b"body"]


async def test_a_host_cannot_turn_an_exchange_into_a_tunnel() -> None:
    _, told = await exchanged(
        "GET http://HOST/ HTTP/1.1\nHost: HOST\nUpgrade: websocket\nConnection: upgrade\n\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
    )
    assert told.startswith("HTTP/1.1 no answer: ")


async def test_a_refusal_is_read_also_by_who_is_still_sending() -> None:
    async with proxying() as proxied:
        reader, writer = await proxied.connect()
        writer.write(
            b"POST http://other.example/ HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n"
        )
        for _ in range(9):
            writer.write(bytes(1_000_000))
            await writer.drain()
        assert (await reader.read()).startswith(b"HTTP/1.1 refused by ")
        writer.close()


@pytest.mark.parametrize("size", [0, 1, 70_000, 3_000_000])
async def test_bodies_of_any_size_arrive_whole(size: int) -> None:
    body = bytes(itertools.islice(itertools.cycle(range(251)), size))

    async def mirror(host: Host, reader: Reader, writer: Writer) -> None:
        host.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        received = await reader.readexactly(size)
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode() + received)

    async with hosting(mirror) as host, proxying(host.at) as proxied:
        reader, writer = await proxied.connect()
        head = f"POST http://{host.at}/ HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n"
        writer.write(head.encode() + body)
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.read() == body
        writer.close()


def lines(head: str) -> set[str]:
    return {line.lower() for line in head.split("\r\n")}


def unchunked(body: str) -> str:
    parts = body.split("\r\n")
    return "".join(parts[1::2])
