"""The benchmark itself, on a tiny plan: what it measures and what it says of failures."""

import sys
from pathlib import Path

import pytest

from benchmarks import core, environments, latency, measures
from benchmarks.edits import KINDS
from benchmarks.environments import UnavailableError
from benchmarks.holds import holds
from benchmarks.report import report
from benchmarks.run import Efforts, run
from benchmarks.servers import OURS, Installed, Server

TINY = measures.Effort(starts=1, rounds=2, seconds=30, limit=20)
CLOSING = {kind.closing for kind in KINDS if kind.closing}


def peer(*command: str, publishes: bool = True) -> Installed:
    return Installed(Server("peer", "peer", command, publishes), "1", command)


def test_the_core_is_measured_by_kind_beside_full_parses() -> None:
    measured = core.measure(5, core.Effort(rounds=4, seconds=30, parses=2))
    assert set(measured.kinds) == {kind.name for kind in KINDS} | CLOSING
    assert all(len(samples.values) == 4 for samples in measured.kinds.values())
    assert len(measured.edits.values) == 4 * (len(KINDS) + len(CLOSING))
    assert len(measured.ast_parse.values) == len(measured.libcst_parse.values) == 2
    assert len(measured.open.values) == 1 + 2


def test_the_core_stops_when_its_time_is_up() -> None:
    measured = core.measure(5, core.Effort(rounds=1000, seconds=0, parses=0))
    assert len(measured.edits.values) == len(KINDS) + len(CLOSING)
    assert not measured.libcst_parse.values


@pytest.mark.e2e
def test_a_run_measures_the_core_the_cold_start_and_the_servers() -> None:
    told: list[str] = []
    efforts = Efforts(core={5: core.Effort(1, 30, 1)}, latency={5: TINY}, starts=1)
    results = run(efforts, [OURS], told.append)
    assert told == ["installing codeact", "plan core, 5 nodes", "cold start", "servers, 5 nodes"]
    assert results.cores[0].memory_mb > 0
    ours, bare = results.cold.ours, results.cold.bare
    assert len(ours.wall.values) == len(bare.processor.values) == 1
    found = results.latency("codeact", 5)
    assert found.failure is None
    counts = {name: len(samples.values) for name, samples in found.series.items()}
    assert counts[measures.START] == counts[measures.OPEN_DIAGNOSTICS] == 1
    assert counts[measures.EDIT_DIAGNOSTICS] == 2
    assert counts[measures.EDIT_SYMBOLS] == counts[measures.SYMBOLS] == counts[measures.HOVER] == 2
    assert found.empty[measures.SYMBOLS] == found.empty[measures.HOVER] == 0
    assert found.memory_start_mb > 0
    assert len(report(results).rpartition("HOLD\n")[2].splitlines()) == len(holds(results))


@pytest.mark.e2e
def test_a_server_that_ends_is_reported_with_what_it_said_last() -> None:
    script = "import sys; print('first\\nno such module', file=sys.stderr); sys.exit(3)"
    (found,) = latency.measure([peer(sys.executable, "-c", script)], 3, TINY)
    assert found.failure == "ended with status 3: no such module"


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("WARNING: slow\nERROR: No such version\nhint: try another", "ERROR: No such version"),
        ("first\nsecond", "second"),
    ],
)
def test_a_server_that_cannot_be_installed_is_reported_with_the_reason(
    said: str, reason: str
) -> None:
    script = f"import sys; sys.exit({said!r})"
    with pytest.raises(UnavailableError, match=f"^not installed: {reason}$"):
        environments.call(sys.executable, "-c", script)


@pytest.mark.e2e
def test_a_run_reports_a_peer_that_cannot_be_installed(tmp_path: Path) -> None:
    missing = Server("peer", "peer", (str(tmp_path / "peer"),))
    results = run(Efforts(core={}, latency={}, starts=0), [missing], lambda _: None)
    assert list(results.absent) == ["peer"]
    assert "  peer: not installed: " in report(results)
