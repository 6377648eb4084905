from pathlib import Path

import pytest

from benchmarks.running.serving import Effort, measure
from benchmarks.samples import Samples

pytestmark = pytest.mark.e2e


def test_the_server_is_measured_while_it_runs_things(tmp_path: Path) -> None:
    told: list[str] = []
    served = measure(Effort(nodes=12, times=1, rounds=2), told.append, tmp_path)
    assert told == ["server: start", "server: memory", "server: latency"]
    assert served.failures == {}
    counts = {key: len(each.values) for key, each in vars(served).items() if type(each) is Samples}
    assert counts == {
        "start": 1,
        "first_run": 1,
        "idle": 2 * 5,
        "spinning": 2 * 5,
    }
    assert min(served.open_mb, served.run_mb) > 0
