"""Documents: pieces that hold what a parse of the whole holds, and edits that spare the rest."""

import ast

import pytest
from hypothesis import given, settings

from codeact_lsp.plan import Document, Piece, Span
from tests.plan.hostile import MODULES, STATEMENTS, Edit, edits, module_text, programs, texts

# Asked for before and after each edit: where they stand is carried along.
WORDS = ("import", "def", "x", "(")


def pieces(document: Document) -> list[str]:
    return [piece.text for piece in document.pieces]


def check_equal(document: Document, text: str) -> None:
    fresh = Document.from_text(text)
    assert document.source.text == text
    assert document.starts == fresh.starts
    assert document.chunk_starts == fresh.chunk_starts
    assert (document.broken, document.looked) == (fresh.broken, fresh.looked)
    assert pieces(document) == pieces(fresh)
    assert [*map(document.pieces_with, WORDS)] == [*map(fresh.pieces_with, WORDS)]
    assert [piece.issue for piece in document.pieces] == [piece.issue for piece in fresh.pieces]


def check_edits(text: str, made: list[Edit]) -> None:
    document = Document.from_text(text)
    for edit in made:
        span, new = edit.on(text)
        document, text = document.edited(span, new), text[: span.start] + new + text[span.end :]
        check_equal(document, text)


def test_a_text_that_is_only_a_byte_order_mark_is_one_piece() -> None:
    assert pieces(Document.from_text("\ufeff")) == ["\ufeff"]
    check_edits("", [Edit(0, 0, "\ufeff"), Edit(0, 0, ""), Edit(1, 0, "x = 1\n"), Edit(1, 6, "")])


@settings(max_examples=200)
@given(texts() | programs(), edits())
def test_an_edited_document_equals_a_fresh_one(text: str, made: list[Edit]) -> None:
    check_edits(text, made)


@given(edits())
def test_edits_at_the_end_of_real_code_equal_a_fresh_parse(made: list[Edit]) -> None:
    text = module_text("this")
    check_edits(text, [Edit(len(text) - start, length, new) for start, length, new in made])


@settings(max_examples=50)
@given(programs(), edits())
def test_edits_far_from_the_end_equal_a_fresh_parse(text: str, made: list[Edit]) -> None:
    check_edits(text + "".join(STATEMENTS * 2), made)


@given(texts())
def test_pieces_are_the_text_and_know_their_places(text: str) -> None:
    document = Document.from_text(text)
    assert "".join(pieces(document)) == text
    for piece, start in zip(document.pieces, document.starts, strict=True):
        assert text.startswith(piece.text, start)


@settings(max_examples=200)
@given(programs() | texts())
def test_a_text_that_compiles_has_the_same_statements_in_pieces(text: str) -> None:
    try:
        whole = ast.parse(text.removeprefix("\ufeff"))
        compile(whole, "<text>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return
    document = Document.from_text(text)
    assert [piece.issue for piece in document.pieces] == [None] * len(document.pieces)
    statements = [part for piece in document.pieces for part in piece.tree.body]
    assert dumps(statements) == dumps(whole.body)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", MODULES)
def test_the_pieces_of_real_code_hold_its_statements_in_their_lines(
    name: str, newline: str
) -> None:
    text = module_text(name).replace("\n", newline)
    document = Document.from_text(text)
    statements = [part for piece in placed_trees(document) for part in piece.body]
    assert dumps(statements, include_attributes=True) == dumps(
        ast.parse(text).body, include_attributes=True
    )
    assert max(len(piece.tree.body) for piece in document.pieces) == 1


def placed_trees(document: Document) -> list[ast.Module]:
    """The trees of all pieces, moved to the lines where the pieces stand."""
    trees = []
    for piece, start in zip(document.pieces, document.starts, strict=True):
        tree = ast.parse(piece.text)
        assert ast.dump(tree) == ast.dump(piece.tree)
        ast.increment_lineno(tree, document.source.text.count("\n", 0, start))
        trees.append(tree)
    return trees


def dumps(statements: list[ast.stmt], *, include_attributes: bool = False) -> list[str]:
    return [ast.dump(part, include_attributes=include_attributes) for part in statements]


def test_an_edit_shares_all_pieces_but_its_own() -> None:
    old = Document.from_text("import os\n\ndef f():\n    return 1\n\ndef g():\n    return 2\n")
    at = old.source.text.index("1")
    new = old.edited(Span(at, at + 1), "10\n# more\n", version=2)
    assert new.source.version == 2
    kept = [one is other for one, other in zip(old.pieces, new.pieces, strict=True)]
    assert kept == [True, False, True]


def test_a_moved_piece_is_shared() -> None:
    old = Document.from_text("x = 1\ny = 2\n")
    new = old.edited(Span(0, len(old.source.text)), "y = 2\nx = 1\n")
    assert new.pieces[0] is old.pieces[1]
    assert new.pieces[1] is old.pieces[0]


def test_an_edit_may_turn_a_statement_into_a_clause_and_back() -> None:
    check_edits("if x:\n    pass\nelse_ = 1\n", [Edit(19, 5, ":"), Edit(19, 1, "_ =")])
    check_edits("@f\ndef g(): pass\n", [Edit(2, 1, ""), Edit(0, 1, ""), Edit(1, 0, "\n@")])


def test_an_edit_may_take_away_the_definition_that_ended_what_was_left_open() -> None:
    check_edits("s = {1\n@ '''\ndef f():\n", [Edit(16, 1, "\\\né")])
    check_edits("s = '''\ndef f():\n'''\n\fy:\n\tx\nfinally: x\n", [Edit(34, 2, "else")])


@pytest.mark.parametrize(
    "opened",
    ['text = """\n', "text = '''abc\n", "total = sum((1,\n", "print({\n", "x = 'abc\n", "if x\n"],
)
def test_what_is_left_open_in_one_function_spares_the_others(opened: str) -> None:
    before, after = "def f():\n    return 1\n\n", "@d\nasync def h():\n    return 3\n\nclass C: x\n"
    document = Document.from_text(f"{before}def g():\n    {opened}    return 2\n\n{after}")
    assert [piece.issue is None for piece in document.pieces] == [True, False, True, True]
    assert [ast.unparse(piece.tree)[:15] for piece in document.pieces] == [
        "def f():\n    re",
        "",
        "@d\nasync def h(",
        "class C:\n    x",
    ]


def test_the_piece_at_an_offset() -> None:
    document = Document.from_text("x\ny\nz")
    assert [document.piece_at(offset) for offset in range(6)] == [0, 0, 1, 1, 2, 2]
    assert Document.from_text("").piece_at(0) == 0


def test_a_span_of_a_tree_is_counted_in_characters() -> None:
    piece = Piece('x = "é𐎠" + (\r\n  "𐎠é", f(ü)\r)\n')
    statement = piece.tree.body[0]
    call = next(part for part in ast.walk(statement) if isinstance(part, ast.Call))
    span, whole = piece.span(call), piece.span(statement)
    assert piece.text[span.start : span.end] == "f(ü)"
    assert piece.text[whole.start : whole.end] == piece.text[:-1]


@pytest.mark.parametrize("name", ["dataclasses", "this"])
def test_the_lossless_trees_give_the_text_back(name: str) -> None:
    document = Document.from_text(module_text(name))
    trees = [piece.cst for piece in document.pieces]
    assert "".join(tree.code for tree in trees if tree) == document.source.text


@pytest.mark.parametrize(
    "text",
    ["def f(:", "x = '\ud800'", "x\0", "(" * 5_000, "x = " + "-" * 50_000 + "1", "x" + ".y" * 500],
    ids=["bracket", "surrogate", "nul", "brackets", "signs", "dots"],
)
def test_there_is_no_lossless_tree_of_what_does_not_parse_or_is_too_deep(text: str) -> None:
    assert Piece(text).cst is None
