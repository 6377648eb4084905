"""The second failure that is like one of before: what was accepted then is offered first."""

from pathlib import Path

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.repair import Failure, Repairer
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.lessons import Lessons
from codeact_lsp.repair.memory.recall import Recall
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("failing", "before", "after"),
    [
        ("table = {'amount': 2}\n    return table['ammount']", "['ammount']", ".get('ammount', 9)"),
        ("return [3, 1].largest()", "[3, 1].largest()", "max([3, 1])"),
        ("n = 'x'\n    return 'n: ' + 3", "'n: ' + 3", "f'n: {3}'"),
        ("rows = []\n    return rows[0]", "rows[0]", "rows[0] if rows else 7"),
    ],
)
async def test_what_was_accepted_comes_first_whatever_the_rules_say(
    bench: Bench, tmp_path: Path, failing: str, before: str, after: str
) -> None:
    memory, text = Memory(tmp_path / "memory"), plain(f"def a():\n    {failing}\n")
    failure = await bench.failure(text)
    accept(memory, failure, text.replace(before, after))
    recall = Recall(memory)
    best, *_ = await Repairer(bench.engine, [recall.candidates], recall.tried).fixes(failure)
    assert best.edit.apply(text) == text.replace(before, after)


def accept(memory: Memory, failure: Failure, text: str) -> None:
    """Take a text for mended."""
    lessons, job = Lessons(memory), failure.job
    lessons.failed(job.file, job.plan, failure.error)
    lessons.worked(job.file, Plan.from_text(text), failure.error.node)
