"""`python -m benchmarks`: measure, print one report."""

import argparse
import json
import sys

from benchmarks.holds import holds
from benchmarks.report import report
from benchmarks.results import plain
from benchmarks.run import FULL, QUICK, run
from benchmarks.servers import OURS, PEERS


def main() -> int:
    """Measure and print; 1 if that was `--strict` and a number is not held."""
    options = _options()
    servers = [OURS, *(peer for peer in PEERS if peer.name in options.peers)]
    results = run(QUICK if options.quick else FULL, servers, _tell)
    found = holds(results)
    if options.json:
        whole = {**plain(results), "holds": [{**plain(each), "held": each.held} for each in found]}
        print(json.dumps(whole, indent=2, ensure_ascii=False))
    else:
        print(report(results), end="")
    return int(options.strict and not all(each.held for each in found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks", description="What an edit costs, and elsewhere.")
    names = [peer.name for peer in PEERS]
    parser.add_argument("--quick", action="store_true", help="about a minute, fewer samples")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a number is not held")
    parser.add_argument(
        "--peers", nargs="*", choices=names, default=names, help="servers to compare with"
    )
    return parser.parse_args()


def _tell(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
