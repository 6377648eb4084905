"""Any interleaving of edits, runs, cancels and late results: nothing stale is ever shown.

`CODEACT_FUZZ_SESSIONS` says how many interleavings are tried, `CODEACT_FUZZ_SEED` which is the
first.
"""

import os
import random
from functools import partial
from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.server.server import create_server
from tests.server.fuzz.client import CAPABILITIES, Client
from tests.server.fuzz.held import HeldExecutor
from tests.server.fuzz.interleaving import Interleaving

INTERLEAVINGS = int(os.environ.get("CODEACT_FUZZ_SESSIONS", "200"))
FIRST_SEED = int(os.environ.get("CODEACT_FUZZ_SEED", "0"))
BATCH = 20
STEPS = 30


@pytest.mark.parametrize("first", range(FIRST_SEED, FIRST_SEED + INTERLEAVINGS, BATCH))
async def test_what_is_shown_is_what_the_present_plan_makes(tmp_path: Path, first: int) -> None:
    executor = HeldExecutor()
    server = create_server(partial(Engine, executor=executor))
    client = Client(server)
    client.read("initialize", capabilities=CAPABILITIES, processId=None, rootUri=tmp_path.as_uri())
    for seed in range(first, min(first + BATCH, FIRST_SEED + INTERLEAVINGS)):
        folder = tmp_path / str(seed)
        folder.mkdir()
        await check(client, executor, folder, seed)
    await server.close()


async def check(client: Client, executor: HeldExecutor, folder: Path, seed: int) -> None:
    """Play one interleaving."""
    chance = random.Random(seed)
    interleaving = Interleaving(client, executor, chance, folder)
    for number in range(STEPS):
        interleaving.step()
        await interleaving.pause()
        interleaving.check()
        assert interleaving.wrong == [], f"seed {seed}, step {number}"
    await interleaving.check_end()
    assert interleaving.wrong == [], f"seed {seed}, at its end"
