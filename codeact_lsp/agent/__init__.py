"""From a task to its result: a plan is written, run and repaired, within bounds, on a tape."""

from codeact_lsp.agent.bounds import Bounds
from codeact_lsp.agent.loop import Goal, Outcome, pursue
from codeact_lsp.agent.planning import PlanningError, Work, planned
from codeact_lsp.agent.workplace import Workplace

__all__ = ["Bounds", "Goal", "Outcome", "PlanningError", "Work", "Workplace", "planned", "pursue"]
