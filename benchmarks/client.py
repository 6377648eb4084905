"""A small language client: JSON-RPC over a process's pipes, with the time each message came."""

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

# Nothing of pull diagnostics: so every server publishes as soon as it can, and none is asked.
CAPABILITIES = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "synchronization": {},
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
    },
}

_FOLDERS = ("CODEACT_CACHE_DIR", "CODEACT_CONFIG_DIR", "CODEACT_DATA_DIR")


class NoAnswerError(Exception):
    """The server did not answer in time, answered with an error, or ended."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of the server and when its last byte was read, in seconds of `perf_counter`."""

    message: Mapping[str, Any]
    at: float


@dataclass(frozen=True, slots=True)
class Sent:
    """A request's number and when its first byte was written."""

    number: int
    at: float


class Client:
    """A server process and what it said.

    There is no library and no event loop between the pipes and the clock: a thread does nothing but
    read and take the time, and JSON is decoded after that.
    """

    def __init__(self, command: Sequence[str], folder: Path, kept: Path | None = None) -> None:
        """Start a server.

        Args:
            command: What starts it.
            folder: Its workspace.
            kept: Where what it keeps goes, and where the user's configuration is, so that nothing
                of whoever measures counts; without it in the workspace.
        """
        self.folder = folder
        own = str(kept or folder)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process.
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={
                **os.environ,
                **dict.fromkeys(_FOLDERS, own),
                "RUFF_NO_CACHE": "true",
                "XDG_CACHE_HOME": own,
            },
        )
        self._read: queue.Queue[tuple[bytes, float] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._reader, daemon=True)
        self._thread.start()
        self._answers: dict[int, Reply] = {}
        self._published: list[Reply] = []
        self._happened: list[Reply] = []
        self._requests = 0

    def initialize(
        self, limit: float, options: Mapping[str, Any] | None = None, **capabilities: Any
    ) -> Reply:
        """Shake hands; give the response to `initialize`.

        Args:
            limit: Seconds to wait for it.
            options: The initialization options.
            capabilities: What the client can besides `CAPABILITIES`.

        Raises:
            NoAnswerError: There is none within `limit` seconds.
        """
        root = self.folder.as_uri()
        params = {
            "processId": os.getpid(),
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "benchmark"}],
            "capabilities": {**CAPABILITIES, **capabilities},
            "initializationOptions": dict(options or {}),
        }
        reply = self.answer(self.request("initialize", params).number, limit)
        self.notify("initialized", {})
        return reply

    def request(self, method: str, params: Any) -> Sent:
        """Send a request; its answer is to be had from `answer`."""
        self._requests += 1
        at = self._send({"id": self._requests, "method": method, "params": params})
        return Sent(self._requests, at)

    def notify(self, method: str, params: Any) -> float:
        """Send a notification; give when, in seconds of `perf_counter`."""
        return self._send({"method": method, "params": params})

    def answer(self, number: int, limit: float) -> Reply:
        """The answer to a request.

        Raises:
            NoAnswerError: It is an error, or did not come within `limit` seconds.
        """
        self._until(lambda: number in self._answers, limit)
        reply = self._answers.pop(number)
        if error := reply.message.get("error"):
            raise NoAnswerError(f"answered with an error: {error.get('message')}")
        return reply

    def diagnostics(self, uri: str, version: int, since: float, limit: float) -> Reply:
        """The diagnostics that the server published for that version of a document.

        A server that names no version is taken by its word for what it sends after `since`.

        Raises:
            NoAnswerError: They did not come within `limit` seconds.
        """

        def wanted(reply: Reply) -> bool:
            params = reply.message["params"]
            named = params.get("version")
            right = reply.at > since if named is None else named == version
            return bool(params["uri"] == uri and right)

        self._until(lambda: any(map(wanted, self._published)), limit)
        found = next(filter(wanted, self._published))
        self._published.clear()
        return found

    def event(self, kind: str, limit: float) -> Reply:
        """The next event of that kind of a run; our own server tells a client that asked for them.

        Raises:
            NoAnswerError: It did not come within `limit` seconds.
        """

        def wanted(reply: Reply) -> bool:
            return bool(reply.message["params"].get("event") == kind)

        self._until(lambda: any(map(wanted, self._happened)), limit)
        found = next(filter(wanted, self._happened))
        del self._happened[: self._happened.index(found) + 1]
        return found

    def close(self, patience: float = 5) -> None:
        """Ask the server to leave, and end it if it does not within `patience` seconds."""
        try:
            self.answer(self.request("shutdown", None).number, patience)
            self.notify("exit", None)
            self.process.wait(patience)
        except (NoAnswerError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
        self.process.wait()
        # It closes what it reads; here, that would wait for it.
        self._thread.join(timeout=5)
        self._errors.close()
        if self.process.stdin:
            _close(self.process.stdin)

    def _send(self, message: Mapping[str, Any]) -> float:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin  # noqa: S101 - it was asked for.
        at = time.perf_counter()
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.process.stdin.flush()
        except BrokenPipeError:
            raise NoAnswerError(self._epitaph()) from None
        return at

    def _until(self, met: Callable[[], bool], limit: float) -> None:
        end = time.monotonic() + limit
        while not met():
            try:
                read = self._read.get(timeout=max(end - time.monotonic(), 0))
            except queue.Empty:
                raise NoAnswerError(f"no answer within {limit:.0f} s") from None
            if read is None:
                raise NoAnswerError(self._epitaph())
            self._take(Reply(json.loads(read[0]), read[1]))

    def _take(self, reply: Reply) -> None:
        message = reply.message
        match message.get("method"), message.get("id"):
            case None, int(number):
                self._answers[number] = reply
            case "textDocument/publishDiagnostics", _:
                self._published.append(reply)
            case "codeact/event", _:
                self._happened.append(reply)
            case "workspace/configuration", number:
                nothing = [None for _ in message["params"]["items"]]
                self._send({"id": number, "result": nothing})
            case str(), int() | str() as number:
                self._send({"id": number, "result": None})
            case _:  # A notification that tells nothing of what is measured.
                return

    def _reader(self) -> None:
        assert self.process.stdout  # noqa: S101 - it was asked for.
        with self.process.stdout as stream:
            while (length := _length(stream)) is not None:
                body = stream.read(length)
                self._read.put((body, time.perf_counter()))
        self._read.put(None)

    def _epitaph(self) -> str:
        status = self.process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        return f"ended with status {status}" + (f": {said[-1]}" if said else "")


def _length(stream: IO[bytes]) -> int | None:
    """Read the header of a message; None at the end of the stream."""
    length = None
    while line := stream.readline():
        if line == b"\r\n":
            return length
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return None


def _close(stream: IO[bytes]) -> None:
    """Close a pipe; what could not be written to a server that has ended does not matter."""
    try:
        stream.close()
    except BrokenPipeError:
        return
