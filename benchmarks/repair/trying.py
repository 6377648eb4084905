"""Let the repairer mend a case, and have each of its offers judged by the hidden check."""

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.repair.cases import Case
from benchmarks.repair.harm import SAME, harm
from codeact_lsp.engine.choosing import PlanError, make_job, select
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.repair import Failure, Fix, Repairer, failures
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.recall import Recall

_RUN_SECONDS = 3.0
_JUDGE_SECONDS = 60.0
_JUDGED = 3
_RIGHT = "the hidden check has passed"
_RAISED = "raised"
_JUDGE = f"""\
import sys
sys.path.insert(0, '.')
import case
names = dict(vars(case))
try:
    exec(open('call.py', encoding='utf-8').read(), names)
except Exception as error:
    print({_RAISED!r}, type(error).__name__, str(error)[:200])
    raise
exec(open('check.py', encoding='utf-8').read(), names)
print({_RIGHT!r})
"""


@dataclass(frozen=True)
class Tried:
    """What came of a case.

    Attributes:
        failed: Whether it failed at all when it was run as a plan.
        right: Of each of the first offers, whether it is right.
        preferred: Whether the first one would be applied without asking.
        hides: Whether the first one only stops the crash, and says so.
        seconds: From the failure to the offers.
        first: From the failure to the first offer that was seen to work.
        labels: What the offers say.
        harm: What the offers do that none may do.
        rules: Which rules the offers are of.
    """

    case: Case
    failed: bool = False
    right: tuple[bool, ...] = ()
    preferred: bool = False
    hides: bool = False
    seconds: float = 0.0
    first: float = 0.0
    labels: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


async def tried(case: Case, memory: Memory | None = None) -> Tried:
    """Run a case, repair it, judge the offers.

    Args:
        case: The case.
        memory: What was learnt from others, if that is to help.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        write(Path(name), case.files)
        engine = Engine(Path(name), sys.executable)
        try:
            return await _offers(engine, case, Path(name), memory)
        except (PlanError, InputError):
            return Tried(case)
        finally:
            await engine.close()


async def _offers(engine: Engine, case: Case, folder: Path, memory: Memory | None) -> Tried:
    failed = await failure(engine, case, folder)
    if failed is None:
        return Tried(case)
    start, found = perf_counter(), list[float]()

    def heard(_: Candidate, fix: Fix | None) -> None:
        if fix:
            found.append(perf_counter() - start)

    sources = [Recall(memory).candidates] if memory else []
    repairer = Repairer(engine, sources, heard)
    fixes = (await repairer.fixes(failed))[:_JUDGED]
    seconds = perf_counter() - start
    said = [await asyncio.to_thread(_judged, case, fix) for fix in fixes]
    again = f"{_RAISED} {failed.error.type} {failed.error.message[:200]}"
    return Tried(
        case,
        failed=True,
        right=tuple(_RIGHT in each for each in said),
        preferred=any(fix.preferred for fix in fixes),
        hides=any(fix.hides for fix in fixes[:1]),
        seconds=seconds,
        first=found[0] if found else seconds,
        labels=tuple(fix.label for fix in fixes),
        rules=tuple(fix.rule for fix in fixes),
        harm=(
            *(each for fix in fixes for each in harm(failed.job.plan, fix)),
            *(SAME for each in said if again in each),
        ),
    )


async def failure(
    engine: Engine, case: Case, folder: Path, seconds: float = _RUN_SECONDS
) -> Failure | None:
    """Run a case; None if it does not fail.

    Args:
        engine: What runs it.
        case: The case.
        folder: Where it runs.
        seconds: How long it may take.
    """
    plan, file = Plan.from_text(case.plan), folder / "case.plan.py"
    file.write_text(case.plan, encoding="utf-8")
    wanted = select(plan, case.wanted)
    job = make_job(plan, file, wanted, inputs=dict(case.inputs), timeout=seconds)
    run = engine.run(job)
    async for _ in run:
        pass
    return next(iter(failures(run)), None)


def _judged(case: Case, fix: Fix) -> str:
    """What comes of the hidden check in a fresh interpreter and a fresh folder."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        code = case.code_of(fix.edit.apply(case.plan))
        texts = {"case.py": code, "call.py": case.call, "check.py": case.check}
        write(Path(name), {**case.files, **texts, "judge.py": _JUDGE})
        try:
            ended = subprocess.run(
                [sys.executable, "judge.py"],
                cwd=name,
                capture_output=True,
                text=True,
                timeout=_JUDGE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ""
        return ended.stdout


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Put the files of a case where it runs."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
