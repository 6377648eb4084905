"""Standard output carries the protocol and nothing else, whatever a plan writes and reads."""

import sys
import time
from pathlib import Path

import pytest

from tests.e2e.served import served

pytestmark = pytest.mark.e2e

LOUD = r'''
import os, subprocess, sys

print("the module prints")
os.write(1, b"Content-Length: 2\r\n\r\n{}")

def writes():
    print("the node prints")
    os.write(1, b"raw\n")
    sys.__stdout__.write("the interpreter's own\n")
    subprocess.run(["echo", "a command prints"], check=True)
    os.system("echo a shell prints >&2")
    return "written"

def reads():
    """What is read is nothing, and nothing of the protocol's."""
    return sys.stdin.read(), os.read(0, 100), subprocess.run(["cat"], capture_output=True).stdout

def fails(): raise SystemExit("\r\nContent-Length: 0\r\n\r\n")
'''


def test_nothing_that_a_plan_prints_reaches_the_protocol(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        server.begin(LOUD)
        server.run()
        said = {"stdout": "", "stderr": ""}
        while (message := server.receive()).get("id") != 2:
            event = message.get("params", {})
            if event.get("event") == "NodeOutput" and event["node"] == "writes":
                said[event["stream"]] += event["text"]
        assert message["result"]["counts"] == {"ran": 2, "failed": 1}
        for line in ("the module prints", "the node prints", "raw", "a command prints"):
            assert f"{line}\n" in said["stdout"]
        assert said["stderr"] == "a shell prints\n"
        value = {"command": "codeact.value", "arguments": [{"uri": server.uri, "node": "reads"}]}
        server.send(id=3, method="workspace/executeCommand", params=value)
        assert server.answer(3)["result"]["preview"] == "('', b'', b'')"
        server.send(id=4, method="shutdown")
        assert server.answer(4)["result"] is None
        server.send(method="exit")
        assert server.ended() == 0
        assert server.errors() == ""  # Editors show each line of it as an error.


# What some library might do in the server itself, once a session has begun.
STRAY = """
import os, subprocess, threading, time
from codeact_lsp.server.start import serve_stdio

def stray():
    while not os.path.exists("begun"):
        time.sleep(0.01)
    print("a stray line")
    os.write(1, b"another one\\n")
    subprocess.run(["echo", "a third one"])
    print("input:", os.read(0, 100), flush=True)
    open("printed", "w").close()

threading.Thread(target=stray, daemon=True).start()
raise SystemExit(serve_stdio())
"""


def test_what_is_printed_in_the_server_itself_goes_to_standard_error(tmp_path: Path) -> None:
    command = [sys.executable, "-c", f"import os; os.chdir({str(tmp_path)!r})\n{STRAY}"]
    with served(tmp_path, command) as server:
        server.begin("def a(): return 1\n")
        (tmp_path / "begun").touch()
        deadline = time.monotonic() + 30
        while not (tmp_path / "printed").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        server.run()
        assert server.answer(2)["result"]["status"] == "done"
        server.send(id=3, method="shutdown")
        server.answer(3)
        server.send(method="exit")
        assert server.ended() == 0
        printed = "a stray line\nanother one\na third one\ninput: b''\n"
        assert sorted(server.errors().splitlines()) == sorted(printed.splitlines())
