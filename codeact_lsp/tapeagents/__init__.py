"""Plans for agents of TapeAgents: nodes that write and mend them, an environment that runs them.

    from codeact_lsp.tapeagents import PlanEnvironment, plan_agent, plan_tape
    from tapeagents.orchestrator import main_loop

    with PlanEnvironment("sales.plan.py") as environment:
        tape = main_loop(plan_agent(llm), plan_tape("Sum up"), environment).get_final_tape()

TapeAgents is no dependency: whoever uses this has it.
"""

try:
    import tapeagents.core  # noqa: F401 - whether it is there.
except ModuleNotFoundError as error:
    raise ImportError(
        "TapeAgents is not installed in this environment. It needs Python 3.11 or 3.12: "
        "python -m pip install 'tapeagents>=0.1.15,<0.2'",
        name=error.name,
    ) from error

from codeact_lsp.tapeagents.agent import plan_agent, plan_tape
from codeact_lsp.tapeagents.environment import PlanEnvironment
from codeact_lsp.tapeagents.nodes import PlanNode, RepairNode, RunNode
from codeact_lsp.tapeagents.steps import (
    Done,
    FindRepair,
    NodeEnded,
    PlanGiven,
    PlanRejected,
    PlanTape,
    PlanWritten,
    RepairFound,
    RepairWanted,
    RunEnded,
    RunPlan,
    Stuck,
    TryAnswer,
)

__all__ = [
    "Done",
    "FindRepair",
    "NodeEnded",
    "PlanEnvironment",
    "PlanGiven",
    "PlanNode",
    "PlanRejected",
    "PlanTape",
    "PlanWritten",
    "RepairFound",
    "RepairNode",
    "RepairWanted",
    "RunEnded",
    "RunNode",
    "RunPlan",
    "Stuck",
    "TryAnswer",
    "plan_agent",
    "plan_tape",
]
