"""An executor that runs nodes in this process, at a pace that is drawn: fast, and full of races."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from random import Random
from typing import Any

from codeact_lsp.engine.executors.protocol import Began, Call, Output
from codeact_lsp.engine.outcomes.outcome import Outcome, RawError
from codeact_lsp.engine.values import Preview, Usage
from codeact_lsp.worker import values

_MOST_TURNS = 6


class InstantExecutor:
    """Takes a few turns of the event loop for each call."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def use(self, identity: str) -> None:
        """Nothing is prepared."""

    def start(self, call: Call) -> "InstantExecution":
        return InstantExecution(call, self._random.randrange(_MOST_TURNS))

    def start_chain(self, calls: Sequence[Call]) -> "InstantChain":
        return InstantChain(calls, self._random)

    async def close(self) -> None:
        """Nothing is open."""


class InstantExecution:
    """One call."""

    def __init__(self, call: Call, turns: int) -> None:
        self._call = call
        self._turns = turns
        self._stopped = False

    def stop(self) -> None:
        self._stopped = True

    async def __aiter__(self) -> AsyncIterator[Began | Output | Outcome]:
        yield Began()
        for _ in range(self._turns):
            await asyncio.sleep(0)
        yield Outcome(error=RawError("", "", "stopped")) if self._stopped else _made(self._call)


class InstantChain:
    """Calls that are made as one, and sometimes not to the last."""

    def __init__(self, calls: Sequence[Call], random: Random) -> None:
        self._calls = calls[: random.randint(0, 2 * len(calls))]
        self._turns = random.randrange(_MOST_TURNS)
        self._stopped = False

    def stop(self) -> None:
        self._stopped = True

    async def outcomes(self) -> list[Outcome]:
        for _ in range(self._turns):
            await asyncio.sleep(0)
        made: list[Outcome] = []
        for call in () if self._stopped else self._calls:
            outcome = _made(call)
            if outcome.error:
                break
            made.append(outcome)
        return made


def _made(call: Call) -> Outcome:
    given = {name: values.load(stored) for name, stored in call.stored.items()}
    module: dict[str, Any] = {}
    exec(call.text, module)
    try:
        value = module[call.node](**call.literals, **given)
    except Exception as error:  # noqa: BLE001 - whatever a node raises is its outcome.
        return Outcome(error=RawError(type(error).__name__, str(error), "user"))
    values.dump(value, call.blob, "plan")
    return Outcome(preview=Preview("int", "", repr(value)), usage=Usage(0.01, 0.01, 1_000_000))
