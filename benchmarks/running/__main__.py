"""`python -m benchmarks.running`: measure runs, print one report."""

import argparse
import json
import sys
import time

from benchmarks.results import plain
from benchmarks.running.contenders import PEERS
from benchmarks.running.holds import holds
from benchmarks.running.report import report
from benchmarks.running.run import FULL, QUICK, run

_BEGIN = time.monotonic()


def main() -> int:
    """Measure and print; 1 if that was `--strict` and a number is not held."""
    options = _options()
    results = run(QUICK if options.quick else FULL, options.peers, _tell)
    found = holds(results)
    if options.json:
        whole = {**plain(results), "holds": [{**plain(each), "held": each.held} for each in found]}
        print(json.dumps(whole, indent=2, ensure_ascii=False))
    else:
        print(report(results), end="")
    return int(options.strict and not all(each.held for each in found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks.running", description="What running nodes costs.")
    parser.add_argument("--quick", action="store_true", help="a few minutes, smaller graphs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a number is not held")
    parser.add_argument(
        "--peers", nargs="*", choices=PEERS, default=PEERS, help="environments to compare with"
    )
    return parser.parse_args()


def _tell(what: str) -> None:
    print(f"bench: {time.monotonic() - _BEGIN:4.0f} s: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
