"""The results as text for people: seeded slips and realistic failures apart, and class by class."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.repair.broken import Mended
from benchmarks.repair.harm import KINDS
from benchmarks.repair.trying import Tried
from benchmarks.samples import Samples

_WIDTH, _CELL = 30, 10
_HEAD = ("n", "offered", "first", "in three", "precision", "preferred", "right", "silences")


def report(results: Sequence[Tried]) -> str:
    """A table for each kind of failures, and the time that it took."""
    failed = [each for each in results if each.failed]
    parts = [
        _table("SEEDED SLIPS", [each for each in failed if each.case.seeded]),
        _table("REALISTIC FAILURES", [each for each in failed if not each.case.seeded]),
        _times(failed),
        _harm(failed),
        f"did not fail here, and are not counted: {len(results) - len(failed)}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def unparsed(results: Sequence[Mended]) -> str:
    """A table of what does not parse; what is preferred is right as often as `right` says."""
    head = ("n", "offered", "first", "in three", "preferred", "right")
    kinds = {"all": results} | {
        kind: [each for each in results if each.kind == kind]
        for kind in {each.kind: 0 for each in results}
    }
    lines = [_line("CODE THAT DOES NOT PARSE", head)]
    for kind, some in kinds.items():
        offered = [each for each in some if each.right]
        preferred = [each for each in offered if each.preferred]
        cells = (
            str(len(some)),
            _part(len(offered), len(some)),
            _part(sum(each.right[0] for each in offered), len(some)),
            _part(sum(any(each.right) for each in offered), len(some)),
            _part(len(preferred), len(some)),
            _part(sum(each.right[0] for each in preferred), len(preferred)),
        )
        lines.append(_line(kind, cells))
    return "\n".join(lines) + "\n"


def _part(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else "-"


def _table(title: str, results: list[Tried]) -> str:
    if not results:
        return ""
    kinds = sorted({each.case.kind for each in results})
    rows = [("all", results)]
    rows += [(kind, [each for each in results if each.case.kind == kind]) for kind in kinds]
    lines = [_line(title, _HEAD), *(_line(name, _cells(some)) for name, some in rows)]
    return "\n".join(lines)


def _cells(some: Sequence[Tried]) -> Iterator[str]:
    """Precision is of first offers; `right`, of the preferred ones."""
    offered = [each for each in some if each.right]
    preferred = [each for each in offered if each.preferred]
    yield str(len(some))
    yield _share(some, lambda each: bool(each.right))
    yield _share(some, _is_first_right)
    yield _share(some, lambda each: any(each.right))
    yield _share(offered, _is_first_right)
    yield _share(some, lambda each: each.preferred)
    yield _share(preferred, _is_first_right)
    yield _share(some, lambda each: each.hides)


def _is_first_right(each: Tried) -> bool:
    return each.right[:1] == (True,)


def _share(some: Sequence[Tried], holds: Callable[[Tried], bool]) -> str:
    return f"{sum(map(holds, some)) / len(some):.0%}" if some else "-"


def _times(results: Iterable[Tried]) -> str:
    offered = [each for each in results if each.right]
    rows = (("first one that works", "first"), ("all", "seconds"))
    lines = [_line("SECONDS from the failure", ("p50", "p95"))]
    for name, attribute in rows:
        samples = Samples([getattr(each, attribute) for each in offered])
        lines.append(_line(name, [f"{samples.p50:.2f}", f"{samples.p95:.2f}"]))
    return "\n".join(lines)


def _harm(results: Sequence[Tried]) -> str:
    """How many offers do what none may do."""
    done = [each for result in results for each in result.harm]
    offers = sum(len(each.right) for each in results)
    lines = [_line("OFFERS THAT NONE MAY MAKE", (f"of {offers}",))]
    lines += [f"{kind:<{_WIDTH}}{done.count(kind):>{_CELL}}" for kind in KINDS]
    return "\n".join(lines)


def _line(name: str, cells: Iterable[str]) -> str:
    return f"{name:<{_WIDTH}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)
