"""Run a plan that fails, look for repairs, and compare the text before and after."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan
from codeact_lsp.repair import Failure, Fix, Repairer
from codeact_lsp.repair.candidates import Rule
from codeact_lsp.repair.records import is_reliable
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.verify import verify


@dataclass(frozen=True)
class Bench:
    """An engine, and the folder of the plan that is repaired."""

    engine: Engine
    folder: Path

    async def failure(self, text: str, *wanted: str, **settings: Any) -> Failure:
        """The one failure of a run of a plan."""
        run = await self.run(text, *wanted, **settings)
        (error,) = run.errors.values()
        return Failure(run.job, error, run.results)

    async def run(self, text: str, *wanted: str, **settings: Any) -> Run:
        """A run of a plan to its end."""
        plan, file = Plan.from_text(text), self.folder / "it.plan.py"
        file.write_text(text, encoding="utf-8", newline="")
        run = self.engine.run(make_job(plan, file, select(plan, wanted), **settings))
        async for _ in run:
            pass
        return run

    async def fixes(self, text: str, *wanted: str, **settings: Any) -> list[Fix]:
        """The fixes for the one failure of a plan, best first."""
        failure = await self.failure(plain(text), *wanted, **settings)
        return await Repairer(self.engine).fixes(failure)

    async def meant(self, text: str) -> list[Fix]:
        """The fixes that keep the meaning."""
        return [fix for fix in await self.fixes(text) if not fix.hides]

    async def check_fix(self, before: str, label: str, after: str) -> None:
        """The best fix has this label, and turns the text into exactly that.

        It is preferred if the record of its rule allows that, and only then.
        """
        best, *_ = await self.fixes(before)
        assert best.label == label
        assert best.preferred is is_reliable(best.rule)
        assert best.edit.apply(plain(before)) == plain(after)

    async def check_first(self, text: str, old: str, new: str) -> Fix:
        """The first fix keeps the meaning, and writes one thing for another and changes no more."""
        best, *_ = await self.fixes(text)
        assert best.edit.apply(plain(text)) == plain(text).replace(old, new)
        assert not best.hides
        return best

    async def check_none(self, text: str) -> None:
        """The plan fails, and no fix is found that runs."""
        assert await self.fixes(text) == []

    async def check_offer(self, before: str, label: str, after: str) -> Fix:
        """Of the fixes, the one with this label turns the text into exactly that."""
        fixes = {fix.label: fix for fix in await self.fixes(before)}
        assert label in fixes
        assert fixes[label].edit.apply(plain(before)) == plain(after)
        return fixes[label]

    async def check_hides(self, before: str, label: str, after: str) -> None:
        """A fix with this label is offered, says that it only stops the crash, and comes last."""
        fix = await self.check_offer(before, label, after)
        assert fix.hides
        assert not fix.preferred
        assert "stops the crash; check the value" in fix.title

    async def check_proposed(self, rule: Rule, before: str, after: str) -> None:
        """The rule proposes what turns the text into exactly that, and `a` of it runs then."""
        failure = await self.failure(plain(before), "a")
        scene = Scene(failure.job.plan, failure.error, failure.error.span)
        made = list(rule.candidates(scene))
        meant = [each for each in made if each.edit.apply(plain(before)) == plain(after)]
        assert meant, [candidate.title for candidate in made]
        assert await verify(self.engine, failure, meant[0])

    async def check_silent(self, rule: Rule, text: str) -> None:
        """The plan fails, and the rule has nothing to say to it."""
        failure = await self.failure(plain(text))
        scene = Scene(failure.job.plan, failure.error, failure.error.span)
        assert [candidate.title for candidate in rule.candidates(scene)] == []


def plain(text: str) -> str:
    """A text of a test without its indentation and first line end; other line ends stay."""
    return dedent(text).lstrip("\n")
