"""Processes may end at any point: what the store holds then is right, and it goes on working."""

import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from codeact_lsp.engine.store import Hit, Store
from tests.engine.killed_writers import MOST_BYTES, NODES, content
from tests.engine.storing import call, result

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[3]


def test_processes_that_are_killed_leave_no_wrong_value_and_lose_no_good_one(
    tmp_path: Path,
) -> None:
    seed = random.randrange(10**6)
    command = [sys.executable, "-m", "tests.engine.killed_writers", str(tmp_path / "store")]
    subprocess.run([*command, "20", str(seed)], check=True, cwd=ROOT)
    with closing(Store(tmp_path / "store", MOST_BYTES)) as store:
        found = {node: store.look_up(call(node)) for node in NODES}
        hits = {node: hit for node, hit in found.items() if isinstance(hit, Hit)}
        assert hits, f"seed {seed}"
        for node, hit in hits.items():
            with os.fdopen(store.open_blob(hit.result.blob), "rb") as value:
                assert value.read() == content(node), f"seed {seed}"
        # A result is only ever lost together with its value, to make room.
        assert all(miss.why.endswith(("to make room", "not run yet", "gone"))
                   for miss in found.values() if not isinstance(miss, Hit))  # fmt: skip
        assert store.troubles.take() == []
        store._index.write(lambda index: index.execute("UPDATE clock SET swept = 0"))
        store.tidy()
        assert store.size <= MOST_BYTES
        assert list((tmp_path / "store" / "drafts").iterdir()) == []
        assert [path.name for path in (tmp_path / "store" / "live").glob("[!.]*")] == [
            store._presence.token
        ]
        assert store.save(call("after"), result(store), [])


def test_a_limit_on_files_is_as_good_as_a_full_disk(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from codeact_lsp.engine.store import Store\n"
        "from tests.engine.storing import call, result\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "store = Store(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))\n"
        "made = result(store)\n"
        "saved = [store.save(call(f'n{number}'), made, []) for number in range(100)]\n"
        "print(saved[0], saved[-1], *store.troubles.take(), sep='\\n')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store")],
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    first, last, trouble = ended.stdout.splitlines()
    assert (first, last) == ("True", "False")
    assert trouble.startswith(f"Results cannot be kept in {tmp_path / 'store'}: ")
    with closing(Store(tmp_path / "store")) as store:
        assert isinstance(store.look_up(call("n0")), Hit)
        assert store.save(call("n99"), result(store), [])
