"""Whatever of a run is killed: the run ends and says so, the server stays, the next run works."""

import os
import signal
from pathlib import Path

import pytest

from tests.e2e.served import Served, served

pytestmark = pytest.mark.e2e

# It tells its process and its parent's, and ends once a file `go` is there.
HELD = """
import os, time
from pathlib import Path

def held():
    print("processes", os.getpid(), os.getppid(), flush=True)
    while not Path("go").exists():
        time.sleep(0.01)
    return 1

def after(held): return held + 1
"""


def processes(server: Served) -> list[int]:
    """The node and its zygote."""
    told = server.until(lambda m: m.get("params", {}).get("text", "").startswith("processes"))
    return [int(number) for number in told["params"]["text"].split()[1:]]


@pytest.mark.parametrize("killed", [0, 1], ids=["the node", "its zygote"])
def test_a_kill_of_a_worker_ends_no_more_than_the_run(tmp_path: Path, killed: int) -> None:
    with served(tmp_path) as server:
        server.begin(HELD)
        server.run()
        os.kill(processes(server)[killed], signal.SIGKILL)
        failed = server.until(lambda m: m.get("params", {}).get("event") == "NodeFailed")
        assert failed["params"]["error"]["category"] == "crash"
        assert failed["params"]["error"]["message"]
        assert server.answer(2)["result"]["counts"] == {"failed": 1, "blocked": 1}
        (tmp_path / "go").touch()
        server.run(3)
        assert server.answer(3)["result"]["counts"] == {"ran": 2}
        server.send(id=4, method="shutdown")
        assert server.answer(4)["result"] is None
        server.send(method="exit")
        assert server.ended() == 0
        assert server.marked.left() == []
