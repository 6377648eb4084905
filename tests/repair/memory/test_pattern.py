"""Patterns: learnt from one failure, they fit the next one like it."""

from dataclasses import dataclass

import pytest

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan, Span
from codeact_lsp.repair.memory import private
from codeact_lsp.repair.memory.pattern import WIDE, Pattern, learnt, said
from codeact_lsp.repair.memory.places import changes
from codeact_lsp.repair.scene import Scene


@dataclass(frozen=True)
class Failed:
    """A text, the part of it that failed, and what was said."""

    text: str
    place: str
    said: str = "AttributeError: 'list' object has no attribute 'size'"

    @property
    def scene(self) -> Scene:
        """The same as rules see it."""
        plan, start = Plan.from_text(self.text), self.text.index(self.place)
        span, (kind, message) = Span(start, start + len(self.place)), self.said.split(": ", 1)
        node = next(iter(plan.nodes))
        return Scene(plan, CodeError(node, kind, message, "user", span), span)


BEFORE = "def count(words):\n    return words.size() + 1\n"
AFTER = "def count(words):\n    return len(words) + 1\n"


def general() -> Pattern:
    """What is learnt from that, without what is particular to it."""
    return next(learnt(Failed(BEFORE, "words.size").scene, Plan.from_text(AFTER)))


def test_the_change_is_learnt_with_what_was_said() -> None:
    message = "_ object has no attribute _"
    assert general() == Pattern("AttributeError", message, "_0_.size()", "len(_0_)")


@pytest.mark.parametrize(
    ("text", "place", "new"),
    [
        (
            "def f(rows):\n    return [r.parts.size() for r in rows]\n",
            "r.parts.size",
            "len(r.parts)",
        ),
        ("def f(a, b):\n    return (a or b).size()\n", "(a or b).size", "len(a or b)"),
    ],
)
def test_it_fits_other_code_in_another_plan(text: str, place: str, new: str) -> None:
    (change,) = changes(general(), Failed(text, place).scene)
    assert change.text == new


def test_it_fits_nothing_where_the_code_is_of_another_kind() -> None:
    scene = Failed("def f(rows):\n    return rows.length\n", "rows.length").scene
    assert list(changes(general(), scene)) == []


def test_what_failed_comes_before_the_rest_of_the_function() -> None:
    text = "def f(a, b):\n    x = a.size()\n    return x + b.size()\n"
    scene = Failed(text, "b.size").scene
    assert [change.text for change in changes(general(), scene)][:1] == ["len(b)"]


def test_a_change_that_is_of_this_place_alone_is_learnt_as_it_is() -> None:
    text = "def f(row):\n    return row['amount']\n"
    failed = Failed(text, "row['amount']", "KeyError: 'amount'").scene
    pattern, _ = learnt(failed, Plan.from_text(text.replace("amount", "Amount")))
    assert (pattern.before, pattern.after) == ("row['amount']", "row['Amount']")
    assert [change.text for change in changes(pattern, failed)] == ["row['Amount']"]


def test_nothing_is_learnt_from_a_function_that_is_gone() -> None:
    assert list(learnt(Failed(BEFORE, "words.size").scene, Plan.from_text("x = 1\n"))) == []


def test_a_rewritten_function_is_too_much_to_learn() -> None:
    after = "def count(words):\n" + "".join(f"    x{n} = {n}\n" for n in range(90))
    assert list(learnt(Failed(BEFORE, "words.size").scene, Plan.from_text(after))) == []


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("could not convert string to float: '1,200.50'", "could not convert string to float: _"),
        ('can only concatenate str (not "int") to str', "can only concatenate str (not _) to str"),
        ("list index 12 of 7\nand more of it", "list index _ of _"),
        ("can't open 'Ms Miller\\'s file'", "can't open _"),
        ("no such customer: 'Ms Miller, whose name was cut o", "no such customer: _"),
        ("unknown address ada@example.org or 4f2c", "unknown address _ or _"),
        ("no such file, /home/ada/clients.csv or C:\\ada\\x", "no such file, _ or _"),
        ("no such column: salary_of_ada", "no such column: _"),
    ],
)
def test_no_values_are_kept_of_what_was_said(message: str, kept: str) -> None:
    assert private.plain(message) == kept


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("unsupported operand for +: 'int' and 'Money'", "unsupported operand for +: 'int' and _"),
        ("'NoneType' object is not 'Ms Miller'", "'NoneType' object is not _"),
        ("no type 'str Miller'", "no type _"),
    ],
)
def test_of_what_was_said_the_names_of_pythons_own_types_may_be_kept(
    message: str, kept: str
) -> None:
    assert private.plain_but_types(message) == kept


def test_what_a_plan_says_itself_is_not_kept() -> None:
    text = "def f(row):\n    raise ValueError('no place for Ms Miller')\n"
    failed = Failed(text, "raise ValueError('no place for Ms Miller')", "ValueError: Ms Miller")
    assert said(failed.scene) == ""


SUM = "def total(rows):\n    return rows[0] + rows[1]\n"


def test_a_bare_operation_is_only_the_like_of_what_was_mended() -> None:
    failed = Failed("def f(a, b):\n    return a + b\n", "a + b", "TypeError: no such operation")
    patterns = list(learnt(failed.scene, Plan.from_text("def f(a, b):\n    return str(a) + b\n")))
    told = [(each.message.startswith(WIDE), each.before) for each in patterns]
    assert told == [(True, "_0_ + _1_"), (False, "a + b")]


def test_what_would_be_done_to_any_call_is_not_learnt() -> None:
    failed = Failed("def f(a, b):\n    return b(a)\n", "b(a)", "TypeError: no such operation")
    patterns = learnt(failed.scene, Plan.from_text("def f(a, b):\n    return b(*a)\n"))
    assert [each.before for each in patterns] == ["b(a)"]


def test_an_operation_whose_code_may_not_be_kept_is_known_by_its_form() -> None:
    text = "def f(a):\n    return a + '4929 1231 9981'\n"
    failed = Failed(text, "a + '4929 1231 9981'", "TypeError: no such operation")
    after = Plan.from_text(text.replace("a +", "str(a) +"))
    assert not next(learnt(failed.scene, after)).message.startswith(WIDE)


@pytest.mark.parametrize(
    ("place", "new"), [("rows[0] + rows[1]", "sum(rows[0], rows[1])"), ("rows[0]", "rows[-1]")]
)
def test_what_names_something_or_has_much_of_a_form_is_told_apart(place: str, new: str) -> None:
    failed = Failed(SUM, place, "TypeError: no such operation")
    pattern = next(learnt(failed.scene, Plan.from_text(SUM.replace(place, new, 1))))
    assert not pattern.message.startswith(WIDE)


def test_a_text_that_has_come_for_another_is_the_like_of_it_wherever_it_stands() -> None:
    text = "def f(row):\n    return row['customer']\n"
    failed = Failed(text, "row['customer']", "KeyError: 'customer'").scene
    *_, pattern = learnt(failed, Plan.from_text(text.replace("customer", "cust_no")))
    assert pattern == Pattern("KeyError", f"{WIDE}_", "'customer'", "'cust_no'")
    other = Failed(
        'def g(t):\n    return t.groupby("customer").sum()\n', "t", "KeyError: 'customer'"
    )
    assert [each.text for each in changes(pattern, other.scene)] == ["'cust_no'"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a", "bb"),
        ("12", "total"),
        ("ada@example.org", "name"),
        ("name", "Ms Miller, 4 Elm Street!"),
    ],
)
def test_a_text_that_says_too_little_or_may_be_data_is_none(old: str, new: str) -> None:
    text = f"def f(row):\n    return row[{old!r}]\n"
    failed = Failed(text, f"row[{old!r}]", f"KeyError: {old!r}").scene
    patterns = learnt(failed, Plan.from_text(text.replace(repr(old), repr(new))))
    assert not any(each.before == repr(old) for each in patterns)
