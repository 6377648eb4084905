"""The benchmark of the sandbox itself, with as little of all as shows that it is measured."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.confining import contenders as who
from benchmarks.confining import ends, first
from benchmarks.running.answers import Driven
from benchmarks.running.contenders import Contender, install
from benchmarks.running.drives import drive
from benchmarks.running.sessions import share_proof

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results in which what the machine enforces has been found out."""
    folder = tmp_path_factory.mktemp("known")
    found = driven(who.STRICT, "proof", folder, case="self-test")
    assert found.cases["self-test"].failure is None
    return folder


def driven(contender: Contender, task: str, folder: Path, **settings: Any) -> Driven:
    (ready,), absent = install([contender])
    assert absent == {}
    found = drive(ready, task, settings, folder, 100)
    assert found.failure is None
    return found


def counts(found: Driven) -> dict[str, int]:
    assert {case: each.failure for case, each in found.cases.items() if each.failure} == {}
    return {case: len(each.samples.values) for case, each in found.cases.items()}


@pytest.mark.parametrize("contender", [who.STRICT, who.OFF], ids=lambda each: each.variant)
def test_nodes_in_a_row_are_timed_one_by_one(
    contender: Contender, known: Path, tmp_path: Path
) -> None:
    share_proof(known, tmp_path)
    assert counts(driven(contender, "isolated", tmp_path, forks=3)) == {"chain": 3, "call": 4}


def test_a_value_is_handed_on_in_the_sandbox(known: Path, tmp_path: Path) -> None:
    share_proof(known, tmp_path)
    found = driven(who.STRICT, "passing", tmp_path, kind="array", megabytes=20)
    assert counts(found) == {"array": 1}
    assert found.cases["array"].facts["own_mb"] < 10


def test_fresh_interpreters_are_timed_alone_and_in_a_container(tmp_path: Path) -> None:
    for contender in (who.FRESH, who.BWRAP):
        found = driven(contender, "isolated", tmp_path, libraries=["json"], starts=2)
        assert counts(found) == {"warm": 1, "libraries": 2}


def test_a_library_that_is_not_there_is_a_failure_and_no_fast_start(tmp_path: Path) -> None:
    found = driven(who.FRESH, "isolated", tmp_path, libraries=["no_such_library"], starts=1)
    assert "CalledProcessError" in (found.cases["libraries"].failure or "")


def test_what_goes_through_the_proxy_is_counted(tmp_path: Path) -> None:
    found = driven(who.PROXY, "transfer", tmp_path, megabytes=2, times=2)
    assert counts(found) == {"direct": 2, "proxy": 2}


def test_the_first_node_of_a_server_is_timed_beside_plain_imports(known: Path) -> None:
    found = first.measure(known, ["json"], 1)
    assert [each.name for each in found] == ["codeact", "codeact, level off", "fresh python"]
    every = dict.fromkeys(first.CASES, 1)
    assert [counts(each) for each in found] == [every, every, every]


def test_the_end_of_a_node_and_of_all_that_it_started_is_seen(known: Path) -> None:
    strict, standard = ends.measure(known, 1)
    assert counts(strict) == counts(standard) == dict.fromkeys(ends.CASES, 1)
    every = [value for each in strict.cases.values() for value in each.samples.values]
    assert min(every) > 0
