"""Has processes that use a store hard killed at random points, again and again.

Usage: killed_writers.py STORE ROUNDS SEED
"""

import itertools
import os
import random
import signal
import sys
import time
from pathlib import Path

from codeact_lsp.engine.store import Hit, Store
from codeact_lsp.engine.values import Blob
from tests.engine.storing import call, result

NODES = [f"node{number}" for number in range(40)]
MOST_BYTES = 25 * 8192


def content(node: str) -> bytes:
    """The only right value of a node."""
    return node.encode() * 1000


def use(folder: Path) -> None:
    """Run after run: take what is there, make the rest, make room; never ends by itself."""
    store = Store(folder, MOST_BYTES)
    for _ in itertools.count():
        lease = store.lease()
        needed = {node: taken_or_made(store, node) for node in random.sample(NODES, 5)}
        store.draft()  # One that nobody ends.
        for node, blob in needed.items():
            with os.fdopen(store.open_blob(blob), "rb") as value:
                assert value.read() == content(node)
        lease.release()
        store.tidy()


def taken_or_made(store: Store, node: str) -> Blob:
    """The value of a node."""
    found = store.look_up(call(node))
    if isinstance(found, Hit):
        return found.result.blob
    made = result(store, content(node))
    store.save(call(node), made, [])
    return made.blob


def main() -> None:
    """Start two at a time, and kill both."""
    folder, rounds, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    moments = random.Random(seed)
    for _ in range(rounds):
        users = [os.fork() for _ in range(2) if os.getpid() == parent]
        if os.getpid() != parent:
            use(folder)
        time.sleep(moments.uniform(0.0, 0.08))
        for user in users:
            os.kill(user, signal.SIGKILL)
            _, status = os.waitpid(user, 0)
            assert os.WIFSIGNALED(status), "a process ended by itself: see what it wrote"


if __name__ == "__main__":
    parent = os.getpid()
    main()
