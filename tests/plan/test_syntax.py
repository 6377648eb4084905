"""What does not compile, in the interpreter's words and drawn at the place it names.

The wording and some of the places are CPython's own and differ between its versions; the texts
here are chosen from those that all supported versions report alike.
"""

import ast

import pytest
from hypothesis import given

from codeact_lsp.plan.syntax import parse
from tests.carets import dedent, render, source_of
from tests.plan.hostile import texts


def check_syntax(drawing: str, newline: str = "\n") -> None:
    text = source_of(drawing, newline)
    tree, issue = parse(text)
    marks = [(issue.span, issue.message)] if issue else []
    assert render(text, marks) == dedent(drawing)
    assert not (issue and tree.body)


def test_what_compiles_has_no_issue() -> None:
    check_syntax("def f():\n    return 1\n")
    check_syntax("")
    check_syntax("\ufeff")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_place_is_in_the_right_line_for_any_line_end(newline: str) -> None:
    check_syntax(
        """
        def f():

            return 1 )
                     ^ unmatched ')'
        """,
        newline,
    )


def test_the_place_is_counted_in_characters() -> None:
    check_syntax(
        """
        é𐎠 = "𐎠é" ]
                  ^ unmatched ']'
        """
    )


def test_what_only_the_compiler_refuses_has_a_place_too() -> None:
    check_syntax(
        """
        "é𐎠"; return é
              ^^^^^^^^ 'return' outside function
        """
    )
    check_syntax(
        """
        def f(é𐎠, a, a): ...
                     ^ duplicate argument 'a' in function definition
        """
    )
    check_syntax(
        """
        def f():
            for é in "𐎠": pass; break; continue
            x = "é"
            continue
            ^^^^^^^^ 'continue' not properly in loop
        """
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_is_missing_at_the_end_of_a_line_is_marked_on_its_last_character(newline: str) -> None:
    check_syntax(
        """
        def f(é𐎠)
                ^ expected ':'
            return 1
        """,
        newline,
    )


@pytest.mark.parametrize(
    "drawing",
    [
        'def f():\n    return (1, f"é{x} {«a b»}")\n',
        "y = 1\ny = f'''\n{a}\n  {«f(b c)»}'''\n",
        "y = [f'{« a b»}' for\n x in z]\n",
        "y = 'é' f'{«x if z»}{z}'\n",
        "y = f'{x}{«é ü»}'\n",
        "y = f'''{x}\n  {\n« a b}'''»\n",
    ],
)
def test_what_is_wrong_in_a_field_of_an_f_string_is_marked_there(drawing: str) -> None:
    start, end = drawing.index("«"), drawing.index("»") - 1
    _, issue = parse(drawing.replace("«", "").replace("»", ""))
    assert issue is not None
    assert start <= issue.span.start < issue.span.end <= end


def test_an_open_bracket_is_marked_where_it_opens() -> None:
    check_syntax(
        """
        x = [
            ^ '[' was never closed
            1,
        """
    )


def test_an_open_string_is_marked_where_it_opens() -> None:
    check_syntax(
        '''
        x = "é" + """
                  ^ unterminated triple-quoted string literal (detected at line 2)
        y = 1
        '''
    )


def test_a_character_that_python_cannot_read_is_marked_itself() -> None:
    _, issue = parse("def f():\n    return '\0'\n")
    assert issue is not None
    assert "null bytes" in issue.message
    assert (issue.span.start, issue.span.end) == (21, 22)
    _, issue = parse("é = 1\ny = '\ud800'\n")
    assert issue is not None
    assert "surrogates not allowed" in issue.message
    assert (issue.span.start, issue.span.end) == (11, 12)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 300 + ")" * 300,
        "x = " + "-" * 50_000 + "1",
        "x = 1" + "+1" * 50_000,
        "x = a" + ".b" * 50_000,
        "x = " + "1" * 10_000,
        "".join(" " * depth + "if x:\n" for depth in range(200)) + " " * 200 + "pass",
    ],
    ids=["brackets", "minus", "plus", "dots", "digits", "indents"],
)
def test_what_is_too_much_for_the_interpreter_is_an_issue(text: str) -> None:
    tree, issue = parse(text)
    assert tree.body == []
    assert issue is not None
    assert issue.message
    assert 0 <= issue.span.start < issue.span.end <= len(text)


def test_doubtful_code_warns_nobody() -> None:
    # The test settings turn each warning into an error.
    tree, issue = parse("assert (1, 'x')\nx = '\\d' is 1\n")
    assert issue is None
    assert len(tree.body) == 2


@given(texts())
def test_a_text_either_compiles_or_has_an_issue_inside_of_it(text: str) -> None:
    tree, issue = parse(text)
    if issue is None:
        assert ast.dump(tree) == ast.dump(ast.parse(text.removeprefix("\ufeff")))
    else:
        assert tree.body == []
        assert 0 <= issue.span.start <= issue.span.end <= len(text)
