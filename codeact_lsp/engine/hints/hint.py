"""The shape of a hint."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from codeact_lsp.plan import Plan, Problem, Severity, Span


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that would make a plan faster, or spare work.

    Attributes:
        code: Stable and documented.
        node: The node that it is about.
        span: Where to show it, as offsets into the plan's text.
        message: What was seen and what to do about it, in words.
        evidence: The numbers behind the words, by name: seconds, bytes, counts.
    """

    code: str
    node: str
    span: Span
    message: str
    evidence: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        """The hint as a problem, for whoever shows problems."""
        data = {"node": self.node, "evidence": dict(self.evidence)}
        return Problem(self.code, self.message, self.span, Severity.HINT, data=data)


def name_span(plan: Plan, node: str) -> Span:
    """The place of a node's name."""
    definition = plan.nodes[node]
    return definition.span(definition.node.name_span)
