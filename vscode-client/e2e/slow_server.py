"""The server, slow to say what a lens is: once it was asked for all lenses again, or after 3 s.

`slow_server.py SERVER ARGUMENT...`: the server is started with the arguments.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO, Any

_SECONDS = 3.0
_ALL, _ONE = "textDocument/codeLens", "codeLens/resolve"


class _Proxy:
    """Between an editor and the server; answers are told by what they are answers to."""

    def __init__(self, command: list[str]) -> None:
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._asked: dict[str, set[int | str]] = {_ALL: set(), _ONE: set()}
        self._held: list[bytes] = []
        self._lock = threading.Lock()

    def serve(self) -> int:
        """Pass messages on until the server ends; its status."""
        threading.Thread(target=self._listen, daemon=True).start()
        assert self._server.stdout
        for data, message in _messages(self._server.stdout):
            answered = None if "method" in message else message.get("id")
            if answered in self._asked[_ONE]:
                self._held.append(data)
                threading.Timer(_SECONDS, self._release).start()
                continue
            self._send(data)
            if answered in self._asked[_ALL]:
                self._release()
        return self._server.wait()

    def _listen(self) -> None:
        assert self._server.stdin
        for data, message in _messages(sys.stdin.buffer):
            if (method := message.get("method")) in self._asked:
                self._asked[method].add(message["id"])
            self._server.stdin.write(data)
            self._server.stdin.flush()
        self._server.stdin.close()

    def _send(self, *messages: bytes) -> None:
        with self._lock:
            sys.stdout.buffer.write(b"".join(messages))
            sys.stdout.buffer.flush()

    def _release(self) -> None:
        held, self._held = self._held, []
        self._send(*held)


def _messages(stream: IO[bytes]) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """The messages of a stream: each as it came, and what it says."""
    while line := stream.readline():
        head = line
        while (line := stream.readline()).strip():
            head += line
        fields = (line.lower().partition(b":") for line in head.splitlines())
        (length,) = (int(value) for name, _, value in fields if name == b"content-length")
        body = stream.read(length)
        yield head + b"\r\n" + body, json.loads(body)


if __name__ == "__main__":
    if "serve" not in sys.argv:  # It is asked about itself.
        os.execv(sys.argv[1], sys.argv[1:])
    os._exit(_Proxy(sys.argv[1:]).serve())
