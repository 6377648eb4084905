"""A plan that is edited is checked where the edit can matter, and found as wrong as a fresh one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.problems import Review
from tests.plan.workflows import NAMES, words, workflows


@settings(max_examples=150)
@given(workflows(), st.data())
def test_a_review_that_follows_edits_equals_a_fresh_one(text: str, data: st.DataObject) -> None:
    plan = Plan.from_text(text)
    review = Review.of(plan)
    for _ in range(data.draw(st.integers(1, 4), label="edits")):
        start = data.draw(st.integers(0, len(text)), label="start")
        end = min(start + data.draw(st.sampled_from((0, 0, 1, 3, 40)), label="length"), len(text))
        new = data.draw(words(), label="new")
        given_inputs = data.draw(st.sets(st.sampled_from(NAMES), max_size=2), label="given")
        plan, text = plan.edited(Span(start, end), new), text[:start] + new + text[end:]
        review = review.edited(plan, given_inputs)
        fresh = Plan.from_text(text)
        assert plan.table == fresh.table
        assert list(plan.table.nodes) == list(fresh.table.nodes)
        assert (plan.graph.links, plan.graph.mentions) == (fresh.graph.links, fresh.graph.mentions)
        assert list(plan.graph.links) == list(fresh.graph.links)
        assert plan.graph.cycles == fresh.graph.cycles
        assert plan.graph.early == fresh.graph.early
        assert plan.graph.isolated == fresh.graph.isolated
        assert plan.code_keys == fresh.code_keys
        assert review.problems == Review.of(fresh, given_inputs).problems


def test_only_what_an_edit_can_matter_to_is_checked_again() -> None:
    text = "def a() -> int: return 1\ndef b(a: int): return a\ndef c(x=1): return x\n"
    before = Review.of(plan := Plan.from_text(text))
    typed = plan.edited(Span(text.index("1"), text.index("1") + 1), "2")
    body = before.edited(typed)
    assert [body.found[at] is before.found[at] for at in range(3)] == [False, True, True]
    retyped = plan.edited(Span(11, 14), "str")
    header = before.edited(retyped)
    assert [header.found[at] is before.found[at] for at in range(3)] == [False, False, True]
    assert [problem.code for problem in header.problems] == ["edge-type", "dead-node"]


def test_several_edits_may_lie_between_two_reviews() -> None:
    plan = Plan.from_text("def a(): return 1\ndef b(a): return a\n")
    review = Review.of(plan)
    later = plan.edited(Span(4, 5), "c").edited(Span(0, 0), "import c\n").edited(Span(0, 0), "\n")
    assert review.edited(later).problems == Review.of(Plan.from_text(later.source.text)).problems


def test_a_decorator_decides_about_the_definitions_below() -> None:
    text = "@overload\ndef f(x=1): ...\n\ndef f(x=1): return x\n"
    plan = Plan.from_text(text)
    review = Review.of(plan)
    at = text.index("overload")
    misspelt = plan.edited(Span(at, at + 1), "O")
    assert review.problems == ()
    assert [found.code for found in review.edited(misspelt).problems] == ["duplicate-node"]
