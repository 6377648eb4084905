"""Named resources that nodes claim: one node at a time, or as many as there are units."""

from collections.abc import Iterable, Mapping

from codeact_lsp.engine.messages import Task


class Resources:
    """Decides whether a node may start beside those that run."""

    def __init__(self, capacities: Mapping[str, int]) -> None:
        """Take the units of the counted resources; a resource that is not named has one unit."""
        self._capacities = capacities

    def has_room(self, task: Task, running: Iterable[Task]) -> bool:
        """Whether all claims of `task` fit beside those of the tasks that run."""
        taken: dict[str, list[int | None]] = {}
        for other in running:
            for name, amount in other.resources:
                taken.setdefault(name, []).append(amount)
        return all(self._fits(name, amount, taken.get(name)) for name, amount in task.resources)

    def _fits(self, resource: str, amount: int | None, claims: list[int | None] | None) -> bool:
        if not claims:
            # A claim above the capacity still runs, alone: waiting for ever would help nobody.
            return True
        if amount is None or None in claims:
            return False
        return sum(filter(None, claims)) + amount <= self._capacities.get(resource, 1)
