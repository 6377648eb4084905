"""Events as JSON lines: what scripts get, with positions as editors count."""

import json
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.wire import wire
from codeact_lsp.plan import Plan
from codeact_lsp.plan.problems import check
from tests.engine.running import run_plan

PLAN = """
def orders() -> dict:
    print("😀")
    return {"amount": 1}

def total(orders):
    try:
        int("x")
    except ValueError as error:
        return "😀" + orders["ammount"]

def report(total):
    return total
"""


def place(line: int, start: int, end: int) -> dict[str, Any]:
    """A range within one line, 0-based, in UTF-16 code units."""
    first, last = {"line": line, "character": start}, {"line": line, "character": end}
    return {"start": first, "end": last}


@pytest.mark.e2e
@pytest.mark.asyncio(loop_scope="module")
async def test_a_run_as_json_lines(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(engine, tmp_path, PLAN)
    data = [json.loads(json.dumps(wire.event(told, ran.plan.source))) for told in ran.events]
    assert [(line["event"], line.get("node")) for line in data] == [
        ("RunStarted", None),
        ("NodeStarted", "orders"),
        ("NodeOutput", "orders"),
        ("NodeSucceeded", "orders"),
        ("NodeStarted", "total"),
        ("NodeFailed", "total"),
        ("NodeBlocked", "report"),
        ("RunFinished", None),
    ]
    assert {(line["version"], line["run"]) for line in data} == {(1, data[0]["run"])}
    assert [line["sequence"] for line in data] == list(range(8))
    assert data[2]["text"] == "😀\n"
    assert data[6]["by"] == ["total"]
    assert (data[7]["status"], data[7]["counts"]) == (
        "failed",
        {"ran": 1, "failed": 1, "blocked": 1},
    )
    result = data[3]["result"]
    assert (result["type"], result["size"]) == ("dict", "1 item")
    assert result["preview"] == "{'amount': 1}"
    assert result["bytes"] == ran.results["orders"].blob.size

    error = data[5]["error"]
    assert (error["type"], error["message"], error["category"]) == ("KeyError", "'ammount'", "user")
    assert error["range"] == place(8, 22, 39)
    assert error["focus"] == place(8, 29, 38)
    assert error["frames"] == [{"function": "total", "range": error["range"]}]
    assert error["values"][0] == {
        "text": "orders",
        "value": "{'amount': 1}",
        "type": "dict",
        "input": "orders",
    }
    origin, context = error["related"]
    assert (origin["kind"], origin["node"], origin["likely"]) == ("origin", "orders", False)
    assert origin["range"] == place(2, 12, 20)
    assert (context["kind"], context["range"]) == ("context", place(6, 8, 16))
    assert context["depth"] == 0
    assert context["message"] == "ValueError: invalid literal for int() with base 10: 'x'"


@pytest.mark.e2e
@pytest.mark.asyncio(loop_scope="module")
async def test_what_has_no_place_and_what_may_be_meant_too_are_related(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def price(): return 2.5
    def count(): return "3"
    def total(price, count):
        try:
            return price * count
        except TypeError as error:
            error.__cause__ = ValueError("line 7")
            raise
    """
    ran = await run_plan(engine, tmp_path, text)
    related = wire.error(ran.errors["total"], ran.plan.source)["related"]
    assert [(each["kind"], each.get("node")) for each in related] == [
        ("origin", "price"),
        ("origin", "count"),
        ("cause", None),
    ]
    assert related[2] == {
        "kind": "cause",
        "message": "ValueError: line 7",
        "range": None,
        "depth": 0,
    }


def test_a_problem_as_json() -> None:
    plan = Plan.from_text("def orders(): ...\ndef total(ordres): '😀'; return ordres\n")
    (problem,) = check(plan)
    data = wire.problem(problem, plan.source, "/x.plan.py")
    assert json.loads(json.dumps(data)) == data
    assert (data["file"], data["code"], data["severity"]) == (
        "/x.plan.py",
        "unknown-input",
        "warning",
    )
    assert data["range"] == place(1, 10, 16)


def test_a_graph_as_json() -> None:
    plan = Plan.from_text(
        '''
def a(n=1) -> int:
    """Count."""

async def b(a):
    """Train.

    After: a
    """
'''
    )
    assert wire.graph(plan) == {
        "nodes": [
            {
                "name": "a",
                "range": place(1, 4, 5),
                "inputs": ["n"],
                "returns": "int",
                "summary": "Count.",
                "async": False,
            },
            {
                "name": "b",
                "range": place(4, 10, 11),
                "inputs": [],
                "returns": None,
                "summary": "Train.",
                "async": True,
            },
        ],
        "edges": [
            {"from": "a", "to": "b", "kind": "data"},
            {"from": "a", "to": "b", "kind": "control"},
        ],
    }
