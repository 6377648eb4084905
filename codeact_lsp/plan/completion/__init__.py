"""What can be typed next in a plan, beyond what Python's own servers offer."""

from codeact_lsp.plan.completion import docstrings, parameters
from codeact_lsp.plan.completion.place import DocstringPlace, ParameterPlace, place_at
from codeact_lsp.plan.completion.suggestion import Offer, Outside, Suggestion, Suggestions
from codeact_lsp.plan.plan import Plan

__all__ = ["Offer", "Outside", "Suggestion", "Suggestions", "complete"]


def complete(plan: Plan, offset: int, outside: Outside) -> Suggestions:
    """What can be typed at `offset`; nothing where the plan knows no more than Python does."""
    match place_at(plan.document, offset):
        case ParameterPlace(default_of="") as place:
            return parameters.names(plan, place, outside)
        case ParameterPlace() as place:
            return parameters.values(plan, place, outside)
        case DocstringPlace() as place:
            return docstrings.suggestions(plan, place, outside)
        case None:
            return Suggestions()
