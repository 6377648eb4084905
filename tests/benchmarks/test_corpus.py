import ast

import pytest

from benchmarks.corpus import plan_text
from benchmarks.edits import KINDS, Kind, Typist
from codeact_lsp.plan import Plan, check


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def test_a_plan_has_the_nodes_asked_for_about_twelve_lines_each_and_no_problem() -> None:
    text = plan_text(200)
    plan = Plan.from_text(text)
    assert len(plan.nodes) == 200
    assert 10 * 200 < text.count("\n") < 14 * 200
    assert check(plan) == []


def test_a_plan_is_the_same_each_time_and_grows_at_its_end() -> None:
    assert plan_text(30) == plan_text(30)
    assert plan_text(31).startswith(plan_text(30))


def test_every_node_depends_on_earlier_ones() -> None:
    plan = Plan.from_text(plan_text(50))
    order = {name: place for place, name in enumerate(plan.nodes)}
    assert len(plan.graph.edges) >= 49
    assert all(order[edge.source] < order[edge.target] for edge in plan.graph.edges)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_edit_taken_back_leaves_the_text_as_it_was(kind: Kind) -> None:
    text = plan_text(20)
    typist = Typist(text)
    for edit in (typist.edit(kind) for _ in range(20)):
        changed = edit.apply(text)
        assert changed != text
        assert edit.undone.apply(changed) == text
        assert parses(changed) == (kind.closing is None)


def test_a_round_has_one_edit_of_each_kind_anywhere() -> None:
    typist = Typist(plan_text(100))
    rounds = [list(typist.round()) for _ in range(10)]
    assert all({kind.name for kind, _ in each} == {kind.name for kind in KINDS} for each in rounds)
    starts = {edit.start for each in rounds for _, edit in each}
    assert len(starts) > 5 * len(KINDS)


def test_edits_are_the_same_for_the_same_text() -> None:
    text = plan_text(10)
    assert list(Typist(text).round()) == list(Typist(text).round())
