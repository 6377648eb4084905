"""Which modules a plan may import, as the user and the workspace want it."""

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeGuard

from codeact_lsp.plan.spelling import closest, did_you_mean

_LISTS = ("allowedImports", "bannedImports")


@dataclass(frozen=True)
class ImportRules:
    """The rules for imports. A name stands for a module and for all that is in it.

    Attributes:
        allowed: Lists of names; a module has to be on each of them. Without a list all are allowed.
        banned: Names of modules that are not allowed all the same.
        granted: Names of modules that the user allows whatever those lists say.
        withheld: Modules that are of no use without a right, each with that right.
        level: The level that withholds those rights.
    """

    allowed: tuple[frozenset[str], ...] = ()
    banned: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()
    withheld: Mapping[str, str] = field(default_factory=dict)
    level: str = ""

    def tightened(self, other: "ImportRules") -> "ImportRules":
        """These rules with the lists of `other` on top; what the user granted, both know."""
        return replace(
            self,
            allowed=tuple(dict.fromkeys((*self.allowed, *other.allowed))),
            banned=self.banned | other.banned,
            granted=self.granted | other.granted,
        )

    def ban(self, name: str) -> str | None:
        """Why `name` may not be imported, as the end of a sentence about it; None if it may."""
        if _holder(name, self.granted):
            return None
        if _holder(name, self.banned):
            return "is among the banned imports"
        if not all(_holder(name, names) for names in self.allowed):
            return "is not among the allowed imports"
        return None

    def concern(self, packages: frozenset[str]) -> bool:
        """Whether the rules may say something of what is in any of some packages."""
        return bool(self.allowed) or not self._packages.isdisjoint(packages)

    @cached_property
    def _packages(self) -> frozenset[str]:
        return frozenset(name.partition(".")[0] for name in (*self.banned, *self.withheld))

    def right(self, name: str) -> str | None:
        """The right that a module is of no use without, if it is one that is withheld."""
        holder = _holder(name, self.withheld)
        return self.withheld[holder] if holder else None


NO_RULES = ImportRules()
"""Everything that is installed may be imported."""


def read_import_rules(table: object) -> tuple[ImportRules, tuple[str, ...]]:
    """The rules in a table of settings, and what is wrong with it.

    Args:
        table: Plain data: lists of modules as `allowed-imports` and `banned-imports`, or as an
            editor writes these: `allowedImports`.

    Returns:
        What can be used, and a complaint about each entry that cannot.
    """
    if not isinstance(table, Mapping):
        return NO_RULES, (f"expected a table of lists of modules, not {table!r:.60}",)
    said: dict[str, frozenset[str] | None] = {}
    complaints: list[str] = []
    for key, value in table.items():
        name = re.sub("-([a-z])", lambda match: match[1].upper(), str(key))
        if name not in _LISTS:
            near = did_you_mean(closest(name, _LISTS))
            complaints.append(f"there is no {key!r:.60} here, only {' and '.join(_LISTS)}.{near}")
        elif value is None or _is_list(value):
            said[name] = None if value is None else frozenset(value)
        else:
            complaints.append(
                f"{key}: expected a list of modules such as ['numpy'], not {value!r:.60}."
            )
    return _rules(said), tuple(complaints)


def _rules(said: Mapping[str, frozenset[str] | None]) -> ImportRules:
    allowed = said.get("allowedImports")
    return ImportRules(
        allowed=() if allowed is None else (allowed,),
        banned=said.get("bannedImports") or frozenset(),
    )


def _is_list(value: object) -> TypeGuard[Collection[str]]:
    return isinstance(value, list | tuple) and all(
        isinstance(name, str) and all(part.isidentifier() for part in name.split("."))
        for name in value
    )


def _holder(name: str, names: Container[str]) -> str | None:
    """The one of `names` that is `name`, or that holds it."""
    parts = name.split(".")
    holders = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((holder for holder in holders if holder in names), None)
