"""The server as an editor starts it: a process, and messages over its standard input and output."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tests.leftovers import Marked

COMMAND = [sys.executable, "-m", "codeact_lsp", "serve"]
EVENTS = {"experimental": {"codeact": {"events": True}}}
_PATIENCE_SECONDS = 30


class Served:
    """A server process, and what belongs to it. Reading is strict: all of stdout is protocol."""

    def __init__(
        self, folder: Path, stderr: IO[bytes], command: Sequence[str], **variables: str
    ) -> None:
        self.marked = Marked(**{"CODEACT_CACHE_DIR": str(folder / "results"), **variables})
        self.uri = (folder / "it.plan.py").as_uri()
        self._folder = folder
        self._stderr = stderr
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=self.marked.environment,
        )

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message."""
        assert self.process.stdout
        length, kind, blank = (self.process.stdout.readline() for _ in range(3))
        assert length.startswith(b"Content-Length: "), length
        assert kind.startswith(b"Content-Type: application/vscode-jsonrpc"), kind
        assert blank == b"\r\n"
        message: dict[str, Any] = json.loads(self.process.stdout.read(int(length[16:])))
        assert message["jsonrpc"] == "2.0"
        return message

    def until(self, wanted: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """The next message that is as wanted."""
        while not wanted(message := self.receive()):
            continue
        return message

    def answer(self, number: int) -> dict[str, Any]:
        """The answer to a request."""
        return self.until(lambda message: message.get("id") == number)

    def begin(self, text: str, client: int | None = None) -> None:
        """Begin a session, and open a plan; `client` is the process that the server serves."""
        self.send(
            id=1,
            method="initialize",
            params={
                "capabilities": EVENTS,
                "processId": client,
                "rootUri": self._folder.as_uri(),
            },
        )
        self.answer(1)
        self.send(method="initialized", params={})
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})

    def run(self, number: int = 2) -> None:
        """Ask for a run of the plan; its end is the answer."""
        command = {"command": "codeact.runPlan", "arguments": [{"uri": self.uri}]}
        self.send(id=number, method="workspace/executeCommand", params=command)

    def until_output(self, text: str) -> None:
        """Wait until a node writes this."""
        self.until(lambda message: text in message.get("params", {}).get("text", ""))

    def ended(self) -> int:
        """The status of the process, once it has ended; nothing is left of its output."""
        status = self.process.wait(_PATIENCE_SECONDS)
        assert self.process.stdout
        rest = self.process.stdout.read()
        assert rest == b"" or status != 0
        return status

    def errors(self) -> str:
        """What it wrote to standard error."""
        self._stderr.seek(0)
        return self._stderr.read().decode()


@contextmanager
def served(folder: Path, command: Sequence[str] = COMMAND) -> Iterator[Served]:
    """A server; whatever the test leaves of it is ended."""
    with tempfile.TemporaryFile() as stderr:
        server = Served(folder, stderr, command)
        with server.process:
            try:
                yield server
            finally:
                server.process.kill()
