"""`codeact graph`: what depends on what, for people, scripts and drawing programs."""

import json

import pytest

from tests.cli.command import Codeact, said

PLAN = '''
    """Four kinds of dependencies."""


    def orders(orders_csv: str, 日付: str = "heute") -> list[str]:
        """Lines of the export."""
        return []


    async def archive(orders: list[str]) -> None:
        """Keep a copy.

        Uses: disk
        """


    def end(orders: list[str]) -> int:
        """How many.

        After: archive
        Uses: disk
        """
        return len(orders)


    def later() -> None:
        """Look again.

        Wait: 1 s after end
        """
'''


@pytest.fixture
def plan(codeact: Codeact) -> str:
    """The text of the plan, which is saved as `it.plan.py`."""
    return codeact.plan(PLAN).read_text(encoding="utf-8")


def test_people_get_a_line_a_node_in_an_order_in_which_they_could_run(
    codeact: Codeact, plan: str
) -> None:
    ended = codeact("graph", "it.plan.py")
    assert ended.out.splitlines() == [
        "orders   ←  orders_csv (input), 日付 (input)",
        "archive  ←  orders",
        "end      ←  orders, archive (control), archive (resource)",
        "later    ←  end (temporal)",
    ]
    assert (ended.status, ended.err) == (0, "")


def test_json_holds_the_nodes_with_their_places_and_the_edges_with_their_kinds(
    codeact: Codeact, plan: str
) -> None:
    graph = json.loads(codeact("graph", "it.plan.py", "--format", "json").out)
    assert [node["name"] for node in graph["nodes"]] == ["orders", "archive", "end", "later"]
    assert [said(node["range"], plan) for node in graph["nodes"]] == [
        "orders",
        "archive",
        "end",
        "later",
    ]
    orders, archive, *_ = graph["nodes"]
    assert orders["inputs"] == ["orders_csv", "日付"]
    assert (orders["returns"], orders["summary"]) == ("list[str]", "Lines of the export.")
    assert (orders["async"], archive["async"]) == (False, True)
    edges = {(edge["from"], edge["to"], edge["kind"]) for edge in graph["edges"]}
    assert {edge for edge in edges if edge[2] != "resource"} == {
        ("orders", "archive", "data"),
        ("orders", "end", "data"),
        ("archive", "end", "control"),
        ("end", "later", "temporal"),
    }


def test_mermaid_gets_identifiers_that_are_no_words_of_its_language(
    codeact: Codeact, plan: str
) -> None:
    lines = codeact("graph", "it.plan.py", "--format", "mermaid").out.splitlines()
    assert lines[0] == "flowchart TD"
    assert '    n_end["end"]' in lines
    assert "    n_orders --> n_end" in lines
    assert "    n_archive -.-> n_end" in lines


def test_graphviz_gets_a_digraph(codeact: Codeact, plan: str) -> None:
    text = codeact("graph", "it.plan.py", "--format", "dot").out
    assert text.startswith("digraph plan {\n")
    assert text.endswith("}\n")
    assert '    "archive" -> "end" [style=dashed, tooltip="control"];\n' in text


def test_nodes_in_a_cycle_and_after_it_are_listed_too(codeact: Codeact) -> None:
    codeact.plan("def a(b): 1\ndef b(a): 1\ndef c(b): 1\ndef d(): 1\n")
    assert codeact("graph", "it.plan.py").out.splitlines() == ["d", "a  ←  b", "b  ←  a", "c  ←  b"]


@pytest.mark.parametrize("form", ["text", "json", "mermaid", "dot"])
def test_a_plan_without_nodes_has_an_empty_graph(codeact: Codeact, form: str) -> None:
    codeact.plan("")
    ended = codeact("graph", "it.plan.py", "--format", form)
    assert (ended.status, "->" in ended.out) == (0, False)


def test_an_unknown_format_is_refused(codeact: Codeact, plan: str) -> None:
    ended = codeact("graph", "it.plan.py", "--format", "png")
    assert ended.status == 3
    assert "invalid choice: 'png'" in ended.err
