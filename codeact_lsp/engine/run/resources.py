"""Named resources that nodes claim: one node at a time, or as many as there are units."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

Claims = tuple[tuple[str, int | None], ...]
"""What a node claims: units by resource name; None claims the resource alone."""

_DEFAULT_UNITS = 1


class Resources:
    """What is claimed by the nodes that run."""

    def __init__(self, capacities: Mapping[str, int]) -> None:
        """Take the units of the counted resources; a resource that is not named has one unit."""
        self._capacities = capacities
        self._holders: Counter[str] = Counter()
        self._units: Counter[str] = Counter()
        self._alone: set[str] = set()

    def has_room(self, claims: Claims) -> bool:
        """Whether all claims of a node fit beside those of the nodes that run."""
        return all(self._fits(name, amount) for name, amount in claims)

    def _fits(self, resource: str, amount: int | None) -> bool:
        if not self._holders[resource]:
            # A claim above the capacity still runs, alone: waiting for ever would help nobody.
            return True
        if amount is None or resource in self._alone:
            return False
        return self._units[resource] + amount <= _units(resource, self._capacities)

    def take(self, claims: Claims) -> None:
        """A node with these claims has started."""
        for name, amount in claims:
            self._holders[name] += 1
            self._units[name] += amount or 0
            if amount is None:
                self._alone.add(name)

    def release(self, claims: Claims) -> None:
        """A node with these claims has ended."""
        for name, amount in claims:
            self._holders[name] -= 1
            self._units[name] -= amount or 0
            if amount is None and not self._holders[name]:
                self._alone.discard(name)


def merged(claims: Iterable[tuple[str, int | None]]) -> Claims:
    """Claims as one of each resource: units add up, and alone is alone."""
    total: dict[str, int | None] = {}
    for name, amount in claims:
        before = total.get(name, 0)
        total[name] = None if amount is None or before is None else before + amount
    return tuple(total.items())


def excessive(tasks: Iterable[tuple[str, Claims]], capacities: Mapping[str, int]) -> Iterator[str]:
    """What people should know of nodes that claim more than there is, in sentences."""
    for node, claims in tasks:
        for name, amount in claims:
            if amount and amount > (units := _units(name, capacities)):
                yield (
                    f"'{node}' claims {amount} units of {name}, of which there "
                    f"{'is' if units == 1 else 'are'} {units}: it runs when nothing else uses any."
                )


def _units(resource: str, capacities: Mapping[str, int]) -> int:
    return capacities.get(resource, _DEFAULT_UNITS)
