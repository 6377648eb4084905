"""What people do about failures is learnt in their next run, and mends the next failure like it."""

from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.values import Blob, Result
from codeact_lsp.plan import Plan, Span
from codeact_lsp.repair.candidates import ACCEPTED, SURE, Candidate
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.file import NAME
from codeact_lsp.repair.memory.lessons import Lessons
from codeact_lsp.repair.memory.recall import Recall
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.verify import Fix

FILE = Path("/plans/it.plan.py")
BEFORE = "def count(words):\n    return words.size() + 1\n"
AFTER = BEFORE.replace("words.size()", "len(words)")


def failed(text: str, place: str, blame: Blame | None = None) -> tuple[Plan, CodeError]:
    """A failure at a part of a plan."""
    plan, start = Plan.from_text(text), text.index(place)
    message = "'list' object has no attribute 'size'"
    span = Span(start, start + len(place))
    node = list(plan.nodes)[-1]
    return plan, CodeError(node, "AttributeError", message, "user", span, blame=blame)


def proposed(memory: Memory, text: str, place: str) -> list[str]:
    """What memory proposes for a failure: each text as a whole."""
    plan, error = failed(text, place)
    scene = Scene(plan, error, error.span)
    return [each.edit.apply(text) for each in Recall(memory).candidates(scene)]


def test_a_change_after_which_the_node_works_is_proposed_for_the_next_failure(
    tmp_path: Path,
) -> None:
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    lessons.failed(FILE, *failed(BEFORE, "words.size"))
    lessons.worked(FILE, Plan.from_text(AFTER), "count")
    assert proposed(memory, BEFORE, "words.size")[0] == AFTER
    other = "def rest(table):\n    return table.rows.size()\n"
    assert proposed(memory, other, "table.rows.size") == [
        "def rest(table):\n    return len(table.rows)\n"
    ]


def test_nothing_is_learnt_where_nothing_was_changed_or_nothing_had_failed(tmp_path: Path) -> None:
    lessons = Lessons(Memory(tmp_path))
    lessons.worked(FILE, Plan.from_text(AFTER), "count")
    lessons.failed(FILE, *failed(BEFORE, "words.size"))
    lessons.worked(FILE, Plan.from_text(BEFORE), "count")
    assert Memory(tmp_path).all() == []


def test_a_change_where_the_bad_value_was_made_is_learnt_too(tmp_path: Path) -> None:
    text = "def a():\n    return open('x', encoding='ascii')\n\ndef b(a):\n    return a.size\n"
    line = "return open('x', encoding='ascii')"
    span = Span(text.index(line), text.index(line) + len(line))
    plan, error = failed(text, "a.size", Blame("a", span, "made here", likely=False))
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    lessons.failed(FILE, plan, error)
    lessons.worked(FILE, Plan.from_text(text.replace("ascii", "utf-8")), "b")
    assert memory.all()[-1].pattern.after == "open(_0s_, encoding='utf-8')"


def test_a_memory_that_cannot_be_written_costs_no_more_than_the_lesson(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    lessons = Lessons(Memory(tmp_path))
    lessons.failed(FILE, *failed(BEFORE, "words.size"))
    lessons.worked(FILE, Plan.from_text(AFTER), "count")
    assert proposed(Memory(tmp_path), BEFORE, "words.size") == []


def test_only_so_many_failures_wait_to_be_mended(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    for number in range(300):
        lessons.failed(FILE.with_name(f"{number}.plan.py"), *failed(BEFORE, "words.size"))
    lessons.worked(FILE.with_name("0.plan.py"), Plan.from_text(AFTER), "count")
    assert memory.all() == []
    lessons.worked(FILE.with_name("299.plan.py"), Plan.from_text(AFTER), "count")
    assert memory.all() != []


def test_what_fails_when_it_is_tried_is_forgotten_in_the_end(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    lessons.failed(FILE, *failed(BEFORE, "words.size"))
    lessons.worked(FILE, Plan.from_text(AFTER), "count")
    plan, error = failed(BEFORE, "words.size")
    recall = Recall(memory)
    for _ in range(5):
        for candidate in recall.candidates(Scene(plan, error, error.span)):
            recall.tried(candidate, None)
    assert memory.all() == []


def test_what_is_learnt_helps_in_formatted_texts_too(tmp_path: Path) -> None:
    text = "def count(words):\n    return f'{words.size()} words'\n"
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    lessons.failed(FILE, *failed(text, "words.size"))
    lessons.worked(FILE, Plan.from_text(text.replace("words.size()", "len(words)")), "count")
    lessons.failed(FILE, *failed(BEFORE, "words.size"))
    lessons.worked(FILE, Plan.from_text(AFTER), "count")
    mended = text.replace("words.size()", "len(words)")
    assert proposed(memory, text, "words.size")[0] == mended


def test_a_pattern_that_was_meant_elsewhere_in_the_function_has_not_failed(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    lessons.failed(FILE, *failed(BEFORE, "words.size"))
    lessons.worked(FILE, Plan.from_text(AFTER), "count")
    text = "def both(a, b):\n    return a.size() + b.size()\n"
    plan, error = failed(text, "a.size")
    recall = Recall(memory)
    first, both, *others = recall.candidates(Scene(plan, error, error.span))
    for candidate in (first, *others):
        recall.tried(candidate, None)
    (known,) = (each for each in memory.all() if each.pattern.before == "_0_.size()")
    assert (known.worked, known.failed) == (0, 1)
    assert both.title == "As before: write 'len(a)' in 2 places"


def test_what_does_for_one_type_comes_after_what_is_sure_where_another_was_met(
    tmp_path: Path,
) -> None:
    text = "def a(values):\n    return sorted(values)\n"
    mended = text.replace("sorted(values)", "sorted(values, key=str)")
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    lessons.failed(FILE, *compared(text, "str"))
    lessons.worked(FILE, Plan.from_text(mended), "a")
    likely = []
    for kind in ("str", "NoneType"):
        plan, error = compared(text, kind)
        first = next(iter(Recall(memory).candidates(Scene(plan, error, error.span))))
        likely.append(first.likely)
    assert likely[0] == ACCEPTED
    assert likely[1] < SURE


@pytest.mark.parametrize("is_taken", [True, False])
def test_what_people_do_who_were_offered_a_lesson_makes_its_record(
    tmp_path: Path, is_taken: bool
) -> None:
    memory = Memory(tmp_path)
    lessons = Lessons(memory)
    lessons.failed(FILE, *failed(BEFORE, "words.size"))
    lessons.worked(FILE, Plan.from_text(AFTER), "count")
    text = "def rest(table):\n    return table.rows.size()\n"
    after = text.replace("table.rows.size()", "len(table.rows)" if is_taken else "table.rows.n")
    number = next(each.number for each in memory.all() if each.pattern.after == "len(_0_)")
    likely, rule = list[float](), f"memory:{number}"
    for _ in range(2):
        plan, error = failed(text, "table.rows.size")
        made = list(Recall(memory).candidates(Scene(plan, error, error.span)))
        (each,) = [each for each in made if each.rule == rule]
        likely.append(each.likely)
        lessons.failed(FILE, plan, error)
        lessons.offered(FILE, "rest", [offer(each), offer(replace(each, rule="misspelt"))])
        lessons.worked(FILE, Plan.from_text(after), "rest")
    (known,) = [each for each in memory.all() if each.number == number]
    assert (known.taken, known.met) == ((2, 2) if is_taken else (0, 2))
    plan, error = failed("def a(n):\n    return n.m.size()\n", "n.m.size")
    (now,) = [
        each
        for each in Recall(memory).candidates(Scene(plan, error, error.span))
        if each.rule == rule
    ]
    assert now.record == (known.taken, known.met)
    assert (now.likely == likely[0]) is is_taken
    assert now.likely <= likely[0]


def test_what_was_offered_for_nothing_is_no_matter(tmp_path: Path) -> None:
    Lessons(Memory(tmp_path)).offered(FILE, "rest", [])
    assert Memory(tmp_path).all() == []


def offer(candidate: Candidate) -> Fix:
    """What became of a candidate that worked."""
    result = Result(Blob("", 0))
    return Fix(
        "rest", candidate.rule, candidate.title, candidate.edit, candidate.likely, 0, 0, result
    )


def compared(text: str, kind: str) -> tuple[Plan, CodeError]:
    """A failure to put values in order of which some are of another type."""
    plan, start = Plan.from_text(text), text.index("sorted(values)")
    span = Span(start, start + len("sorted(values)"))
    message = f"'<' not supported between instances of {kind!r} and 'int'"
    return plan, CodeError("a", "TypeError", message, "user", span)
