"""Cases of our own: slips in functions of libraries, checked against the unbroken ones."""

import ast
import importlib
import inspect
import random
import signal
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib import resources
from itertools import islice, zip_longest
from types import FrameType

from benchmarks.repair.cases import Case
from benchmarks.repair.mutations import Slip, slips

_PATIENCE_SECONDS = 0.5
_MOST_OF_A_KIND = 4
_Calls = Mapping[str, Sequence[str]]


def seeded(seed: int, most: int, where: Collection[str] = ("standard", "installed")) -> list[Case]:
    """Slips drawn by chance, of each kind in turn; the same ones for the same seed and Python.

    Args:
        seed: What they are drawn by.
        most: How many.
        where: In functions of the standard library, of installed packages, or of both.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is secret.
    modules = [each for table in where for each in _functions()[table].items()]
    made = [case for name, calls in modules for case in _of_module(name, calls, chance)]
    chance.shuffle(made)
    return list(islice(filter(_fails, _in_turn(made)), most))


def _functions() -> Mapping[str, _Calls]:
    text = resources.files(__package__).joinpath("functions.toml").read_text("utf-8")
    return tomllib.loads(text)


def _in_turn(cases: list[Case]) -> Iterator[Case]:
    """One of each kind, then another of each: there are far more places to mistype a name."""
    kinds = sorted({case.kind for case in cases})
    of_kinds = [[case for case in cases if case.kind == kind] for kind in kinds]
    for row in zip_longest(*of_kinds):
        yield from (case for case in row if case is not None)


def _of_module(name: str, calls: Sequence[str], chance: random.Random) -> Iterator[Case]:
    module = importlib.import_module(name)
    text = inspect.getsource(module)
    for call in calls if text.isascii() and not _has_generators(text) else ():
        function = _called(text, call)
        expected = eval(call, dict(vars(module)))  # noqa: S307 - a call of the table.
        for number, slip in enumerate(_drawn(text, function, chance)):
            yield Case(
                name=f"{name}.{function}/{slip.kind}/{number}",
                kind=slip.kind,
                seeded=True,
                code=slip.text,
                call=call,
                check=check_of(call, expected),
                fixed=text,
            )


def check_of(call: str, expected: object) -> str:
    """What fails unless the call gives that; no set has its items in a certain order."""
    shown = repr(expected)
    try:
        is_plain = ast.literal_eval(shown) == expected
    except (ValueError, SyntaxError):
        is_plain = False
    if not is_plain:
        return f"assert repr({call}) == {shown!r}"
    # One, 1.0 and True are equal, but not written alike.
    return f"_o = {call}\nassert _o == {shown} and len(repr(_o)) == {len(shown)}"


def _drawn(text: str, function: str, chance: random.Random) -> Iterator[Slip]:
    """Some slips of each kind: long functions are not to drown the short ones."""
    made = list(slips(text, frozenset({function}), chance))
    chance.shuffle(made)
    for kind in sorted({slip.kind for slip in made}):
        yield from islice((slip for slip in made if slip.kind == kind), _MOST_OF_A_KIND)


def _has_generators(text: str) -> bool:
    """Whether a public function is a generator: such a module is no plan."""
    functions = (top for top in ast.parse(text).body if isinstance(top, ast.FunctionDef))
    return any(
        isinstance(node, ast.Yield | ast.YieldFrom)
        for top in functions
        if not top.name.startswith("_")
        for node in ast.walk(top)
    )


def _called(text: str, call: str) -> str:
    """The function of a module that a call is about: the first that the module defines."""
    own = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    names = [node.id for node in ast.walk(ast.parse(call)) if isinstance(node, ast.Name)]
    return next((name for name in names if name in own), "")


def _fails(case: Case) -> bool:
    """Whether the slip makes the call raise, and soon; else there is no failure to repair."""
    names = {"__name__": "slip"}
    try:
        code = compile(case.code, "<slip>", "exec")
    except SyntaxError:
        return False
    try:
        with limited(), redirect_stdout(None):
            exec(code, names)  # noqa: S102 - one slip in a library.
            eval(case.call, names)  # noqa: S307 - a call of the table above.
    except EndlessError:
        return False
    except Exception:  # noqa: BLE001 - anything that a slip can raise.
        return True
    return False


class EndlessError(BaseException):
    """It takes too long; no handler for exceptions in the code catches that."""


@contextmanager
def limited() -> Iterator[None]:
    """Ends what takes too long."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise EndlessError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
