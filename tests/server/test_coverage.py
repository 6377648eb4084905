"""`codeact.coverage`: `▸` marks lines that ran, `○` those that could have and did not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.carets import dedent
from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def _half(n):
        if n < 0:
            return 0
        return n / 2

    def rows(): return [2, 4]

    def total(rows):
        halves = [_half(row) for row in rows]
        if not halves:
            return None
        return sum(halves)
    """
RAN = """
    .def _half(n):
    ▸    if n < 0:
    ○        return 0
    ▸    return n / 2
    .
    .def rows(): return [2, 4]
    .
    .def total(rows):
    ▸    halves = [_half(row) for row in rows]
    ▸    if not halves:
    ○        return None
    ▸    return sum(halves)
    """


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """The session of a user who wants to see what ran."""
    folder = tmp_path_factory.mktemp("workspace")
    async with connected(folder, options={"coverage": True}) as editor:
        yield editor


async def shown(plan: Tab, node: str) -> str:
    """The text with a mark before each line that is told of."""
    told = await plan.command("coverage")
    (lines,) = (each for each in told["nodes"] if each["node"] == node)
    marks = ["."] * len(plan.text.splitlines())
    for mark, pairs in (("▸", lines["ran"]), ("○", lines["missed"])):
        for first, last in pairs:
            for line in range(first, last + 1):
                marks[line] = mark
    texts = zip(marks, plan.text.splitlines(), strict=True)
    return "".join(f"{mark}{line}\n" for mark, line in texts)


async def covered(plan: Tab) -> list[str]:
    return [each["node"] for each in (await plan.command("coverage"))["nodes"]]


async def test_of_a_node_and_its_helpers_it_is_told_which_lines_ran(editor: Editor) -> None:
    plan = editor.open(PLAN)
    assert await covered(plan) == []
    await plan.run()
    assert await covered(plan) == ["rows", "total"]
    assert await shown(plan, "total") == dedent(RAN)


async def test_lines_move_with_the_text_and_between_comments(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await plan.run()
    plan.edit("def rows", "# Above.\ndef rows")
    plan.edit("    if not halves:", "    # Between.\n    if not halves:")
    moved = dedent(RAN).replace(".def rows", ".# Above.\n.def rows")
    assert await shown(plan, "total") == moved.replace(
        "▸    if not halves:", ".    # Between.\n▸    if not halves:"
    )


async def test_an_edit_hides_them_and_an_undo_brings_them_back(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await plan.run()
    plan.edit("n / 2", "n / 4")
    assert await covered(plan) == ["rows"]
    plan.edit("n / 4", "n / 2")
    assert await shown(plan, "total") == dedent(RAN)


async def test_a_node_that_is_reused_keeps_them(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await plan.run()
    plan.edit("def rows", "# Above.\ndef rows")
    assert (await plan.command("runPlan"))["counts"] == {"cached": 2}
    moved = dedent(RAN).replace(".def rows", ".# Above.\n.def rows")
    assert await shown(plan, "total") == moved


async def test_of_a_failure_they_go_up_to_where_it_failed(editor: Editor) -> None:
    plan = editor.open("def a():\n    one = 1\n    one / 0\n    return one\n")
    await plan.run()
    assert await shown(plan, "a") == ".def a():\n▸    one = 1\n▸    one / 0\n○    return one\n"


async def test_nothing_is_recorded_where_nobody_wants_it(tmp_path: Path) -> None:
    async with connected(tmp_path) as editor:
        plan = editor.open(PLAN)
        await plan.run()
        assert await covered(plan) == []
