"""What of the problems is told: comments that ignore, and severities that the user sets."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan import Plan, Problem, Severity, Span
from codeact_lsp.plan import problems as package
from codeact_lsp.plan.problems.codes import CODES, RISKY_CALL
from codeact_lsp.plan.problems.report import told, told_of_advice
from codeact_lsp.plan.problems.severities import read_severities
from tests.plan.problems.finding import check_problems, problems

WORDS = "error, warning, information, hint or off"


def test_a_comment_ignores_the_problems_of_its_line() -> None:
    check_problems(
        """
        def a(order): ...  # codeact: ignore[unknown-input]
        def b(
            order,  # Later. # codeact:ignore [cycle , unknown-input]
                                               ^^^^^ hint unused-ignore: There is no problem
                                               ... 'cycle' to ignore here.
            limit,
            ^^^^^ information missing-input: Input 'limit' has no value. Give it a default, pass
            ... --input limit=VALUE, or set it in the plan's .toml file.
        ): ...
        print("once")  # codeact: ignore
        requests.post(
            URL
        )  # codeact: ignore[module-side-effect]
        def orders(): ...
        """
    )


def test_a_comment_on_the_line_of_a_def_is_about_the_whole_node() -> None:
    check_problems(
        '''
        @decorated
        def a(
            order,
            limit,
        ) -> int:  # codeact: ignore[missing-input, bad-section]
            """A.

            Timeout: soon
            """
        def b(limit):
              ^^^^^ information missing-input: Input 'limit' has no value. Give it a default,
              ... pass --input limit=VALUE, or set it in the plan's .toml file.
            return limit
        '''
    )


def test_an_ignore_that_ignores_nothing_can_go() -> None:
    check_problems(
        """
        LIMIT = 3  # codeact: ignore
                   ^^^^^^^^^^^^^^^^^ hint unused-ignore: There is no problem to ignore here.
        def a(x=1): return x  # codeact: ignore[missing-inputs]
                                                ^^^^^^^^^^^^^^ hint unused-ignore: 'missing-
                                                ... inputs' is no problem's code. Did you mean
                                                ... 'missing-input'?
        """
    )


def test_a_syntax_error_cannot_be_ignored() -> None:
    found = problems("x = (  # codeact: ignore\ndef a(): pass  # codeact: ignore[syntax]\n")
    assert [problem.code for problem in found] == ["syntax", "unused-ignore", "unused-ignore"]


def test_only_a_comment_ignores() -> None:
    text = "def a(x):\n    '''{0}'''\n    return x, '{0}', '''\n{0}'''\n".format(
        "# codeact: ignore"
    )
    assert [problem.code for problem in problems(text)] == ["missing-input"]


@given(
    st.lists(
        st.sampled_from(
            ["# codeact: ignore", "[cycle]", '"""', "'", "\\", "\n", "\r", "def a(x):", " ", "x"]
        )
    )
)
def test_comments_are_read_in_any_text(parts: list[str]) -> None:
    text = "".join(parts)
    assert all(problem.span.end <= len(text) for problem in problems(text))


def test_severities_are_what_the_user_wants() -> None:
    severities, complaints = read_severities(
        {"cycle": "warning", "missing-input": "error", "variadic-input": "off"}
    )
    assert complaints == ()
    check_problems(
        """
        def a(a): ...
              ^ warning cycle: Node 'a' depends on itself.
        def b(limit): ...
              ^^^^^ missing-input: Input 'limit' has no value. Give it a default, pass --input
              ... limit=VALUE, or set it in the plan's .toml file.
        def c(*rest): ...
        x = (
            ^ syntax: SyntaxError: '(' was never closed
        """,
        severities=severities,
    )


def test_all_is_about_what_is_not_named() -> None:
    severities, _ = read_severities({"all": "off", "missing-input": "hint"})
    check_problems(
        """
        def a(a, limit): ...
                 ^^^^^ hint missing-input: Input 'limit' has no value. Give it a default, pass
                 ... --input limit=VALUE, or set it in the plan's .toml file.
        x = (
            ^ syntax: SyntaxError: '(' was never closed
        """,
        severities=severities,
    )


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"cylce": "off"}, "'cylce' is no problem's code. Did you mean 'cycle'?"),
        ({"al": "off"}, "'al' is no problem's code."),
        ({"syntax": "off"}, "'syntax' is always an error: such a plan cannot be read whole."),
        (
            {"cycle": "of"},
            f"cycle: expected {WORDS}, not 'of'.",
        ),
        (
            {"cycle": "warn"},
            f"cycle: expected {WORDS}, not 'warn'.",
        ),
        (
            {"cycle": "eror"},
            f"cycle: expected {WORDS}, not 'eror'. Did you mean 'error'?",
        ),
        (
            {"cycle": False},
            f"cycle: expected {WORDS}, not False.",
        ),
        ([], "expected a table of codes and severities, not []"),
        ("off", "expected a table of codes and severities, not 'off'"),
        ({3: "off"}, "3 is no problem's code."),
    ],
    ids=repr,
)
def test_a_bad_entry_is_named_and_the_others_hold(table: object, complaint: str) -> None:
    good = {"dead-node": "off"}
    severities, complaints = read_severities(
        {**good, **table} if isinstance(table, dict) else table
    )
    assert complaints == (complaint,)
    assert severities == ({"dead-node": None} if isinstance(table, dict) else {})


def test_every_code_is_known() -> None:
    (folder,) = package.__path__
    used = {
        code
        for path in Path(folder).glob("*.py")
        for code in re.findall(r'Problem\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert used | {RISKY_CALL} == CODES
    assert Severity("hint") is Severity.HINT


def advised(code: str) -> Problem:
    return Problem(code, "", Span(0, 4), Severity.INFORMATION)


@pytest.mark.parametrize(
    ("table", "severity"),
    [
        ({"risky-call": "warning"}, Severity.WARNING),
        ({"risky-call": "off", "S307": "hint"}, Severity.HINT),
        ({"all": "error", "S102": "off"}, Severity.ERROR),
        ({"all": "error", "risky-call": "off"}, None),
    ],
    ids=repr,
)
def test_a_rule_weighs_what_it_is_set_to_or_all_rules_are(
    table: dict[str, str], severity: Severity | None
) -> None:
    severities, wrong = read_severities(table)
    found = told_of_advice(Plan.from_text("eval"), (advised("S307"),), severities)
    assert ([problem.severity for problem in found], wrong) == ([severity] if severity else [], ())


@pytest.mark.parametrize(
    ("codes", "advice", "needless"),
    [
        ("[S307]", None, 0),
        ("[S307, cycle]", None, 1),
        ("", None, 0),
        ("[S307]", (), 1),
        ("", (), 1),
        ("[S307]", (advised("S307"),), 0),
        ("[risky-call]", (advised("S307"),), 0),
        ("[withheld-right]", (advised("S307"),), 1),
        ("[S999999]", (), 1),
    ],
)
def test_a_comment_may_be_about_what_is_not_looked_for_yet(
    codes: str, advice: tuple[Problem, ...] | None, needless: int
) -> None:
    plan = Plan.from_text(f"eval  # codeact: ignore{codes}\n")
    assert [found.code for found in told(plan, (), {}, advice)] == ["unused-ignore"] * needless
