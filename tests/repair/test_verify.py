"""A fix is what was run and worked: what a trial runs, what it proves, what is made of it."""

import asyncio
from pathlib import Path

import pytest

from codeact_lsp.engine.choosing import make_job
from codeact_lsp.engine.events import Event, NodeCached
from codeact_lsp.repair import Failure, Fix, Repairer, failures
from tests.engine.running import wait_until_gone
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHAIN = '''
    from pathlib import Path

    def row() -> dict[str, int]:
        return {"amount": 1}

    def amount(row: dict[str, int]) -> int:
        """Leaves a trace, and is as good without.

        Cache: on
        """
        Path("ran amount").touch()
        return row["ammount"]

    def doubled(amount: int) -> int:
        """Leaves a trace, and is as good without.

        Cache: on
        """
        Path("ran doubled").touch()
        return 2 * amount

    def halved(amount: int) -> float:
        """Leaves a trace, and is as good without.

        Cache: on
        """
        Path("ran halved").touch()
        return amount / 2

    def apart() -> int:
        """Nothing that the failure held up.

        Cache: off
        """
        Path("ran apart").touch()
        return 1
'''


async def rerun(bench: Bench, failure: Failure, fix: Fix) -> list[Event]:
    """The events of a run of the repaired plan."""
    plan = failure.job.plan.edited(fix.edit.span, fix.edit.new)
    job = make_job(plan, failure.job.file, failure.job.targets)
    return [event async for event in bench.engine.run(job)]


def ran(folder: Path) -> set[str]:
    """The nodes that ran, by the files that they leave."""
    return {path.name.removeprefix("ran ") for path in folder.glob("ran *")}


async def test_the_title_says_what_the_fix_does_and_what_was_seen(bench: Bench) -> None:
    (fix,) = await bench.fixes(CHAIN)
    wall = f"{fix.result.usage.wall * 1000:,.0f} ms"
    assert fix.title == f"Rename 'ammount' to 'amount': runs, 2 of 2 downstream pass, {wall}"
    assert (fix.node, fix.rule, fix.preferred) == ("amount", "misspelt", True)
    assert (fix.result.preview.text, fix.result.origin) == ("1", "trial")


async def test_a_node_that_nothing_depends_on_only_has_to_run_itself(bench: Bench) -> None:
    (fix,) = await bench.fixes("def one(number: int = 1) -> int: return nubmer\n")
    assert fix.title.startswith("Rename 'nubmer' to 'number': runs, ")
    assert "downstream" not in fix.title


async def test_a_trial_runs_the_failed_node_and_what_waits_for_it_and_nothing_else(
    bench: Bench,
) -> None:
    failure = await bench.failure(plain(CHAIN))
    assert ran(bench.folder) == {"amount", "apart"}
    for path in bench.folder.glob("ran *"):
        path.unlink()
    assert await Repairer(bench.engine).fixes(failure)
    assert ran(bench.folder) == {"amount", "doubled", "halved"}


async def test_a_trial_runs_no_node_that_the_users_own_run_did_not_want(bench: Bench) -> None:
    (fix,) = await bench.fixes(CHAIN, "doubled")
    assert (fix.passed, fix.downstream) == (1, 1)
    assert ran(bench.folder) == {"amount", "doubled"}


async def test_the_next_run_takes_what_the_trial_made(bench: Bench) -> None:
    failure = await bench.failure(plain(CHAIN))
    (fix,) = await Repairer(bench.engine).fixes(failure)
    happened = await rerun(bench, failure, fix)
    cached = {event.node: event.why for event in happened if isinstance(event, NodeCached)}
    unchanged = cached["row"]
    assert unchanged.endswith("unchanged")
    assert cached == {
        "row": unchanged,
        "amount": "it ran while a fix was tried",
        "doubled": "it ran while a fix was tried",
        "halved": "it ran while a fix was tried",
    }


async def test_a_candidate_that_still_fails_is_not_offered(bench: Bench) -> None:
    fixes = await bench.meant("""
        def amount() -> int:
            row = {"amounts": "two", "amount_": 2}
            return 1 + row["amount"]
    """)
    assert [fix.label for fix in fixes] == ["Rename 'amount' to 'amount_'"]


async def test_a_node_that_another_failure_holds_back_says_nothing_about_a_fix(
    bench: Bench,
) -> None:
    text = plain("""
        def broken() -> int:
            return 1 / 0

        def amount(number: int = 1) -> int:
            return nubmer

        def both(broken: int, amount: int) -> int:
            return broken + amount
    """)
    failure = await bench.failure(text, "amount")
    whole = make_job(failure.job.plan, failure.job.file, tuple(failure.job.plan.nodes))
    (fix,) = await Repairer(bench.engine).fixes(Failure(whole, failure.error, failure.results))
    assert (fix.passed, fix.downstream) == (0, 0)


async def test_a_fix_that_leaves_another_node_with_the_same_bad_value_is_none(bench: Bench) -> None:
    text = plain("""
        def groups() -> dict[str, int]:
            found = {"x": 1}
            return [found]

        def names(groups: dict[str, int]) -> list[str]:
            return [name for name, _ in groups.items()]

        def total(groups: dict[str, int]) -> int:
            return sum(number for _, number in groups.items())
    """)
    run = await bench.run(text)
    for failure in failures(run):
        assert len(failure.beside) == 1
        fixes = await Repairer(bench.engine).fixes(failure)
        assert [fix.label for fix in fixes] == ["In 'groups': return 'found'"]


async def test_a_trial_uses_the_inputs_of_the_run(bench: Bench) -> None:
    text = """
        def shown(number: int) -> str:
            return f"{nubmer:03}"
    """
    (fix,) = await bench.fixes(text, inputs={"number": 7})
    assert fix.result.preview.text == "007"


async def test_a_trial_that_never_ends_is_ended_and_not_offered(bench: Bench) -> None:
    failure = await bench.failure(
        plain("""
            def endless(number: int = 1) -> int:
                while nubmer:
                    pass
        """),
        timeout=1.0,
    )
    assert failure.error.type == "NameError"
    assert await Repairer(bench.engine).fixes(failure) == []


async def test_a_search_that_is_cancelled_leaves_no_trial_behind(bench: Bench) -> None:
    failure = await bench.failure(
        plain("""
            import os
            from pathlib import Path

            def endless(number: int = 1) -> int:
                nubmer
                Path("draft").write_text(str(os.getpid()))
                Path("draft").rename("process")
                while True:
                    pass
        """)
    )
    search = asyncio.create_task(Repairer(bench.engine).fixes(failure))
    process = bench.folder / "process"
    async with asyncio.timeout(20):
        while not process.exists():  # noqa: ASYNC110 - another process makes it.
            await asyncio.sleep(0.01)
    search.cancel()
    with pytest.raises(asyncio.CancelledError):
        await search
    await wait_until_gone(int(process.read_text(encoding="utf-8")))


async def test_nothing_is_written_to_the_plan(bench: Bench) -> None:
    await bench.fixes(CHAIN)
    saved = (bench.folder / "it.plan.py").read_text(encoding="utf-8")
    assert saved == plain(CHAIN)


async def test_a_trial_takes_the_recorded_inputs_and_makes_none_again(bench: Bench) -> None:
    failure = await bench.failure(
        plain("""
        from pathlib import Path

        def sent() -> dict[str, int]:
            \"\"\"Cache: off\"\"\"
            with Path("sent").open("a") as file:
                file.write("x")
            return {"amount": 1}

        def total(sent: dict[str, int]) -> int:
            return sent["ammount"]
        """)
    )
    assert await Repairer(bench.engine).fixes(failure)
    assert (bench.folder / "sent").read_text() == "x"


UNKEPT = """
    def a(rows: list[int] = [3]) -> object:
        class Local:
            size = len(rwos)

        return Local()
"""


async def test_a_node_that_then_runs_to_its_end_is_said_to_give_what_cannot_be_kept(
    bench: Bench,
) -> None:
    best, *_ = await bench.fixes(UNKEPT)
    assert best.label == "Rename 'rwos' to 'rows'"
    assert best.title.startswith(f"{best.label}: runs to its end, but its result cannot be kept: ")
    assert "Local" in best.title
    assert not best.preferred


async def test_what_gives_something_that_can_be_kept_comes_before_that(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(rows: list[int] = [3], rowsd: int = 1) -> object:
            class Local:
                pass

            return rowss and Local
        """
    )
    assert [bool(fix.left) for fix in fixes] == sorted(bool(fix.left) for fix in fixes)
    assert fixes


async def test_a_result_that_still_cannot_be_kept_is_no_repair_of_that(bench: Bench) -> None:
    failure = await bench.failure("def a(): return iter([open('it.plan.py')])\n")
    fixes = await Repairer(bench.engine).fixes(failure)
    assert all(not fix.left for fix in fixes)


async def test_what_has_not_run_yet_has_not_run_to_its_end(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def _read(rows: list[int]) -> object:
            for row in rows:
                yield row.nothing_like_that

        def a() -> object:
            rows = [1, 2]
            return list(_read(rows))
        """
    )
    assert all(not fix.left for fix in fixes)
