"""The command line of a family of benchmarks: measure, print one report or its figures."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from benchmarks.holds import Hold
from benchmarks.results import plain

Tell = Callable[[str], None]
_Results = TypeVar("_Results")
_BEGIN = time.monotonic()


@dataclass(frozen=True)
class Family(Generic[_Results]):
    """Benchmarks that are run together.

    Attributes:
        name: What `python -m` is given.
        about: What they measure, in a sentence.
        peers: Whom they can compare with, by name.
        measure: Measures with `quick`, some of the peers, and what to tell of what comes next.
        holds: The numbers that are held, with what was measured.
        report: All of it as text for people.
    """

    name: str
    about: str
    peers: Sequence[str]
    measure: Callable[[bool, Sequence[str], Tell], _Results]
    holds: Callable[[_Results], Sequence[Hold]]
    report: Callable[[_Results], str]


def main(family: Family[_Results]) -> int:
    """Measure and print; 1 if that was `--strict` and a number is not held."""
    options = _options(family)
    results = family.measure(options.quick, options.peers, _tell)
    found = family.holds(results)
    if options.json:
        whole = {**plain(results), "holds": [{**plain(each), "held": each.held} for each in found]}
        print(json.dumps(whole, indent=2, ensure_ascii=False))
    else:
        print(family.report(results), end="")
    return int(options.strict and not all(each.held for each in found))


def _options(family: Family[_Results]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(family.name, description=family.about)
    parser.add_argument("--quick", action="store_true", help="a few minutes at most, less of all")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a number is not held")
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=family.peers,
        default=family.peers,
        help="compare with these alone",
    )
    return parser.parse_args()


def _tell(what: str) -> None:
    print(f"bench: {time.monotonic() - _BEGIN:4.0f} s: {what}", file=sys.stderr, flush=True)
