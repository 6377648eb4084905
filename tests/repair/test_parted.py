"""A fix as the places that it changes, and several fixes as one edit."""

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.edits import TextEdit, minimal
from codeact_lsp.repair.parted import parted, relocated, together

BEFORE = "import os\n\ndef a():\n    return math.pi\n\ndef b():\n    return 1\n"
AFTER = "import os\nimport math\n\ndef a():\n    return math.tau\n\ndef b():\n    return 1\n"


def test_a_fix_that_adds_an_import_is_two_small_edits() -> None:
    parts = list(parted(BEFORE, minimal(BEFORE, AFTER)))
    assert [part.new for part in parts] == ["import math\n", "tau"]
    text = BEFORE
    for part in reversed(parts):
        text = part.apply(text)
    assert text == AFTER


def test_it_moves_with_the_plan_as_long_as_what_it_changes_is_the_same() -> None:
    old, edit = Plan.from_text(BEFORE), minimal(BEFORE, AFTER)
    moved = Plan.from_text(f"# First.\n\n{BEFORE.replace('return 1', 'return 2')}")
    text = moved.source.text
    for part in reversed(relocated(old, moved, edit)):
        text = part.apply(text)
    assert text == f"# First.\n\n{AFTER.replace('return 1', 'return 2')}"
    assert relocated(old, Plan.from_text(BEFORE.replace("pi", "e")), edit) == ()


def test_fixes_that_meet_are_not_mixed_and_an_import_for_two_is_added_once() -> None:
    line = TextEdit(Span(10, 10), "import math\n")
    first, second = TextEdit(Span(30, 32), "x"), TextEdit(Span(50, 52), "y")
    meeting = TextEdit(Span(31, 33), "z")
    assert together([[line, first], [line, second], [meeting]]) == (line, first, second)


def test_several_imports_in_one_place_are_all_made_and_other_lines_there_are_not() -> None:
    place = Span(10, 10)
    one, two = TextEdit(place, "import math\n"), TextEdit(place, "\nimport json\n")
    other = TextEdit(place, "    x = 1\n")
    assert together([[one], [two], [other]]) == (one, two)
