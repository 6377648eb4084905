"""The benchmark of repairs: how cases are read, how slips are made, what is counted."""

import ast
import json
import random
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from benchmarks.repair.blaming import Blamed, told
from benchmarks.repair.cases import ENTRY, Case, read
from benchmarks.repair.harm import BARE, SAME, SIGNATURE, SILENT, harm
from benchmarks.repair.mutations import KINDS, slips
from benchmarks.repair.planned import seeded_plans
from benchmarks.repair.remembering import compared, gained
from benchmarks.repair.report import report
from benchmarks.repair.slips import check_of, seeded
from benchmarks.repair.trying import Tried, tried
from codeact_lsp.engine.values import Blob, Result
from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits import minimal
from codeact_lsp.repair import Fix, rules

HOUSES = Path(__file__).parents[2] / "benchmarks" / "repair" / "houses"
RESULT = Result(Blob("", 0))
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


def test_a_case_says_what_was_mended_and_shares_files_with_the_others(tmp_path: Path) -> None:
    case = "[[case]]\nid = 'a/1'\ncode = 'x = 1'\ncall = 'x'\ncheck = ''\n"
    text = f"{case}mended = [['1', '2']]\n{case}files = {{'own' = 'c'}}\n[files]\n'all' = 'b'\n"
    (tmp_path / "cases.toml").write_text(text, encoding="utf-8")
    first, second = read(tmp_path / "cases.toml")
    assert (first.fixed, second.fixed) == ("x = 2", "")
    assert (first.files, second.files) == ({"all": "b"}, {"all": "b", "own": "c"})


@pytest.mark.parametrize("path", sorted(HOUSES.glob("*.toml")), ids=lambda path: path.stem)
def test_each_failure_of_a_house_can_be_mended_and_has_others_like_it(path: Path) -> None:
    cases = list(read(path))
    for case in cases:
        assert case.fixed, case.name
        compile(case.code, case.name, "exec")
        compile(case.fixed, case.name, "exec")
    counts = Counter(case.kind for case in cases)
    assert set(counts.values()) == {4}


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


TWO = "def a():\n    return 1 + None\n\n\ndef b(a):\n    return a\n"


@pytest.mark.parametrize(
    ("label", "after", "done"),
    [
        ("Write '1'", TWO.replace("1 + None", "1"), []),
        ("Write '1'", TWO.replace("def b(a):", "def b(a, c=1):"), [SIGNATURE, SILENT]),
        ("Return '1'", TWO.replace("return a", "return 1"), [SILENT]),
        ("In 'b': return '1'", TWO.replace("return a", "return 1"), []),
        (
            "Try it",
            TWO.replace(
                "    return 1 + None", "    try:\n        return 1\n    except:\n        pass"
            ),
            [BARE],
        ),
    ],
)
def test_what_no_offer_may_do_is_told_by_the_text(label: str, after: str, done: list[str]) -> None:
    fix = Fix("a", "rule", label, minimal(TWO, after), 0.9, 0, 0, RESULT)
    assert list(harm(Plan.from_text(TWO), fix)) == done


def test_the_report_counts_what_no_offer_may_do() -> None:
    case = Case("a", "KeyError", seeded=True, code="", call="", check="")
    said = report([Tried(case, failed=True, right=(True, False), harm=(SAME,))])
    row = next(line for line in said.splitlines() if line.startswith(SAME))
    assert row.split()[-1] == "1"
    assert "of 2" in said


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_of_slip_is_made_somewhere(kind: str) -> None:
    assert kind in drawn()


@cache
def drawn() -> frozenset[str]:
    """The kinds of slips that can be made in the plans of the benchmark, and in one function."""
    folder = resources.files("benchmarks.repair").joinpath("plans")
    texts = [each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".py")]
    made = [
        slip
        for text in [*texts, EVERY]
        for slip in slips(text, frozenset(Plan.from_text(text).nodes), random.Random(3))
    ]
    return frozenset(slip.kind for slip in made)


EVERY = """
def f(rows, n, **words):
    half = n // 2
    first, last = divmod(n, 2)
    for i in range(len(rows)):
        rows[i] = round(rows[i], n) + g(*rows, **words)
    return rows and rows[half]
"""


@pytest.mark.filterwarnings("ignore:.*was never awaited")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_slip_in_a_plan_fails_and_the_plan_without_it_does_not() -> None:
    cases = seeded_plans(4, 12, ["routes", "stock"])
    assert len(cases) == 12
    assert {case.name.partition("/")[0] for case in cases} == {"routes", "stock"}
    assert all(case.code != case.fixed for case in cases)
    assert all(case.root_lines and case.root_functions for case in cases)


@pytest.mark.parametrize(
    ("given", "is_right"),
    [
        ({1: {"c", "a"}, 2: {"b"}}, True),
        ({1: {"a"}, 2: {"b"}}, False),
        ({1.0: {"c", "a"}, 2: {"b"}}, False),
    ],
)
def test_a_check_asks_for_the_value_and_not_for_the_order_of_a_set(
    given: object, is_right: bool
) -> None:
    check = check_of("f()", {1: {"a", "c"}, 2: {"b"}})
    with nullcontext() if is_right else pytest.raises(AssertionError):
        exec(check, {"f": lambda: given})


def test_what_cannot_be_written_is_compared_as_it_is_shown() -> None:
    check = check_of("f()", {1: Path})
    exec(check, {"f": lambda: {1: Path}})
    with pytest.raises(AssertionError):
        exec(check, {"f": lambda: {1: str}})


@pytest.mark.asyncio
async def test_what_a_memory_adds_is_told_with_the_rules_and_without_those_that_mend(
    tmp_path: Path,
) -> None:
    """The rule that mends both is left out, and the memory has seen the other one."""
    text = "def price(rows):\n    return rows.{}\n"
    cases = [
        of_file(
            tmp_path,
            {
                "id": f"own/{number}",
                "error_type": "AttributeError",
                "buggy_code": text.format("length"),
                "fixed_code": text.format("__len__()"),
                "entry_call": f"price([{number}, 2])",
                "check": "assert price([1, 2, 3]) == 3",
            },
        )
        for number in (1, 2)
    ]
    before = rules.RULES
    said = gained(await compared(cases))
    assert [row.split()[-6:] for row in said.splitlines()[1:]] == [
        ["2", "100%", "100%", "+0", "100%", "100%"],
        ["2", "100%", "100%", "+0", "100%", "100%"],
        ["2", "0%", "100%", "+100", "-", "100%"],
    ]
    assert rules.RULES is before


def test_blame_is_told_apart_by_plan_and_kind_of_slip() -> None:
    case = Case("loans/key/1", "key", seeded=True, code="", call="", check="")
    other = Case("stock/forgotten/1", "forgotten", seeded=True, code="", call="", check="")
    found = Blamed(case, annotated=True, elsewhere=True, line=True, function=True, alarm=False)
    missed = Blamed(other, annotated=True, elsewhere=True, line=False, function=True, alarm=True)
    rows = [line.split() for line in told([found, missed]).splitlines()]
    assert rows[1] == ["annotated", "2", "50%", "100%", "0", "1"]
    assert ["-", "of", "results", "1", "100%", "100%"] in rows
    assert ["-", "of", "others", "1", "0%", "100%"] in rows
    assert ["-", "stock", "1", "0%", "100%"] in rows
    assert ["-", "key", "1", "100%", "100%"] in rows
