"""However the server ends, in the middle of a run, it takes along all that it started."""

import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.served import COMMAND, Served, served

pytestmark = pytest.mark.e2e

# A node that never returns, with a child that has left its session and its parent.
SPINS = """
import subprocess, sys, time

def spins():
    script = "import os, time\\nif os.fork(): os._exit(0)\\nos.setsid()\\nprint('slipped away')"
    subprocess.Popen([sys.executable, "-uc", script + "\\ntime.sleep(1000)"])
    while True: pass
"""


def shut_down(server: Served) -> None:
    """As the protocol wants it. The command in flight is answered too, each of them once."""
    server.send(id=3, method="shutdown")
    answers = [server.until(lambda message: "id" in message) for _ in range(2)]
    assert [answer["id"] for answer in answers] == [2, 3]
    assert answers[0]["result"]["status"] == "cancelled"
    assert answers[1]["result"] is None
    server.send(method="exit")


def exit_only(server: Served) -> None:
    """A client that forgets to say `shutdown`."""
    server.send(method="exit")


def leave(server: Served) -> None:
    """A client that is gone."""
    assert server.process.stdin
    server.process.stdin.close()


def sent(number: signal.Signals) -> Callable[[Served], None]:
    return lambda server: server.process.send_signal(number)


@pytest.mark.parametrize(
    ("end", "status"),
    [
        pytest.param(shut_down, 0, id="shutdown and exit"),
        pytest.param(exit_only, 1, id="exit without shutdown"),
        pytest.param(leave, 1, id="end of input"),
        pytest.param(sent(signal.SIGTERM), -signal.SIGTERM, id="SIGTERM"),
        pytest.param(sent(signal.SIGINT), -signal.SIGINT, id="SIGINT"),
        pytest.param(sent(signal.SIGKILL), -signal.SIGKILL, id="SIGKILL"),
    ],
)
def test_no_process_is_left(tmp_path: Path, end: Callable[[Served], None], status: int) -> None:
    with served(tmp_path) as server:
        server.begin(SPINS)
        server.run()
        server.until_output("slipped away")
        # The server, the zygote, the node and its runaway child.
        assert len(server.marked.processes()) >= 4
        end(server)
        assert server.ended() == status
        assert server.marked.left() == []


def test_a_server_ends_with_the_client_s_process_though_its_input_stays_open(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(["sleep", "1000"]) as client, served(tmp_path) as server:
        server.begin(SPINS, client.pid)
        server.run()
        server.until_output("slipped away")
        client.kill()
        assert server.ended() == 1
        assert server.marked.left() == []


def test_a_client_of_another_machine_is_not_missed(tmp_path: Path) -> None:
    """In a container the client's process cannot be seen; a process of that number is none."""
    with served(tmp_path) as server:
        server.begin("def a(): return 1\n", 2**22 + 1)
        server.send(id=3, method="shutdown")
        assert server.answer(3)["result"] is None
        server.send(method="exit")
        assert server.ended() == 0


def test_input_from_a_file_is_served_to_its_end(tmp_path: Path) -> None:
    bodies: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None}},
        {"method": "initialized", "params": {}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    encoded = [json.dumps({"jsonrpc": "2.0", **body}).encode() for body in bodies]
    script, answers = tmp_path / "in", tmp_path / "out"
    script.write_bytes(b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(e), e) for e in encoded))
    with script.open("rb") as incoming, answers.open("wb") as outgoing:
        ended = subprocess.run(COMMAND, stdin=incoming, stdout=outgoing, timeout=60, check=False)
    assert ended.returncode == 0
    assert answers.read_bytes().count(b"Content-Length") == 2


def test_without_any_input_it_ends_at_once() -> None:
    nothing = subprocess.DEVNULL
    ended = subprocess.run(COMMAND, stdin=nothing, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")


def test_an_idle_server_ends_with_its_client(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        server.begin("def a(): return 1\n")
        server.run()
        assert server.answer(2)["result"]["status"] == "done"
        assert len(server.marked.processes()) > 1  # What starts nodes waits for the next run.
        leave(server)
        assert server.ended() == 1
        assert server.marked.left() == []
        assert server.errors() == ""
