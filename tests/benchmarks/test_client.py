"""The latency client against a server of a few lines, which says exactly what the test wants."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.client import Client, NoAnswerError
from benchmarks.editor import Editor, position
from benchmarks.edits import Edit

pytestmark = pytest.mark.e2e
URI = "file:///it.plan.py"
# It asks for settings before it answers `initialize`, publishes the version that the document's URI
# does not end in, and refuses to hover.
SERVER = """
import json, sys

def receive():
    length = int(sys.stdin.buffer.readline().split(b":")[1])
    sys.stdin.buffer.readline()
    return json.loads(sys.stdin.buffer.read(length))

def send(**message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    header = b"Content-Type: x\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body)
    sys.stdout.buffer.write(header + body)
    sys.stdout.buffer.flush()

def publish(document, **version):
    params = {"uri": document["uri"], "diagnostics": [], **version}
    send(method="textDocument/publishDiagnostics", params=params)

while (message := receive())["method"] != "exit":
    match message["method"]:
        case "initialize":
            send(id="s", method="workspace/configuration", params={"items": [{}, {}]})
            send(id=message["id"], result={"capabilities": {"settings": receive()["result"]}})
        case "textDocument/didOpen":
            publish(message["params"]["textDocument"])
        case "textDocument/didChange":
            document = message["params"]["textDocument"]
            publish(document, version=document["version"] - 1)
            publish(document, version=document["version"])
        case "textDocument/hover":
            send(id=message["id"], error={"code": 1, "message": "not now"})
        case "textDocument/completion":
            sys.exit("gone")
        case "shutdown":
            send(id=message["id"], result=None)
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    client = Client([sys.executable, "-c", SERVER], tmp_path)
    yield client
    client.close()


def test_requests_of_the_server_are_answered_before_its_own_answer_is_due(client: Client) -> None:
    begin = time.perf_counter()
    reply = client.initialize(limit=20)
    assert reply.message["result"]["capabilities"] == {"settings": [None, None]}
    assert begin < reply.at < time.perf_counter()


def test_diagnostics_are_those_of_the_version_or_else_what_came_after_the_change(
    client: Client,
) -> None:
    client.initialize(limit=20)
    editor = Editor(client, limit=20)
    begin = editor.open(URI, "ab\n")
    assert "version" not in editor.diagnostics(begin).message["params"]
    begin = editor.change(Edit(1, 1, "", "x"))
    reply = editor.diagnostics(begin)
    assert reply.message["params"]["version"] == 2
    assert reply.at > begin


def test_an_error_is_no_answer(client: Client) -> None:
    client.initialize(limit=20)
    editor = Editor(client, limit=20)
    with pytest.raises(NoAnswerError, match=r"^answered with an error: not now$"):
        editor.answer(editor.ask("textDocument/hover"))


def test_a_server_that_ends_says_why(client: Client) -> None:
    client.initialize(limit=20)
    editor = Editor(client, limit=20)
    with pytest.raises(NoAnswerError, match=r"^ended with status 1: gone$"):
        editor.answer(editor.ask("textDocument/completion"))


def test_a_server_that_leaves_is_not_killed(tmp_path: Path) -> None:
    client = Client([sys.executable, "-c", SERVER], tmp_path)
    client.initialize(limit=20)
    client.close()
    assert client.process.returncode == 0


def test_a_server_that_does_not_leave_is_killed(tmp_path: Path) -> None:
    client = Client([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path)
    with pytest.raises(NoAnswerError, match=r"^no answer within 0 s$"):
        client.initialize(limit=0)
    client.close(patience=0)
    assert client.process.returncode == -9


def test_positions_count_lines_and_columns_from_zero() -> None:
    text = "ab\n\ncd"
    assert [tuple(position(text, at).values()) for at in (0, 2, 3, 4, 6)] == [
        (0, 0),
        (0, 2),
        (1, 0),
        (2, 0),
        (2, 2),
    ]
