"""Problems of how nodes hang together: what can never run, and what is left over."""

import pytest

from tests.plan.problems.finding import check_problems, problems


def test_what_depends_on_a_cycle_can_never_run() -> None:
    check_problems(
        '''
        def a(b): ...
            ^ (unreachable-node) 'a' is part of a cycle.
            ^ (unreachable-node) 'a' is part of a cycle.
        def b(a): ...
        def c(a, free): ...
            ^ warning unreachable-node: Node 'c' can never run: it depends on 'a', which is part
            ... of a cycle.
        def d():
            ^ warning unreachable-node: Node 'd' can never run: it depends, through 'c', on 'a',
            ... which is part of a cycle.
            """After: c"""
        def free(): ...
        ''',
        only=["unreachable-node"],
    )


def test_what_depends_on_a_generator_can_never_run() -> None:
    check_problems(
        """
        def total(lines): ...
            ^^^^^ warning unreachable-node: Node 'total' can never run: it depends on 'lines',
            ... which is a generator.
        def lines():
            ^^^^^ (unreachable-node) 'lines' is a generator.
            yield 1
        """,
        only=["unreachable-node"],
    )


def test_a_node_that_no_path_joins_to_the_others_is_left_over() -> None:
    check_problems(
        """
        def orders(): return [1]
        def total(orders): return sum(orders)
        def rates(year=2026): return {year: 1}
            ^^^^^ hint dead-node: Node 'rates' is cut off: no other node needs it, and it needs
            ... none.
        """
    )
    (left,) = problems("def a(): return 1\ndef b(a): return a\ndef c(): return 1\n")
    assert left.unnecessary


@pytest.mark.parametrize(
    "apart",
    [
        "def apart(month): return month",
        "def apart(): send()",
        "def apart() -> None:\n    return send()",
        "def apart():\n    '''Cache: off'''\n    return 1",
        "def apart():\n    '''Uses: warehouse'''\n    return 1",
        "def apart():\n    '''Wait: until 2026-12-01T09:00'''\n    return 1",
        "@registered\ndef apart(): return 1",
    ],
)
def test_a_node_that_is_of_use_by_itself_is_not_left_over(apart: str) -> None:
    text = f"def a(): return 1\ndef b(a): return a\n{apart}\n"
    assert problems(text, given=["month"] if "month" in text else []) == []


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 1\n",
        "def a(): return 1\ndef b(): return 2\n",
        "def a(): return 1\ndef b(a): return a\ndef c(): return 2\ndef d(): return 3\n",
        "",
    ],
    ids=["one node", "independent nodes", "mostly independent nodes", "none"],
)
def test_nodes_that_stand_side_by_side_are_a_plan(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("taker", ["def c(ordres): return ordres", "def c(orders, : return 1"])
def test_a_node_is_not_left_over_while_what_takes_it_is_being_written(taker: str) -> None:
    text = f"def a(): return 1\ndef b(a): return a\ndef orders(): return 2\n{taker}\n"
    assert "dead-node" not in {problem.code for problem in problems(text)}


def test_ways_to_call_one_node_are_no_duplicates() -> None:
    text = "import typing\n@typing.overload\ndef a(x: int = 1): ...\ndef a(x=1): return x\n"
    assert problems(text) == []
