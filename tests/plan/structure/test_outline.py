"""What a plan defines, as an outline."""

from hypothesis import given

from codeact_lsp.plan import Document
from codeact_lsp.plan.structure.outline import Entry, outline
from tests.carets import dedent
from tests.plan.hostile import programs, texts

PLAN = """
    import a
    LIMIT: int = 3
    low, (HIGH, _rest) = 1, (2, 3)
    a.b = 4

    class Store(Base):
        path = None
        @cached
        def open(self): pass

    @cached
    async def _total(x): return x

    def orders(csv, archive, *more):
        '''Orders.

        After: archive, checks
        '''
    """


def entries(text: str) -> list[tuple[int, Entry]]:
    document = Document.from_text(text)
    return [
        (start, entry)
        for piece, start in zip(document.pieces, document.starts, strict=True)
        for entry in outline(piece)
    ]


def shown(text: str) -> list[str]:
    found = []
    for start, entry in entries(text):
        span = entry.name_span.shifted(start)
        assert text[span.start : span.end] == entry.name
        inside = ", ".join(f"{child.kind.value} {child.name}" for child in entry.children)
        found.append(f"{entry.kind.value} {entry.name}" + (f" ({inside})" if inside else ""))
    return found


def test_nodes_stand_among_what_surrounds_them() -> None:
    assert shown(dedent(PLAN)) == [
        "constant LIMIT",
        "variable low",
        "constant HIGH",
        "variable _rest",
        "class Store (field path, method open)",
        "helper _total",
        "node orders",
    ]


def test_a_node_tells_what_it_is_tied_to_and_what_only_a_node_can_be() -> None:
    _, node = entries(dedent(PLAN))[-1]
    assert node.needs == ("csv", "archive", "checks")
    assert node.after == {"archive", "checks"}


def test_decorators_belong_to_what_they_decorate() -> None:
    text = dedent(PLAN)
    start, helper = entries(text)[-2]
    span = helper.span.shifted(start)
    assert text[span.start : span.end] == "@cached\nasync def _total(x): return x"


def test_what_does_not_parse_is_listed_by_its_first_line() -> None:
    text = "def one(:\n    x\n\nclass Two(\n\nasync  def _three(): '''\n\ndef four(): pass\n"
    assert shown(text) == ["node one", "class Two", "helper _three", "node four"]
    assert [entry.span.end for _, entry in entries(text)][:2] == [15, 10]


@given(texts() | programs())
def test_names_stand_inside_what_they_name(text: str) -> None:
    for start, entry in entries(text):
        for part in (entry, *entry.children):
            assert 0 <= part.span.start <= part.name_span.start < part.name_span.end
            assert part.name_span.end <= part.span.end <= len(text) - start
