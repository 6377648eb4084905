"""Speaks to others, by its own name; they are there and listen."""

import asyncio
import ctypes
import os
import socket
import struct
import threading
import time
import urllib.request

HOLD = 0.4

def tcp(tcp_port):
    """The plain way."""
    socket.create_connection(("127.0.0.1", tcp_port), 2).sendall(b"tcp")


def tcp_by_name(tcp_port):
    """By the machine's name for itself."""
    socket.create_connection(("localhost", tcp_port), 2).sendall(b"tcp_by_name")


def tcp_odd_address(tcp_port):
    """By other spellings of the address."""
    for address in ("0", "127.1", "0x7f000001", "2130706433"):
        try:
            socket.create_connection((address, tcp_port), 2).sendall(b"tcp_odd_address")
        except OSError:
            continue


def tcp6(tcp6_port):
    """In the newer protocol."""
    socket.create_connection(("::1", tcp6_port), 2).sendall(b"tcp6")


def tcp_mapped(tcp_port):
    """In the newer protocol, to an address of the older one."""
    stream = socket.socket(socket.AF_INET6)
    stream.connect(("::ffff:127.0.0.1", tcp_port))
    stream.sendall(b"tcp_mapped")


def tcp_own_address(tcp_port):
    """By an address that the machine has in a network, if there is one, or any of its loopback."""
    for address in ("127.0.0.2", "127.255.255.254"):
        try:
            socket.create_connection((address, tcp_port), 2).sendall(b"tcp_own_address")
        except OSError:
            continue


def tcp_in_thread(tcp_port):
    """In a thread of its own."""
    run = lambda: socket.create_connection(("127.0.0.1", tcp_port), 2).sendall(b"tcp_in_thread")
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def tcp_fast_open(tcp_port):
    """With the first packet, without connecting: rules for connect do not see it."""
    stream = socket.socket()
    stream.sendto(b"tcp_fast_open", 0x20000000, ("127.0.0.1", tcp_port))
    time.sleep(0.1)


def tcp_multipath(tcp_port):
    """By another protocol that ends at the same place: rules for TCP do not see it."""
    stream = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
    stream.connect(("127.0.0.1", tcp_port))
    stream.sendall(b"tcp_multipath")


def tcp_by_number(tcp_port):
    """By the numbers of the system calls."""
    libc = ctypes.CDLL(None, use_errno=True)
    stream = libc.syscall(41, 2, 1, 0)
    address = struct.pack("<H", 2) + struct.pack("!H", tcp_port) + bytes((127, 0, 0, 1)) + bytes(8)
    libc.syscall(42, stream, address, 16)
    libc.syscall(44, stream, b"tcp_by_number", 13, 0, None, 0)


def http(tcp_port):
    """As a browser would."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{tcp_port}/http", timeout=2).read()
    except (OSError, ValueError) as error:
        return str(error)


def http_without_proxy(tcp_port):
    """As a browser would that is told to use no proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(f"http://127.0.0.1:{tcp_port}/http_without_proxy", timeout=2).read()
    except (OSError, ValueError) as error:
        return str(error)


def through_proxy(tcp_port):
    """By the proxy that a node may have, to the machine's own addresses.

    Unconfined: never, there is no proxy
    """
    return _through_proxy("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n\r\nthrough_proxy", tcp_port)


def plain_through_proxy(tcp_port):
    """By the proxy, as a plain request.

    Unconfined: never, there is no proxy
    """
    return _through_proxy("GET http://{0}/plain_through_proxy HTTP/1.1\r\n\r\n", tcp_port)


def smuggled_through_proxy(tcp_port):
    """By the proxy, behind a request for an address that may be allowed.

    Unconfined: never, there is no proxy
    """
    inner = "GET http://{0}/smuggled_through_proxy HTTP/1.1\r\nHost: {0}\r\n\r\n"
    outer = "GET http://granted.example/ HTTP/1.1\r\nHost: {0}\r\nContent-Length: 0\r\n\r\n"
    return _through_proxy(outer + inner, tcp_port)


def asynchronously(tcp_port):
    """By a loop."""

    async def speak():
        _, writer = await asyncio.open_connection("127.0.0.1", tcp_port)
        writer.write(b"asynchronously")
        await writer.drain()

    asyncio.run(asyncio.wait_for(speak(), 2))


def udp(udp_port):
    """By a datagram."""
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"udp", ("127.0.0.1", udp_port))


def udp6(udp6_port):
    """By a datagram of the newer protocol."""
    socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"udp6", ("::1", udp6_port))


def udp_connected(udp_port):
    """By a datagram, after connecting."""
    datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagram.connect(("127.0.0.1", udp_port))
    datagram.send(b"udp_connected")


def udp_many(udp_port):
    """By the system call that sends several."""
    libc = ctypes.CDLL(None, use_errno=True)
    datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagram.connect(("127.0.0.1", udp_port))
    text = ctypes.create_string_buffer(b"udp_many")
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(text), 8)
    header = (ctypes.c_void_p * 8)(0, 0, ctypes.addressof(vector), 1, 0, 0, 0, 0)
    libc.sendmmsg(datagram.fileno(), header, 1, 0)


def name_server(udp_port):
    """As a question for a name, which the name server of a domain hears."""
    question = b"\0\1\1\0\0\1\0\0\0\0\0\0" + b"\x0bname_server\x04evil\0" + b"\0\1\0\1"
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(question, ("127.0.0.1", udp_port))


def broadcast(udp_port):
    """To all that there are."""
    datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagram.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    datagram.sendto(b"broadcast", ("127.255.255.255", udp_port))


def raw(udp_port):
    """By a packet that is made by hand.

    Unconfined: root
    """
    packet = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
    packet.sendto(struct.pack("!HHHH", 9, udp_port, 11, 0) + b"raw", ("127.0.0.1", 0))


def unix_stream(socket_here):
    """To a program that listens in the workspace."""
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(socket_here)
    stream.sendall(b"unix_stream")


def unix_by_folder(socket_here):
    """To a program that listens in the workspace, by a path through /proc."""
    folder = os.open(os.path.dirname(socket_here), os.O_PATH)
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(f"/proc/self/fd/{folder}/{os.path.basename(socket_here)}")
    stream.sendall(b"unix_by_folder")


def unix_datagram(datagram_here):
    """To a program that takes letters in the workspace."""
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"unix_datagram", datagram_here)


def unix_pair_datagram(datagram_here):
    """From one of a pair, which is allowed, but to somebody else."""
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendto(b"unix_pair_datagram", datagram_here)


def unix_pair_connected(datagram_here):
    """From one of a pair, connected anew."""
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.connect(datagram_here)
    one.send(b"unix_pair_connected")


def unix_outside(socket_outside):
    """To a program of the user's, such as one that holds keys."""
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(socket_outside)
    stream.sendall(b"unix_outside")


def unix_abstract(abstract_name):
    """To a program whose name is in no file system."""
    stream = socket.socket(socket.AF_UNIX)
    stream.connect("\0" + abstract_name)
    stream.sendall(b"unix_abstract")


def unix_abstract_datagram(abstract_datagram):
    """To a program that takes letters, whose name is in no file system."""
    datagram = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    datagram.sendto(b"unix_abstract_datagram", "\0" + abstract_datagram)


def netlink(netlink_port):
    """By the kernel's own post."""
    name = b"netlink"
    header = struct.pack("IHHII", 16 + len(name), 16, 0, 0, 0)
    socket.socket(16, socket.SOCK_RAW, 2).sendto(header + name, (netlink_port, 0))


def vsock():
    """To the machine that this one runs in: namespaces know nothing of it."""
    _hold("vsock", lambda: socket.socket(40, socket.SOCK_STREAM))


def packets():
    """With packets below all protocols.

    Unconfined: root
    """
    _hold("packets", lambda: socket.socket(17, socket.SOCK_RAW, 0x300))


def any_family():
    """By each other family that the kernel knows."""
    _hold("any_family", _any_family)


def listen():
    """By waiting for others to come."""
    _hold("listen", lambda: socket.create_server(("127.0.0.1", 0)))


def inherited():
    """By what the server has open.

    Unconfined: never, a worker inherits one descriptor only there too
    """
    for descriptor in range(5, 64):
        try:
            os.write(descriptor, b"inherited")
        except OSError:
            continue


def _through_proxy(request, port):
    proxy = os.environ.get("HTTP_PROXY") or os.environ.get("http_proxy")
    if not proxy:
        return "no proxy"
    host, _, number = proxy.rpartition("@")[2].removeprefix("http://").strip("/").partition(":")
    for target in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "0x7f000001"):
        stream = socket.create_connection((host, int(number)), 2)
        stream.sendall(request.format(f"{target}:{port}").encode())
        stream.settimeout(1)
        try:
            if b" 200 " in stream.recv(999):
                stream.sendall(b"through_proxy")
        except OSError:
            continue


def _any_family():
    held = []
    for family in range(3, 64):
        for kind in (1, 2, 3, 5):
            try:
                held.append(socket.socket(family, kind))
            except OSError:
                continue
    return held


def _hold(name, make):
    """Keep something open until it has been seen, by a process whose name says whose it is."""
    ctypes.CDLL(None).prctl(15, f"={name}".encode())
    held = make()
    time.sleep(HOLD)
    return bool(held)

