"""How soon the processes of a node are gone once they have to be."""

import time
from pathlib import Path

from benchmarks.client import Client, NoAnswerError
from benchmarks.editor import Editor

LIMIT_SECONDS = 1
_PATIENCE_SECONDS = 60.0
_EVERY_SECONDS = 0.001
# Each starts a process that has left its session and heeds no signal but one, and says which they
# are. The time is taken before that: it is as near as a node can come to when its limit begins.
PLAN = f'''import os
import signal
import subprocess
import sys
import time

_CHILD = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(100)"


def spinning() -> int:
    """Python code, which can be asked where it is.

    Timeout: {LIMIT_SECONDS} s
    """
    _said()
    while True:
        pass


def deaf() -> int:
    """A node that no signal reaches but the last.

    Timeout: {LIMIT_SECONDS} s
    """
    for number in signal.valid_signals() - {{signal.SIGKILL, signal.SIGSTOP}}:
        signal.signal(number, signal.SIG_IGN)
    _said()
    while True:
        pass


def endless() -> int:
    """It is for others to end it."""
    _said()
    while True:
        pass


def _said() -> None:
    begin = time.time()
    child = subprocess.Popen([sys.executable, "-c", _CHILD], start_new_session=True)
    print(begin, os.getpid(), child.pid, flush=True)
'''


def killed(client: Client, editor: Editor, node: str) -> float:
    """Seconds from a node's limit until the last of its processes is gone.

    Raises:
        NoAnswerError: The node did not begin, or does not end.
    """
    run = _run(client, editor, node)
    begin, processes = _begun(client)
    end = _gone(processes)
    client.answer(run, _PATIENCE_SECONDS)
    return end - begin - LIMIT_SECONDS


def cancelled(client: Client, editor: Editor) -> tuple[float, float]:
    """Seconds from a cancel until the last process is gone, and until the run says that it ended.

    Raises:
        NoAnswerError: The node did not begin, or does not end.
    """
    run = _run(client, editor, "endless")
    _, processes = _begun(client)
    begin, sent = time.time(), time.perf_counter()
    params = {"command": "codeact.cancel", "arguments": [{"uri": editor.uri}]}
    client.request("workspace/executeCommand", params)
    gone = _gone(processes) - begin
    return gone, client.answer(run, _PATIENCE_SECONDS).at - sent


def _run(client: Client, editor: Editor, node: str) -> int:
    params = {"command": "codeact.runNode", "arguments": [{"uri": editor.uri, "node": node}]}
    return client.request("workspace/executeCommand", params).number


def _begun(client: Client) -> tuple[float, list[int]]:
    reply = client.event("NodeOutput", _PATIENCE_SECONDS)
    begin, *processes = reply.message["params"]["text"].split()
    return float(begin), [int(each) for each in processes]


def _gone(processes: list[int]) -> float:
    """When the last of them was gone, in seconds of `time`."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while any(map(_alive, processes)):
        if time.monotonic() > end:
            raise NoAnswerError("processes of a node live on")
        time.sleep(_EVERY_SECONDS)
    return time.time()


def _alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(b")")[2].split()[0] not in {b"Z", b"X"}
