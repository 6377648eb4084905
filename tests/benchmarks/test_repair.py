"""The benchmark of repairs: how cases are read, how slips are made, what is counted."""

import ast
import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.repair.cases import ENTRY, Case, read
from benchmarks.repair.mutations import slips
from benchmarks.repair.report import report
from benchmarks.repair.slips import seeded
from benchmarks.repair.trying import Tried, tried

PLAIN = {
    "id": "own/1",
    "error_type": "KeyError",
    "buggy_code": "def price(row):\n    return row['prize']\n",
    "entry_call": "row = {'price': 3}\nprice(row)",
    "check": "assert price({'price': 3}) == 3",
}


def of_file(folder: Path, row: Mapping[str, object]) -> Case:
    (folder / "cases.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (case,) = read(folder / "cases.jsonl")
    return case


def test_a_call_becomes_a_node_that_returns_the_last_of_it(tmp_path: Path) -> None:
    case = of_file(tmp_path, PLAIN)
    names: dict[str, object] = {}
    exec(case.plan.replace("prize", "price") + f"\nfound = {ENTRY}()", names)
    assert (case.wanted, names["found"]) == ((ENTRY,), 3)


def test_what_became_of_the_code_is_judged_without_that_node(tmp_path: Path) -> None:
    case = of_file(tmp_path, PLAIN)
    assert ast.dump(ast.parse(case.code_of(case.plan))) == ast.dump(ast.parse(case.code))


def test_a_case_that_is_a_plan_says_which_of_its_nodes_to_run(tmp_path: Path) -> None:
    call = "def _dag(outs, **inputs): ...\n_o = _dag(['total'], path='a.csv')"
    case = of_file(tmp_path, {**PLAIN, "multi_node": True, "entry_call": call})
    assert (case.wanted, case.inputs, case.plan) == (("total",), {"path": "a.csv"}, case.code)


TEXT = (
    "def f(words, table):\n    out = []\n    for word in words:\n        out.append(word.lower())\n"
)


def test_slips_change_one_place_and_can_still_be_read() -> None:
    made = list(slips(TEXT, frozenset({"f"}), random.Random(1)))
    assert {slip.kind for slip in made} >= {"name", "attribute", "uncalled", "not begun"}
    for slip in made:
        ast.parse(slip.text)
        assert slip.text != TEXT


def test_no_slip_is_made_in_another_function() -> None:
    assert list(slips(TEXT, frozenset({"g"}), random.Random(1))) == []


def test_the_same_seed_gives_the_same_slips() -> None:
    first, again, other = seeded(1, 5), seeded(1, 5), seeded(2, 5)
    assert [case.code for case in first] == [case.code for case in again]
    assert [case.code for case in first] != [case.code for case in other]


def test_the_report_counts_what_was_right_and_what_was_only_preferred() -> None:
    case = Case("a", "KeyError", seeded=True, code="", call="", check="")
    results = [
        Tried(case, failed=True, right=(True,), preferred=True),
        Tried(case, failed=True, right=(False, True), preferred=True),
        Tried(case, failed=True, right=(False,), hides=True),
        Tried(case, failed=True),
        Tried(case, failed=False),
    ]
    said = report(results)
    row = next(line for line in said.splitlines() if line.startswith("KeyError"))
    assert row.split()[1:] == ["4", "75%", "25%", "50%", "33%", "50%", "50%", "25%"]
    assert "are not counted: 1" in said
    assert "REALISTIC" not in said


@pytest.mark.asyncio
async def test_a_case_is_run_repaired_and_judged(tmp_path: Path) -> None:
    result = await tried(of_file(tmp_path, PLAIN))
    assert (result.failed, result.right, result.preferred) == (True, (True,), True)
    assert result.labels == ("In 'price': rename 'prize' to 'price'",)
