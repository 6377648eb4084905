from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.peers import pools
from benchmarks.peers.modules import helpers
from benchmarks.peers.rerun import again
from benchmarks.peers.shapes import (
    EDITS,
    SHAPES,
    Graph,
    downstream,
    edited,
    edited_node,
    graph,
    module,
    name,
    values,
)
from codeact_lsp.plan import Plan, check


@pytest.mark.parametrize("shape", SHAPES)
def test_a_module_of_a_graph_is_a_plan_with_the_same_edges(shape: str) -> None:
    made = graph(shape, 90)
    plan = Plan.from_text(module(made))
    assert check(plan) == []
    edges = {(edge.source, edge.target) for edge in plan.graph.edges}
    assert edges == {(name(a), name(b)) for b, before in enumerate(made) for a in before}


def test_the_shapes_are_what_they_are_called() -> None:
    assert graph("chain", 3) == [[], [0], [1]]
    assert graph("fan", 3) == [[], [0], [0]]
    layered = graph("layered", 82)
    assert layered[39] == []
    assert layered[40] == [39, 0, 1]
    assert layered[81] == [40, 41, 42]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_pool_gives_what_plain_calls_give(shape: str) -> None:
    made = graph(shape, 90)
    with ThreadPoolExecutor(2) as executor:
        assert list(dict(sorted(pools.run(executor, made).items())).values()) == values(made)


@pytest.mark.parametrize("nodes", [30, 200, 1_000])
def test_the_last_node_follows_from_the_one_that_is_edited(nodes: int) -> None:
    made = graph("layered", nodes)
    assert nodes - 1 in downstream(made, edited_node(made))


def test_each_edit_and_each_number_gives_another_value(tmp_path: Path) -> None:
    def rerun(file: Path, made: Graph, _kept: Path) -> tuple[int, int]:
        space: dict[str, int] = {}
        exec(file.read_text(encoding="utf-8"), space)
        found.add(_last(space, made))
        return _last(space, made), 0

    found: set[int] = set()
    cases = [(edit, number) for edit in EDITS for number in (2, 3)]
    for edit, number in cases:
        settings = {"folder": tmp_path, "nodes": 90, "edit": edit, "number": number}
        assert again(settings, rerun).facts == {"ran": 0, "stale": False}
    assert len(found) == len(cases) - 1  # Where nothing is edited, the number says nothing.


def test_a_value_of_another_text_is_stale(tmp_path: Path) -> None:
    settings = {"folder": tmp_path, "nodes": 90, "edit": "a helper", "number": 2}
    assert again(settings, lambda *_: (1, 7)).facts == {"ran": 7, "stale": True}


def test_edits_change_one_line() -> None:
    made = graph("layered", 90)
    before = edited(made, "nothing", 2).splitlines()
    for edit in EDITS[1:]:
        after = edited(made, edit, 2).splitlines()
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_the_helpers_of_nodes_are_no_nodes() -> None:
    plan = Plan.from_text(helpers())
    assert not plan.nodes
    assert {"_burn", "_rest", "_large", "_consume"} <= plan.names


def _last(space: dict[str, int], made: Graph) -> int:
    results: list[int] = []
    for number, before in enumerate(made):
        node: object = space[name(number)]
        assert callable(node)
        results.append(node(*[results[each] for each in before]))
    return results[-1]
