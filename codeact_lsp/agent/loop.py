"""The loop: plan, run, repair, run again, until there is a result or nothing helps."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field

from codeact_lsp.agent.bounds import Bounds
from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.agent.inspection import inspector
from codeact_lsp.agent.mending import Mender, said
from codeact_lsp.agent.planning import PlanningError, Work, planned
from codeact_lsp.agent.workplace import Workplace
from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.values import Result
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.model import ModelError
from codeact_lsp.plan import Encoding, Plan
from codeact_lsp.repair import Failure, Fix, failures
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.lessons import Lessons
from codeact_lsp.tape.of_run import started
from codeact_lsp.tape.steps import Ended, Happened, Revised, Stuck


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached.

    Attributes:
        task: In words; empty where the plan that is there only has to run.
        bounds: What that may take.
        text: The plan's text, if there is one.
        is_planned: Whether that text was made for the task, so that nothing is left but to run it.
        runs: Whether the plan is to be run; else it is only written.
        made: How many repairs were made before, and `taken` how many seconds that took.
    """

    task: str
    bounds: Bounds = field(default_factory=Bounds)
    text: str | None = None
    is_planned: bool = False
    runs: bool = True
    made: int = 0
    taken: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task.

    Attributes:
        ended: How it ended, and if it is stuck where.
        text: The plan as it is now; None if there is none.
        results: The values that the last run made or reused.
    """

    ended: Ended
    text: str | None = None
    results: Mapping[str, Result] = field(default_factory=dict)


class _OverError(Exception):
    """There is nothing left to do; `ended` says why."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(ended.message)
        self.ended = ended


async def pursue(
    goal: Goal, place: Workplace, mender: Mender, dialogue: Dialogue | None = None
) -> Outcome:
    """Write a plan for a task, and run and repair it until it runs.

    Ends by itself within the bounds. A cancel ends what runs, and is told of as a stop.

    Args:
        goal: What is to be reached.
        place: Where the plan is worked on.
        mender: What finds repairs.
        dialogue: The model that writes plans; None where no plan is to be written or changed.
    """
    pursuit = _Pursuit(goal, place, mender, dialogue)
    try:
        async with asyncio.timeout(max(goal.bounds.seconds - goal.taken, 0.0)):
            ended = await pursuit.go()
    except TimeoutError:
        ended = pursuit.bounded(f"{goal.bounds.seconds:g} s of work are over")
    except asyncio.CancelledError:
        place.tell(Ended(status="stopped", message="It was stopped.", stuck=pursuit.stuck))
        raise
    except Exception as error:
        # Such as a plan that somebody edited meanwhile: whoever called is told, and the tape too.
        place.tell(Ended(status="failed", message=str(error), stuck=pursuit.stuck))
        raise
    place.tell(ended)
    return Outcome(ended, pursuit.text, pursuit.results)


class _Pursuit:
    """One sitting."""

    def __init__(
        self, goal: Goal, place: Workplace, mender: Mender, dialogue: Dialogue | None
    ) -> None:
        self.text = goal.text
        self.stuck: Stuck | None = None
        self.results: Mapping[str, Result] = {}
        self._goal = goal
        self._place = place
        self._mender = mender
        self._dialogue = dialogue
        self._made = goal.made
        self._seen = {goal.text}
        self._lessons = Lessons(Memory(data_folder()))

    async def go(self) -> Ended:
        """Do what there is to do."""
        try:
            await self._plan()
            while self._goal.runs and (failures := await self._run()):
                await self._mend(failures)
        except _OverError as over:
            return over.ended
        return Ended(status="done")

    def bounded(self, what: str) -> Ended:
        """That something is used up, with the place that was worked on."""
        return Ended(status="bounded", message=f"It may take no more: {what}.", stuck=self.stuck)

    async def _plan(self) -> None:
        """Have the plan written, or changed for the task, unless that has been done."""
        goal, before = self._goal, self.text
        if before is not None and (goal.is_planned or not goal.task or self._dialogue is None):
            return
        if self._dialogue is None:
            raise _OverError(Ended(status="failed", message="There is no plan, and no model."))
        existing = Plan.from_text(before) if before is not None else None
        inspect = inspector(self._place.job, existing)
        try:
            place = self._place
            work = Work(goal.task, existing, inspect, place.tell, place.drafted)
            text = await planned(work, self._dialogue)
        except PlanningError as error:
            raise _OverError(Ended(status="stuck", message=str(error))) from error
        except ModelError as error:
            raise _OverError(self._unanswered(error)) from error
        self._revise(Revised(text=text, by="model", title="Write the plan"))

    async def _run(self) -> list[Failure]:
        """Run the plan; what failed."""
        job = self._job()
        self._place.tell(started(job))
        run = self._place.engine.run(job)
        async with aclosing(aiter(run)) as happening:
            async for event in happening:
                self._place.tell(Happened(event=event))
                if isinstance(event, events.RunFinished):
                    self._heed(event)
        self.results = run.results
        ended = (run.results, run.errors.values())
        await asyncio.to_thread(self._lessons.after, job.file, job.plan, *ended)
        return failures(run)

    def _heed(self, finished: events.RunFinished) -> None:
        if finished.status not in {"done", "failed"}:
            status = "refused" if finished.status == "refused" else "failed"
            raise _OverError(Ended(status=status, message=finished.message or finished.status))

    def _job(self) -> Job:
        plan = Plan.from_text(self.text or "")
        try:
            return self._place.job(plan)
        except PlanError as error:
            first = error.problems[0]
            stuck = self._stuck_at(plan, first.span.start, "", first.message)
            message = "The plan has errors, so nothing of it is run."
            raise _OverError(Ended(status="stuck", message=message, stuck=stuck)) from error
        except InputError as error:
            raise _OverError(Ended(status="stuck", message=str(error))) from error

    async def _mend(self, failures: list[Failure]) -> None:
        """Make one repair: the edits of others were made for the text as it is now."""
        self.stuck = self._stuck_in(failures[0])
        if self._made >= self._goal.bounds.attempts:
            raise _OverError(self.bounded(f"repairs were made: {self._made}"))
        stuck: Stuck | None = None
        for failure in failures:
            self.stuck = self._stuck_in(failure)
            try:
                fix = await self._mender.fix(failure, self._is_new)
            except ModelError as error:
                self.stuck = self._stuck_in(failure)
                raise _OverError(self._unanswered(error)) from error
            if fix:
                self._apply(fix)
                return
            stuck = stuck or self._stuck_in(failure)
        message = "Nothing that was tried makes it run."
        raise _OverError(Ended(status="stuck", message=message, stuck=stuck))

    def _apply(self, fix: Fix) -> None:
        by = fix.rule.partition(":")[0]
        self._made += 1
        self._revise(
            Revised(
                text=fix.edit.apply(self.text or ""),
                by=by if by in {"memory", "model"} else "rule",
                title=fix.title,
                node=fix.node,
            )
        )

    def _revise(self, revised: Revised) -> None:
        """Take a text for the plan's; it is told of before it is saved, so a crash loses none."""
        before, self.text = self.text, revised.text
        self._seen.add(self.text)
        self._place.tell(revised)
        if self.text != before:
            self._place.save(before, self.text)

    def _is_new(self, fix: Fix) -> bool:
        return fix.edit.apply(self.text or "") not in self._seen

    def _unanswered(self, error: ModelError) -> Ended:
        if error.kind == "budget":
            return self.bounded(str(error))
        return Ended(status="stuck", message=str(error), stuck=self.stuck)

    def _stuck_in(self, failure: Failure) -> Stuck:
        error = failure.error
        start = (error.focus or error.span).start
        return self._stuck_at(failure.job.plan, start, error.node, error.headline)

    def _stuck_at(self, plan: Plan, offset: int, node: str, error: str) -> Stuck:
        position = plan.source.position(offset, Encoding.CODE_POINTS)
        return Stuck(
            file=self._place.shown,
            line=position.line + 1,
            column=position.character + 1,
            node=node,
            error=error,
            tried=said(self._mender.tried),
        )
