"""Runs plans and tries repairs for an environment. It knows nothing of TapeAgents."""

from collections.abc import Collection, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Self

from codeact_lsp.agent.inspection import inspector
from codeact_lsp.agent.mending import Mender
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.events import Event
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.library.order import Options
from codeact_lsp.library.working import opened, workplace
from codeact_lsp.model import Message
from codeact_lsp.plan import Plan
from codeact_lsp.repair import Failure, Fix, failures
from codeact_lsp.repair.model.answer import END, AnswerError, read_answer
from codeact_lsp.repair.model.answered import candidates
from codeact_lsp.repair.model.asked import failing
from codeact_lsp.repair.model.prompt import Case, TooLongError
from codeact_lsp.tape.of_run import started
from codeact_lsp.tape.steps import Answered, Asked, Happened
from codeact_lsp.tapeagents.record import Record


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run: its events, or the problems for which it did not begin."""

    plan: Plan
    events: Sequence[Event] = ()
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking for a repair.

    Attributes:
        fix: One that works; None if there is none.
        text: The plan with it.
        messages: What to ask a model, where nothing is sure; nothing if there is nothing to ask.
        said: What came of its answers so far.
    """

    fix: Fix | None = None
    text: str = ""
    messages: Sequence[Message] = ()
    said: Sequence[str] = ()


@dataclass
class Bench:
    """An engine for one plan, with the failures that its last run had.

    Attributes:
        path: The plan's file.
        options: How it is run.
        record: Our own tape of what is done.
    """

    path: Path
    options: Options
    record: Record
    engine: Engine
    _text: str | None = None
    _failures: dict[str, Failure] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    @classmethod
    async def opened(cls, path: Path, options: Options, record: Record) -> Self:
        """A bench in the loop that is running.

        Raises:
            SetupError: The interpreter or the folder of results cannot be used.
        """
        return cls(path, options, record, opened(path, options))

    async def run(self, text: str, before: Plan | None = None, *, is_read: bool = False) -> Ran:
        """Run a plan.

        Args:
            text: The plan.
            before: What it was changed from, if it was.
            is_read: Whether it is read first as what a model writes is: what asks for rights, or
                deserves a look, is not run.
        """
        plan = Plan.from_text(text)
        place = workplace(self.path, self.options, self.engine, self.record.tell)
        if is_read and (problems := await inspector(place.job, before)(text)):
            return Ran(plan, problems=problems)
        try:
            job = place.job(plan)
        except PlanError as error:
            return Ran(plan, problems=[problem.message for problem in error.problems])
        except InputError as error:
            return Ran(plan, problems=[str(error)])
        self.record.tell(started(job))
        run, happened = self.engine.run(job), list[Event]()
        async with aclosing(aiter(run)) as happening:
            async for event in happening:
                self.record.tell(Happened(event=event))
                happened.append(event)
        self._text = text
        self._failures = {each.error.node: each for each in failures(run)}
        return Ran(plan, happened)

    async def repair(self, text: str, node: str, seen: Collection[str]) -> Found:
        """Look for what mends a node, by rules and memory.

        Args:
            text: The plan.
            node: A node that failed.
            seen: What the plan has been: no repair leads back there.
        """
        failure = await self._failure(text, node)
        if failure is None:
            return Found()
        mender = Mender(self.engine, self.record.tell)
        fix = await mender.fix(failure, lambda fix: fix.edit.apply(text) not in seen)
        mended = fix.edit.apply(text) if fix else ""
        if fix and fix.preferred:
            return Found(fix, mended)
        return Found(fix, mended, *_question(_case(failure), ()))

    async def answered(self, text: str, node: str, answer: str, said: Sequence[str]) -> Found:
        """Try what a model answered; if it is of no use, what to ask it next.

        Args:
            text: The plan.
            node: The node that it was asked about.
            answer: All that it said.
            said: What came of its earlier answers.
        """
        failure = await self._failure(text, node)
        case = _case(failure) if failure else None
        if failure is None or case is None:
            return Found()
        self._told(case, answer, said)
        fix, why = await self._tried(failure, case, answer)
        if fix:
            return Found(fix, fix.edit.apply(text))
        return Found(None, "", *_question(case, (*said, why)))

    async def close(self) -> None:
        """End what runs, and our tape."""
        await self.engine.close()
        self.record.close()

    async def _failure(self, text: str, node: str) -> Failure | None:
        """How a node fails; a bench that does not know has the plan run."""
        if self._text != text:
            await self.run(text)
        return self._failures.get(node)

    async def _tried(self, failure: Failure, case: Case, answer: str) -> tuple[Fix | None, str]:
        """What works of an answer, or why nothing does."""
        body, mark, _ = answer.partition(END)
        if not mark:
            return None, f"the answer is cut off: it does not end with {END}"
        try:
            read = read_answer(body, case.mended, case.masker)
        except AnswerError as error:
            return None, str(error)
        (candidate,) = candidates(case.mended, [read])
        tried = await Mender(self.engine, self.record.tell).trial(failure, candidate)
        if tried.fix and tried.fix.hides:
            return None, f"{candidate.title}: it only hides the failure"
        return tried.fix, f"{candidate.title}: {tried.said}"

    def _told(self, case: Case, answer: str, said: Sequence[str]) -> None:
        number, node = next(self._numbers), case.failure.error.node
        pairs = tuple((each.role, each.content) for each in case.messages(said))
        self.record.tell(Asked(purpose="repair", question=number, messages=pairs, node=node))
        self.record.tell(Answered(question=number, text=answer))


def _case(failure: Failure) -> Case | None:
    mended = failing(failure.job.plan, failure.error.span.start)
    return Case(failure, mended) if mended else None


def _question(case: Case | None, said: Sequence[str]) -> tuple[Sequence[Message], Sequence[str]]:
    """What to ask a model, and what came of its answers; no messages if it cannot be asked."""
    try:
        return (case.messages(said) if case else ()), said
    except TooLongError as error:
        return (), (*said, str(error))
