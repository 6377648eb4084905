"""What a memory adds: half of the cases are mended by somebody, the other half are repaired."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.repair.cases import Case
from benchmarks.repair.trying import Tried, failure, tried, write
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.lessons import Lessons


@dataclass(frozen=True)
class Compared:
    """A case that was repaired without a memory, and with one."""

    without: Tried
    with_memory: Tried


async def compared(cases: Sequence[Case]) -> list[Compared]:
    """Learn from every second case, and repair the others with it and without."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        memory = Memory(Path(folder))
        for case in cases[::2]:
            await _learn(case, memory)
        return [Compared(await tried(case), await tried(case, memory)) for case in cases[1::2]]


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
    """How many of the others have a right offer among three, without and with a memory."""
    failed = [each for each in results if each.without.failed]
    before = sum(any(each.without.right) for each in failed)
    after = sum(any(each.with_memory.right) for each in failed)
    n = len(failed) or 1
    head = f"{'MEMORY, right among three':<28}{'n':>10}{'without':>10}{'with':>10}{'gain':>10}"
    gain = f"{(after - before) / n * 100:+.0f}"
    row = f"{'all':<28}{len(failed):>10}{before / n:>10.0%}{after / n:>10.0%}{gain:>10}"
    return f"{head}\n{row}\n"
