"""Drivers that work, and drivers that fail in each way that there is."""

import math
import sys
from pathlib import Path

import pytest

from benchmarks.peers.driving import Settings
from benchmarks.running.answers import Driven, Figures, read
from benchmarks.running.contenders import FORKS, OURS, PEERS, PINS, Contender, Ready, install
from benchmarks.running.drives import drive
from benchmarks.samples import Samples
from tests.engine.running import wait_until_gone

pytestmark = pytest.mark.e2e


def driven(folder: Path, variant: str, limit: float = 60, **settings: object) -> Driven:
    contender = Contender("peer", "tests.benchmarks.driver", variant)
    return drive(Ready(contender, sys.executable, "1"), "it", settings, folder, limit)


def test_a_driver_answers_with_figures_whatever_its_engine_prints(tmp_path: Path) -> None:
    found = driven(tmp_path, "works", seconds=0.25)
    assert (found.name, found.version, found.failure) == ("peer", "1", None)
    one, two = found.cases["one"], found.cases["two"]
    assert (one.samples.values, two.samples.values) == ([250], [0])
    assert (one.facts["ran"], one.facts["stale"]) == (3, 0)
    assert one.process.p50 > 0
    assert one.facts["peak_mb"] > 0


def test_a_case_that_fails_does_not_take_the_others_along(tmp_path: Path) -> None:
    found = driven(tmp_path, "fails")
    assert {case: figures.failure for case, figures in found.cases.items()} == {
        "wrong": "WrongError: gave 4 where 5 is right",
        "broken": "ZeroDivisionError: division by zero",
        "right": None,
    }


def test_a_driver_that_crashes_is_reported_with_what_it_said_last(tmp_path: Path) -> None:
    found = driven(tmp_path, "crashes")
    assert found.failure == "ended with status 1: out of memory"
    assert list(found.cases) == ["one"]


def test_a_driver_that_prints_rubbish_is_reported_with_it(tmp_path: Path) -> None:
    assert driven(tmp_path, "rubbish").failure == "said what is no figure: 'ready!'"


async def test_a_driver_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    found = driven(tmp_path, "hangs", limit=4, apart=True)
    assert found.failure == "no answer within 4 s"
    assert found.cases["one"].samples.values == [1000]
    await wait_until_gone(int(found.cases["child"].samples.p50 / 1000))


async def test_what_a_driver_leaves_behind_is_ended(tmp_path: Path) -> None:
    found = driven(tmp_path, "leaves")
    assert found.failure is None
    await wait_until_gone(int(found.cases["child"].samples.p50 / 1000))


def test_our_own_engine_is_driven_as_the_peers_are(tmp_path: Path) -> None:
    ready, absent = install([OURS, FORKS])
    assert absent == {}
    settings: Settings = {"nodes": 3, "repeats": 1, "shapes": ["chain", "fan"]}
    found = drive(ready[0], "overhead", settings, tmp_path, 60)
    assert found.failure is None
    assert [len(each.samples.values) for each in found.cases.values()] == [1, 1]
    found = drive(ready[1], "isolated", {"forks": 2, "libraries": ["json"]}, tmp_path, 60)
    assert [len(each.samples.values) for each in found.cases.values()] == [2, 2]


def test_a_peer_that_cannot_be_installed_is_absent_and_says_why() -> None:
    peer = Contender("peer", "it", "it", "nowhere", "nothing")
    reason = "not installed: there is no nowhere.txt that names its packages"
    assert install([peer]) == ([], {"peer": reason})


def test_what_is_installed_is_pinned_and_names_no_index() -> None:
    pins = sorted(PINS.glob("*.txt"))
    assert [each.stem for each in pins] == sorted(PEERS)
    for text in (each.read_text(encoding="utf-8") for each in pins):
        assert "--hash=sha256:" in text
        assert "://" not in text


@pytest.mark.parametrize(
    "line",
    [
        "ready!",
        "[1]",
        "7",
        "null",
        "{}",
        '{"case": 1, "seconds": [], "facts": {}}',
        '{"case": "a", "seconds": 1, "facts": {}}',
        '{"case": "a", "seconds": ["1"], "facts": {}}',
        '{"case": "a", "seconds": [NaN], "facts": {}}',
        '{"case": "a", "seconds": [1], "facts": []}',
        '{"case": "a", "seconds": [1], "facts": {"ran": null}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_figure_is_not_taken_for_one(line: str) -> None:
    right = '{"case": "right", "seconds": [1], "facts": {}}'
    cases, rubbish = read(f"{line}\n{right}\n")
    assert list(cases) == ["right"]
    assert rubbish == f"said what is no figure: {line[:60]!r}"


def test_a_driver_that_says_nothing_is_no_success() -> None:
    assert read("") == ({}, "said nothing")


def test_rounds_add_up_and_the_worst_of_their_facts_stays() -> None:
    whole = Driven("a", "1", "it", {"one": Figures(Samples([1]), facts={"stale": 1, "ran": 2})})
    second = Figures(Samples([3]), Samples([9]), {"stale": 0, "ran": 5})
    whole.add(Driven("a", "1", "it", {"one": second, "two": Figures(failure="no")}, "ended"))
    assert whole.cases["one"] == Figures(Samples([1, 3]), Samples([9]), {"stale": 1, "ran": 5})
    assert whole.cases["two"].failure == "no"
    assert whole.failure == "ended"
    assert math.isnan(whole.cases["two"].samples.p50)
