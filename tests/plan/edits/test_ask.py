"""Ask for a right: the docstring says it, and nothing else changes."""

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.docstrings.needs import Need
from codeact_lsp.plan.edits.ask import ask
from tests.carets import dedent

WRITE = Need("write", "out/")


def check(before: str, after: str) -> None:
    """Asking in node `a` turns the one text into the other."""
    text = dedent(before)
    plan = Plan.from_text(text)
    edit = ask(plan, "a", WRITE)
    assert edit is not None
    assert edit.apply(text) == dedent(after)
    assert plan.edited(edit.span, edit.new).code_keys["a"] == plan.code_keys["a"]


def test_an_item_is_added_to_what_is_asked_for_already() -> None:
    check(
        '''
        def a(b):
            """It.

            Needs: network x.org
            Timeout: 5 s
            """
            return b
        ''',
        '''
        def a(b):
            """It.

            Needs: network x.org, write out/
            Timeout: 5 s
            """
            return b
        ''',
    )


def test_a_line_is_added_below_other_sections() -> None:
    check(
        """
        class C: ...

        def a(b):
          r'''It.

          Timeout: 5 s'''
          return b
        """,
        """
        class C: ...

        def a(b):
          r'''It.

          Timeout: 5 s
          Needs: write out/
          '''
          return b
        """,
    )


def test_a_docstring_of_prose_gets_a_paragraph() -> None:
    check(
        """
        def a(b):
            "It is \\"good\\"."
            return b
        """,
        '''
        def a(b):
            """It is \\"good\\".

            Needs: write out/
            """
            return b
        ''',
    )


def test_a_node_without_a_docstring_gets_one() -> None:
    check(
        """
        async def a(b):
            # What it does.
            return b
        """,
        '''
        async def a(b):
            # What it does.
            """A.

            Needs: write out/
            """
            return b
        ''',
    )
    check(
        "def a(b): return b\n",
        'def a(b): """A.\n\n    Needs: write out/\n    """; return b\n',
    )


def test_line_ends_stay_as_they_are() -> None:
    plan = Plan.from_text('def a(b):\r\n    """It."""\r\n    return b\r\n')
    edit = ask(plan, "a", WRITE)
    assert edit is not None
    assert edit.new == "\r\n\r\n    Needs: write out/\r\n    "


@pytest.mark.parametrize("docstring", ['"It." " And more."', '"""It.\n\n  Needs: root\n    """'])
def test_where_it_cannot_be_written_there_is_no_edit(docstring: str) -> None:
    plan = Plan.from_text(f"def a(b):\n    {docstring}\n    return b\n")
    assert ask(plan, "a", WRITE) is None
