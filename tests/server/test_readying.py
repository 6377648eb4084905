"""Once nothing stirs, a worker waits for the plan that was opened or edited last."""

import sys
from pathlib import Path

import pytest

from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.server.server import create_server
from tests.server.editor import MODERN, eventually
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPTIONS = {"sandbox": {"level": "strict"}, "interpreter": sys.executable, "trusted": True}
PLAN = "import decimal\n\n\ndef one() -> int:\n    return 1\n"


class Noting(Engine):
    """An engine that notes for what it had a worker wait."""

    def __init__(self, workspace: Path, interpreter: str | None = None) -> None:
        super().__init__(workspace, interpreter)
        self.waited: list[Job] = []
        self.looked: list[Job] = []

    async def make_ready(self, job: Job) -> None:
        """As the engine does it, and a note of it."""
        await super().make_ready(job)
        self.waited.append(job)

    async def look_ahead(self, job: Job) -> None:
        """As the engine does it, and a note of it."""
        await super().look_ahead(job)
        self.looked.append(job)


class Engines:
    """Those of one server, as one."""

    def __init__(self) -> None:
        self.all: list[Noting] = []

    def __call__(self, workspace: Path, interpreter: str | None) -> Noting:
        self.all.append(Noting(workspace, interpreter))
        return self.all[-1]

    @property
    def imported(self) -> list[tuple[str, ...]]:
        """What the workers that were made to wait have imported."""
        return [job.preload for engine in self.all for job in engine.waited]


async def test_it_waits_after_a_plan_was_opened_and_again_when_it_imports_something_else(
    tmp_path: Path,
) -> None:
    engines = Engines()
    async with connected(tmp_path, MODERN, OPTIONS, create_server(engines)) as editor:
        plan = editor.open(PLAN)
        await eventually(lambda: engines.imported == [("decimal",)])
        plan.edit("return 1", "return 2")
        plan.edit("import decimal", "import decimal, string")
        await eventually(lambda: len(engines.imported) > 1)
        assert engines.imported[1:] == [("decimal", "string")]
        assert (await plan.command("runPlan"))["status"] == "done"


async def test_nothing_waits_for_a_plan_with_errors_until_it_has_none(tmp_path: Path) -> None:
    engines = Engines()
    server = create_server(engines)
    async with connected(tmp_path, MODERN, OPTIONS, server) as editor:
        plan = editor.open(PLAN.replace("one()", "one(one)"))
        await plan.diagnostics()
        await server.readying.ready(server.session.plans[plan.uri])
        assert engines.imported == []
        plan.edit("one(one)", "one()")
        await eventually(lambda: engines.imported == [("decimal",)])


@pytest.mark.parametrize(
    ("trusted", "waiting", "looks"),
    [({"trusted": True}, 1, 0), ({"trusted": False}, 0, 0), ({}, 0, 1)],
)
async def test_nothing_waits_unless_the_workspace_was_said_to_be_trusted(
    tmp_path: Path, trusted: dict[str, bool], waiting: int, looks: int
) -> None:
    engines = Engines()
    server = create_server(engines)
    options = {name: value for name, value in OPTIONS.items() if name != "trusted"} | trusted
    async with connected(tmp_path, MODERN, options, server) as editor:
        plan = editor.open(PLAN)
        await plan.diagnostics()
        await server.readying.ready(server.session.plans[plan.uri])
        assert len(engines.imported) == waiting
        assert len([job for engine in engines.all for job in engine.looked]) == looks
