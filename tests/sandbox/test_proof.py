"""From what the canaries came back with to a tier, never above what was seen to hold."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox.canaries import CANARIES, PLAN
from codeact_lsp.sandbox.cgroups import Groups
from codeact_lsp.sandbox.mechanisms import WORDS, Mechanisms, without
from codeact_lsp.sandbox.proof import PROMISED, Promise, Proof, proof_of
from codeact_lsp.sandbox.remedies import lacking
from codeact_lsp.sandbox.system import System
from codeact_lsp.sandbox.tiers import Tier

ALL = Mechanisms(
    bubblewrap=Path("/usr/bin/bwrap"),
    nested=True,
    landlock=7,
    seccomp=True,
    cgroup=Groups(1, (Path("/sys/fs/cgroup/memory"),)),
)
HELD = dict.fromkeys(Promise, "")


def proof(faults: dict[Promise, str], found: Mechanisms = ALL) -> Proof:
    return proof_of(faults, found, lacking(found, System(installer="apt-get")))


def test_every_promise_has_a_canary_in_the_plan_and_a_tier() -> None:
    assert [canary.promise for canary in CANARIES] == list(Promise)
    text = PLAN.read_text(encoding="utf-8")
    assert all(f"\ndef {canary.node}(" in text for canary in CANARIES)
    assert PROMISED.keys() == set(Promise)


def test_where_all_held_the_tier_is_what_the_mechanisms_promise() -> None:
    assert proof(HELD).tier is Tier.ACCOUNTED
    assert proof(HELD).sound
    assert proof(HELD, without(ALL, ["nested"])).tier is Tier.CONTAINED
    assert proof(HELD, without(ALL, ["bwrap"])).tier is Tier.KERNEL
    # Whatever was seen: without these nothing is what it seems.
    assert proof(HELD, without(ALL, ["seccomp"])).tier is Tier.NONE


@pytest.mark.parametrize("promise", Promise)
def test_a_promise_that_was_broken_or_not_tried_takes_its_tier_away(promise: Promise) -> None:
    below = Tier(PROMISED[promise] - 1)
    broken = proof({**HELD, promise: "it got through"})
    untried = proof({each: "" for each in Promise if each is not promise})
    assert broken.tier is untried.tier is below
    assert not broken.sound
    (evidence,) = (each for each in broken.evidence if not each.ok)
    assert (evidence.promise, evidence.found) == (promise, "it got through")
    assert evidence.remedy.startswith("It should hold here. Please report it")
    assert [each.found for each in untried.evidence if not each.ok] == ["not tried"]


def test_a_system_with_a_tier_of_its_own_has_it_or_none() -> None:
    found = Mechanisms(seatbelt=Path("/usr/bin/sandbox-exec"))
    assert proof({**HELD, Promise.NEIGHBOURS: "one was seen"}, found).tier is Tier.SEATBELT
    assert proof({**HELD, Promise.WRITE: "a file was made"}, found).tier is Tier.NONE


def test_what_was_broken_for_want_of_a_mechanism_comes_with_the_way_to_it() -> None:
    found = without(ALL, ["bwrap"])
    found = Mechanisms(
        landlock=found.landlock,
        seccomp=True,
        faults={"bwrap": "bubblewrap is not installed", "cgroup": "none are mounted"},
    )
    shown = proof({**HELD, Promise.SEEN: "a process was seen", Promise.SUM: "not bounded"}, found)
    remedies = {each.promise: each.remedy for each in shown.evidence if not each.ok}
    assert remedies[Promise.SEEN] == "Run: sudo apt-get install bubblewrap"
    assert remedies[Promise.SUM].startswith("Groups are made by root, or by a systemd")


def test_evidence_names_nothing_that_is_not_there() -> None:
    for word, name in {"landlock": "Landlock", "seccomp": "seccomp", "bwrap": "bubblewrap"}.items():
        found = proof(HELD, without(ALL, [word])).evidence
        assert [each.promise for each in found if name in each.mechanism] == []
    none = {each.promise: each.mechanism for each in proof(HELD, without(ALL, WORDS)).evidence}
    assert none[Promise.READ] == ""
    assert none[Promise.MEMORY] == "resource limits"


def test_evidence_names_what_holds_a_promise_here() -> None:
    by = {each.promise: each.mechanism for each in proof(HELD).evidence}
    assert by[Promise.READ] == "bubblewrap, Landlock"
    assert by[Promise.SUM] == "control group"
    bare = {each.promise: each.mechanism for each in proof(HELD, without(ALL, ["bwrap"])).evidence}
    assert bare[Promise.READ] == "Landlock"
