"""Candidates out of a model's answers: each once, the one that came most often first."""

import ast
from collections import defaultdict
from collections.abc import Sequence

from codeact_lsp.plan.edits.function import Function
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.model.answer import Answer
from codeact_lsp.repair.model.asked import Mended
from codeact_lsp.repair.model.hiding import hides

RULE = "model"
# A model alone is as often right as not; what it says again when asked anew is likely meant.
_ALONE = 0.7
_AGREED = 0.8


def candidates(mended: Mended, answers: Sequence[Answer]) -> list[Candidate]:
    """The candidates of some answers to the same question; how they are written is all the same."""
    alike: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        alike[ast.dump(_changed(mended, answer).tree)].append(answer)
    by_votes = sorted(alike.values(), key=len, reverse=True)
    return [_candidate(mended, same[0], len(same)) for same in by_votes]


def _candidate(mended: Mended, answer: Answer, votes: int) -> Candidate:
    why = f": {answer.why}" if answer.why else ""
    return Candidate(
        title=f"Take the model's answer{why}",
        edit=answer.edit,
        likely=_AGREED if votes > 1 else _ALONE,
        hides=hides(mended.function.tree, _changed(mended, answer).tree),
        rule=RULE,
    )


def _changed(mended: Mended, answer: Answer) -> Function:
    plan = mended.function.plan.edited(answer.edit.span, answer.edit.new)
    changed = Function.at(plan, mended.function.whole.start)
    if changed is None:
        raise AssertionError("an answer leaves the function in its place")
    return changed
