"""What the user allows the nodes of a plan, within what a workspace leaves of it.

A workspace comes with a plan, so whoever wrote the one may have written the other: what it says may
take rights away, and is not followed where it would give any.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings
from codeact_lsp.plan.docstrings.needs import RIGHTS, Need
from codeact_lsp.plan.visible import quoted
from codeact_lsp.sandbox.levels import Level, Limits
from codeact_lsp.sandbox.tiers import Tier, default_minimum

DEFAULT_LEVEL = Level.STRICT
"""The level of a user who says nothing."""

_WIDTH = {Level.STRICT: 0, Level.STANDARD: 1, Level.WRITE: 2, Level.NETWORK: 2, Level.OFF: 3}
_WITHHELD: dict[Level, tuple[str, ...]] = {
    Level.STRICT: RIGHTS,
    Level.STANDARD: ("write", "network"),
    Level.WRITE: ("network",),
    Level.NETWORK: ("write",),
    Level.OFF: (),
}


@dataclass(frozen=True, slots=True)
class Tightening:
    """What a workspace says, and what that place is called: `pyproject.toml [tool.codeact…]`."""

    place: str
    settings: SandboxSettings


@dataclass(frozen=True, slots=True)
class Consent:
    """What the nodes of a plan may get.

    Attributes:
        level: The rights of all of them.
        allowed: Rights that those get which ask for them.
        limits: What each may use up.
        most: Limits that no right lifts, by the fields of `Limits`.
        ceiling: The level whose rights are all that anything gives.
        ceiling_of: Who says so.
        minimum_tier: What the machine has to enforce at least.
        notes: What was not followed and why, in sentences.
    """

    level: Level = DEFAULT_LEVEL
    allowed: tuple[Need, ...] = ()
    limits: Limits = field(default_factory=Limits)
    most: dict[str, float] = field(default_factory=dict)
    ceiling: Level = Level.OFF
    ceiling_of: str = ""
    minimum_tier: Tier = field(default_factory=default_minimum)
    notes: tuple[str, ...] = ()

    def permits(self, right: str) -> bool:
        """Whether a right of that kind can be given at all."""
        return right not in _WITHHELD[self.ceiling]

    def capped(self, limits: Limits) -> Limits:
        """Limits, none of them above what the workspace allows."""
        lower = {
            name: most
            for name, most in self.most.items()
            if (own := getattr(limits, name)) is None or most < own
        }
        return replace(limits, **lower) if lower else limits  # type: ignore[arg-type]


NOTHING = Consent(Level.STRICT, ceiling=Level.STRICT, ceiling_of="The configuration")
"""What is allowed where nobody can tell what is."""


def consent(
    user: SandboxSettings,
    granted: Iterable[Need] = (),
    workspace: Iterable[Tightening] = (),
    notes: tuple[str, ...] = (),
) -> Consent:
    """What comes of what the user says and grants, and of what the workspace says.

    Args:
        user: What the user says about all plans, and about this run.
        granted: What the user granted for this plan.
        workspace: What came with the plan.
        notes: What people should know besides.
    """
    given = Consent(
        level=user.level or DEFAULT_LEVEL,
        allowed=tuple(dict.fromkeys((*user.allow, *granted))),
        limits=user.as_limits,
        minimum_tier=default_minimum() if user.minimum_tier is None else user.minimum_tier,
        notes=notes,
    )
    for each in workspace:
        given = _tightened(given, each)
    return given


def _tightened(given: Consent, by: Tightening) -> Consent:
    said = by.settings
    ignored = tuple(f"{by.place} {why}" for why in _ignored(given, said))
    changes: dict[str, Any] = {"notes": tuple(dict.fromkeys((*given.notes, *ignored)))}
    if said.level and _WIDTH[said.level] <= _WIDTH[given.level]:
        changes["level"] = meet(given.level, said.level)
        changes |= {"ceiling": meet(given.ceiling, said.level), "ceiling_of": by.place}
    if said.minimum_tier is not None and said.minimum_tier.reaches(given.minimum_tier):
        changes["minimum_tier"] = said.minimum_tier
    if said.limits:
        lowest = {name: min(most, given.most.get(name, most)) for name, most in said.limits.items()}
        changes["most"] = {**given.most, **lowest}
    return replace(given, **changes)


def meet(one: Level, other: Level) -> Level:
    """The widest level that is within both."""
    if one is not other and {one, other} == {Level.WRITE, Level.NETWORK}:
        return Level.STANDARD
    return min(one, other, key=lambda level: _WIDTH[level])


def _ignored(given: Consent, said: SandboxSettings) -> Iterator[str]:
    """What a workspace says in vain."""
    if said.level and _WIDTH[said.level] > _WIDTH[given.level]:
        yield (
            f"level is '{said.level}', which gives more than your '{given.level}': it is not "
            "followed, since a workspace can only take rights away."
        )
    if more := [need for need in said.allow if need not in given.allowed]:
        rights = ", ".join(f"'{need}'" for need in more)
        yield (
            f"allow names {rights}: it is not followed, since only you can give rights. To do so: "
            f"codeact grant FILE {quoted(str(more[0]))}"
        )
    if said.minimum_tier is not None and not said.minimum_tier.reaches(given.minimum_tier):
        yield (
            f"minimum-tier is '{said.minimum_tier.name.lower()}', which is less than your "
            f"'{given.minimum_tier.name.lower()}': it is not followed."
        )
    for name, most in said.limits.items():
        own = getattr(given.limits, name)
        if own is not None and most > own:
            yield f"limits.{name.replace('_', '-')} is above yours: it is not followed."
