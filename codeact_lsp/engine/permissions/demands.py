"""What rights take of a machine: where less is enforced, they would give more than they say."""

from collections.abc import Iterable
from dataclasses import dataclass

from codeact_lsp.sandbox.levels import Level, Policy, preset
from codeact_lsp.sandbox.tiers import Tier


@dataclass(frozen=True, slots=True)
class Demand:
    """What has to be enforced for a right to be no more than it says.

    Attributes:
        right: The right, in words.
        tier: From which tier on it is held to its bounds.
        beyond: What it would come to below that, to follow "without which".
        way_out: How to do without the right.
    """

    right: str
    tier: Tier
    beyond: str
    way_out: str


_PROCESSES = Demand(
    right="to start processes",
    tier=Tier.CONTAINED,
    beyond="they could change the modes and times of your files, and see your processes",
    way_out="Or run without processes: --level strict, and `processes` not granted.",
)
_HOSTS = Demand(
    right="to reach hosts",
    tier=Tier.CONTAINED,
    beyond="all of this machine's network would be open",
    way_out="Or run without a network: --level strict, and no host granted.",
)

A_PYTHON = Demand(
    right="to bring a Python along, as this workspace does,",
    tier=Tier.CONTAINED,
    beyond="it would have all your rights from its start on",
    way_out="Or choose a Python outside of the workspace: --interpreter PYTHON",
)
"""What it takes to start a Python that may have come with a plan."""


def unmet(policies: Iterable[Policy], enforced: Tier) -> Demand | None:
    """The first demand that a machine does not meet; None if it meets all.

    Args:
        policies: What nodes may do.
        enforced: What the machine enforces.
    """
    demands = (demand for policy in policies for demand in _demands(policy))
    return next((each for each in demands if not enforced.reaches(each.tier)), None)


def of_level(level: Level) -> tuple[Policy, ...]:
    """The rights that all nodes have at a level."""
    return (preset(level),)


def _demands(policy: Policy) -> Iterable[Demand]:
    if policy.confined and policy.processes:
        yield _PROCESSES
    if policy.confined and policy.hosts:
        yield _HOSTS
