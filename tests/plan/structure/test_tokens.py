"""What only the plan gives a meaning, drawn under the text."""

from hypothesis import given

from codeact_lsp.plan import Document, Span
from codeact_lsp.plan.source import LINE_END
from codeact_lsp.plan.structure.tokens import Mark, marks
from tests.carets import dedent, render, source_of
from tests.plan.hostile import programs, texts


def found(text: str) -> list[tuple[Span, Mark]]:
    document = Document.from_text(text)
    return [
        (mark.span.shifted(start), mark)
        for piece, start in zip(document.pieces, document.starts, strict=True)
        for mark in marks(piece).marks
    ]


def check(drawing: str) -> None:
    """The marks are exactly those that are drawn."""
    text = source_of(drawing)
    drawn = render(text, ((span, mark.kind.value) for span, mark in found(text)))
    assert drawn == dedent(drawing)


def test_docstrings_are_taken_apart() -> None:
    check('''
        def node():
            ^^^^ node
            """📦 Sum.

            After: archive, orders
            ^^^^^ section
                   ^^^^^^^ reference
                            ^^^^^^ reference
            Uses: warehouse, gpu:1
            ^^^^ section
                  ^^^^^^^^^ resource
                             ^^^ resource
                                 ^ number
            Wait: 5 s after fetch
            ^^^^ section
                  ^^^ number
                      ^^^^^ keyword
                            ^^^^^ reference
            Wait: until 2026-12-01T09:00
            ^^^^ section
                  ^^^^^ keyword
                        ^^^^^^^^^^^^^^^^ number
            Timeout: 30 s
            ^^^^^^^ section
                     ^^^^ number
            Cache: off
            ^^^^^ section
                   ^^^ keyword
            Needs: network a.example.com, write out/
            ^^^^^ section
                   ^^^^^^^ keyword
                           ^^^^^^^^^^^^^ value
                                          ^^^^^ keyword
                                                ^^^^ value
            """
        ''')


def test_parameters_are_marked_wherever_they_are_meant() -> None:
    check('''
        def node(orders, *rest, month=1):
            ^^^^ node
                 ^^^^^^ parameter
                                ^^^^^ parameter
            """Sum of orders.

            Args:
                orders: What.
                ^^^^^^ described
            """
            month += 1
            ^^^^^ parameter
            x.orders = [orders for month in rest]
                        ^^^^^^ parameter
            return lambda orders: orders + month
                                           ^^^^^ parameter
        def _helper(orders): return orders
        ''')


def test_places_that_are_not_certain_are_not_marked() -> None:
    kinds = {mark.kind.value for _, mark in found('def f():\n    "A\\x41.\\n\\nAfter: b"\n')}
    assert kinds == {"node"}


@given(texts() | programs())
def test_marks_are_in_order_on_one_line_and_apart(text: str) -> None:
    last = 0
    for span, _ in found(text):
        assert last <= span.start < span.end <= len(text)
        assert not LINE_END.search(text, span.start, span.end)
        last = span.end
