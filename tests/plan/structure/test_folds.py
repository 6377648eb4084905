"""What can be folded: the first and the last line of each fold, and what stands in its place."""

from itertools import combinations

from hypothesis import given

from codeact_lsp.plan import Document, Encoding, Source, Span
from codeact_lsp.plan.structure.fold_groups import fold_groups
from codeact_lsp.plan.structure.folds import Fold, folds
from tests.carets import dedent
from tests.plan.hostile import programs, texts


def everything(text: str) -> list[tuple[Span, Fold]]:
    document = Document.from_text(text)
    found = [(fold.span, fold) for fold in fold_groups(document)]
    for piece, start in zip(document.pieces, document.starts, strict=True):
        found += [(fold.span.shifted(start), fold) for fold in folds(piece)]
    return found


def shown(text: str) -> list[str]:
    """`kind: first line … last line`, without blanks around the lines."""
    text = dedent(text)
    source = Source(text)
    lines = []
    for span, fold in sorted(everything(text), key=lambda each: each[0]):
        first, last = (
            source.line(source.position(offset, Encoding.CODE_POINTS).line).strip()
            for offset in (span.start, span.end)
        )
        lines.append(f"{fold.kind.value}: {first} … {last}")
    return lines


def test_a_node_folds_into_the_end_of_its_signature() -> None:
    text = dedent('''
        @cached(1)
        def growth(
            orders, *, previous: dict = {1: 2},
        ) -> int:  # a: b
            """Growth.

            Timeout: 30 s
            """
            return 1
        ''')
    (span, fold), *_ = everything(text)
    assert text[span.start : span.end].startswith('  # a: b\n    """Growth.')
    assert text[span.end :] == "\n"
    assert fold.summary == "orders, previous → growth · Timeout: 30 s"


def test_a_long_summary_is_cut() -> None:
    names = ", ".join(f"name_{n}" for n in range(40))
    ((_, fold),) = everything(f"def node({names}):\n    return 1\n")
    assert len(fold.summary) == 80
    assert fold.summary.endswith("…")


def test_docstrings_fold_and_so_do_their_blocks() -> None:
    text = '''
        """Task.

        More.
        """
        def node(x):
            """Sum.

            Args:
                x: What.

                    More of it.

            Returns: nothing
                much
            """
        '''
    assert shown(text) == [
        'docstring: """Task. … """',
        'node: def node(x): … """',
        'docstring: """Sum. … """',
        "section: Args: … More of it.",
    ]


def test_imports_fold_together_and_helpers_into_the_line_above_them() -> None:
    text = """
        import a
        from b import (
            c,
        )

        # Helpers.
        def _one():
            return 1
        def _two(): return 2
        def node():
            return 3
        """
    assert shown(text) == [
        "imports: import a … )",
        "helpers: # Helpers. … def _two(): return 2",
        "definition: def _one(): … return 1",
        "node: def node(): … return 3",
    ]


def test_each_branch_of_a_statement_folds() -> None:
    text = """
        def node(a):
            if a:
                x
                y
            elif b:
                x
            else:  # not: so
                for i in j[1:2]:
                    k
                else:
                    l
            try:
                x
            except E as e:
                y
            else:
                z
            finally:
                u
            match a:
                case [1] if b:
                    v
        """
    assert shown(text)[1:] == [
        "code: if a: … y",
        "code: elif b: … x",
        "code: else:  # not: so … l",
        "code: for i in j[1:2]: … k",
        "code: else: … l",
        "code: try: … x",
        "code: except E as e: … y",
        "code: else: … z",
        "code: finally: … u",
        "code: match a: … v",
        "code: case [1] if b: … v",
    ]


def test_a_closing_bracket_on_a_line_of_its_own_stays_in_sight() -> None:
    text = """
        TABLE = {
            1: f(
                2),
        }
        TEXT = '''
        # no comment
        # neither
        '''
        """
    assert shown(text) == ["code: TABLE = { … 2),", "code: 1: f( … 2),", "code: TEXT = ''' … '''"]


def test_comments_fold_where_they_are_several() -> None:
    text = "x = 1\n# one\n# two\n\n# three\ndef f():\n    # four\n    # five\n    return 1\n"
    assert shown(text) == [
        "comment: # one … # two",
        "node: def f(): … return 1",
        "comment: # four … # five",
    ]


def test_what_does_not_parse_folds_where_it_seems_to_be_defined() -> None:
    text = "def one(:\n    x\n\ndef two():\n    y\n"
    assert shown(text) == ["definition: def one(: … x", "node: def two(): … y"]


@given(texts() | programs())
def test_folds_are_in_the_text_and_nest(text: str) -> None:
    spans = [span for span, _ in everything(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    for one, other in combinations(spans, 2):
        first, second = sorted((one, other))
        assert (
            second.end <= first.end or first.end <= second.start or _share_a_line(text, one, other)
        )


def _share_a_line(text: str, one: Span, other: Span) -> bool:
    """Whether the one ends in the line in which the other begins, as a comment above helpers."""
    source, (first, second) = Source(text), sorted((one, other))
    unit = Encoding.CODE_POINTS
    return source.position(first.end, unit).line == source.position(second.start, unit).line
