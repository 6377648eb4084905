"""`python -m benchmarks.repair`: measure the repairs that need no model, print one report."""

import argparse
import asyncio
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.repair.blaming import blamed, told
from benchmarks.repair.broken import mended
from benchmarks.repair.cases import Case, read
from benchmarks.repair.planned import seeded_plans
from benchmarks.repair.remembering import compared, gained
from benchmarks.repair.report import report, unparsed
from benchmarks.repair.slips import seeded
from benchmarks.repair.trying import Tried, tried

_HOUSES = Path(__file__).with_name("houses")
"""Failures that come in families; what a memory is for."""


def main() -> int:
    """Measure and print."""
    options = _options()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # Results of the person who measures are neither used nor changed.
        os.environ["CODEACT_CACHE_DIR"] = os.environ["CODEACT_DATA_DIR"] = folder
        # Before there is an event loop: nodes that are coroutines bring one of their own.
        cases = _cases(options)
        print(asyncio.run(_measured(options, cases)), end="")
    return 0


async def _measured(options: argparse.Namespace, cases: list[Case]) -> str:
    if options.blame:
        pairs = [(case, annotated) for case in cases for annotated in (True, False)]
        found = [await blamed(case, annotated=annotated) for case, annotated in pairs]
        return told([each for each in found if each])
    if options.memory:
        return gained(await compared(cases))
    results = await _all(cases, quiet=options.quiet)
    if options.json:
        return dumps([asdict(each) for each in results], default=sorted)
    return f"{report(results)}\n{unparsed(mended(options.seed, options.broken))}"


def _cases(options: argparse.Namespace) -> list[Case]:
    if options.memory and not options.cases:
        return [case for path in sorted(_HOUSES.glob("*.toml")) for case in read(path)]
    cases = seeded(options.seed, options.slips) + seeded_plans(options.seed, options.planned)
    for path in options.cases:
        of_file = (each for each in read(path) if options.only in each.name)
        cases += islice(of_file, 0, None, options.every)
    return cases


async def _all(cases: Iterable[Case], *, quiet: bool) -> list[Tried]:
    """One after another: what a repair takes is measured too."""
    results = []
    for case in cases:
        result = await tried(case)
        results.append(result)
        if not quiet:
            print(_line(result), file=sys.stderr, flush=True)
    return results


def _line(result: Tried) -> str:
    marks = "".join("+" if right else "-" for right in result.right) or "none"
    star = "*" if result.preferred else " "
    harm = f" ({', '.join(result.harm)})" if result.harm else ""
    return f"{marks:<4}{star} {result.case.name}: {'; '.join(result.labels)}{harm}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks.repair", description=__doc__)
    parser.add_argument(
        "--cases", nargs="*", type=Path, default=[], help="files of cases, as JSON lines"
    )
    parser.add_argument("--only", default="", help="of those, the ones whose name has this in it")
    parser.add_argument("--every", type=int, default=1, help="of those, each nth")
    parser.add_argument("--slips", type=int, default=100, help="how many slips to seed")
    parser.add_argument("--planned", type=int, default=60, help="how many slips to seed in plans")
    parser.add_argument(
        "--broken", type=int, default=30, help="how many slips of each kind that do not parse"
    )
    parser.add_argument("--seed", type=int, default=1, help="what the slips are drawn by")
    parser.add_argument("--blame", action="store_true", help="measure who is blamed, no repairs")
    parser.add_argument("--memory", action="store_true", help="measure what a memory adds")
    parser.add_argument("--json", action="store_true", help="print what came of each case")
    parser.add_argument("--quiet", action="store_true", help="do not tell of each case")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
