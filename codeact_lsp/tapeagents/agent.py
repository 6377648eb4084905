"""An agent of the three nodes, and a tape for it to begin with."""

from typing import Any

from tapeagents.agent import Agent
from tapeagents.dialog_tape import UserStep
from tapeagents.llms import LLM

from codeact_lsp.tapeagents.nodes import PlanNode, RepairNode, RunNode
from codeact_lsp.tapeagents.steps import PlanGiven, PlanTape


def plan_agent(llm: LLM | None = None, **fields: Any) -> Agent:
    """An agent that writes a plan for a task, has it run, and repaired until it runs.

    Args:
        llm: The model; without one a plan has to be given, and is repaired by rules and memory.
        fields: Other fields of the agent, such as its `name`.
    """
    nodes = [PlanNode(), RunNode(), RepairNode()]
    made: Agent = Agent[PlanTape].create(llm, **{"name": "codeact", "nodes": nodes, **fields})
    return made


def plan_tape(task: str = "", text: str = "") -> PlanTape:
    """A tape to begin with.

    Args:
        task: What is to be done, in words; empty where the plan only has to run.
        text: The plan that there is, if there is one.
    """
    given = [PlanGiven(text=text)] if text else []
    return PlanTape(steps=[*([UserStep(content=task)] if task else []), *given])
