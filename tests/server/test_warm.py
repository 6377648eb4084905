"""What the first requests need is loaded when the first plan has been read."""

import subprocess
import sys

SCRIPT = """
import asyncio, sys
from codeact_lsp.server import warm
from codeact_lsp.server.server import create_server

def loaded():
    return {"griffe", "rapidfuzz", "codeact_lsp.server.features.refactor"} & sys.modules.keys()

async def main():
    create_server()
    assert not loaded(), loaded()
    asked = []
    busy = iter([True, True])

    def is_busy():
        asked.append(loaded())
        return next(busy, False)

    warm.soon(is_busy)
    while len(loaded()) < 3:
        await asyncio.sleep(0.01)
    assert asked[:3] == [set()] * 3, asked

asyncio.run(main())
"""


def test_it_is_no_part_of_the_start_and_comes_by_itself_once_nothing_runs() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True, timeout=60)
