import json
import math
from dataclasses import replace

import pytest

from benchmarks import measures
from benchmarks.cold import Cold, Starts
from benchmarks.core import Core
from benchmarks.holds import holds
from benchmarks.machine import describe
from benchmarks.measures import Latency
from benchmarks.report import cell, number, report
from benchmarks.results import Results, plain
from benchmarks.samples import Samples


def results() -> Results:
    """A run in which everything holds, each by a factor of two."""
    ours, peer = Latency("codeact", "1", 1_000), Latency("peer", "2", 1_000)
    ours.series[measures.EDIT_DIAGNOSTICS] = Samples([10] * 20)
    ours.series[measures.OPEN_DIAGNOSTICS] = Samples([250])
    ours.memory_mb = 75
    peer.series[measures.EDIT_DIAGNOSTICS] = Samples([40])
    peer.series[measures.HOVER] = Samples([1])
    peer.empty[measures.HOVER] = 1
    peer.failure = "no answer within 60 s"
    small = Core(1_000, 12_000, kinds={"newline": Samples([5])}, libcst_parse=Samples([100]))
    large = Core(5_000, 60_000, kinds={"newline": Samples([5])})
    cold = Cold(Starts(Samples([50]), Samples([50])), Starts(Samples([50]), Samples([50])))
    return Results(
        describe(),
        cores=[small, large],
        cold=cold,
        latencies=[ours, peer],
        absent={"other": "not installed: no such version"},
        notes={"peer": "runs the module"},
    )


def test_holds_are_measured_values_against_limits() -> None:
    found = [(hold.most, hold.measured, hold.unit, hold.held) for hold in holds(results())]
    assert found == [
        (20, 10, "ms", True),
        (0.1, 0.05, "×", True),
        (2, 1, "×", True),
        (500, 250, "ms", True),
        (2, 1, "×", True),
        (2, 1, "×", True),
        (150, 75, "MB", True),
    ]


def test_what_was_not_measured_is_not_held() -> None:
    found = holds(Results(describe()))
    assert all(math.isnan(hold.measured) and not hold.held for hold in found)


def test_the_report_says_what_could_not_be_measured_and_why() -> None:
    text = report(results())
    assert "  peer: runs the module\n" in text
    assert "  other: not installed: no such version\n" in text
    assert "peer, 1,000 nodes: no answer within 60 s\n" in text


@pytest.mark.parametrize(("load", "shown"), [(0.1, False), (3.0, True)])
def test_a_run_on_a_machine_with_other_work_says_so(load: float, shown: bool) -> None:
    run = results()
    run.machine = replace(run.machine, cores=2, load_before=(load, 0.0, 0.0))
    assert ("\nLOADED: " in report(run)) == shown


def test_the_report_shows_ratios_to_ours_and_empty_answers() -> None:
    lines = report(results()).splitlines()
    edits = lines.index(f"{measures.EDIT_DIAGNOSTICS:<28}  1,000 nodes")
    assert lines[edits + 1 : edits + 3] == [
        "  codeact 1                   10.0 / 10.0 (20)",
        "  peer 2                      40.0 / 40.0 (1) ×4.00",
    ]
    assert "  peer 2                      1.00 / 1.00 (1), 1 empty" in lines


def test_there_is_no_ratio_to_answers_that_say_nothing() -> None:
    run = results()
    ours, peer = run.latencies
    ours.series[measures.COMPLETION], peer.series[measures.COMPLETION] = Samples([1]), Samples([9])
    assert "  peer 2                      9.00 / 9.00 (1) ×9.00\n" in report(run)
    ours.empty[measures.COMPLETION] = 1
    assert "  peer 2                      9.00 / 9.00 (1)\n" in report(run)


def test_the_report_ends_in_a_table_of_holds() -> None:
    _, _, table = report(results()).rpartition("HOLD\n")
    assert [line.split()[-2:] for line in table.splitlines()] == [["yes,", "×0.50"]] * 7
    _, _, table = report(Results(describe())).rpartition("HOLD\n")
    assert all(line.endswith("NOT MEASURED") for line in table.splitlines())


def test_json_has_null_for_what_was_not_measured() -> None:
    figures = json.loads(json.dumps(plain(results()), allow_nan=False))
    assert figures["cores"][0]["kinds"] == {
        "newline": {"p50_ms": 5, "p95_ms": 5, "p99_ms": 5, "n": 1}
    }
    assert figures["latencies"][0]["series"]["hover"] == {
        "p50_ms": None,
        "p95_ms": None,
        "p99_ms": None,
        "n": 0,
    }
    assert figures["latencies"][1]["memory_mb"] is None
    assert figures["machine"]["packages"]["pygls"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0123, "0.012"),
        (0.5, "0.50"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (123.4, "123"),
        (12345.6, "12,346"),
        (math.nan, "–"),
    ],
)
def test_figures_have_as_many_digits_as_say_something(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_ratio_to_nothing_is_not_shown() -> None:
    assert cell(Samples([3]), Samples()) == "3.00 / 3.00 (1)"
    assert cell(Samples(), Samples([3])) == "–"
