"""Docstrings: which lines are sections of the plan's, and exactly where they stand."""

import ast

import pytest

from codeact_lsp.plan import Piece
from codeact_lsp.plan.docstrings.docstring import Docstring, docstring
from tests.carets import dedent, render, source_of


def read(text: str) -> Docstring:
    piece = Piece(text)
    function = piece.tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    return docstring(piece, function)


def check_sections(drawing: str, newline: str = "\n") -> None:
    text = source_of(drawing, newline)
    doc = read(text)
    marks = [(section.name_span, section.name) for section in doc.sections]
    marks += [(section.value_span, f"= {section.value}") for section in doc.sections]
    marks += [(malformed.span, malformed.message) for malformed in doc.malformed]
    assert render(text, marks) == dedent(drawing)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_sections_stand_at_the_margin_on_a_line_of_their_own(newline: str) -> None:
    check_sections(
        '''
        def f():
            """Summary: this is none, and Timeout: 1 s is none.

            After: a, b
            ^^^^^ After
                   ^^^^ = a, b
            Timeout:   30 s
            ^^^^^^^ Timeout
                       ^^^^ = 30 s
            Cache:
            ^^^^^ Cache
                  | =
            """
        ''',
        newline,
    )


def test_a_section_may_be_the_first_line_or_the_only_one() -> None:
    check_sections(
        '''
        def f():
            """Timeout: 30 s
               ^^^^^^^ Timeout
                        ^^^^ = 30 s
            Cache: off"""
            ^^^^^ Cache
                   ^^^ = off
        '''
    )
    check_sections(
        '''
        def f():
            """        Cache: off
                       ^^^^^ Cache
                              ^^^ = off
                More, deeper in.
            """
        '''
    )
    check_sections(
        """
        def f(): 'Cache: off'
                  ^^^^^ Cache
                         ^^^ = off
        """
    )


@pytest.mark.parametrize("quotes", ["'''", "r'''", "R'''", "u'''"])
def test_any_quotes_will_do(quotes: str) -> None:
    text = f"def f():\n    {quotes}Cache: off'''\n"
    (section,) = read(text).sections
    assert text[section.name_span.start :].startswith("Cache: off")
    assert section.value == "off"


def test_places_are_counted_in_characters() -> None:
    check_sections(
        '''
        def é𐎠(ü="𐎠"):
            """𐎠: é.

            After: é𐎠
            ^^^^^ After
                   ^^ = é𐎠
            """
        '''
    )


def test_a_block_of_the_google_style_holds_no_sections() -> None:
    check_sections(
        '''
        def f():
            """Summary.

            Args:
                Timeout: not a section, but a parameter.
                after: neither.
            Raises:
                Retries: nor this.
            Note: Cache: off
            Memory: 2 GB
            ^^^^^^ Memory
                    ^^^^ = 2 GB
            """
        '''
    )


def test_a_misspelt_section_is_reported_with_the_right_name() -> None:
    check_sections(
        '''
        def f():
            """Summary.

            Timout: 30 s
            ^^^^^^ There is no section 'Timout'. Did you mean 'Timeout'?
            Retry: 2
            ^^^^^ There is no section 'Retry'. Did you mean 'Retries'?
            Retires: 2
            ^^^^^^^ There is no section 'Retires'. Did you mean 'Retries'?
            Author: me
            Timeoutt:
            """
        '''
    )


@pytest.mark.parametrize(
    ("line", "known"),
    [
        *[("timeout: 30 s", "Timeout"), ("TIMEOUT: 30", "Timeout"), ("Time-out: 1 h", "Timeout")],
        *[("Time limit: 5 min", "Timeout"), ("Timeout : 1 s", "Timeout"), ("cache: no", "Cache")],
        *[("Depends: a", "After"), ("Dependencies: a, b", "After"), ("Requires: a", "After")],
        *[("Depends on: a and b", "After"), ("Resources: gpu:1", "Uses"), ("Retry: twice", None)],
        *[("Note: off", None), ("Warning: 5 s", None), ("TODO: later", None), ("Example: a", None)],
        *[("Source: https://example.com/a", None), ("Author: me", None), ("Users: a, b", None)],
        *[("Requires: Python 3.11", None), ("Memory use: a lot", None), ("after: the war", None)],
        *[("Returns: 1", None), ("Args: a", None), ("We keep this: a", None), ("x: 1", None)],
        *[("retries: how often", None), ("seconds: 5 s", None), ("Cached: see below", None)],
    ],
)
def test_a_line_is_a_misspelt_section_if_its_value_would_be_one(
    line: str, known: str | None
) -> None:
    text = f'def f():\n    """Summary.\n\n    {line}\n    """\n'
    found = [(bad.kind, bad.replacement) for bad in read(text).malformed]
    assert found == ([("unknown-name", known)] if known else [])


def test_a_parameter_described_at_the_margin_is_no_section() -> None:
    assert read('def f(timeout):\n    """F.\n\n    timeout: 30 s\n    """\n').malformed == ()


def test_a_section_takes_a_line_of_its_own() -> None:
    check_sections(
        '''
        def f():
            """Sum up. Timeout: 30 s
                       ^^^^^^^^^^^^^ Timeout: is only read on a line of its own, at the
                       ... docstring's margin.
            More words, and Cache: off
            """
        '''
    )


def test_a_tab_goes_to_the_next_multiple_of_eight() -> None:
    text = 'def f():\n\t"""S.\n\n\tCache: off\n        Timeout: 1 s\n\t Memory: 1 GB\n\t"""\n'
    sections = read(text).sections
    assert [text[one.span.start : one.span.end] for one in sections] == [
        "Cache: off",
        "Timeout: 1 s",
    ]


def test_the_parameters_that_are_described_are_known_by_their_places() -> None:
    drawing = '''
        def f(a, b=1, *rest, **more):
            """Summary.

            Args:
                a (dict[str, tuple(int)]): One: it is
                ^ a
                    long: and no other.
                b : Another.
                ^ b
                *rest: The rest.
                 ^^^^ rest
                See above
                12: no name.

                ﬁ: To Python, two letters.
                ^ fi
            Returns:
                c: None of them.
            """
        '''
    text = source_of(drawing)
    marks = [(found.span, found.name) for found in read(text).described]
    assert render(text, marks) == dedent(drawing)


@pytest.mark.parametrize(
    "body", ["pass", "f'Cache: off'", "b'Cache: off'", "x = 'Cache: off'", "1", "...", "('a', 'b')"]
)
def test_only_a_docstring_is_one(body: str) -> None:
    assert read(f"def f(): {body}\n") == Docstring()


def test_the_text_is_clean_and_its_summary_is_one_line() -> None:
    doc = read('def f():\n    """One\n    and  two.\n\n    More:\n        indented.\n    """\n')
    assert doc.text == "One\nand  two.\n\nMore:\n    indented."
    assert doc.summary == "One and two."
