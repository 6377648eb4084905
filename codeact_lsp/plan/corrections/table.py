"""Which corrections there are for which problem."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from codeact_lsp.plan.corrections import (
    duplicate,
    generator,
    guard,
    ignore,
    reference,
    setting,
    spelling,
    unused,
    unused_ignore,
)
from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Span

_Corrector = Callable[[Plan, Problem], Correction | None]

_CORRECTORS: Mapping[str, tuple[_Corrector, ...]] = {
    "bad-section": (spelling.correction,),
    "cycle": (reference.correction,),
    "duplicate-node": (duplicate.removed, duplicate.private),
    "generator-node": (generator.listed, generator.private),
    "missing-input": (setting.correction,),
    "module-side-effect": (guard.correction,),
    "unknown-argument": (spelling.correction,),
    "unknown-input": (spelling.correction, setting.correction),
    "unknown-node": (spelling.correction, reference.correction),
    "unused-ignore": (spelling.correction, unused_ignore.correction),
    "unused-input": (unused.ordering, unused.removed),
}

# The only ones of which some are certain: the others need not be tried to find those.
_AT_TIMES_CERTAIN = (spelling.correction, unused_ignore.correction)


def corrections(plan: Plan, problem: Problem) -> Iterator[Correction]:
    """The ways out of `problem`, best first; the last one is to ignore it."""
    for corrector in (*_CORRECTORS.get(problem.code, ()), ignore.correction):
        if correction := corrector(plan, problem):
            yield correction


def combined(plan: Plan, problems: Iterable[Problem]) -> tuple[TextEdit, ...]:
    """The edits of all corrections that are certain; of those that overlap, the first."""
    edits: list[TextEdit] = []
    taken: list[Span] = []
    for problem in problems:
        correction = _certain(plan, problem)
        if correction and all(_is_free(edit.span, taken) for edit in correction.edits):
            edits += correction.edits
            for edit in correction.edits:
                insort(taken, edit.span)
    return tuple(sorted(edits, key=lambda edit: edit.span))


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span shares no point with those that are taken, which are in order and apart."""
    place = bisect_left(taken, span)
    return not any(span.overlaps(other) for other in taken[max(place - 1, 0) : place + 1])


def _certain(plan: Plan, problem: Problem) -> Correction | None:
    correctors = _CORRECTORS.get(problem.code, ())
    found = (each(plan, problem) for each in correctors if each in _AT_TIMES_CERTAIN)
    return next((correction for correction in found if correction and correction.certain), None)
