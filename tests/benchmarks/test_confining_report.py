import json
import math
from collections.abc import Sequence

from benchmarks.confining import contenders as who
from benchmarks.confining.ends import CANCELLED, CASES, DEAF
from benchmarks.confining.first import AT_ONCE, OPEN, TRUSTED
from benchmarks.confining.holds import holds
from benchmarks.confining.report import report
from benchmarks.confining.results import Results
from benchmarks.machine import describe
from benchmarks.results import plain
from benchmarks.running.answers import Driven, Figures
from benchmarks.running.contenders import Contender
from benchmarks.samples import Samples


def empty() -> Results:
    return Results(describe(), nodes=100, megabytes=100, transferred=50)


def gave(contender: Contender, task: str, **cases: Sequence[float]) -> Driven:
    return Driven(
        contender.name, "1", task, {each: Figures(Samples(list(ms))) for each, ms in cases.items()}
    )


def results() -> Results:
    """A run in which everything holds, each by a factor of two."""
    made = empty()
    made.take(gave(who.STRICT, "isolated", call=[2.5] * 98 + [10, 10], chain=[9] * 98 + [30, 30]))
    made.take(gave(who.OFF, "isolated", chain=[6.5] * 98 + [20, 20]))
    made.take(gave(who.FORKS, "isolated", libraries=[1.25] * 100))
    made.take(gave(who.BWRAP, "isolated", libraries=[500]))
    made.take(gave(who.STRICT, "first", **{AT_ONCE: [240], OPEN: [200], TRUSTED: [40]}))
    made.take(gave(who.FRESH, "first", **{AT_ONCE: [400], OPEN: [400], TRUSTED: [400]}))
    value = Figures(Samples([300]), facts={"own_mb": 5, "peak_mb": 210})
    made.take(Driven(who.STRICT.name, "1", "passing", {"array": value, "frame": value}))
    for contender in (who.STRICT, who.STANDARD):
        made.take(gave(contender, "ends", **{case: [25, 50] for case in CASES}))
    made.take(gave(who.PROXY, "transfer", direct=[100], proxy=[200]))
    return made


def line(text: str, start: str) -> str:
    """The first line that starts so, with single spaces."""
    return next(" ".join(each.split()) for each in text.splitlines() if each.startswith(start))


def test_holds_are_measured_values_against_limits() -> None:
    found = [(hold.most, hold.measured, hold.unit, hold.held) for hold in holds(results())]
    assert found == [
        (5, 2.5, "ms", True),
        (20, 10, "ms", True),
        (5, 2.5, "ms", True),
        (20, 10, "ms", True),
        (1.2, 0.6, "×", True),
        (1.2, 0.5, "×", True),
        (1.2, 0.1, "×", True),
        (0.1, 0.05, "×", True),
        (0.1, 0.05, "×", True),
        (100, 50, "ms", True),
    ]


def test_what_was_not_measured_is_not_held() -> None:
    found = holds(empty())
    assert all(math.isnan(hold.measured) and not hold.held for hold in found)
    _, _, table = report(empty()).rpartition("HOLD\n")
    assert all(each.endswith("NOT MEASURED") for each in table.splitlines())


def test_ends_of_which_some_are_missing_are_not_held() -> None:
    run = results()
    (standard,) = (each for each in run.of("ends") if each.name == who.STANDARD.name)
    standard.cases[DEAF] = Figures(failure="processes of a node live on")
    assert line(report(run), "limit or cancel").endswith("– of 100 ms NOT MEASURED")
    assert "\ncodeact, level standard, ends, a limit, deaf to signals: processes" in report(run)


def test_the_worst_of_all_ends_counts() -> None:
    run = results()
    run.figures(who.STANDARD, "ends", CANCELLED).samples.values.append(250)
    assert line(report(run), "limit or cancel").endswith("250 of 100 ms NO, ×2.50")


def test_a_node_is_told_against_the_fork_by_both_percentiles() -> None:
    text = report(results())
    assert line(text, "codeact, level strict") == "codeact, level strict 9.00 ×7.20 30.0 ×24.0 100"
    alone = line(text, "codeact, strict, call alone")
    assert alone == "codeact, strict, call alone 2.50 ×2.00 10.0 ×8.00 100"
    assert line(text, "fresh bwrap python") == "fresh bwrap python, imports 500 ×400 500 ×400 1"


def test_the_first_node_is_told_against_the_imports() -> None:
    _, _, text = report(results()).partition("FIRST NODE")
    assert line(text, "codeact, level strict").endswith(
        "240 / 240 (1) ×0.60 200 / 200 (1) ×0.50 40.0 / 40.0 (1) ×0.10"
    )


def test_the_proxy_is_told_as_a_speed() -> None:
    text = report(results())
    assert line(text, "directly") == "directly 100 / 100 (1) ×1.00 500 MB/s"
    assert line(text, "through the proxy") == "through the proxy 200 / 200 (1) ×2.00 250 MB/s"


def test_json_has_null_for_what_was_not_measured() -> None:
    assert json.loads(json.dumps(plain(results()), allow_nan=False))["transferred"] == 50
