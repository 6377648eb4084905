"""However the server ends, in the middle of a run, it takes along all that it started."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.served import Served, served

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


def test_an_idle_server_ends_with_its_client(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        server.begin("def a(): return 1\n")
        server.run()
        assert server.answer(2)["result"]["status"] == "done"
        assert len(server.marked.processes()) == 2  # The zygote waits for the next run.
        leave(server)
        assert server.ended() == 1
        assert server.marked.left() == []
        assert server.errors() == ""
