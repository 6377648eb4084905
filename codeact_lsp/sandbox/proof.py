"""What a machine was shown to enforce: promises, the evidence for each, the tier that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from codeact_lsp.sandbox.mechanisms import Mechanisms
from codeact_lsp.sandbox.remedies import Lack
from codeact_lsp.sandbox.tiers import Tier, attainable


class Promise(StrEnum):
    """What the strict level promises of every node, in words."""

    RUNS = "nodes run, read the workspace and write scratch files"
    READ = "nothing outside the workspace is read"
    SECRETS = "secrets in the workspace are not read"
    WRITE = "nothing but scratch is written"
    NETWORK = "no network is reached"
    SOCKETS = "no other program is spoken to"
    PROCESSES = "no process is started"
    SIGNALS = "no other process is signalled"
    ENVIRONMENT = "no variable of the user is seen"
    TREE = "nothing goes on after a stop"
    MEMORY = "the memory of a process is bounded"
    SEEN = "no process of the user is seen"
    LEFT = "nothing is left for the next node"
    NEIGHBOURS = "no other node is seen"
    DISK = "scratch files are bounded"
    SUM = "memory and processes are bounded in sum"


PROMISED = {
    **dict.fromkeys(Promise, Tier.KERNEL),
    **dict.fromkeys((Promise.SEEN, Promise.LEFT), Tier.CONTAINED),
    **dict.fromkeys((Promise.NEIGHBOURS, Promise.DISK), Tier.ISOLATED),
    Promise.SUM: Tier.ACCOUNTED,
}
"""From which tier on something is promised."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a canary came back with.

    Attributes:
        promise: What it tried to break.
        tier: From which tier on that is promised.
        mechanism: What is to hold it here.
        ok: Whether it was held: the canary did try, and nothing of it got through.
        found: What was seen, in words.
        remedy: What to do where it was not held.
    """

    promise: Promise
    tier: Tier
    mechanism: str
    ok: bool
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown, on this machine since it started, for one interpreter.

    Attributes:
        tier: What is enforced.
        expected: What should be, going by the mechanisms that there are.
        evidence: One for each promise.
        lacking: Mechanisms that do not work here, first what the lower tiers need.
    """

    tier: Tier
    expected: Tier
    evidence: tuple[Evidence, ...]
    lacking: tuple[Lack, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether all that the mechanisms promise was seen to hold."""
        return self.tier is self.expected

    def lacking_of(self, tier: Tier) -> list[Lack]:
        """What is missing for a tier."""
        return [lack for lack in self.lacking if lack.tier <= tier]


def proof_of(faults: Mapping[Promise, str], found: Mechanisms, lacks: tuple[Lack, ...]) -> Proof:
    """What follows from what the canaries came back with.

    Args:
        faults: Why each promise was not seen to hold; an empty text if it was. A promise that is
            missing was not tried.
        found: The mechanisms that there are.
        lacks: What is missing of them.
    """
    evidence = tuple(_evidence(promise, faults.get(promise), found, lacks) for promise in Promise)
    held = {each.promise for each in evidence if each.ok}
    expected = attainable(found)
    return Proof(_highest(held, expected), expected, evidence, lacks)


def _evidence(
    promise: Promise, fault: str | None, found: Mechanisms, lacks: tuple[Lack, ...]
) -> Evidence:
    tier = PROMISED[promise]
    # What was not tried for want of something takes that, though its tier does not.
    needed = [lack for lack in lacks if lack.tier <= tier] or list(
        lacks[:1] if fault is None else ()
    )
    ok = fault == ""
    return Evidence(
        promise=promise,
        tier=tier,
        mechanism=mechanism_of(promise, found),
        ok=ok,
        found="not tried" if fault is None else fault or "tried, and held",
        remedy="" if ok else needed[-1].remedy if needed else _REPORT,
    )


def _highest(held: set[Promise], expected: Tier) -> Tier:
    if expected < 0:  # A system of its own has one tier, of what the kernel's promises.
        return expected if _holds(held, Tier.KERNEL) else Tier.NONE
    rungs = [Tier(number) for number in range(expected, 0, -1)]
    return next((tier for tier in rungs if _holds(held, tier)), Tier.NONE)


def _holds(held: set[Promise], tier: Tier) -> bool:
    return all(promise in held for promise, needed in PROMISED.items() if needed <= tier)


def mechanism_of(promise: Promise, found: Mechanisms) -> str:
    """What is to hold a promise on a machine with these mechanisms; empty if none of them is."""
    if found.seatbelt:
        return "Seatbelt"
    around = ("bubblewrap",) if promise in _CONTAINED else ()
    there = {
        "bubblewrap": found.bubblewrap,
        "Landlock": found.landlock,
        "seccomp": found.seccomp,
        "namespaces of each node": found.nested,
        "control group": found.cgroup,
    }
    return ", ".join(each for each in (*around, *_INSIDE[promise]) if there.get(each, True))


_CONTAINED = frozenset(
    (Promise.READ, Promise.WRITE, Promise.NETWORK, Promise.SOCKETS, Promise.SIGNALS, Promise.SEEN)
)
_INSIDE: Mapping[Promise, tuple[str, ...]] = {
    **dict.fromkeys((Promise.READ, Promise.SECRETS, Promise.WRITE), ("Landlock",)),
    **dict.fromkeys((Promise.NETWORK, Promise.SOCKETS, Promise.PROCESSES), ("seccomp",)),
    **dict.fromkeys((Promise.SIGNALS, Promise.SEEN), ("seccomp", "Landlock")),
    **dict.fromkeys((Promise.RUNS, Promise.ENVIRONMENT), ("how workers are started",)),
    **dict.fromkeys((Promise.TREE, Promise.LEFT), ("how workers are ended",)),
    **dict.fromkeys((Promise.NEIGHBOURS, Promise.DISK), ("namespaces of each node",)),
    Promise.MEMORY: ("resource limits",),
    Promise.SUM: ("control group",),
}
_REPORT = (
    "It should hold here. Please report it, with what `codeact doctor --json` says, as SECURITY.md "
    "asks for."
)
