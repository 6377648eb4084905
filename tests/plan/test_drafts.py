"""Drafts: a plan read before Python has compiled it, which comes to the same once it has."""

from hypothesis import given, settings
from hypothesis import strategies as st

from codeact_lsp.plan import Plan, check
from codeact_lsp.plan.problems import Review
from tests.plan.hostile import Edit, edits, texts
from tests.plan.test_document import check_equal

# Some of these parse, and Python refuses to compile them all the same.
STATEMENTS = (
    "x = 1\n",
    "def a(): return 1\n",
    "def b(a): return a\n",
    "def sum(a, a): return a\n",
    "def c(b):\n    break\n",
    "async def d(c, c): ...\n",
    "return sum(x)\n",
    'return """\ndef e(): ...\n"""\n',
    "if x:\n    nonlocal y\n",
    "for i in a: yield i\n",
    "x = '''\n",
)
REFUSED = "def a(): return 1\n\ndef b(a, a): return a\n\ndef c(b): return b\n"


def modules() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(STATEMENTS), max_size=6).map("".join)


def check_compiled(plan: Plan, review: Review) -> None:
    """What is left of a draft is what a text read in full says, problem for problem."""
    fresh, compiled = Plan.from_text(plan.source.text), plan.compiled()
    check_equal(compiled.document, plan.source.text)
    assert compiled.source.version == plan.source.version
    assert [*compiled.nodes.items()] == [*fresh.nodes.items()]
    assert compiled.graph.edges == fresh.graph.edges
    assert compiled.code_keys == fresh.code_keys
    assert [*review.edited(compiled).problems] == check(fresh)


@settings(max_examples=150)
@given(modules() | texts(), edits())
def test_a_draft_comes_to_what_is_read_in_full_whatever_is_edited_before(
    text: str, made: list[Edit]
) -> None:
    plan = Plan.draft(text, version=1)
    review = Review.of(plan)
    check_compiled(plan, review)
    for version, edit in enumerate(made, start=2):
        plan = plan.edited(*edit.on(plan.source.text), version)
        review = review.edited(plan)
        check_compiled(plan, review)


def test_a_draft_shows_what_python_will_not_compile() -> None:
    draft = Plan.draft(REFUSED)
    assert [*draft.nodes] == ["a", "b", "c"]
    assert "syntax" not in [problem.code for problem in check(draft)]
    compiled = draft.compiled()
    assert [*compiled.nodes] == ["a", "c"]
    assert "syntax" in [problem.code for problem in check(compiled)]


def test_a_draft_in_which_python_refuses_nothing_is_the_plan() -> None:
    draft = Plan.draft(REFUSED.replace("a, a", "a"))
    assert draft.compiled() is draft


def test_a_piece_that_an_edit_brings_is_compiled_at_once() -> None:
    draft = Plan.draft("def a(): return 1\n")
    edited = draft.edited(*Edit(18, 0, REFUSED[19:]).on(draft.source.text))
    assert [*edited.nodes] == ["a", "c"]
