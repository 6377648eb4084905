"""Tiers: what a machine was shown to enforce, whatever the user's level asks for."""

import sys
from enum import IntEnum

from codeact_lsp.sandbox.mechanisms import Mechanisms, mechanisms

__all__ = ["Mechanisms", "Tier", "attainable", "default_minimum", "mechanisms", "tier_of"]


class Tier(IntEnum):
    """What is enforced: on Linux a ladder, elsewhere one name a system.

    The names beside the ladder are below all of its rungs, so that a comparison with one of these
    fails; `reaches` knows more.
    """

    NONE = 0
    """Nothing: a node has the rights of the user."""
    KERNEL = 1
    """Landlock and seccomp: files, network, processes; others' processes can still be counted."""
    CONTAINED = 2
    """In addition bubblewrap: namespaces that all nodes of a worker share."""
    ISOLATED = 3
    """In addition namespaces and scratch of each node's own."""
    ACCOUNTED = 4
    """In addition a control group: memory and processes are bounded in sum."""
    SEATBELT = -1
    """The profile of macOS."""
    JOB = -2
    """The job object and the restricted token of Windows."""

    def reaches(self, minimum: "Tier") -> bool:
        """Whether this is as much as a user wants at least."""
        if minimum is Tier.NONE or self is minimum:
            return True
        return minimum > 0 and self > minimum

    def __str__(self) -> str:
        """As people read it: `tier 3 of 4 (isolated)`."""
        name = self.name.lower()
        return f"tier {self.value} of 4 ({name})" if self >= 0 else f"tier {name}"


def default_minimum(system: str = sys.platform) -> Tier:
    """What a user wants at least who has not said so."""
    return {"darwin": Tier.SEATBELT, "win32": Tier.JOB}.get(system, Tier.CONTAINED)


def attainable(found: Mechanisms) -> Tier:
    """What a machine with these mechanisms should turn out to enforce."""
    if found.seatbelt:
        return Tier.SEATBELT
    if not (found.landlock and found.seccomp):
        return Tier.NONE
    if not found.bubblewrap:
        return Tier.KERNEL
    if not found.nested:
        return Tier.CONTAINED
    return Tier.ACCOUNTED if found.cgroup else Tier.ISOLATED


def tier_of(word: str) -> Tier:
    """The tier of a setting: its name, or its number on the ladder.

    Raises:
        ValueError: There is no such tier.
    """
    names = {tier.name.lower(): tier for tier in Tier}
    numbers = {str(tier.value): tier for tier in Tier if tier >= 0}
    found = (names | numbers).get(word.strip().lower())
    if found is None:
        raise ValueError(f"There is no tier '{word}'; there are {', '.join(names)}.")
    return found
