"""The second failure that is like one of before: what was accepted then is offered first."""

from pathlib import Path

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.repair import Failure, Repairer
from codeact_lsp.repair.memory.database import Memory, Remembered
from codeact_lsp.repair.memory.lessons import Lessons
from codeact_lsp.repair.memory.pattern import Pattern
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


async def test_what_an_imported_lesson_makes_of_it_is_neither_first_nor_preferred(
    bench: Bench, tmp_path: Path
) -> None:
    text = plain("def a():\n    rows = [3, 1]\n    return rows.lenght() + rows.index(1)\n")
    failure = await bench.failure(text)
    memory = Memory(tmp_path / "memory")
    known = [
        ("_0_.lenght()", "0"),
        ("_0_.lenght()", "__import__('os').system('true')"),
        ("_0_.lenght()", "eval('2')"),
        ("_0_.lenght() + _1_", "_1_"),
    ]
    message = "_ object has no attribute _"
    patterns = [Pattern("AttributeError", message, *each) for each in known]
    count = 1_000_000
    memory.take_in([Remembered(1, each, count, count, 0, 5.0, count, count) for each in patterns])
    recall = Recall(memory)
    fixes = await Repairer(bench.engine, [recall.candidates], recall.tried).fixes(failure)
    assert not any(fix.preferred for fix in fixes if fix.rule.startswith("memory"))
    assert [
        fix.edit.new for fix in fixes if "system" in fix.edit.new or "eval" in fix.edit.new
    ] == []
    assert fixes[0].rule.partition(":")[0] != "memory" or fixes[0].hides


async def test_a_default_that_was_accepted_elsewhere_says_what_it_does(
    bench: Bench, tmp_path: Path
) -> None:
    memory, text = Memory(tmp_path / "memory"), plain("def a():\n    t = {}\n    return t['n']\n")
    accept(memory, await bench.failure(text), text.replace("t['n']", "t.get('n', 9)"))
    other = await bench.failure(plain("def b():\n    t = {'m': 1}\n    return 1 + t['n']\n"))
    fixes = await Repairer(bench.engine, [Recall(memory).candidates]).fixes(other)
    made = [fix for fix in fixes if fix.rule.startswith("memory")]
    assert made
    assert all(fix.hides and not fix.preferred for fix in made)
