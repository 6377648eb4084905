"""The self-test: the canaries run as nodes, in what confines every node, and are looked at."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from pathlib import Path

from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.executors.protocol import Call, Output
from codeact_lsp.engine.outcomes.outcome import Outcome
from codeact_lsp.engine.permissions.usable import may_start
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.canaries import CANARIES, PLAN, Canary
from codeact_lsp.sandbox.levels import Level, Policy, preset
from codeact_lsp.sandbox.mechanisms import Mechanisms
from codeact_lsp.sandbox.proof import Promise, Proof, proof_of
from codeact_lsp.sandbox.remedies import lacking, scarce
from codeact_lsp.sandbox.system import look
from codeact_lsp.sandbox.traps import LIMITS, Grounds, Trap

_PATIENCE_SECONDS = 20.0
_TRIED = "tried"


async def prove(interpreter: Interpreter, found: Mechanisms) -> Proof:
    """Let all canaries out, one after the other (some two seconds).

    Where the Python itself may not be started, none of them is, and nothing is shown. If the first
    one does not run, no other will: whoever waits, and all that wait behind, are told at once.

    Args:
        interpreter: The Python that nodes run in.
        found: The mechanisms that confine them.
    """
    faults: dict[Promise, str] = {}
    if may_start(interpreter, found):
        tried = SelfTest(interpreter).faults(Level.STRICT, _worth_trying(found))
        async with contextlib.aclosing(tried):
            async for canary, fault in tried:
                faults[canary.promise] = fault
                if faults[Promise.RUNS]:
                    break
    system = look()
    lacks = lacking(found, system)
    if found.bubblewrap and any(faults.values()):
        lacks += scarce(system)
    return proof_of(faults, found, lacks)


class SelfTest:
    """Runs canaries."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Prepare.

        Args:
            interpreter: The Python that they run in.
        """
        self._executor = LocalExecutor(interpreter)
        self._text = PLAN.read_text(encoding="utf-8")

    async def faults(
        self, level: Level, canaries: tuple[Canary, ...] = CANARIES
    ) -> AsyncGenerator[tuple[Canary, str], None]:
        """Why each promise was not seen to hold at a level; an empty text if it was."""
        try:
            with _grounds() as grounds:
                for canary in canaries:
                    policy = _policy(level, canary, grounds)
                    yield canary, await self._fault(canary, grounds, policy)
        finally:
            await self._executor.close()

    async def _fault(self, canary: Canary, grounds: Grounds, policy: Policy) -> str:
        try:
            with canary.setting(grounds) as trap:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    said, ends = await self._called(canary, trap, grounds, policy)
                if _TRIED in said:
                    return await asyncio.to_thread(trap.sprung, said)
                return f"it could not be tried: {ends}"
        except TimeoutError:
            return "it could not be tried: it takes too long"
        except OSError as error:
            return f"it could not be tried: {error}"

    async def _called(
        self, canary: Canary, trap: Trap, grounds: Grounds, policy: Policy
    ) -> tuple[str, str]:
        """All that the canary wrote, and what its calls came to in the end."""
        said, ends = "", ""
        for _ in range(canary.calls):
            with tempfile.TemporaryFile() as blob:
                call = Call(
                    node=canary.node,
                    text=self._text,
                    file=grounds.workspace / PLAN.name,
                    blob=blob.fileno(),
                    literals=trap.arguments,
                    policy=policy,
                )
                execution = self._executor.start(call)
                async for told in execution:
                    if isinstance(told, Output):
                        said += told.text
                        if canary.stopped and _TRIED in said:
                            execution.stop()
                    elif isinstance(told, Outcome) and told.error:
                        ends = told.error.message
        return said, ends


def _worth_trying(found: Mechanisms) -> tuple[Canary, ...]:
    """Without a group there is nothing to hold what takes a machine's memory."""
    return tuple(each for each in CANARIES if found.cgroup or each.promise is not Promise.SUM)


def _policy(level: Level, canary: Canary, grounds: Grounds) -> Policy:
    if level is Level.STRICT and canary.processes:
        level = Level.STANDARD
    return replace(preset(level, grounds.workspace), limits=LIMITS)


@contextlib.contextmanager
def _grounds() -> Iterator[Grounds]:
    with tempfile.TemporaryDirectory(prefix="codeact-") as folder:
        grounds = Grounds(*(Path(folder).resolve() / name for name in ("workspace", "outside")))
        grounds.workspace.mkdir()
        grounds.outside.mkdir()
        (grounds.workspace / PLAN.name).write_bytes(PLAN.read_bytes())
        yield grounds
