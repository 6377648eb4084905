"""`codeact doctor` on the sandbox: level, tier, evidence, what is missing and how to get it."""

import sys
from pathlib import Path

import pytest

from codeact_lsp.cli.doctor_finding import Finding, show
from codeact_lsp.cli.doctor_sandbox import findings
from codeact_lsp.engine.permissions.consent import Consent
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.sandbox.mechanisms import WITHHOLD, Mechanisms
from codeact_lsp.sandbox.proof import Promise, Proof, proof_of
from codeact_lsp.sandbox.remedies import lacking
from codeact_lsp.sandbox.system import System
from codeact_lsp.sandbox.tiers import Tier
from tests.cli.command import Codeact

HELD = dict.fromkeys(Promise, "")
STRICT = Consent(level=Level.STRICT)
NO_GROUPS = "no control groups of memory and processes are mounted"
USUAL = Mechanisms(
    Path("/usr/bin/bwrap"), nested=True, landlock=7, seccomp=True, faults={"cgroup": NO_GROUPS}
)
BARE = Mechanisms(landlock=7, seccomp=True, faults={"bwrap": "bubblewrap is not installed"})


def proof(faults: dict[Promise, str], found: Mechanisms) -> Proof:
    return proof_of(faults, found, lacking(found, System(installer="apk")))


def by_name(shown: Proof, consent: Consent) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings(shown, consent, Mechanisms())}


def test_of_this_machine_it_says_level_tier_and_the_evidence_for_each_promise(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "bwrap,cgroup")
    ended = codeact("doctor", "--interpreter", sys.executable, "--json")
    assert ended.status == 1
    found = {each["name"]: each for each in ended.told}
    assert {"level", "tier", *Promise} <= found.keys()
    assert found["tier"]["found"] == (
        "tier 1 of 4 (kernel) is enforced, tier 2 of 4 (contained) is wanted at least, and "
        "bubblewrap does not work (withheld by CODEACT_SANDBOX_WITHHOLD)"
    )
    assert (found["tier"]["tier"], found["tier"]["minimum"]) == (1, 2)
    assert found["interpreter"]["ok"]
    assert found["tier"]["remedy"].startswith("Unset the variable CODEACT_SANDBOX_WITHHOLD.")
    read, seen = found[Promise.READ], found[Promise.SEEN]
    assert read["found"] == "by Landlock; tried, and held"
    assert (read["mechanism"], read["promised_from_tier"]) == ("Landlock", 1)
    assert (seen["found"], seen["ok"]) == ("a process was seen", False)
    assert seen["remedy"] == "See bubblewrap above."


def test_a_mechanism_that_nobody_knows_cannot_be_withheld(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "firewall")
    ended = codeact("doctor")
    assert ended.status == 3
    assert "CODEACT_SANDBOX_WITHHOLD has 'firewall', which is none of bwrap, " in ended.err


def test_what_the_default_level_does_without_is_a_gain_and_no_fault() -> None:
    found = by_name(proof({**HELD, Promise.SUM: "not tried"}, USUAL), STRICT)
    assert all(finding.ok for finding in found.values())
    assert found["tier"].found == "tier 3 of 4 (isolated)"
    assert found["control group"].found == NO_GROUPS
    assert found["control group"].remedy
    assert found[Promise.SUM].remedy == "See control group above."


def test_what_the_default_level_needs_is_a_fault_if_it_is_missing() -> None:
    shown = proof({**HELD, Promise.SEEN: "seen", Promise.DISK: "it took more"}, BARE)
    found = by_name(shown, STRICT)
    assert found["bubblewrap"] == Finding(
        "bubblewrap", "bubblewrap is not installed", "Run: sudo apk add bubblewrap"
    )
    assert [name for name, finding in found.items() if not finding.ok] == [
        "tier",
        "bubblewrap",
        Promise.SEEN,
    ]


def test_what_several_things_are_needed_for_names_all_of_them() -> None:
    shown = proof({**HELD, Promise.READ: "read", Promise.SEEN: "seen"}, Mechanisms())
    found = by_name(shown, STRICT)
    assert found[Promise.READ].remedy == "See Landlock, seccomp above."
    assert found[Promise.SEEN].remedy == "See Landlock, seccomp, bubblewrap above."


def test_what_held_for_no_known_reason_is_put_down_to_none() -> None:
    found = by_name(proof(HELD, Mechanisms()), STRICT)
    assert found[Promise.READ].found == "tried, and held"


def test_what_should_hold_and_does_not_is_a_fault_even_above_what_is_needed() -> None:
    found = by_name(proof({**HELD, Promise.DISK: "it took more"}, USUAL), STRICT)
    assert found["tier"].found == "tier 2 of 4 (contained)"
    assert not found[Promise.DISK].ok
    assert "Please report it" in found[Promise.DISK].remedy


def test_a_user_who_is_content_with_less_still_hears_that_the_default_level_is_not_there() -> None:
    content = Consent(level=Level.STRICT, minimum_tier=Tier.KERNEL)
    found = by_name(proof({**HELD, Promise.SEEN: "seen"}, BARE), content)
    assert not found["tier"].ok
    assert found["tier"].about == {"tier": 1, "minimum": 1}


def test_a_user_who_wants_more_than_there_is_is_told_so() -> None:
    found = by_name(proof(HELD, USUAL), Consent(Level.STRICT, minimum_tier=Tier.ACCOUNTED))
    assert "tier 4 of 4 (accounted) is wanted at least" in found["tier"].found
    assert not found["tier"].ok


def test_a_level_at_which_nothing_is_confined_is_a_fault() -> None:
    found = by_name(proof(HELD, USUAL), Consent(level=Level.OFF))
    assert found["level"].found == "off: nodes have all your rights"
    assert not found["level"].ok
    assert found["tier"].ok


def test_findings_are_marked_and_the_lines_of_a_command_stay_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(Finding("a", "is there"))
    show(Finding("b", "is\x1b not", "Run: one\ntwo"))
    show(Finding("c", "could be", "Run: more", needed=False))
    assert capsys.readouterr().out.splitlines() == [
        "✓ a: is there",
        r"✗ b: is\x1b not",
        "  Run: one",
        "  two",
        "– c: could be",
        "  Run: more",
    ]
