"""Where a pattern fits: in all places at once, in formatted texts, with imports that it needs."""

from collections.abc import Sequence

import pytest

from codeact_lsp.repair.memory.pattern import Pattern
from codeact_lsp.repair.memory.places import Change, changes
from codeact_lsp.repair.writing import together
from tests.repair.memory.test_pattern import Failed

OWNER = Pattern("AttributeError", "", "_0_.owner", "_0_.assignee.name")
NUMBER = Pattern("ValueError", "", "float(_0_)", "from clinic import number\nnumber(_0_)")


def texts(failed: Failed, pattern: Pattern) -> Sequence[str]:
    """What becomes of a text by each change of a pattern."""
    found: list[Change] = list(changes(pattern, failed.scene))
    return [together(failed.scene, *each.parts).apply(failed.text) for each in found]


def test_what_is_wrong_in_two_places_is_also_changed_in_both() -> None:
    failed = Failed("def f(a, b):\n    return a.owner + b.owner\n", "a.owner")
    written = [text.splitlines()[1].strip() for text in texts(failed, OWNER)]
    assert written == [
        "return a.assignee.name + b.owner",
        "return a.assignee.name + b.assignee.name",
        "return a.owner + b.assignee.name",
    ]
    assert [each.title for each in changes(OWNER, failed.scene)][1].endswith("in 2 places")


def test_places_of_which_one_lies_in_another_are_not_changed_at_once() -> None:
    failed = Failed("def f(a):\n    return a.owner.owner\n", "a.owner.owner")
    assert texts(failed, OWNER) == [
        "def f(a):\n    return a.owner.assignee.name\n",
        "def f(a):\n    return a.assignee.name.owner\n",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f'{n}: {a.owner}'", "f'{n}: {a.assignee.name}'"),
        ("f'{a.owner:>9}'", "f'{a.assignee.name:>9}'"),
    ],
)
def test_a_part_of_a_formatted_text_is_changed_in_the_text(before: str, after: str) -> None:
    failed = Failed(f"def f(n, a):\n    return {before}\n", before)
    assert texts(failed, OWNER) == [failed.text.replace(before, after)]


def test_a_formatted_text_is_left_alone_where_it_has_the_part_twice_or_quotes_would_come() -> None:
    twice = Failed("def f(a):\n    return f'{a.owner} {a.owner}'\n", "f'{a.owner} {a.owner}'")
    assert texts(twice, OWNER) == []
    quoted = Failed("def f(a):\n    return f'{a.owner}'\n", "f'{a.owner}'")
    assert texts(quoted, Pattern("KeyError", "", "_0_.owner", "_0_['owner']")) == []


def test_a_name_that_is_new_here_is_imported() -> None:
    failed = Failed("import json\n\n\ndef f(row):\n    return float(row)\n", "float(row)")
    assert texts(failed, NUMBER) == [
        "import json\nfrom clinic import number\n\n\ndef f(row):\n    return number(row)\n"
    ]


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ("from clinic import number as read", "read(row)"),
        ("import clinic", "clinic.number(row)"),
        ("import clinic as house", "house.number(row)"),
        ("from clinic import number as n\nfrom clinic import number", "number(row)"),
    ],
)
def test_what_is_imported_already_is_called_as_it_is_here(head: str, written: str) -> None:
    text = f"{head}\n\n\ndef f(row):\n    return float(row)\n"
    assert texts(Failed(text, "float(row)"), NUMBER) == [text.replace("float(row)", written)]


@pytest.mark.parametrize(
    "text",
    [
        "from other import number\n\n\ndef f(row):\n    return float(row)\n",
        "def number(row):\n    return row\n\n\ndef f(row):\n    return float(row)\n",
        "def f(row, number):\n    return float(row)\n",
    ],
)
def test_a_name_that_is_something_else_here_is_not_imported(text: str) -> None:
    assert texts(Failed(text, "float(row)"), NUMBER) == []


@pytest.mark.parametrize(
    ("head", "called", "fits"),
    [
        ("from warehouse import load", "load", True),
        ("from warehouse import load as get", "get", True),
        ("import warehouse", "warehouse.load", True),
        ("import warehouse as house", "house.load", True),
        ("from elsewhere import load", "load", False),
        ("", "load", False),
    ],
)
def test_what_an_import_binds_is_known_by_what_it_stands_for(
    head: str, called: str, fits: bool
) -> None:
    old, new = "load(_0_, _1_)", "load(_0_, period=_1_)"
    line = "from warehouse import load\n"
    pattern = Pattern("TypeError", "", line + old, line + new)
    failed = Failed(f"{head}\n\n\ndef f(a, b):\n    return {called}(a, b)\n", f"{called}(a, b)")
    mended = failed.text.replace("(a, b)\n", "(a, period=b)\n")
    assert texts(failed, pattern) == ([mended] if fits else [])


def test_the_brackets_of_a_call_stay_where_they_were_those_of_a_generator_too() -> None:
    text = "def f(rows):\n    return len(r for r in rows if r)\n"
    pattern = Pattern("TypeError", "", "(_0_ for _0_ in _1_ if _0_)", "[_0_ for _0_ in _1_ if _0_]")
    mended = text.replace("len(r for r in rows if r)", "len([r for r in rows if r])")
    assert texts(Failed(text, "len(r for r in rows if r)"), pattern) == [mended]
