"""The table of settings that says what nodes may do.

The user's configuration, a workspace's and an editor's have the same one: `level`, `minimum-tier`,
`allow` and `limits`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from codeact_lsp.plan.docstrings.needs import RIGHTS, Need, read_need
from codeact_lsp.plan.docstrings.quantities import seconds, size
from codeact_lsp.plan.spelling import closest, did_you_mean
from codeact_lsp.sandbox.levels import Level, Limits
from codeact_lsp.sandbox.tiers import Tier, tier_of

_SIZE = "a size such as '2 GB'"
_DURATION = "a duration such as '30 s'"
_COUNT = "a whole number above 0"


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """What one place says of it; None and empty where it says nothing.

    Attributes:
        level: The rights of all nodes.
        minimum_tier: What the machine has to enforce at least for nodes to run.
        allow: Rights that nodes get if they ask for them.
        limits: What a node may use up, by the fields of `Limits`.
    """

    level: Level | None = None
    minimum_tier: Tier | None = None
    allow: tuple[Need, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)

    def over(self, other: "SandboxSettings") -> "SandboxSettings":
        """These settings, and those of `other` that they leave open; what is allowed adds up."""
        return SandboxSettings(
            level=self.level or other.level,
            minimum_tier=other.minimum_tier if self.minimum_tier is None else self.minimum_tier,
            allow=tuple(dict.fromkeys((*other.allow, *self.allow))),
            limits={**other.limits, **self.limits},
        )

    @property
    def as_limits(self) -> Limits:
        """The limits, with the usual ones where it says nothing."""
        return replace(Limits(), **self.limits)  # type: ignore[arg-type]  # Checked when read.


def read_sandbox(table: object) -> tuple[SandboxSettings, tuple[str, ...]]:
    """What a table says, and what is wrong with it; what is wrong is left out.

    Args:
        table: Plain data. Names are written with `-`, or as an editor writes them: `minimumTier`.
    """
    if not isinstance(table, Mapping):
        return SandboxSettings(), (f"expected a table of settings, not {table!r:.60}",)
    said: dict[str, Any] = {}
    complaints: list[str] = []
    for name, value in _said(table):
        reader = _READERS.get(_plain(name))
        try:
            if reader is None:
                raise _unknown(name, _READERS)
            said[_plain(name)] = reader(value)
        except (TypeError, ValueError) as error:
            complaints += (f"{name}: {line}" for line in str(error).split("\n"))
    return SandboxSettings(**said), tuple(complaints)


def read_level(value: object) -> Level:
    """The level of that name.

    Raises:
        ValueError: There is none.
    """
    try:
        return Level(value)  # type: ignore[arg-type]  # Of anything else there is no level.
    except ValueError as error:
        near = did_you_mean(closest(str(value), list(Level)))
        known = ", ".join(Level)
        raise ValueError(f"expected one of {known}, not {value!r:.60}.{near}") from error


def read_right(value: object) -> Need:
    """The right that a text names, as `Needs` has it.

    Raises:
        ValueError: It names none.
    """
    need = read_need(value.strip()) if isinstance(value, str) else None
    if need is None:
        first = str(value).split(" ", maxsplit=1)[0]
        near = did_you_mean(closest(first, RIGHTS) if first not in RIGHTS else None)
        raise ValueError(
            f"expected a right such as 'network api.example.com', 'write out/' or 'processes', "
            f"not {value!r:.60}.{near}"
        )
    if "," in need.what:
        raise ValueError(
            f"{value!r:.60} has a comma in it, which parts rights where a plan asks for them: name "
            "each right by itself."
        )
    return need


def _allow(value: object) -> tuple[Need, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"expected a list of rights, not {value!r:.60}")
    return tuple(read_right(item) for item in value)


def _tier(value: object) -> Tier:
    return tier_of(str(value))


def _limits(value: object) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a table such as {{ memory = '8 GB' }}, not {value!r:.60}")
    limits: dict[str, float] = {}
    complaints = list(_limits_into(limits, value))
    if complaints:
        raise ValueError("\n".join(complaints))
    return limits


def _limits_into(limits: dict[str, float], table: Mapping[Any, Any]) -> Iterator[str]:
    for name, value in _said(table):
        plain = _plain(name)
        if plain not in _LIMITS:
            yield f"{name}: {_unknown(name, _LIMITS)}"
            continue
        form, read = _LIMITS[plain]
        amount = read(value)
        if amount:
            limits[plain] = amount
        else:
            yield f"{name}: expected {form}, not {value!r:.60}"


def _bytes(value: object) -> int | None:
    return size(value.strip()) if isinstance(value, str) else None


def _seconds(value: object) -> float | None:
    return seconds(value.strip()) if isinstance(value, str) else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _said(table: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """The entries that say something: of editors, null is what is not set."""
    return ((str(name), value) for name, value in table.items() if value is not None)


def _plain(name: str) -> str:
    """A name as a field's: of `minimum-tier`, and of `minimumTier`."""
    spelt = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return spelt.replace("-", "_")


def _unknown(name: str, known: Mapping[str, object]) -> ValueError:
    spelt = [each.replace("_", "-") for each in known]
    near = did_you_mean(closest(name, spelt)) or f" There are {', '.join(spelt)}."
    return ValueError(f"there is no such setting.{near}")


_READERS: dict[str, Callable[[object], Any]] = {
    "level": read_level,
    "minimum_tier": _tier,
    "allow": _allow,
    "limits": _limits,
}
_LIMITS: dict[str, tuple[str, Callable[[object], float | None]]] = {
    "memory": (_SIZE, _bytes),
    "cpu": (_DURATION, _seconds),
    "processes": (_COUNT, _count),
    "open_files": (_COUNT, _count),
    "file_size": (_SIZE, _bytes),
    "scratch": (_SIZE, _bytes),
    "scratch_files": (_COUNT, _count),
    "together": (_SIZE, _bytes),
    "run_time": (_DURATION, _seconds),
}
