"""What a model has answered and was seen to work, for when the same function fails so again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.model.answered import RULE
from codeact_lsp.repair.model.asked import Mended, failing
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.verify import Failure, Fix

_MOST = 200


@dataclass(frozen=True, slots=True)
class _Answer:
    """The function as it is then, and what was said of it."""

    text: str
    title: str
    likely: float
    hides: bool


class Kept:
    """Answers of one session, by the function that failed and what it failed with.

    They are candidates as any others are: what they met then may be otherwise by now.
    """

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], dict[str, _Answer]] = {}

    def keep(self, failure: Failure, fixes: Iterable[Fix]) -> None:
        """Keep what works of the answers about a failure."""
        plan, error = failure.job.plan, failure.error
        if mended := failing(plan, error.span.start):
            known = self._answers.setdefault(_key(mended, error), {})
            known |= {made.text: made for fix in fixes if (made := _made(plan, mended, fix))}
        while len(self._answers) > _MOST:
            del self._answers[next(iter(self._answers))]

    def candidates(self, scene: Scene) -> Iterator[Candidate]:
        """What was kept for a failure, as the changes that it is."""
        mended = failing(scene.plan, scene.error.span.start)
        if mended is None or scene.place != scene.error.span:
            return
        for answer in self._answers.get(_key(mended, scene.error), {}).values():
            edit = TextEdit(mended.function.whole, answer.text)
            yield Candidate(answer.title, edit, answer.likely, answer.hides, RULE)


def _key(mended: Mended, error: CodeError) -> tuple[str, str]:
    return mended.text, error.headline


def _made(plan: Plan, mended: Mended, fix: Fix) -> _Answer | None:
    edited = plan.edited(fix.edit.span, fix.edit.new)
    changed = Function.at(edited, mended.function.whole.start)
    if changed is None:
        return None
    return _Answer(Mended(changed).text, fix.label, fix.likely, fix.hides)
