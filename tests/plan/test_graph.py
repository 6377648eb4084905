"""The graph of a plan: drawn as lines `source kind> target`, and walked."""

import pytest

from codeact_lsp.plan import EdgeKind, Plan, PlanGraph
from codeact_lsp.plan.edges import Edge
from tests.carets import dedent


def graph(text: str) -> PlanGraph:
    return Plan.from_text(dedent(text)).graph


def check_edges(text: str, expected: str) -> None:
    drawn = "".join(
        f"{edge.source} {edge.kind.value}> {edge.target}\n" for edge in graph(text).edges
    )
    assert drawn == dedent(expected)


DIAMOND = """
    def d(b, c): ...
    def b(a): ...
    def c(a): ...
    def a(x): ...
    def alone(): ...
"""


def test_a_parameter_named_like_a_node_is_a_data_edge() -> None:
    check_edges(
        """
        def total(orders, rate, /, *, previous=None): ...
        def orders(): ...
        def previous(): ...
        """,
        """
        orders data> total
        previous data> total
        """,
    )


def test_sections_make_edges_of_their_own_kinds() -> None:
    check_edges(
        '''
        def a(): ...
        def b(a):
            """B.

            After: a, missing, c
            Wait: 5 s after c
            Wait: until 2026-12-01T09:00
            Wait: 5 s after missing
            """
        def c(): ...
        ''',
        """
        a data> b
        a control> b
        c control> b
        c temporal> b
        """,
    )


def test_nodes_that_use_a_resource_are_joined_in_the_order_of_the_text() -> None:
    check_edges(
        '''
        def a():
            """Uses: gpu:1, disk"""
        def b():
            """Uses: disk, disk"""
        def c():
            """Uses: gpu:2, disk, other"""
        ''',
        """
        a resource> c
        a resource> b
        b resource> c
        """,
    )


def test_a_resource_orders_nothing() -> None:
    tied = graph("def a():\n    'Uses: r'\ndef b(a):\n    'Uses: r'\ndef c():\n    'Uses: r'\n")
    assert tied.edges[1:] == (Edge("a", "b", EdgeKind.RESOURCE), Edge("b", "c", EdgeKind.RESOURCE))
    assert (tied.dependencies("b"), tied.dependencies("c")) == (["a"], [])
    assert tied.cycles == ()


@pytest.mark.parametrize("parameter", ["*a", "**a", "_a", "A"])
def test_what_is_not_named_like_a_node_is_no_dependency(parameter: str) -> None:
    assert (
        graph(f"def a(): ...\ndef _a(): ...\nclass A: ...\ndef b({parameter}): ...\n").edges == ()
    )


def test_what_leads_to_nodes_and_what_follows_from_them() -> None:
    diamond = graph(DIAMOND)
    assert diamond.dependencies("d") == ["b", "c"]
    assert sorted(diamond.dependents("a")) == ["b", "c"]
    assert diamond.upstream(["d"]) == {"a", "b", "c", "d"}
    assert diamond.upstream(["b", "alone"]) == {"a", "b", "alone"}
    assert diamond.downstream(["b"]) == {"b", "d"}
    assert diamond.downstream(["a"]) == {"a", "b", "c", "d"}
    assert diamond.upstream([]) == set()


def test_the_order_follows_the_dependencies_and_else_the_text() -> None:
    assert graph(DIAMOND).order == ("a", "b", "c", "d", "alone")
    assert graph("def z(): ...\ndef y(): ...\ndef x(y): ...\n").order == ("z", "y", "x")


def test_one_dependency_may_have_several_reasons() -> None:
    twice = graph("def a(): ...\ndef b(a):\n    'After: a'\n")
    assert [edge.kind for edge in twice.edges] == [EdgeKind.DATA, EdgeKind.CONTROL]
    assert twice.dependencies("b") == ["a"]


def test_a_node_may_depend_on_itself() -> None:
    for text in (
        "def a(a): ...\n",
        "def a():\n    'After: a'\n",
        "def a():\n    'Wait: 1 s after a'\n",
    ):
        own = graph(text + "def b(): ...\n")
        assert own.cycles == (("a",),)
        assert own.order == ("b",)


def test_cycles_are_groups_in_the_order_of_the_text() -> None:
    cyclic = graph(
        """
        def late(c): ...
        def c(b): ...
        def a(c): ...
        def b(a, x): ...
        def first(): ...
        def q(p): ...
        def p(q, first): ...
        def last(first): ...
        """
    )
    assert cyclic.cycles == (("c", "a", "b"), ("q", "p"))
    # What a cycle holds back has no place in the order; what it does not touch keeps its own.
    assert cyclic.order == ("first", "last")
    assert cyclic.upstream(["a"]) == {"a", "b", "c"}
    assert cyclic.downstream(["b"]) == {"a", "b", "c", "late"}


def test_a_plan_without_nodes_has_a_graph() -> None:
    empty = graph("x = 1\n")
    assert (empty.edges, empty.cycles, empty.order) == ((), (), ())


def test_the_graph_cannot_be_changed() -> None:
    diamond = graph(DIAMOND)
    with pytest.raises(Exception, match="Frozen graph"):
        diamond._digraph.add_edge("a", "d")
