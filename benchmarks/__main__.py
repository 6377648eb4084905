"""`python -m benchmarks`: measure edits, print one report."""

import sys
from collections.abc import Sequence

from benchmarks.command import Family, Tell, main
from benchmarks.holds import holds
from benchmarks.report import report
from benchmarks.results import Results
from benchmarks.run import FULL, QUICK, run
from benchmarks.servers import OURS, PEERS


def _measure(quick: bool, peers: Sequence[str], tell: Tell) -> Results:  # noqa: FBT001 - `Family`'s.
    servers = [OURS, *(peer for peer in PEERS if peer.name in peers)]
    return run(QUICK if quick else FULL, servers, tell)


EDITS = Family(
    "benchmarks",
    "What an edit costs, and elsewhere.",
    [peer.name for peer in PEERS],
    _measure,
    holds,
    report,
)

if __name__ == "__main__":
    sys.exit(main(EDITS))
