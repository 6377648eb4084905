"""Tiers: their order, what reaches what, and how they are called."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox.cgroups import Groups
from codeact_lsp.sandbox.mechanisms import Mechanisms
from codeact_lsp.sandbox.tiers import Tier, attainable, default_minimum, tier_of

BWRAP = Path("/usr/bin/bwrap")
GROUPS = Groups(2, (Path("/sys/fs/cgroup"),))


@pytest.mark.parametrize(
    ("found", "tier"),
    [
        (Mechanisms(), Tier.NONE),
        (Mechanisms(landlock=7), Tier.NONE),
        (Mechanisms(bubblewrap=BWRAP, nested=True, seccomp=True), Tier.NONE),
        (Mechanisms(landlock=1, seccomp=True), Tier.KERNEL),
        # A group alone contains nothing.
        (Mechanisms(landlock=1, seccomp=True, cgroup=GROUPS), Tier.KERNEL),
        (Mechanisms(BWRAP, landlock=7, seccomp=True, cgroup=GROUPS), Tier.CONTAINED),
        (Mechanisms(BWRAP, nested=True, landlock=7, seccomp=True), Tier.ISOLATED),
        (Mechanisms(BWRAP, nested=True, landlock=7, seccomp=True, cgroup=GROUPS), Tier.ACCOUNTED),
        (Mechanisms(seatbelt=Path("/usr/bin/sandbox-exec")), Tier.SEATBELT),
    ],
)
def test_what_there_is_decides_what_can_be_reached(found: Mechanisms, tier: Tier) -> None:
    assert attainable(found) is tier


def test_a_rung_of_the_ladder_reaches_itself_and_all_below() -> None:
    ladder = [tier for tier in Tier if tier >= 0]
    reached = [[each.name for each in ladder if tier.reaches(each)] for tier in ladder]
    names = [tier.name for tier in ladder]
    assert reached == [names[: number + 1] for number in range(len(names))]


def test_a_name_beside_the_ladder_reaches_none_of_its_rungs() -> None:
    assert Tier.SEATBELT.reaches(Tier.SEATBELT)
    assert Tier.SEATBELT.reaches(Tier.NONE)
    assert not Tier.SEATBELT.reaches(Tier.KERNEL)
    assert not Tier.SEATBELT.reaches(Tier.JOB)
    assert not Tier.ACCOUNTED.reaches(Tier.SEATBELT)
    # Nor does a comparison of numbers say that it does.
    assert max(Tier.SEATBELT, Tier.JOB) < Tier.KERNEL


def test_each_system_has_a_least_tier_of_its_own() -> None:
    systems = ("linux", "darwin", "win32", "freebsd")
    minima = [default_minimum(system) for system in systems]
    assert minima == [Tier.CONTAINED, Tier.SEATBELT, Tier.JOB, Tier.CONTAINED]


def test_a_tier_is_named_by_its_name_or_its_number() -> None:
    assert tier_of("isolated") is tier_of(" Isolated ") is tier_of("3") is Tier.ISOLATED
    assert tier_of("seatbelt") is Tier.SEATBELT
    assert str(Tier.ISOLATED) == "tier 3 of 4 (isolated)"
    assert str(Tier.JOB) == "tier job"


@pytest.mark.parametrize("word", ["", "5", "-1", "full"])
def test_an_unknown_tier_is_an_error_that_names_all(word: str) -> None:
    with pytest.raises(ValueError, match=f"no tier '{word}'; there are none, kernel, contained"):
        tier_of(word)
