"""Which sockets are taken from a worker, and what a worker's own network is."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

from codeact_lsp.sandbox.proxying.listening import NotListeningError, listener_of
from codeact_lsp.worker.confine import loopback


def no_socket() -> int:
    return os.open(os.devnull, os.O_RDONLY)


def of_udp() -> int:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).detach()


def of_unix() -> int:
    one, other = socket.socketpair()
    other.close()
    return one.detach()


def not_listening() -> int:
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM).detach()


def open_to_all() -> int:
    return socket.create_server(("", 0)).detach()


def in_the_servers_network() -> int:
    return loopback.listener().detach()


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (no_socket, "what is no socket"),
        (of_udp, "a socket that is not for TCP"),
        (of_unix, "a socket that is not for TCP"),
        (not_listening, "a socket that does not listen"),
        (open_to_all, "a socket that others can reach"),
        (in_the_servers_network, "a socket in the network of the server"),
    ],
)
def test_what_is_no_socket_of_a_network_of_its_own_is_closed(
    made: Callable[[], int], what: str
) -> None:
    descriptor = made()
    with pytest.raises(NotListeningError, match=f"a worker handed out {what}"):
        listener_of(descriptor)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_a_network_with_a_way_out_is_nobodys_own() -> None:
    """Whoever called it by mistake would open to nodes all that the server can reach."""
    with pytest.raises(PermissionError, match="this network is not a node's own: it has "):
        loopback.bring_up()


def test_programs_learn_of_the_proxy_from_their_variables() -> None:
    proxy = "http://127.0.0.1:8080"
    assert loopback.variables(8080) == {
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), proxy),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), proxy),
        **dict.fromkeys(("no_proxy", "NO_PROXY"), ""),
    }


IN_A_NETWORK_OF_ITS_OWN = """
import ctypes, fcntl, json, os, socket, struct
from ipaddress import ip_address
from codeact_lsp.sandbox.proxying.addresses import why_closed
from codeact_lsp.worker.confine import loopback

user_and_network = 0x1000_0000 | 0x4000_0000
if ctypes.CDLL(None, use_errno=True).unshare(user_and_network):
    raise OSError(ctypes.get_errno(), "unshare")

def connect(address):
    try:
        socket.create_connection(address).close()
    except OSError as error:
        return os.strerror(error.errno)
    return "connected"

public = ip_address("8.8.8.8")
said = {"down": connect(("127.0.0.1", 1))}
loopback.bring_up()
loopback.bring_up()
said["public"] = why_closed(public)
waiting = loopback.listener()
said["up"] = connect(waiting.getsockname())
with socket.socket() as control:  # Give this machine a public address.
    address = struct.pack("16sHH4s8x", b"lo:0", socket.AF_INET, 0, public.packed)
    fcntl.ioctl(control, 0x8916, address)
said["own"] = why_closed(public)
print(json.dumps(said))
"""


def test_a_loopback_is_switched_on_and_its_own_addresses_are_known() -> None:
    child = subprocess.run(
        [sys.executable, "-c", IN_A_NETWORK_OF_ITS_OWN], capture_output=True, check=True, text=True
    )
    assert json.loads(child.stdout) == {
        "down": "Network is unreachable",
        "public": None,
        "up": "connected",
        "own": "an address of this machine",
    }
