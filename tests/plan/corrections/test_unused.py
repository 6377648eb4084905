"""What is of no use is taken away: parameters, and comments that ignore nothing."""

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.corrections import combined, corrections
from codeact_lsp.plan.problems.report import report
from tests.carets import dedent
from tests.plan.corrections.fixing import applied, check_correction, offered

AFTER = "Run after 'orders' without taking its value"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '"""After: orders"""\n    '),
        ('"""Send."""\n    ', '"""Send.\n\n    After: orders\n    """\n    '),
        ('"""Cache: off"""\n    ', '"""Cache: off\n    After: orders\n    """\n    '),
        ('"""After: stock"""\n    ', '"""After: stock, orders"""\n    '),
        (
            '"""Send.\n\n    All of it.\n    """\n    ',
            '"""Send.\n\n    All of it.\n\n    After: orders\n    """\n    ',
        ),
        (
            '"""Send.\n\n    Cache: off"""\n    ',
            '"""Send.\n\n    Cache: off\n    After: orders\n    """\n    ',
        ),
    ],
    ids=["no docstring", "one line", "one section", "one list", "several lines", "no last line"],
)
def test_a_dependency_that_is_there_for_its_order_becomes_a_section(
    before: str, after: str, newline: str
) -> None:
    plan = "def orders(): return 1\ndef stock(): return 1\ndef send({}stock):\n    {}return stock\n"
    check_correction(
        plan.format("orders, ", before),
        AFTER,
        plan.format("", after),
        "unused-input",
        newline=newline,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def orders(): ...\ndef send(orders): return 1\n",
        "def orders(): ...\ndef send(orders):\n    'Send.'\n    return 1\n",
        "def orders(): ...\ndef send(orders):\n    @f\n    def g(): ...\n    return g\n",
    ],
)
def test_where_there_is_no_place_for_a_section_none_is_written(text: str) -> None:
    assert AFTER not in offered(text, "unused-input")


def test_an_unused_parameter_is_removed() -> None:
    check_correction(
        """
        def total(
            rate: int = 2,  # Unused.
            limit=3,
        ):
            return limit
        """,
        "Remove the unused parameter 'rate'",
        """
        def total(
            limit=3,
        ):
            return limit
        """,
        "unused-input",
    )


@pytest.mark.parametrize(
    ("entries", "left"),
    [
        (
            "\n    Args:\n        rate: Not\n            used.\n        limit: Used.\n",
            "\n    Args:\n        limit: Used.\n",
        ),
        ("\n    Args:\n        rate: Not used.\n\n    Cache: off\n", "\n    Cache: off\n"),
        ("\n    Args:\n        rate: Not used.\n", ""),
        ("    Args:\n        rate: Not used.\n", ""),
    ],
)
def test_what_the_docstring_says_of_a_parameter_goes_with_it(entries: str, left: str) -> None:
    plan = 'def a({}limit=3):\n    """A.\n{}    """\n    return limit\n'
    check_correction(
        plan.format("rate=2, ", entries),
        "Remove the unused parameter 'rate'",
        plan.format("", left),
        "unused-input",
    )


@pytest.mark.parametrize(
    "more", ["def _all(): return total(rate=1)\n", "TABLE = {1: total}\n"], ids=["call", "value"]
)
def test_a_parameter_that_others_may_pass_stays(more: str) -> None:
    assert offered(f"def total(rate=1): return 2\n{more}", "unused-input") == {}


def only_correction(text: str, code: str) -> str:
    (correction,) = offered(text, code).values()
    return applied(text, correction.edits)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # codeact: ignore\n", "x = 1\n"),
        ("x = 1  # One. # codeact: ignore[cycle]\n", "x = 1  # One.\n"),
        ("x = 1\n# codeact: ignore\ny = 2\n", "x = 1\ny = 2\n"),
        ("x = 1  # codeact: ignore[cycle]  # One.\n", "x = 1  # One.\n"),
        ("x = 1  # codeact: ignore[cycle] One.\n", "x = 1  # One.\n"),
        (
            "print(1)  # codeact: ignore[cycle, module-side-effect]\n",
            "print(1)  # codeact: ignore[module-side-effect]\n",
        ),
        (
            "print(1)  # codeact: ignore[module-side-effect, cycle]\r\n",
            "print(1)  # codeact: ignore[module-side-effect]\r\n",
        ),
    ],
)
def test_what_a_comment_ignores_in_vain_is_taken_away(before: str, after: str) -> None:
    assert only_correction(before, "unused-ignore") == after


def ignored(text: str) -> str:
    """The text in which the first problem is ignored."""
    plan = Plan.from_text(text)
    problem = report(plan)[0]
    *_, last = corrections(plan, problem)
    assert last.title == f"Ignore '{problem.code}' here"
    after = applied(text, last.edits)
    assert problem.code not in {left.code for left in report(Plan.from_text(after))}
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def a(x): return x  \n", "def a(x): return x  # codeact: ignore[missing-input]  \n"),
        ("def a(x): ...  # No.\r\n", "def a(x): ...  # No.  # codeact: ignore[missing-input]\r\n"),
        (
            "def a(x): ...  # codeact: ignore[cycle]\n",
            "def a(x): ...  # codeact: ignore[cycle, missing-input]\n",
        ),
        (
            "def a(\n    x,\n): ...",
            "def a(\n    x,  # codeact: ignore[missing-input]\n): ...",
        ),
        (
            'def a():\n    """A.\n\n    Timeout: soon\n    """\n',
            'def a():  # codeact: ignore[bad-section]\n    """A.\n\n    Timeout: soon\n    """\n',
        ),
    ],
)
def test_any_problem_can_be_ignored_where_it_stands(before: str, after: str) -> None:
    assert ignored(before) == after


@pytest.mark.parametrize(
    "text",
    ["def a(x=(\n", 'def a(): """A.\n\nTimeout: soon\n"""\n', "print(1, \\\n 2)\n"],
    ids=["syntax", "in a string", "before a continued line"],
)
def test_where_no_comment_can_stand_none_is_offered(text: str) -> None:
    plan = Plan.from_text(text)
    titles = {c.title for problem in report(plan)[:1] for c in corrections(plan, problem)}
    assert not {title for title in titles if title.startswith("Ignore")}


def test_all_that_has_one_way_out_is_corrected_at_once() -> None:
    text = dedent('''
        def orders(): return [1]
        def total(order, x):  # codeact: ignore[cycle]
            """Total.

            After: ordes
            Timeout: 5 seconds
            Retires: 2
            """
            return order
        ''')
    plan = Plan.from_text(text)
    assert applied(text, combined(plan, report(plan))) == dedent('''
        def orders(): return [1]
        def total(order, x):
            """Total.

            After: orders
            Timeout: 5 s
            Retries: 2
            """
            return order
        ''')
