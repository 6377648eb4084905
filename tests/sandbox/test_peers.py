"""Whose program is at the other end of a connection on the loopback."""

import os
import socket

from codeact_lsp.sandbox.peers import is_ours, owner


def test_a_connection_of_our_own_is_known_as_that() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as far,
        server.accept()[0] as near,
    ):
        assert owner(near.getsockname(), far.getsockname()) == os.getuid()
        assert is_ours(near.getsockname(), far.getsockname())


def test_of_a_connection_that_there_is_not_nothing_is_known() -> None:
    near, far = ("127.0.0.1", 1), ("127.0.0.1", 2)
    assert owner(near, far) is None
    assert is_ours(near, far)
