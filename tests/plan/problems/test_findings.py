"""What was found, kept in blocks, is the list of what was found of each piece."""

from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.plan import Problem, Span
from codeact_lsp.plan.problems.findings import Findings, Found

# Enough pieces for several blocks, which edits then split, shorten and take away.
_MANY = 200


def found(number: int) -> Found:
    """What might be found of a piece: every third has a problem, every fifth asked for `five`."""
    problems = (Problem("cycle", str(number), Span(0, 1)),) if number % 3 == 0 else ()
    return Found(problems, frozenset({"five", "all"} if number % 5 == 0 else {"all"}))


@st.composite
def _edits(draw: st.DrawFn) -> list[tuple[float, int, list[int]]]:
    """Edits of as many pieces as there are by then: where, how many go, which come."""
    gone = st.sampled_from([0, 1, 3, 70, 150, 500])
    come = st.integers(0, 150).map(lambda count: list(range(1_000, 1_000 + count)))
    return draw(st.lists(st.tuples(st.floats(0, 1), gone, come), max_size=5))


@given(_edits())
def test_after_any_edits_they_are_those_of_the_pieces(
    edits: list[tuple[float, int, list[int]]],
) -> None:
    expected = [found(number) for number in range(_MANY)]
    findings = Findings.of(expected)
    for place, gone, come in edits:
        first = int(place * len(expected))
        end = min(first + gone, len(expected))
        findings = findings.replaced(first, end, map(found, come))
        expected[first:end] = map(found, come)
        assert list(findings) == expected
        assert list(findings.problems) == [
            (index, problem) for index, each in enumerate(expected) for problem in each.problems
        ]
        assert list(findings.asking({"five", "six"})) == [
            index for index, each in enumerate(expected) if "five" in each.asked
        ]
        assert list(findings.asking(set())) == []


def test_some_pieces_can_be_asked_again_at_once() -> None:
    findings = Findings.of([found(number) for number in range(_MANY)])
    again = findings.updated({0: found(1), 150: found(3)})
    assert (again[0], again[1], again[150]) == (found(1), found(1), found(3))
    assert [index for index, _ in again.problems if index < 5] == [3]
    assert (findings[0], len(again)) == (found(0), _MANY)
