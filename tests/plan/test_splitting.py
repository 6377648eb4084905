"""Where a text is cut, shown as the list of its chunks."""

from itertools import pairwise

import pytest
from hypothesis import given

from codeact_lsp.plan.splitting import boundaries, definitions
from tests.plan.hostile import texts


def chunks(text: str) -> list[str]:
    cuts = [0, *(cut.offset for cut in boundaries(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def check_chunks(*expected: str) -> None:
    assert chunks("".join(expected)) == list(expected)


def test_each_statement_is_a_chunk() -> None:
    check_chunks("import os\n", "x = 1\n", "def f():\n    return x\n", "class C: pass\n", "f()")


def test_blank_lines_and_comments_belong_to_the_statement_before() -> None:
    check_chunks("# first\n\n", "x = 1  # (\n\n# about f\n\n", "def f():\n    pass\n# indented\n\n")


def test_a_decorator_belongs_to_what_it_decorates() -> None:
    check_chunks(
        "x = 1\n", "@one\n@two(\n1)\n# why\n\nasync def f():\n    pass\n", "@a\nclass C: x\n"
    )


@pytest.mark.parametrize("before", ["\f", " \f\f", "\\\n", "\f\\\r\n"])
def test_a_decorator_may_stand_behind_what_takes_no_column(before: str) -> None:
    check_chunks(f"x\n{before}@one\n@two\ndef f(): pass\n", "y\n")
    check_chunks(f"{before}@one\n@two\ndef f(): pass\n", "y\n")


def test_a_decorator_inside_of_a_class_is_the_class_s() -> None:
    check_chunks("x\n", "class C:\n  @f\n  def g(): pass\n", "y\n")


@pytest.mark.parametrize("clause", ["else:", "elif y:", "except E:", "except* E:", "finally:"])
def test_a_clause_belongs_to_its_statement(clause: str) -> None:
    check_chunks("first\n", f"head:\n    pass\n# why\n{clause}\n    pass\n", "last\n")


def test_a_name_may_begin_like_a_clause() -> None:
    check_chunks("x\n", "elsewhere = 1\n", "finally_ = 2\n", "exceptional()\n")


def test_a_line_inside_brackets_is_no_statement() -> None:
    check_chunks("x = [\n1,\n{\n'a': (\n2)}\n]\n", "y = (\n)\n", "z = }\n", "w\n")


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_line_inside_a_string_is_no_statement(quotes: str) -> None:
    inside = f"\ndef f():\n\\{quotes}\n[('\"#\n{quotes[:2]}\nx = 1\n\\"
    check_chunks(f"x = {quotes}{inside}{quotes}{quotes}\n", "y\n")


@pytest.mark.parametrize(
    "string",
    [r"'\''", r'"\\"', r"r'\'('", "'#'", "'(' \"[\"", "'''('''", "'one\\\ntwo('", '\'"""\'', "''"],
)
def test_what_a_string_holds_does_not_count(string: str) -> None:
    check_chunks(f"x = {string}\n", "y\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_statement(newline: str) -> None:
    check_chunks(f"x = 1{newline}", f"y = \\{newline}2{newline}", f"'a\\{newline}b'{newline}", "z")


@pytest.mark.parametrize("other", ["\f", "\v", "\x85", "\u2028"])
def test_nothing_else_is_a_line_end(other: str) -> None:
    check_chunks(f"x = 1{other}y = 2\n", "z\n")


def test_a_byte_order_mark_is_a_chunk_of_its_own() -> None:
    check_chunks("\ufeff", "x = 1\n", "y = 2\n")
    check_chunks("\ufeff", "@a\ndef f(): pass\n", "y\n")
    check_chunks("\ufeff")
    check_chunks("")


def test_a_backslash_joins_a_line_to_a_clause() -> None:
    check_chunks("if x:\n    pass\n\\\nelse:\n    pass\n", "y\n")


def test_an_unclosed_string_ends_with_its_line_and_a_bracket_with_the_next_definition() -> None:
    check_chunks("x = 'abc\n", "y = (1,\nz = 2\n", "@a\n@b\ndef f(): pass\n", "w = 1\n")
    check_chunks("def f(\n", "async def g():\n    pass\n", "x = [\n", "class C:\n    pass\n")


def test_an_unclosed_triple_quote_ends_before_the_next_definition() -> None:
    check_chunks("x = 1\n", 'y = """\nz = 2\n', "@a\ndef f():\n    pass\n", "def g(): pass\n")
    first, *others = chunks('x = """\nz = 2\nw = 3\n')
    assert (first, others) == ('x = """\nz = 2\nw = 3\n', [])


DOCUMENTED = (
    'def f():\n    """One line."""\n    return 1\n\n',
    'def g():\n    """In short.\n\n    In full, of (a thing.\n    """\n    return 2\n\n',
    'def h():\n    """\n    It won\'t, later.\n    """\n',
    "def i(): pass\n",
    "X = 1\n",
)


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("quotes", ['""" ', 'x = """\n    ', '    z """ + """ '])
def test_a_quote_too_many_harms_one_definition(at: int, quotes: str) -> None:
    """Although each string behind it is then code, and all code is in strings."""
    broken = DOCUMENTED[at].replace("    ", f"    {quotes}", 1)
    check_chunks(*DOCUMENTED[:at], broken, *DOCUMENTED[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        'A = """\ndef f(): pass\n"""\n',
        'A = """\ndef f(): pass\n""" if x else """\ndef g(): pass\n"""\n',
        'A = (\n    """\ndef f(): pass\n""",\n    """\ndef g(): pass\n""",\n)\n',
        'def f():\n    a = """\ndef g(): pass\n"""\n    b = 1\n    c = 2\n    return a, b, c\n',
        'try:\n    a = """\ndef g(): pass\n"""\n    b = 1\nexcept E:\n    pass\n',
        'if x:\n    a = """\nclass C: pass\n"""\nelif y:\n    b = 1\n',
    ],
)
def test_a_template_of_code_is_no_code(text: str) -> None:
    check_chunks(text, "y = 1\n")


def test_definitions_are_found_at_the_margin_only() -> None:
    text = (
        "def f(:\n    def g(): pass\r\ndefine = 1\rclass C: x\n async def h(): x\nasync  def i(): x"
    )
    assert [text[start:][:9] for start in definitions(text)] == ["class C: ", "async  de"]


@given(texts())
def test_chunks_are_the_text(text: str) -> None:
    assert "".join(chunks(text)) == text
    assert all(chunks(text)[1:]) or text == "\ufeff"


@given(texts())
def test_the_cutter_can_begin_anew_at_each_cut(text: str) -> None:
    cuts = list(boundaries(text))
    for index, cut in enumerate(cuts):
        assert list(boundaries(text, cut.offset)) == cuts[index + 1 :]
