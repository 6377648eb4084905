"""What a node under the filter can reach: nothing, or the internet and nothing else."""

import socket

import pytest

from tests.worker.confine.confined import USERS, asked, confined, filtered, folder_of, names, tried

pytestmark = pytest.mark.parametrize("user", USERS)


def test_no_socket_of_any_family_can_be_made(user: int) -> None:
    types = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)

    def work() -> list[str]:
        filtered()
        made = {tried(socket.socket, family, kind) for family in range(64) for kind in types}
        return sorted(made | {tried(socket.socketpair, family) for family in range(2, 64)})

    assert confined(work, user) == ["EPERM"]


def test_a_pair_of_sockets_reaches_nothing_but_itself(user: int) -> None:
    def send_out(path: str) -> None:
        end, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        end.sendto(b"out", path)

    def talk() -> bytes:
        end, other = socket.socketpair()
        end.sendall(b"in")
        return other.recv(2)

    def work(path: str) -> list[str]:
        filtered()
        end, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return [
            tried(send_out, path),
            tried(end.connect, path),
            tried(end.bind, f"{path}.new"),
            talk().decode(),
        ]

    with folder_of(user) as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        path = str(folder / "server")
        server.bind(path)
        (folder / "server").chmod(0o777)
        server.setblocking(False)
        confined(lambda: send_out(path), user)
        assert server.recv(9) == b"out"  # What a filter is for.
        assert confined(lambda: work(path), user) == ["EPERM", "EPERM", "EPERM", "in"]
        with pytest.raises(BlockingIOError):
            server.recv(9)
        assert names(folder) == ["server"]


def test_a_socket_keeps_no_more_than_any_other_whatever_is_asked_for(user: int) -> None:
    """No limit on memory counts what waits in a socket."""
    sizes = (socket.SO_SNDBUF, socket.SO_RCVBUF)

    def work() -> list[bool]:
        filtered()
        end, _ = socket.socketpair()
        before = [end.getsockopt(socket.SOL_SOCKET, size) for size in sizes]
        asked_for = [tried(end.setsockopt, socket.SOL_SOCKET, size, 1 << 30) for size in sizes]
        after = [end.getsockopt(socket.SOL_SOCKET, size) for size in sizes]
        return [asked_for == ["done", "done"], after == before]

    assert confined(work, user) == [True, True]


def test_with_a_network_there_are_tcp_and_udp_and_no_more(user: int) -> None:
    local, stream, packets = socket.AF_INET, socket.SOCK_STREAM, socket.SOCK_DGRAM
    refused = [
        (socket.AF_UNIX, stream, 0),
        (socket.AF_NETLINK, socket.SOCK_RAW, 0),
        (socket.AF_VSOCK, stream, 0),
        (socket.AF_ALG, socket.SOCK_SEQPACKET, 0),
        (socket.AF_PACKET, packets, 0),
        (local, socket.SOCK_RAW, socket.IPPROTO_TCP),
        (local, packets, socket.IPPROTO_ICMP),
        (local, stream, socket.IPPROTO_SCTP),
        (local, stream | socket.SOCK_CLOEXEC, 262),
    ]

    def work() -> list[object]:
        filtered(network=True)
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
            client.connect(server.getsockname())
            client.sendall(b"through")
            connection, _ = server.accept()
            told = connection.recv(7).decode()
            connection.close()
        socket.socket(socket.AF_INET, packets, socket.IPPROTO_UDP).close()
        # The kernel takes the lower half of each argument, so that is what has to be looked at.
        high = asked("socket", 1 << 32 | socket.AF_UNIX, stream, 0)
        return [told, high, *(tried(socket.socket, *kind) for kind in refused)]

    assert confined(work, user) == ["through", *["EPERM"] * (len(refused) + 1)]
