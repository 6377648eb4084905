"""`python -m benchmarks.confining`: measure the sandbox, print one report."""

import sys
from collections.abc import Sequence

from benchmarks.command import Family, Tell, main
from benchmarks.confining.holds import holds
from benchmarks.confining.report import report
from benchmarks.confining.results import Results
from benchmarks.confining.run import FULL, QUICK, run


def _measure(quick: bool, _peers: Sequence[str], tell: Tell) -> Results:  # noqa: FBT001 - `Family`'s.
    return run(QUICK if quick else FULL, tell)


SANDBOX = Family("benchmarks.confining", "What confining nodes costs.", (), _measure, holds, report)

if __name__ == "__main__":
    sys.exit(main(SANDBOX))
