"""How a plan could run faster, told as hints on the code that it is about."""

from pathlib import Path

import pytest

from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = '''
    import time

    def first():
        time.sleep(0.7)
        return 1

    def second():
        """Second.

        After: first
        """
        time.sleep(0.7)
        return 2
    '''


async def hinted(plan: Tab) -> list[str]:
    """The places of the hints about runs."""
    return [plan.at(each.range) for each in await plan.diagnostics() if each.code == CODE]


CODE = "needless-after"


async def test_a_hint_stands_on_its_code_and_hides_with_it(editor: Editor) -> None:
    plan = editor.open(PLAN)
    assert await plan.run() == "done"
    assert await hinted(plan) == ["first"]
    plan.edit("import time", "# Slow.\nimport time")
    assert await hinted(plan) == ["first"]
    plan.edit("return 2", "return 3")
    assert await hinted(plan) == []
    plan.edit("return 3", "return 2")
    assert await hinted(plan) == ["first"]


async def test_hints_can_be_switched_off(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"hints": False}) as editor:
        plan = editor.open(PLAN)
        assert await plan.run() == "done"
        assert await hinted(plan) == []
