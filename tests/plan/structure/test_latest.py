"""What is derived from a piece is made once, and again only when its arguments differ."""

from codeact_lsp.plan import Document, Piece, Span
from codeact_lsp.plan.structure.latest import latest


def test_it_is_made_again_only_for_other_arguments() -> None:
    made = []

    @latest
    def numbered(piece: Piece, line: int) -> str:
        made.append(line)
        return f"{line}: {piece.text}"

    piece = Piece("x")
    assert [numbered(piece, line) for line in (1, 1, 2, 2, 1)] == ["1: x"] * 2 + ["2: x"] * 2 + [
        "1: x"
    ]
    assert made == [1, 2, 1]


def test_an_edit_keeps_what_was_made_of_the_pieces_it_spares() -> None:
    made = []

    @latest
    def shout(piece: Piece) -> str:
        made.append(piece.text)
        return piece.text.upper()

    document = Document.from_text("a\nb\nc\n")
    for piece in document.pieces:
        shout(piece)
    made.clear()
    edited = document.edited(Span(0, 1), "z")
    assert [shout(piece) for piece in edited.pieces] == ["Z\n", "B\n", "C\n"]
    assert made == ["z\n"]
