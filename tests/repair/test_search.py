"""In what order candidates are tried, what is told of them meanwhile, and what ends the search."""

import asyncio
from collections.abc import Iterator
from time import monotonic

import pytest

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair import Failure, Fix, Repairer
from codeact_lsp.repair.candidates import Candidate, Source
from codeact_lsp.repair.rules import LAST
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.search import Search
from codeact_lsp.sandbox.levels import Level, Policy, preset
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def total() -> int:
        row = {"amount": 2}
        return row["ammount"]
    """


async def failure(bench: Bench, policy: Policy) -> Failure:
    """That of the plan, with what its node may do."""
    return await bench.failure(plain(PLAN), policies={"total": policy})


def writing(*texts: str) -> Source:
    """A source that has something else for the failing expression, the surest first."""

    def candidates(scene: Scene) -> Iterator[Candidate]:
        for number, text in enumerate(texts):
            edit = TextEdit(scene.error.span, text)
            yield Candidate(f"Write '{text}'", edit, 1.0 - number / 100)

    return candidates


async def test_what_a_source_knows_is_told_of_before_what_the_rules_find(bench: Bench) -> None:
    told: list[list[str]] = []

    def found(fixes: list[Fix]) -> None:
        assert not any(fix.preferred for fix in fixes)
        told.append([fix.label for fix in fixes])

    failed = await failure(bench, preset(Level.OFF))
    await Repairer(bench.engine, [writing('max(row["amount"], 0)')]).fixes(failed, found)
    known = "Write 'max(row[\"amount\"], 0)'"
    assert told == [[known], [known, "Rename 'ammount' to 'amount'"]]


async def test_the_rules_title_is_better_than_none_for_the_same_change(bench: Bench) -> None:
    def candidates(scene: Scene) -> Iterator[Candidate]:
        edit = TextEdit(scene.error.span, 'row["amount"]')
        yield Candidate("As before", edit, 1.0, says_less=True)

    failed = await failure(bench, preset(Level.OFF))
    (fix,) = await Repairer(bench.engine, [candidates]).fixes(failed)
    assert (fix.label, fix.preferred) == ("Rename 'ammount' to 'amount'", True)


async def test_a_trial_that_hangs_holds_up_no_other_where_none_can_write(bench: Bench) -> None:
    failed = await failure(bench, preset(Level.STRICT, bench.folder))
    first: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def found(fixes: list[Fix]) -> None:
        if not first.done():
            first.set_result(fixes[0].label)

    source = writing("max(iter(int, 1))", "2")
    search = asyncio.create_task(Repairer(bench.engine, [source]).fixes(failed, found))
    assert await asyncio.wait_for(first, 30) == "Write '2'"
    search.cancel()
    await asyncio.wait([search])


async def test_where_a_node_may_write_its_trials_run_one_after_another(bench: Bench) -> None:
    heard: list[str] = []
    failed = await failure(bench, preset(Level.OFF))
    source = writing("sum(range(9_000_000))", "len(row) // 0", "2")
    await Repairer(bench.engine, [source], lambda each, _: heard.append(each.title)).fixes(failed)
    assert heard[:2] == ["Write 'sum(range(9_000_000))'", "Write 'len(row) // 0'"]


async def test_guesses_are_made_where_nothing_else_works_and_are_not_preferred(
    bench: Bench,
) -> None:
    (fix, *_) = await bench.fixes("""
        def a(parts: list[str] = ["b", "c"]) -> str:
            mark = "-"
            return mark.zzz(parts)
    """)
    assert (fix.rule, fix.label) == ("other-methods", "Write 'join' for 'zzz'")
    assert not fix.preferred


async def test_no_guess_is_made_where_a_likely_fix_works(bench: Bench) -> None:
    tried: list[str] = []

    def heard(candidate: Candidate, _: Fix | None) -> None:
        tried.append(candidate.rule)

    failed = await failure(bench, preset(Level.OFF))
    await Repairer(bench.engine, heard=heard).fixes(failed)
    assert tried
    assert not {rule.name for rule in LAST} & set(tried)


async def test_what_asks_otherwise_than_the_code_that_refused_only_hides(bench: Bench) -> None:
    fixes = await bench.fixes("""
        def paid(amount: int = -2) -> int:
            if amount < 0:
                raise ValueError("amounts are positive")
            return amount
    """)
    assert fixes
    assert all(fix.hides and not fix.preferred for fix in fixes)


async def test_a_class_of_the_plans_own_that_is_raised_gets_guesses(bench: Bench) -> None:
    fixes = await bench.fixes("""
        class Unknown(Exception):
            pass

        def kind(line: str = "tea:2") -> str:
            parts = line.split(";")
            if len(parts) != 2:
                raise Unknown(line)
            return parts[0]
    """)
    assert fixes[0].label == "Write '\":\"'"
    assert not fixes[0].hides


async def test_how_long_the_rules_think_takes_no_time_from_the_trials(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = await failure(bench, preset(Level.OFF))
    found = Search(bench.engine, failed, None, None)
    late = monotonic() + 1000
    monkeypatch.setattr("codeact_lsp.repair.search.monotonic", lambda: late)
    edit = TextEdit(failed.error.span, 'row["amount"]')
    await found.try_out([Candidate("Rename it", edit, 1.0)])
    assert [fix.label for fix in found.ranked()] == ["Rename it"]


async def test_nothing_is_tried_without_time(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codeact_lsp.repair.search._BUDGET_SECONDS", 0.0)
    failed = await failure(bench, preset(Level.OFF))
    assert await Repairer(bench.engine).fixes(failed) == []
