"""Which functions a lesson is looked for in, and tried in: not only the one that failed."""

from pathlib import Path

from codeact_lsp.engine.failures.errors import CodeError, Frame
from codeact_lsp.plan import Plan, Span
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.lessons import Lessons
from codeact_lsp.repair.memory.reached import reached
from codeact_lsp.repair.memory.recall import Recall
from codeact_lsp.repair.proposing import recalled

TEXT = """\
def lines(path):
    return open(path, encoding='ascii').read()


def unused(x):
    return x


def parse(text):
    return int(text)


def total(path):
    return sum(parse(each) for each in lines(path))
"""


def failure(text: str, place: str, *callers: str) -> tuple[Plan, CodeError]:
    """A failure at a part of a text, under calls from others."""
    plan = Plan.from_text(text)
    spans = [Span(text.index(each), text.index(each) + len(each)) for each in (*callers, place)]
    frames = tuple(Frame("f", span) for span in spans)
    error = CodeError("total", "ValueError", "no number", "user", spans[-1], frames=frames)
    return plan, error


def names(plan: Plan, error: CodeError) -> list[str]:
    """The functions that are reached."""
    return [scene.piece.text.split("(")[0].removeprefix("def ") for scene in reached(plan, error)]


def test_callers_come_after_the_place_and_then_what_it_calls() -> None:
    assert names(*failure(TEXT, "int(text)", "sum(parse(each) for")) == ["parse", "total"]
    assert names(*failure(TEXT, "sum(parse(each) for")) == ["total", "lines", "parse"]


def test_a_change_of_a_function_that_has_returned_is_learnt_and_proposed(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    plan, error = failure(TEXT, "sum(parse(each) for")
    mended = TEXT.replace("'ascii'", "'utf-8-sig'")
    lessons.failed(Path("it.plan.py"), plan, error)
    lessons.worked(Path("it.plan.py"), Plan.from_text(mended), "total")
    best, *_ = recalled(plan, error, [Recall(memory).candidates])
    assert best.edit.apply(TEXT) == mended
