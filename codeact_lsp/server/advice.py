"""What a linter found in a plan, moved with the text until it has read the plan again."""

from dataclasses import dataclass, replace

from codeact_lsp.plan import Plan, Problem, Span
from codeact_lsp.plan.document import difference
from codeact_lsp.plan.edits.text import minimal


@dataclass(frozen=True, eq=False, slots=True)
class Advice:
    """What was found.

    Attributes:
        plan: The snapshot that all spans belong to.
        complete: Whether it is that snapshot which was read, and not an older one.
    """

    plan: Plan
    problems: tuple[Problem, ...] = ()
    complete: bool = True

    def moved(self, plan: Plan) -> "Advice":
        """The same where it stands in an edited plan; what stood where it was edited is gone."""
        if plan is self.plan:
            return self
        if not self.problems:
            return Advice(plan, complete=False)
        edited, by = _edited(self.plan, plan)
        found = []
        for problem in self.problems:
            if problem.span.end <= edited.start:
                found.append(problem)
            elif problem.span.start >= edited.end:
                found.append(replace(problem, span=problem.span.shifted(by)))
        return Advice(plan, tuple(found), complete=False)


def _edited(old: Plan, new: Plan) -> tuple[Span, int]:
    """The one span of the old text outside of which the new one is the same, and how it grew."""
    _, first, old_end, new_end = difference(old.document, new.document)
    start, end = _start(old, first), _start(old, old_end)
    before = old.source.text[start:end]
    after = new.source.text[start : _start(new, new_end)]
    return minimal(before, after, start).span, len(after) - len(before)


def _start(plan: Plan, index: int) -> int:
    """Where a piece starts; for the one behind the last, where the text ends."""
    starts = plan.document.starts
    return starts[index] if index < len(starts) else len(plan.source.text)
