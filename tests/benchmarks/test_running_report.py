import json
import math

from benchmarks.machine import describe
from benchmarks.results import plain
from benchmarks.running import contenders as who
from benchmarks.running.answers import Driven, Figures
from benchmarks.running.contenders import Contender
from benchmarks.running.holds import holds
from benchmarks.running.report import report
from benchmarks.running.results import Results
from benchmarks.running.serving import Served
from benchmarks.samples import Samples


def empty() -> Results:
    return Results(describe(), {"overhead": 10, "rerun": 200, "server": 30}, 100, (0.5,) * 8, 2)


def gave(contender: Contender, task: str, **cases: Figures) -> Driven:
    named = {case.replace("_", " "): figures for case, figures in cases.items()}
    return Driven(contender.name, "1", task, named)


def results() -> Results:
    """A run in which everything holds, each by a factor of two."""
    made = empty()
    hundred = Figures(Samples([100]))
    made.take(gave(who.OURS, "overhead", chain=hundred, fan=hundred))
    failure = Figures(failure="RecursionError: maximum recursion depth exceeded")
    made.take(gave(who.HAMILTON, "overhead", chain=failure, fan=Figures(Samples([400]))))
    made.take(gave(who.WARM, "rerun", nothing=Figures(Samples([5]), facts={"ran": 0, "stale": 0})))
    stale = Figures(Samples([9]), Samples([1_200]), {"ran": 0, "stale": 1})
    made.take(gave(who.CACHED, "rerun", a_helper=stale))
    both = {"rest": Figures(Samples([550])), "burn": Figures(Samples([4_000]))}
    made.take(gave(who.OURS, "together", **both))
    array = Figures(Samples([300]), facts={"own_mb": 5, "peak_mb": 160})
    made.take(gave(who.OURS, "passing", array=array))
    made.served = Served(spinning=Samples([25]))
    made.absent = {"ray": "not installed: no such version"}
    return made


def line(text: str, start: str) -> str:
    """The first line that starts so, with single spaces."""
    return next(" ".join(each.split()) for each in text.splitlines() if each.startswith(start))


def test_holds_are_measured_values_against_limits() -> None:
    found = [(hold.most, hold.measured, hold.unit) for hold in holds(results())]
    assert found == [
        (50, 25, "ms"),
        (1_100, 550, "ms"),
        (0.1, 0.05, "×"),
        (50, 25, "ms"),
    ]


def test_what_was_not_measured_is_not_held() -> None:
    found = holds(empty())
    assert all(math.isnan(hold.measured) and not hold.held for hold in found)
    _, _, table = report(empty()).rpartition("HOLD\n")
    assert all(each.endswith("NOT MEASURED") for each in table.splitlines())


def test_what_is_missed_is_told_with_by_how_much() -> None:
    run = results()
    run.served.spinning.values.append(125)
    assert line(report(run), "edits and requests while").endswith("125 of 50 ms NO, ×2.50")


def test_overhead_is_told_by_node_and_against_ours() -> None:
    text = report(results())
    assert line(text, "codeact 1  ") == "codeact 1 10.0 / 10.0 (1) 10.0 / 10.0 (1) –"
    assert line(text, "hamilton 1").endswith("RecursionError 40.0 / 40.0 (1) ×4.00 –")


def test_failures_and_absences_are_told_in_full() -> None:
    text = report(results())
    assert "\nray: not installed: no such version\n" in text
    assert text.count("\nray                           not installed\n") == 3
    reason = "RecursionError: maximum recursion depth exceeded"
    assert f"\nhamilton, overhead, chain: {reason}\n" in text


def test_a_stale_value_is_told() -> None:
    text = report(results())
    assert line(text, "hamilton, cache").endswith("– – 9.00 in 1,200, 0 ran STALE – –")
    assert "5.00, 0 ran" in line(text, "codeact, warm engine")


def test_work_at_once_is_told_against_ideal() -> None:
    assert "4,000 / 4,000 (1) ×2.00" in report(results())


def test_json_has_null_for_what_was_not_measured() -> None:
    figures = json.loads(json.dumps(plain(results()), allow_nan=False))
    assert figures["driven"][0]["cases"]["chain"]["samples"] == {
        "p50_ms": 100,
        "p95_ms": 100,
        "p99_ms": 100,
        "n": 1,
    }
    assert figures["served"]["run_mb"] is None
