"""Nodes do not run where less is enforced than is wanted, and it is said what would help."""

from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.engine.permissions.refusal import blamed, refusal
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.levels import Level, grant, preset
from codeact_lsp.sandbox.mechanisms import Mechanisms
from codeact_lsp.sandbox.proof import Promise, proof_of
from codeact_lsp.sandbox.remedies import lacking
from codeact_lsp.sandbox.system import System
from codeact_lsp.sandbox.tiers import Tier

HELD = dict.fromkeys(Promise, "")
SYSTEM = System(installer="dnf")
BARE = Mechanisms(
    landlock=7,
    seccomp=True,
    faults={"bwrap": "bubblewrap is not installed", "cgroup": "none are mounted"},
)
KERNEL = proof_of({**HELD, Promise.SEEN: "a process was seen"}, BARE, lacking(BARE, SYSTEM))


@pytest.mark.parametrize("minimum", [Tier.NONE, Tier.KERNEL])
def test_what_is_enforced_is_enough_for_who_wants_no_more(minimum: Tier) -> None:
    assert refusal(KERNEL, minimum) is None


def test_a_missing_mechanism_is_named_with_the_command_that_brings_it() -> None:
    refused = refusal(KERNEL, Tier.CONTAINED)
    assert refused
    assert refused.message == (
        "Nodes do not run here: tier 1 of 4 (kernel) is enforced, tier 2 of 4 (contained) is "
        "wanted at least, and bubblewrap does not work (bubblewrap is not installed)."
    )
    assert refused.remedy == (
        "Run: sudo dnf install bubblewrap\n"
        'To accept what there is, set `minimum-tier = "kernel"` in your own configuration, '
        "or pass --minimum-tier kernel."
    )


def test_all_that_is_missing_is_named_with_what_brings_it() -> None:
    found = Mechanisms(faults={"landlock": "too old", **BARE.faults})
    refused = refusal(proof_of({}, found, lacking(found, SYSTEM)), Tier.CONTAINED)
    assert refused
    assert refused.why.endswith(
        "and these do not work: Landlock (too old), seccomp (), bubblewrap (bubblewrap is not "
        "installed)"
    )
    # Nobody should be talked into having nothing at all.
    assert [line.split()[0] for line in refused.remedy.splitlines()] == ["It", "Run:", "Run:"]
    assert refused.remedy.endswith("dnf install libseccomp\nRun: sudo dnf install bubblewrap")


def test_what_stands_above_what_is_wanted_is_not_asked_for() -> None:
    nothing = proof_of({}, Mechanisms(), lacking(Mechanisms(), SYSTEM))
    refused = refusal(nothing, Tier.KERNEL)
    assert refused
    assert "bubblewrap" not in refused.text


def test_a_promise_that_was_broken_although_nothing_is_missing_is_told_of() -> None:
    found = Mechanisms(Path("/usr/bin/bwrap"), nested=True, landlock=7, seccomp=True)
    faults = {**HELD, Promise.WRITE: "a file was made or changed"}
    refused = refusal(proof_of(faults, found, lacking(found, SYSTEM)), Tier.CONTAINED)
    assert refused
    assert (
        "it was not seen that nothing but scratch is written (a file was made or changed)."
        in refused.message
    )
    assert "Please report it" in refused.remedy


def test_a_tier_of_another_system_is_never_reached() -> None:
    refused = refusal(KERNEL, Tier.SEATBELT)
    assert refused
    assert "tier seatbelt is wanted at least" in refused.message


def test_a_right_that_takes_more_than_is_enforced_is_refused_with_the_way_out() -> None:
    refused = refusal(KERNEL, Tier.KERNEL, [preset(Level.STANDARD)])
    assert refused
    assert refused.message == (
        "Nodes do not run here: tier 1 of 4 (kernel) is enforced, and the right to start processes "
        "takes tier 2 of 4 (contained), without which they could change the modes and times of "
        "your files, and see your processes; bubblewrap does not work (bubblewrap is not "
        "installed)."
    )
    assert refused.remedy == (
        "Run: sudo dnf install bubblewrap\n"
        "Or run without processes: --level strict, and `processes` not granted."
    )


def test_hosts_are_reached_only_from_a_network_of_the_nodes_own() -> None:
    refused = refusal(KERNEL, Tier.KERNEL, [grant(preset(Level.STRICT), hosts=["example.com"])])
    assert refused
    assert "all of this machine's network would be open" in refused.message


@pytest.mark.parametrize("minimum", [Tier.NONE, Tier.KERNEL])
def test_what_a_strict_node_may_do_takes_no_more_than_the_kernel(minimum: Tier) -> None:
    granted = grant(preset(Level.STRICT), write=[Path("/srv/out")])
    assert refusal(KERNEL, minimum, [granted, preset(Level.OFF)]) is None


def test_who_wants_nothing_enforced_gets_what_there_is() -> None:
    assert refusal(KERNEL, Tier.NONE, [preset(Level.STANDARD)]) is None


def test_a_python_of_the_workspace_with_which_nothing_runs_is_no_fault_of_ours() -> None:
    found = Mechanisms(Path("/usr/bin/bwrap"), nested=True, landlock=7, seccomp=True)
    proof = proof_of({Promise.RUNS: "it takes too long"}, found, lacking(found, SYSTEM))
    refused = refusal(proof, Tier.CONTAINED)
    assert refused
    brought = Interpreter(Path("/w/.venv/bin/python"), "the workspace's", of_workspace=True)
    said = blamed(brought, proof, refused)
    assert said.why == refused.why
    assert said.remedy.startswith("The Python of the workspace, /w/.venv/bin/python, may be what")
    assert "--interpreter" in said.remedy
    for python, shown in ((replace(brought, of_workspace=False), proof), (brought, KERNEL)):
        assert blamed(python, shown, refused) == refused
