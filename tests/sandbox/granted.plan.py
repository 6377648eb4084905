"""Payloads of nodes to which one host was granted: each tries to reach more than that host.

What a payload sends bears its own name, so that whoever gets it knows whom it is from. `granted` is
the port of the host, `other` and `other6` those of servers on the same machine that were not granted.
"""

import contextlib
import os
import socket
import struct
import threading
import urllib.parse
import urllib.request

LOOPBACK = ("127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "0")
MAPPED = ("[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]")
METADATA = ("169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "2852039166")
LINK_LOCAL = ("169.254.0.1", "[fe80::1]", "[fe80::1%25lo]", "224.0.0.1", "255.255.255.255")


def other_port(other):
    """The granted address, at another port."""
    _tunnel(f"127.0.0.1:{other}", "other_port")
    _get(f"http://127.0.0.1:{other}/other_port")


def loopback(other):
    """The machine itself, by all of its spellings, in tunnels and in requests."""
    for host in LOOPBACK:
        _tunnel(f"{host}:{other}", "loopback")
        _get(f"http://{host}:{other}/loopback")


def mapped(other, other6):
    """The machine itself, by addresses of the newer protocol."""
    for host in MAPPED:
        for port in (other, other6):
            _tunnel(f"{host}:{port}", "mapped")
            _get(f"http://{host}:{port}/mapped")


def metadata(granted):
    """What gives away credentials, and what is only reached from within a network."""
    reached = [host for host in (*METADATA, *LINK_LOCAL) if _is_open(_tunnel(f"{host}:80", "m"))]
    return reached + [host for host in METADATA if _is_open(_get(f"http://{host}/latest/meta-data"))]


def names(other):
    """Names that lead to the machine itself, without a question to anybody."""
    for host in (socket.gethostname(), "ip6-localhost", "localhost.localdomain", "LOCALHOST."):
        _tunnel(f"{host}:{other}", "names")
        _get(f"http://{host}:{other}/names")


def borrowed_name(granted, other):
    """Another host, in the name of the granted one."""
    for authority in (
        f"127.0.0.1:{granted}@127.0.0.1:{other}",
        f"127.0.0.1:{granted}#@127.0.0.1:{other}",
        f"127.0.0.1:{other}/127.0.0.1:{granted}",
        f"127.0.0.1:{granted}\t127.0.0.1:{other}",
        f"127.0.0.1:{granted}\0127.0.0.1:{other}",
        f"127.0.0.1:0{other}",
        f"127.0.0.1:{int(other) + 65536}",
        f"127.0.0.1:{granted},127.0.0.1:{other}",
    ):
        _tunnel(authority, "borrowed_name")
        _get(f"http://{authority}/borrowed_name")


def other_host_header(granted, other):
    """The granted host, with a header that names another one."""
    _say(
        f"GET http://127.0.0.1:{granted}/allowed HTTP/1.1\r\nHost: 127.0.0.1:{other}\r\n"
        f"X-Forwarded-Host: 127.0.0.1:{other}\r\nConnection: close\r\n\r\n"
    )


def second_request(granted, other):
    """A request to another host, behind one to the granted one."""
    first = f"GET http://127.0.0.1:{granted}/allowed HTTP/1.1\r\nHost: x\r\n\r\n"
    _say(first + _request(f"http://127.0.0.1:{other}/second_request"))
    _say(first + _request(f"http://127.0.0.1:{granted}/smuggled"))


def two_lengths(granted):
    """A request in the body of another one, for whoever believes the other of two lengths."""
    inner = _request(f"http://127.0.0.1:{granted}/smuggled")
    head = f"POST http://127.0.0.1:{granted}/allowed HTTP/1.1\r\nHost: x\r\n"
    chunked = "Transfer-Encoding: chunked\r\n"
    for headers, body in (
        (f"Content-Length: {len(inner) + 5}\r\n{chunked}", f"0\r\n\r\n{inner}"),
        (f"Content-Length: 0\r\nContent-Length: {len(inner)}\r\n", inner),
        (f"Content-Length: +{len(inner)}\r\n", inner),
        (f"Transfer-Encoding: xchunked\r\nContent-Length: {len(inner)}\r\n", inner),
        (f"Transfer-Encoding:\x0bchunked\r\nContent-Length: 4\r\n", f"0\r\n\r\n{inner}"),
        (f"Content-Length : {len(inner)}\r\n", inner),
    ):
        _say(f"{head}{headers}\r\n{body}")


def split_header(granted, other):
    """A request that begins within the address or a header of another one."""
    for inner in (f"http://127.0.0.1:{granted}/smuggled", f"http://127.0.0.1:{other}/split_header"):
        for end in ("\r\n", "\n", "\r", "\u2028", "%0d%0a"):
            request = _request(inner).replace("\r\n", end)
            _say(f"GET http://127.0.0.1:{granted}/a{end}{end}{request} HTTP/1.1\r\nHost: x\r\n\r\n")
            _say(
                f"GET http://127.0.0.1:{granted}/allowed HTTP/1.1\r\nHost: x\r\n"
                f"X: a{end}{end}{request}\r\n\r\n"
            )


def other_schemes(granted, other):
    """What is no request for the web."""
    for address in (
        "file:///etc/passwd",
        f"ftp://127.0.0.1:{other}/other_schemes",
        f"gopher://127.0.0.1:{other}/_other_schemes",
        f"https://127.0.0.1:{other}/other_schemes",
        f"//127.0.0.1:{other}/other_schemes",
        f"/other_schemes",
        "*",
    ):
        _get(address)
    _say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    _say(b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01" + struct.pack("!H", int(other)))
    _say(b"\x04\x01" + struct.pack("!H", int(other)) + b"\x7f\x00\x00\x01\0")


def upgraded(granted, other):
    """A tunnel that nobody granted, out of a request that was."""
    _say(
        f"GET http://127.0.0.1:{granted}/allowed HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
        f"Upgrade: websocket\r\n\r\n" + _request(f"http://127.0.0.1:{granted}/smuggled")
    )


def past_the_proxy(other, other6):
    """Without the proxy."""
    for family, address, port in (
        (socket.AF_INET, "127.0.0.1", other),
        (socket.AF_INET6, "::1", other6),
        (socket.AF_INET6, "::ffff:127.0.0.1", other),
    ):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            with contextlib.suppress(OSError), socket.socket(family, kind) as direct:
                direct.settimeout(1)
                direct.connect((address, int(port)))
                direct.sendall(b"past_the_proxy")


def heavy(granted):
    """Heads without an end, in one piece and in many."""
    line = b"X-Heavy: " + b"a" * 60_000 + b"\r\n"
    head = f"GET http://127.0.0.1:{granted}/heavy HTTP/1.1\r\nHost: x\r\n".encode()
    _say(head + b"X: " + b"a" * 8_000_000)
    _say(head + line * 200)
    _say(f"GET http://127.0.0.1:{granted}/{'a' * 4_000_000} HTTP/1.1\r\nHost: x\r\n\r\n")
    _say(b"\r\n" * 1_000_000)


def many(granted):
    """More connections than there may be, each of which says a little and waits."""
    held = []
    with contextlib.suppress(OSError):
        for _ in range(400):
            connection = socket.create_connection(_proxy(), 2)
            connection.sendall(f"GET http://127.0.0.1:{granted}/".encode())
            held.append(connection)
    return len(held) > 100


def many_threads(granted):
    """Many requests at once; all of them may be made."""
    ask = lambda: _get(f"http://127.0.0.1:{granted}/allowed")
    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def afterwards(granted, many, heavy):
    """What was granted is reached all the same."""
    return urllib.request.urlopen(f"http://127.0.0.1:{granted}/allowed", timeout=20).read().decode()


def _request(address):
    return f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def _get(address):
    return _say(_request(address))


def _tunnel(authority, word):
    """What comes of a tunnel, and of a word in it."""
    return _say(f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n", word.encode())


def _is_open(answer):
    return b" 200 " in answer.partition(b"\r\n")[0]


def _say(request, more=b""):
    """The beginning of the answer; whatever goes wrong is no answer."""
    data = request.encode("utf-8") if isinstance(request, str) else request
    with contextlib.suppress(OSError), socket.create_connection(_proxy(), 5) as connection:
        connection.sendall(data)
        answer = connection.recv(4096)
        if more and _is_open(answer):
            connection.sendall(more)
            connection.recv(1)
        return answer
    return b""


def _proxy():
    at = urllib.parse.urlsplit(os.environ["HTTP_PROXY"])
    return at.hostname, at.port
