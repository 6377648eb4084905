"""The nodes: one writes a plan, one has it run, one has it repaired.

A node of TapeAgents executes nothing. It reads the tape, asks a model or nobody, and says what is
to be done; the environment does it.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Any

from tapeagents.agent import Node
from tapeagents.core import LLMOutput, Prompt, SetNextNode, Step
from tapeagents.llms import LLMStream

from codeact_lsp.agent.answers import AnswerError
from codeact_lsp.agent.planning import plan_text
from codeact_lsp.agent.prompts import END, request, sent_back
from codeact_lsp.engine.workspace.redaction import secrets
from codeact_lsp.model import Message
from codeact_lsp.model.masking import Masker
from codeact_lsp.plan import Plan
from codeact_lsp.tapeagents.steps import (
    Done,
    FindRepair,
    NodeEnded,
    PlanRejected,
    PlanTape,
    PlanWritten,
    RepairFound,
    RepairWanted,
    RunEnded,
    RunPlan,
    Stuck,
    TryAnswer,
    given_on,
    last_run,
    plan_of,
    task_of,
)

PLAN, RUN, REPAIR = "plan", "run", "repair"


class _PlanNode(Node):
    """What the nodes share: the names by which they hand over to each other."""

    plan: str = PLAN
    run: str = RUN
    repair: str = REPAIR

    def make_llm_output(self, agent: Any, tape: PlanTape, index: int) -> LLMOutput:  # noqa: ARG002
        """What the model had said for a step; nothing where it was not asked."""
        answer = getattr(tape.steps[index], "answer", "")
        return LLMOutput(role="assistant", content=answer)


class PlanNode(_PlanNode):
    """Has the model write a plan, or change the one that was given, function by function.

    Attributes:
        rounds: How many answers are read; what is wrong with one is told with the next question.
    """

    name: str = PLAN
    rounds: int = 3

    def make_prompt(self, agent: Any, tape: PlanTape) -> Prompt:
        """The task with the plan format, and what is wrong with the last answer."""
        if not self._is_wanted(agent, tape) or self._answers(tape) >= self.rounds:
            return Prompt()
        return _prompt(self._messages(tape, _masker()))

    def generate_steps(
        self,
        agent: Any,
        tape: PlanTape,
        llm_stream: LLMStream,
    ) -> Iterator[Step]:
        """The plan, or what is wrong with what the model says."""
        if not self._is_wanted(agent, tape):
            yield SetNextNode(next_node=self.run)
            return
        if self._answers(tape) >= self.rounds:
            wrong = "; ".join(_problems(tape))
            yield Stuck(message=f"No plan of {self.rounds} could be used: {wrong}")
            return
        answer, masker = llm_stream.get_text(), _masker()
        self._messages(tape, masker)  # It learns what stands for which secret.
        given = given_on(tape)
        try:
            existing = Plan.from_text(given.text) if given else None
            text = plan_text(_whole(answer), existing, masker)
        except AnswerError as error:
            yield PlanRejected(problems=[str(error)], answer=answer)
            yield SetNextNode(next_node=self.name)
            return
        yield PlanWritten(text=text, by="model", title="Write the plan", answer=answer)
        yield SetNextNode(next_node=self.run)

    def _is_wanted(self, agent: Any, tape: PlanTape) -> bool:
        """Whether there is a task and a model, and no plan of its own that may be run."""
        is_written = isinstance(plan_of(tape), PlanWritten)
        is_askable = bool(task_of(tape)) and bool(agent.llms)
        return is_askable and (not is_written or bool(_problems(tape)))

    def _answers(self, tape: PlanTape) -> int:
        return len(_of_model(tape))

    def _messages(self, tape: PlanTape, masker: Masker) -> list[Message]:
        given, answers = given_on(tape), _of_model(tape)
        existing = Plan.from_text(given.text) if given else None
        first = request(task_of(tape), existing, masker)
        if not answers:
            return first
        problems = [masker.text(problem) for problem in _problems(tape)]
        return sent_back(first, answers[-1].answer, problems)


class RunNode(_PlanNode):
    """Has the plan run."""

    name: str = RUN

    def generate_steps(
        self,
        agent: Any,  # noqa: ARG002 - as of `Node`.
        tape: PlanTape,
        llm_stream: LLMStream,  # noqa: ARG002
    ) -> Iterator[Step]:
        """The order to run it."""
        if plan_of(tape) is None:
            yield Stuck(message="There is no plan, and no task with a model to write one.")
            return
        yield RunPlan()
        yield SetNextNode(next_node=self.repair)


class RepairNode(_PlanNode):
    """Has what failed repaired, by rules and memory first, then by the model, if there is one.

    Attributes:
        attempts: How many repairs are made in all.
        answers: How many answers of the model are tried for one failure.
    """

    name: str = REPAIR
    attempts: int = 8
    answers: int = 2

    def make_prompt(self, agent: Any, tape: PlanTape) -> Prompt:
        """The question that the environment has made, if there is one to ask."""
        wanted = tape.steps[-1]
        if not isinstance(wanted, RepairWanted) or not self._may_ask(agent, tape):
            return Prompt()
        return Prompt(messages=wanted.messages)

    def generate_steps(self, agent: Any, tape: PlanTape, llm_stream: LLMStream) -> Iterator[Step]:
        """What follows from the last observation."""
        match tape.steps[-1]:
            case RunEnded(status="done"):
                yield Done(values={each.node: each.value for each in last_run(tape)})
            case RunEnded(status="failed"):
                yield from self._after_failure(tape)
            case RunEnded(problems=problems):
                yield from self._refused(tape, problems)
            case RepairFound() as found:
                yield from self._taken(found)
            case RepairWanted(node=node) if self._may_ask(agent, tape):
                yield TryAnswer(node=node, answer=llm_stream.get_text())
                yield SetNextNode(next_node=self.name)
            case _:
                yield from self._without_model(tape)

    def _after_failure(self, tape: PlanTape) -> Iterator[Step]:
        made = sum(bool(each.node) for each in _of_kind(tape, PlanWritten))
        if made >= self.attempts:
            yield self._stuck(tape, f"It may take no more: repairs were made: {made}.")
            return
        yield FindRepair(node=_first_failed(tape).node)
        yield SetNextNode(next_node=self.name)

    def _refused(self, tape: PlanTape, problems: Sequence[str]) -> Iterator[Step]:
        plan = plan_of(tape)
        if isinstance(plan, PlanWritten) and not plan.node:
            yield SetNextNode(next_node=self.plan)
        else:
            yield Stuck(message="; ".join(problems) or "The run did not come to its end.")

    def _taken(self, repair: RepairFound | RepairWanted) -> Iterator[Step]:
        yield PlanWritten(text=repair.text, by=repair.by, title=repair.title, node=repair.node)
        yield SetNextNode(next_node=self.run)

    def _without_model(self, tape: PlanTape) -> Iterator[Step]:
        """A repair that works and is not sure, if there is one."""
        guess = next((each for each in _since_run(tape, RepairWanted) if each.text), None)
        if guess:
            yield from self._taken(guess)
        else:
            yield self._stuck(tape, "Nothing that was tried makes it run.")

    def _may_ask(self, agent: Any, tape: PlanTape) -> bool:
        """Whether there is a question, and a model that was not asked too often about it."""
        asked = len(_since_run(tape, TryAnswer))
        return bool(agent.llms) and bool(tape.steps[-1].messages) and asked < self.answers

    def _stuck(self, tape: PlanTape, message: str) -> Stuck:
        failed = _first_failed(tape)
        return Stuck(message=f"{message} {failed.error}", node=failed.node, place=failed.place)


def _first_failed(tape: PlanTape) -> NodeEnded:
    return next(each for each in last_run(tape) if each.status == "failed")


def _of_model(tape: PlanTape) -> list[PlanWritten | PlanRejected]:
    """What the model said when it was asked for a plan."""
    plans = (each for each in _of_kind(tape, PlanWritten | PlanRejected) if each.answer)
    return list(plans)


def _problems(tape: PlanTape) -> list[str]:
    """What is wrong with the model's last plan; nothing where nothing is known to be."""
    last = next(
        (each for each in reversed(tape.steps) if isinstance(each, PlanRejected | RunEnded)), None
    )
    if isinstance(last, RunEnded) and last.status != "refused":
        return []
    return list(last.problems) if last else []


def _since_run(tape: PlanTape, kind: Any) -> list[Any]:
    """The steps of a kind since the plan was run last."""
    last = max(at for at, step in enumerate(tape.steps) if isinstance(step, RunEnded))
    return [each for each in tape.steps[last:] if isinstance(each, kind)]


def _of_kind(tape: PlanTape, kind: Any) -> list[Any]:
    return [each for each in tape.steps if isinstance(each, kind)]


def _whole(answer: str) -> str:
    """An answer that came to its end: one that breaks off looks like a whole one.

    Raises:
        AnswerError: It did not.
    """
    text, mark, _ = answer.partition(END)
    if not mark:
        raise AnswerError(f"The answer is cut off: it does not end with {END}.")
    return text


def _masker() -> Masker:
    return Masker(secrets(os.environ))


def _prompt(messages: Sequence[Message]) -> Prompt:
    return Prompt(messages=[{"role": each.role, "content": each.content} for each in messages])
