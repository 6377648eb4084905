"""Cases of our own: slips in functions of the standard library, checked against what it gives."""

import importlib
import inspect
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, zip_longest
from types import FrameType

from benchmarks.repair.cases import Case
from benchmarks.repair.mutations import slips

# Modules in Python, functions of theirs, and calls that take a good part of each.
_CALLS = {
    "bisect": (
        "insort([1, 3, 5], 4)", "bisect_left([1, 3, 5], 3)", "bisect_right([1, 2, 2, 4], 2)",
    ),
    "colorsys": (
        "rgb_to_hls(0.2, 0.4, 0.6)", "rgb_to_hsv(0.9, 0.1, 0.3)", "hls_to_rgb(0.3, 0.5, 0.7)",
        "hsv_to_rgb(0.7, 0.4, 0.9)",
    ),
    "fnmatch": ("filter(['a.py', 'b.txt'], '*.py')", "translate('a[!b]*c?')"),
    "heapq": ("nlargest(2, [3, 1, 4, 1, 5])", "nsmallest(3, [3, 1, 4, 1])", "heappop([1, 3, 2])"),
    "html": ("escape('<a href=\"x\">')", "unescape('&lt;b&gt; &eacute; &#65;')"),
    "keyword": ("iskeyword('for')",),
    "posixpath": (
        "join('a', 'b', '/c', 'd')", "normpath('/a/./b/../c//d')", "relpath('/a/b/c', '/a/d')",
        "commonpath(['/a/b/c', '/a/b/d'])", "split('/a/b.txt')", "splitext('/a/b.tar.gz')",
        "expanduser('~/x')[-2:]",
    ),
    "shlex": ("split('a \"b c\" d')", "join(['a', 'b c'])", "quote(\"it's\")"),
    "statistics": (
        "mean([1, 2, 4])", "median([3, 1, 2, 5])", "mode('aabbb')", "pstdev([1, 2, 4, 9])",
        "quantiles([1, 2, 3, 4, 5])", "multimode('aabbc')", "geometric_mean([1, 2, 4])",
        "harmonic_mean([40, 60])", "correlation([1, 2, 3], [3, 5, 8])", "fmean([1.5, 2.5])",
    ),
    "string": ("capwords('the quick brown')",),
    "textwrap": (
        "dedent('  a\\n    b\\n  c')", "indent('a\\nb', '> ')", "fill('the quick brown fox', 10)",
        "shorten('the quick brown fox', 14)", "wrap('the quick brown fox', 8)",
    ),
}  # fmt: skip


_PATIENCE_SECONDS = 0.5


def seeded(seed: int, most: int) -> list[Case]:
    """Slips drawn by chance, of each kind in turn; the same ones for the same seed and Python."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret.
    made = [case for name, calls in _CALLS.items() for case in _of_module(name, calls, chance)]
    chance.shuffle(made)
    return list(islice(filter(_fails, _in_turn(made)), most))


def _in_turn(cases: list[Case]) -> Iterator[Case]:
    """One of each kind, then another of each: there are far more places to mistype a name."""
    kinds = sorted({case.kind for case in cases})
    of_kinds = [[case for case in cases if case.kind == kind] for kind in kinds]
    for row in zip_longest(*of_kinds):
        yield from (case for case in row if case is not None)


def _of_module(name: str, calls: tuple[str, ...], chance: random.Random) -> Iterator[Case]:
    module = importlib.import_module(name)
    text = inspect.getsource(module)
    for call in calls if text.isascii() else ():
        function = call.partition("(")[0]
        expected = eval(call, vars(module))  # noqa: S307 - a call of the table above.
        for number, slip in enumerate(slips(text, frozenset({function}), chance)):
            yield Case(
                name=f"{name}.{function}/{slip.kind}/{number}",
                kind=slip.kind,
                seeded=True,
                code=slip.text,
                call=call,
                check=f"assert repr({call}) == {repr(expected)!r}",
            )


def _fails(case: Case) -> bool:
    """Whether the slip makes the call raise, and soon; else there is no failure to repair."""
    names = {"__name__": "slip"}
    try:
        with _limited():
            exec(compile(case.code, "<slip>", "exec"), names)  # noqa: S102 - one slip in a library.
            eval(case.call, names)  # noqa: S307 - a call of the table above.
    except _EndlessError:
        return False
    except Exception:  # noqa: BLE001 - anything that a slip can raise.
        return True
    return False


class _EndlessError(BaseException):
    """It takes too long; no handler for exceptions in the code catches that."""


@contextmanager
def _limited() -> Iterator[None]:
    def end(_signal: int, _frame: FrameType | None) -> None:
        raise _EndlessError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
