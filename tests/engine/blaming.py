"""Run a plan with one failure, and look at what is blamed for it; `«»` mark the place."""

from pathlib import Path

from codeact_lsp.engine.failures.errors import Blame
from codeact_lsp.engine.session import Engine
from tests.engine.running import marked, run_plan


async def blamed(
    engine: Engine, folder: Path, text: str, wanted: tuple[str, ...] = ()
) -> Blame | None:
    """What is blamed for the one failure of a plan."""
    (error,) = (await run_plan(engine, folder, text, wanted)).errors.values()
    return error.blame


async def check_blame(
    engine: Engine, folder: Path, text: str, message: str, *, likely: bool
) -> None:
    """The blame of the one failure lies at the marked place."""
    ran = await run_plan(engine, folder, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert error.blame.message == message
    assert error.blame.likely is likely
    (place,) = marked(text)[1]
    assert ran.text(error.blame.span) == ran.text(place)
    assert error.blame.span == place


async def check_no_blame(engine: Engine, folder: Path, text: str) -> None:
    """Nobody is blamed for the one failure."""
    assert await blamed(engine, folder, text) is None
