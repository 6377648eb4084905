"""`python -m benchmarks.running`: measure runs, print one report."""

import sys
from collections.abc import Sequence

from benchmarks.command import Family, Tell, main
from benchmarks.running.contenders import PEERS
from benchmarks.running.holds import holds
from benchmarks.running.report import report
from benchmarks.running.results import Results
from benchmarks.running.run import FULL, QUICK, run


def _measure(quick: bool, peers: Sequence[str], tell: Tell) -> Results:  # noqa: FBT001 - `Family`'s.
    return run(QUICK if quick else FULL, peers, tell)


RUNS = Family("benchmarks.running", "What running nodes costs.", PEERS, _measure, holds, report)

if __name__ == "__main__":
    sys.exit(main(RUNS))
