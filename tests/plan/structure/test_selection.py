"""What a selection grows to, written from the word at the caret outwards."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan import Document
from codeact_lsp.plan.structure.selection import enclosing
from tests.carets import dedent
from tests.plan.hostile import texts

PLAN = '''
    """📦 What was sold."""

    # Once a month.
    @cached
    def totals(orders, month=1):
        """Totals 📦 of a month.

        After: archive, orders
        Wait: 5 ms after archive
        """
        if month:
            return len(orders) + sum(orders.x for one in orders)
    '''


def steps(text: str, place: str) -> list[str]:
    """The texts that the selection grows through, up to the definition."""
    text = dedent(text)
    assert text.count(place.replace("¦", "")) == 1
    offset = text.index(place.replace("¦", "")) + place.index("¦")
    spans = enclosing(Document.from_text(text), offset)
    assert text[spans[0].start : spans[0].end] == text
    return [text[span.start : span.end] for span in reversed(spans[1:])]


def test_in_a_docstring_it_grows_from_the_item_through_value_line_and_paragraph() -> None:
    item, value, line, paragraph, inside, literal, function = steps(PLAN, "arch¦ive, o")
    assert (item, value, line) == ("archive", "archive, orders", "After: archive, orders")
    assert paragraph.splitlines() == [line, "    Wait: 5 ms after archive"]
    assert inside.startswith("Totals 📦")
    assert literal == f'"""{inside}"""'
    assert function.startswith("@cached\ndef totals(")
    assert function.endswith("for one in orders)")


def test_prose_has_lines_and_no_values() -> None:
    assert steps(PLAN, "mon¦th.\n\n ")[:2] == ["month", "Totals 📦 of a month."]


def test_in_code_it_grows_through_expressions_and_statements() -> None:
    found = steps(PLAN, "len(or¦ders")
    assert found[:4] == [
        "orders",
        "len(orders)",
        "len(orders) + sum(orders.x for one in orders)",
        "return len(orders) + sum(orders.x for one in orders)",
    ]
    assert found[4].startswith("if month:")
    assert found[5].startswith("@cached")


def test_a_comment_and_a_decorator_are_steps() -> None:
    assert steps(PLAN, "Once a m¦onth") == ["month", "# Once a month."]
    assert steps(PLAN, "@ca¦ched")[0] == "cached"


def test_half_typed_code_has_words_lines_and_the_definition_that_it_seems_to_be() -> None:
    text = "def one(:\n    x = (orders +\n\ndef two(): pass\n"
    assert steps(text, "ord¦ers") == ["orders", "x = (orders +", "def one(:\n    x = (orders +"]


@given(texts(), st.integers(0, 400))
def test_every_step_is_strictly_inside_the_next_one_and_holds_the_caret(text: str, at: int) -> None:
    offset = at % (len(text) + 1)
    spans = enclosing(Document.from_text(text), offset)
    assert (spans[0].start, spans[0].end) == (0, len(text))
    for outer, inner in pairwise(spans):
        assert outer.start <= inner.start <= offset <= inner.end <= outer.end
        assert inner != outer
