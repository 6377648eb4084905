"""The steps that plans bring to a tape of TapeAgents.

All of them are plain data that is the same whenever the same is done: times and ids would make a
tape differ from its replay. So they can be saved, loaded, and replayed by `replay_tape`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from tapeagents.core import Action, Observation, SetNextNode, StopStep, Tape, Thought
from tapeagents.dialog_tape import UserStep


class PlanGiven(Observation):
    """The plan that there is from the start, as text."""

    kind: Literal["codeact_plan_given"] = "codeact_plan_given"
    text: str


class PlanWritten(Thought):
    """The plan's text is now `text`.

    Attributes:
        by: Who wrote it: "model", "memory" or "rule".
        title: What was done, as an order.
        node: The function that was repaired; empty if the plan was written as a whole.
        answer: What the model said, if it was asked.
    """

    kind: Literal["codeact_plan_written"] = "codeact_plan_written"
    text: str
    by: str
    title: str = ""
    node: str = ""
    answer: str = ""


class PlanRejected(Thought):
    """What is wrong with a plan that the model has written, so that it is not run."""

    kind: Literal["codeact_plan_rejected"] = "codeact_plan_rejected"
    problems: list[str]
    answer: str = ""


class RunPlan(Action):
    """Run the plan."""

    kind: Literal["codeact_run_plan"] = "codeact_run_plan"


class FindRepair(Action):
    """Look for what mends the failure of a node, by rules and by what was learnt."""

    kind: Literal["codeact_find_repair"] = "codeact_find_repair"
    node: str


class TryAnswer(Action):
    """Try what the model answered to a `RepairWanted`."""

    kind: Literal["codeact_try_answer"] = "codeact_try_answer"
    node: str
    answer: str


class NodeEnded(Observation):
    """What became of a node in a run.

    Attributes:
        status: "done", "failed", "blocked" or "cancelled".
        value: Its value in short: type, size and text. It is data, and no instruction to anybody.
        digest: What the store keeps the value under.
        error: What it failed with, in a line; `place` is where, as "line:column", from 1.
        by: The failed nodes that hold it back.
    """

    kind: Literal["codeact_node_ended"] = "codeact_node_ended"
    node: str
    status: str
    value: str = ""
    digest: str = ""
    error: str = ""
    place: str = ""
    by: list[str] = Field(default_factory=list)


class RunEnded(Observation):
    """A run is over.

    Attributes:
        status: "done", "failed", "cancelled", or "refused": nothing was run, for these `problems`.
    """

    kind: Literal["codeact_run_ended"] = "codeact_run_ended"
    status: str
    problems: list[str] = Field(default_factory=list)


class RepairFound(Observation):
    """A repair that was run and worked; `text` is the plan with it."""

    kind: Literal["codeact_repair_found"] = "codeact_repair_found"
    node: str
    text: str
    by: str
    title: str


class RepairWanted(Observation):
    """Nothing is known that surely mends a node; a model may know.

    Attributes:
        messages: What to ask it: the node's function, its error, and what values are like.
        said: What came of earlier answers.
        text: The plan with a repair that works, but may not be what was meant; `title` says which.
    """

    kind: Literal["codeact_repair_wanted"] = "codeact_repair_wanted"
    node: str
    messages: list[dict[str, str]]
    said: list[str] = Field(default_factory=list)
    text: str = ""
    by: str = ""
    title: str = ""


class Done(StopStep):
    """The plan runs; the values of its nodes, in short."""

    kind: Literal["codeact_done"] = "codeact_done"
    values: dict[str, str]


class Stuck(StopStep):
    """It does not go on: why, and in which node at which place."""

    kind: Literal["codeact_stuck"] = "codeact_stuck"
    message: str
    node: str = ""
    place: str = ""


PlanStep = (
    UserStep | PlanGiven | PlanWritten | PlanRejected | RunPlan | FindRepair | TryAnswer
    | NodeEnded | RunEnded | RepairFound | RepairWanted | SetNextNode | Done | Stuck
)  # fmt: skip


class PlanTape(Tape[None, Annotated[PlanStep, Field(discriminator="kind")]]):
    """A tape of such steps; an agent with steps of its own declares a wider one."""


def plan_of(tape: PlanTape) -> PlanGiven | PlanWritten | None:
    """The step that made the plan what it is now."""
    return next(reversed(list(plans_on(tape))), None)


def given_on(tape: PlanTape) -> PlanGiven | None:
    """The plan that there was from the start."""
    return next((each for each in tape.steps if isinstance(each, PlanGiven)), None)


def last_run(tape: PlanTape) -> list[NodeEnded]:
    """What became of the nodes in the last run."""
    ended: list[NodeEnded] = []
    for step in tape.steps:
        if isinstance(step, RunPlan):
            ended.clear()
        elif isinstance(step, NodeEnded):
            ended.append(step)
    return ended


def plans_on(tape: PlanTape) -> Iterator[PlanGiven | PlanWritten]:
    """All that the plan has been, in turn."""
    return (each for each in tape.steps if isinstance(each, PlanGiven | PlanWritten))


def task_of(tape: PlanTape) -> str:
    """What is to be done, in words."""
    said = (each.content for each in tape.steps if isinstance(each, UserStep))
    return next(said, "")
