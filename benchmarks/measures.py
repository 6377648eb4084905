"""What is measured of a server, and what came out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.samples import Samples

START = "start → initialize response"
OPEN_DIAGNOSTICS = "open → first diagnostics"
OPEN_SYMBOLS = "open → symbols"
EDIT_DIAGNOSTICS = "edit → diagnostics"
EDIT_SYMBOLS = "edit → symbols"
SYMBOLS = "symbols"
HOVER = "hover"
COMPLETION = "completion"
MEASURES = (
    START,
    OPEN_DIAGNOSTICS,
    OPEN_SYMBOLS,
    EDIT_DIAGNOSTICS,
    EDIT_SYMBOLS,
    SYMBOLS,
    HOVER,
    COMPLETION,
)


@dataclass(frozen=True)
class Effort:
    """How much to measure of each server: whichever bound is met first ends it.

    Attributes:
        starts: Fresh processes; in turns the first thing asked is diagnostics or symbols.
        rounds: Edits, each taken back again, with requests after it.
        seconds: For the starts, and again for the rounds, of one server.
        limit: Seconds until an answer counts as none.
    """

    starts: int
    rounds: int
    seconds: float
    limit: float


@dataclass
class Latency:
    """What was measured of one server at one size.

    Attributes:
        empty: How many answers to the requests of a measure said nothing.
        failure: Why there is not more of it.
    """

    name: str
    version: str
    nodes: int
    series: dict[str, Samples] = field(
        default_factory=lambda: {each: Samples() for each in MEASURES}
    )
    empty: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    memory_start_mb: float = math.nan
    memory_mb: float = math.nan
    failure: str | None = None

    def add(self, measure: str, seconds: float, message: Mapping[str, Any]) -> None:
        """Take in one timing, and whether its message said anything."""
        self.series[measure].add(seconds)
        self.empty[measure] += "result" in message and not _items(message["result"])

    def says_nothing(self, measure: str) -> bool:
        """Whether most answers of a measure said nothing."""
        return 2 * self.empty[measure] > len(self.series[measure].values)


def _items(result: Any) -> Any:
    """What a result lists; a list of completions may come inside an object."""
    return result.get("items", result) if isinstance(result, Mapping) else result
