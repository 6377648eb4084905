"""What the nodes of a plan are expected to take, from what they took before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from codeact_lsp.engine.history.history import Record

_UNKNOWN_SECONDS = 1.0


@dataclass(frozen=True)
class Estimates:
    """Expectations by node.

    Attributes:
        records: The latest good call of each node that has one.
    """

    records: Mapping[str, Record] = field(default_factory=dict)

    @property
    def typical(self) -> float:
        """Seconds of a node of which nothing is known: the median of the others."""
        known = [record.wall for record in self.records.values()]
        return median(known) if known else _UNKNOWN_SECONDS

    def seconds(self, nodes: Iterable[str]) -> dict[str, float]:
        """How long each node is expected to run."""
        typical, records = self.typical, self.records
        return {name: records[name].wall if name in records else typical for name in nodes}

    def memory(self, node: str) -> int:
        """The bytes that a node is expected to use; 0 where nothing is known."""
        return self.records[node].memory if node in self.records else 0

    def knows_any(self, nodes: Iterable[str]) -> bool:
        """Whether anything is known of any of the nodes."""
        return any(node in self.records for node in nodes)
