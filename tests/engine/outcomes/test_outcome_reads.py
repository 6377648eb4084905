"""What a worker says of what its node looked at and did: believed as far as it is well-formed."""

import json
from typing import Any

import pytest

from codeact_lsp.engine.outcomes.outcome import Outcome, Read
from codeact_lsp.engine.outcomes.reading import read_outcome
from codeact_lsp.engine.values import Effect, Usage


def outcome(**said: Any) -> Outcome:
    """What is made of a worker's report."""
    report = {"ok": True, "preview": {"type": "int", "size": "", "text": "1"}, **said}
    return read_outcome(json.dumps(report).encode(), 0, Usage(), "/plans/x.plan.py")


def test_all_that_was_looked_at_is_one_list() -> None:
    made = outcome(
        reads=[["/data/a.csv", [3, 17]], ["/data/b.csv", None]],
        looks=[["kind", "/data", [16384]], ["link size", "/data/c", [32768, 5]]],
        variables=["HOME"],
    )
    assert made.reads == (
        Read("/data/a.csv", (3, 17)),
        Read("/data/b.csv", None),
        Read("/data", (16384,), "kind"),
        Read("/data/c", (32768, 5), "link size"),
        Read("HOME", what="variable"),
    )


def test_effects_are_told_with_details_of_a_bearable_length() -> None:
    made = outcome(effects=[["clock", "time.time"], ["network", "x" * 1_000]])
    assert made.effects == (Effect("clock", "time.time"), Effect("network", "x" * 200))


@pytest.mark.parametrize(
    "said",
    [
        {"reads": None},
        {"reads": {"/data": None}},
        {"reads": [["/data", [1]]]},
        {"reads": [["/data", [1, 2.5]]]},
        {"reads": [["/data\0", None]]},
        {"reads": [["/data", None]] * 10_001},
        {"looks": [["colour", "/data", None]]},
        {"looks": [["kind", "/data\0", None]]},
        {"looks": [["kind", "/data", "?"]]},
        {"looks": [["kind", "/data"]]},
        {"variables": "HOME"},
        {"variables": [["HOME"]]},
        {"variables": ["HO\0ME"]},
        {"effects": [["magic", ""]]},
        {"lines": [0]},
        {"lines": ["1"]},
        {"lines": [1] * 200_001},
        {"effects": [["clock", 3]]},
        {"effects": [["clock", ""]] * 101},
    ],
)
def test_anything_else_is_not_understood(said: dict[str, Any]) -> None:
    made = outcome(**said)
    assert made.error
    assert made.error.category == "crash"
    assert (made.reads, made.effects) == ((), ())


def test_a_name_that_cannot_be_sent_on_is_made_so_that_it_can() -> None:
    made = outcome(variables=["\udcff"], effects=[["writes", "\udcff"]])
    assert (made.reads, made.effects) == (
        (Read("?", what="variable"),),
        (Effect("writes", "?"),),
    )
