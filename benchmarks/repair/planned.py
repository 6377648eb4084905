"""Cases of our own that are plans: slips in nodes, of which others feel the effect."""

import ast
import asyncio
import inspect
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any, Self
from warnings import catch_warnings, simplefilter

from benchmarks.repair.cases import Case
from benchmarks.repair.mutations import Slip, slips
from benchmarks.repair.slips import EndlessError, limited
from benchmarks.repair.trying import write

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FOLDER = Path(__file__).with_name("plans")
_PLANS = ("loans", "recipes", "routes", "shifts", "stock", "survey", "wages", "weather")
# A plan is run as one program, so that the benchmark knows what it gives without our engine.
_RUN = """
def _dag(outs, **inputs):
    import asyncio, inspect, case
    known = dict(inputs)
    def get(name):
        if name not in known:
            function = getattr(case, name)
            taken = inspect.signature(function).parameters
            made = function(**{each: get(each) for each in taken})
            known[name] = asyncio.run(made) if inspect.iscoroutine(made) else made
        return known[name]
    return [get(out) for out in outs]
"""


def seeded_plans(seed: int, most: int, plans: Sequence[str] = _PLANS) -> list[Case]:
    """Slips drawn by chance, of each plan and kind in turn.

    Args:
        seed: What they are drawn by.
        most: How many.
        plans: Which plans.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is secret.
    drawn = [pair for name in plans for pair in _of_plan(_Whole.read(name), chance)]
    chance.shuffle(drawn)
    kinds = sorted({slip.kind for _, slip in drawn})
    of_kinds = [[pair for pair in drawn if pair[1].kind == kind] for kind in kinds]
    rows = zip_longest(*(filter(_fails, some) for some in of_kinds))
    failing = (pair for row in rows for pair in row if pair is not None)
    return [whole.case(slip) for whole, slip in islice(failing, most)]


@dataclass(frozen=True)
class _Whole:
    """A plan without slips."""

    name: str
    text: str
    files: Mapping[str, str]

    @classmethod
    def read(cls, name: str) -> Self:
        """A plan of the folder, with the files that it reads."""
        text = (_FOLDER / f"{name}.plan.py").read_text("utf-8")
        _import(text)
        return cls(name, text, _files(_FOLDER / name))

    @cached_property
    def nodes(self) -> Sequence[str]:
        """Its nodes; the last one rests on all others."""
        tops = ast.parse(self.text).body
        names = [top.name for top in tops if isinstance(top, _FUNCTIONS)]
        return [name for name in names if not name.startswith("_")]

    @cached_property
    def expected(self) -> Any:
        """What the last node gives."""
        return self.value(compile(self.text, self.name, "exec"))

    def value(self, code: CodeType) -> Any:
        """What the last node gives when a plan like it is run as one program."""
        names: dict[str, Any] = {"__name__": "case"}
        with TemporaryDirectory() as folder:
            write(Path(folder), self.files)
            with chdir(folder), redirect_stdout(None), limited():
                exec(code, names)  # noqa: S102 - one slip in a plan of ours.
                return _made(names, self.nodes[-1])

    def case(self, slip: Slip) -> Case:
        """What is to be repaired when the slip was made."""
        return Case(
            name=f"{self.name}/{slip.kind}/{slip.span[0]}",
            kind=slip.kind,
            seeded=True,
            code=slip.text,
            call=f"{_RUN}\n_o = _dag([{self.nodes[-1]!r}])\n",
            check=f"assert repr(_o[0]) == {repr(self.expected)!r}",
            files=self.files,
            nodes=(self.nodes[-1],),
            fixed=self.text,
            root_lines=frozenset([_line(self.text, slip)]),
            root_functions=frozenset([_function(self.text, slip)]),
        )


def _import(text: str) -> None:
    """Import what a plan imports: pandas alone may take longer than a plan is given."""
    every = ast.parse(text).body
    tops: list[ast.stmt] = [top for top in every if isinstance(top, ast.Import | ast.ImportFrom)]
    exec(compile(ast.Module(tops, []), "imports", "exec"), {})  # noqa: S102 - plans of ours.


def _of_plan(whole: _Whole, chance: random.Random) -> Iterator[tuple[_Whole, Slip]]:
    for slip in slips(whole.text, frozenset(whole.nodes), chance):
        yield whole, slip


def _files(folder: Path) -> Mapping[str, str]:
    """The files that a plan reads, by their paths from it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def _made(names: dict[str, Any], wanted: str) -> Any:
    """What a node gives, and those before it."""

    def get(name: str) -> Any:
        function = names[name]
        taken = function.__code__.co_varnames[: function.__code__.co_argcount]
        made = function(**{each: get(each) for each in taken})
        return asyncio.run(made) if inspect.iscoroutine(made) else made

    return get(wanted)


def _fails(pair: tuple[_Whole, Slip]) -> bool:
    whole, slip = pair
    try:
        code = compile(slip.text, "plan", "exec")
    except SyntaxError:
        return False
    with catch_warnings():
        simplefilter("ignore")  # Of coroutines that nobody waits for, as a slip may have it.
        try:
            whole.value(code)
        except EndlessError:
            return False
        except Exception:  # noqa: BLE001 - anything that a slip can raise.
            return True
    return False


def _line(text: str, slip: Slip) -> int:
    return text[: slip.span[0]].count("\n") + 1


def _function(text: str, slip: Slip) -> str:
    """The function or method that the slip is in; outside of all, the module."""
    line = _line(text, slip)
    found = "<module>"
    for part in ast.walk(ast.parse(text)):
        if isinstance(part, _FUNCTIONS) and part.lineno <= line <= (part.end_lineno or 0):
            found = part.name
    return found
