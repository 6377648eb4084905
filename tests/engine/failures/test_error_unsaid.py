"""Exceptions that do not say what they are, and failures of which little can be told."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.sandbox.levels import Level, preset
from tests.engine.running import marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

UNSAID = "_Odd: <an exception that takes too long or too much to show>"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path.resolve()


@pytest.mark.parametrize("level", [Level.STRICT, Level.OFF])
@pytest.mark.parametrize(
    ("asked", "headlines"),
    [
        ("os._exit(0)", {UNSAID}),
        ("os._exit(5)", {UNSAID}),
        ("while True: pass", {UNSAID, "_Odd: <_Odd that cannot be shown: TimeoutError>"}),
    ],
)
async def test_an_exception_that_never_says_what_it_is_fails_where_it_was_raised(
    engine: Engine, workspace: Path, asked: str, headlines: set[str], level: Level
) -> None:
    text = f"""
    import os

    class _Odd(Exception):
        def __str__(self):
            {asked}

    def a():
        «raise _Odd»
    """
    ran = await run_plan(engine, workspace, text, policies={"a": preset(level, workspace)})
    error, (_, [place]) = ran.errors["a"], marked(text)
    assert (error.span, error.category) == (place, "user")
    assert error.headline in headlines


async def test_who_may_open_no_more_files_is_told_of_as_anybody(
    engine: Engine, workspace: Path
) -> None:
    text = """
    import resource

    def a():
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
        {}["key"]
    """
    policies = {"a": preset(Level.STRICT, workspace)}
    ran = await run_plan(engine, workspace, text, policies=policies)
    assert ran.errors["a"].headline == "KeyError: 'key'"
