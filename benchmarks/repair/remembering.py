"""What a memory adds: half of the cases are mended by somebody, the other half are repaired.

Then the halves change sides, so that each case is repaired once by what the others have taught.
Where rules were written from the cases, they leave a memory nothing to do. So all is measured once
more without the rules that mend a case, as if nobody had thought of its class.
"""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.repair.cases import Case
from benchmarks.repair.trying import Tried, failure, tried, write
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.repair import rules
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.lessons import Lessons


@dataclass(frozen=True)
class Compared:
    """A case that was repaired without a memory, and with one.

    Attributes:
        unthought: The same without the rules that mend it.
    """

    without: Tried
    with_memory: Tried
    unthought: tuple[Tried, Tried]


async def compared(cases: Sequence[Case]) -> list[Compared]:
    """Learn from every second case, and repair the others with it and without; then in turn."""
    halves = cases[::2], cases[1::2]
    return [*await _halves(*halves), *await _halves(*reversed(halves))]


async def _halves(known: Sequence[Case], others: Sequence[Case]) -> list[Compared]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        memory = Memory(Path(folder))
        for case in known:
            await _learn(case, memory)
        return [await _compared(case, memory) for case in others]


async def _compared(case: Case, memory: Memory) -> Compared:
    without, with_memory = await tried(case), await tried(case, memory)
    mending = {rule for rule, right in zip(without.rules, without.right, strict=True) if right}
    if not mending:
        return Compared(without, with_memory, (without, with_memory))
    with _left_out(mending):
        return Compared(without, with_memory, (await tried(case), await tried(case, memory)))


@contextmanager
def _left_out(names: Collection[str]) -> Iterator[None]:
    """As if some rules had never been written."""
    every, upstream = rules.RULES, rules.UPSTREAM
    rules.RULES = tuple(each for each in every if each.name not in names)
    rules.UPSTREAM = tuple(each for each in upstream if each.name not in names)
    try:
        yield
    finally:
        rules.RULES, rules.UPSTREAM = every, upstream


async def _learn(case: Case, memory: Memory) -> None:
    """What becomes of a person's change between two runs of a plan."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        write(Path(name), case.files)
        engine = Engine(Path(name), sys.executable)
        try:
            failed = await failure(engine, case, Path(name))
        except (PlanError, InputError):
            failed = None
        finally:
            await engine.close()
    if failed and case.fixed:
        lessons, file = Lessons(memory), failed.job.file
        lessons.failed(file, failed.job.plan, failed.error)
        mended = Plan.from_text(replace(case, code=case.fixed).plan)
        lessons.worked(file, mended, failed.error.node)


def gained(results: Sequence[Compared]) -> str:
    """How many have a right offer among three, without and with a memory, and how sure that is."""
    failed = [each for each in results if each.without.failed]
    heads = ("n", "without", "with", "gain", "precise", "then")
    lines = [f"{'MEMORY, right among three':<28}" + "".join(f"{head:>10}" for head in heads)]
    lines.append(_row("all", failed, lambda each: (each.without, each.with_memory)))
    for kind in dict.fromkeys(each.without.case.kind for each in failed):
        some = [each for each in failed if each.without.case.kind == kind]
        lines.append(_row(kind, some, lambda each: (each.without, each.with_memory)))
    lines.append(_row("without the rules for it", failed, lambda each: each.unthought))
    return "\n".join(lines) + "\n"


def _row(
    name: str, failed: Sequence[Compared], chosen: Callable[[Compared], tuple[Tried, Tried]]
) -> str:
    """A row; the last two cells say how many first offers were right, without and with."""
    pairs = [chosen(each) for each in failed]
    before = sum(any(without.right) for without, _ in pairs)
    after = sum(any(with_memory.right) for _, with_memory in pairs)
    n = len(failed) or 1
    gain = f"{(after - before) / n * 100:+.0f}"
    precise = "".join(f"{_precision(column):>10}" for column in zip(*pairs, strict=True))
    return f"{name:<28}{len(failed):>10}{before / n:>10.0%}{after / n:>10.0%}{gain:>10}{precise}"


def _precision(results: Sequence[Tried]) -> str:
    offered = [each.right[0] for each in results if each.right]
    return f"{sum(offered) / len(offered):.0%}" if offered else "-"
