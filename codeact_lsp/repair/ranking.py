"""Order the fixes that ran: which is the best, and whether it may be applied without asking.

That a fix runs says little: most changes that make code run make it run wrongly. So a fix is
preferred only if its rule has nearly always been right, if the result is what the node declares,
and if no other that is about as likely gives another result.
"""

from collections.abc import Sequence
from dataclasses import replace

from codeact_lsp.repair.candidates import ACCEPTED, GUESS, LIKELY, Candidate
from codeact_lsp.repair.records import is_reliable
from codeact_lsp.repair.verify import Fix

# Below this a fix that works is a guess, and a guess is offered but never preferred.
SURE_ENOUGH = 0.75
# Rules are not so exact that less of a difference would say anything.
_NEAR = 0.05
# Two rules do not measure by the same yard: what is this much less likely by another good one
# speaks against what gives something else.
_RIVAL = 0.11
_ENOUGH = 3


def ranked(fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes, best first; of those that break a declaration the likely ones, if all do.

    One that only has the same failure come later is none, where another one has not, or where it is
    not a likely one: the same slip may well have been made in two nodes. Before all comes what a
    person has taken for this very failure, whatever anybody else makes of it.
    """
    accepted = [fix for fix in fixes if fix.likely >= ACCEPTED]
    if accepted:
        best = accepted[0]
        others = _sound([fix for fix in fixes if fix is not best])
        return [replace(best, preferred=not (best.blamed or best.left)), *others]
    sound = _sound(fixes)
    if not sound:
        return []
    best, *others = sound
    return [replace(best, preferred=_may_be_preferred(best, others)), *others]


def _sound(fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes that nothing speaks against, best first."""
    mended = [fix for fix in fixes if not fix.again]
    fixes = mended or [fix for fix in fixes if fix.likely >= SURE_ENOUGH]
    # A value that is not what the node declares did run, but says that the fix is a wrong one;
    # unless it is so with all of them, and the declaration is what is wrong.
    sound = [fix for fix in fixes if fix.result.breach is None]
    if all(fix.hides for fix in sound):
        sound += [fix for fix in fixes if fix.result.breach and fix.likely >= LIKELY]
    return _varied(sorted(sound, key=_place))


def _varied(fixes: Sequence[Fix]) -> list[Fix]:
    """The same, with what gives what a better one gives already behind what gives something else.

    Whoever does not want the first has no use for another that comes to the same.
    """
    known = set[object]()
    new, same = list[Fix](), list[Fix]()
    for fix in fixes:
        is_known = fix.result.preview in known and not fix.left
        (same if is_known else new).append(fix)
        known.add(fix.result.preview)
    return sorted([*new, *same], key=lambda fix: fix.hides)


def is_proven(fix: Fix) -> bool:
    """Whether nothing that was seen speaks against it."""
    return not fix.hides and fix.result.breach is None and not fix.blamed and not fix.left


def is_enough(fixes: Sequence[Fix], candidate: Candidate) -> bool:
    """Whether a candidate need not be tried any more, for what worked of the likelier ones.

    Three that give different results are more than anybody reads, and what only hides a failure is
    of no use to anybody who has a good repair.
    """
    likelier = [fix for fix in fixes if fix.likely >= candidate.likely or candidate.hides]
    proven = [fix for fix in likelier if is_proven(fix) and not _gives_nothing(fix)]
    results = {fix.result.preview for fix in proven}
    is_mended = any(fix.likely >= SURE_ENOUGH for fix in proven)
    is_plenty = len(results) >= _ENOUGH or len(proven) >= 2 * _ENOUGH
    return is_plenty or (candidate.hides and is_mended)


def _place(fix: Fix) -> tuple[bool, bool, int, bool, int, int]:
    likely = -round(fix.likely / _NEAR)
    is_guess = _gives_nothing(fix)
    return fix.hides, bool(fix.left), -fix.passed, is_guess, likely, len(fix.edit.new)


def _gives_nothing(fix: Fix) -> bool:
    """Whether it is a guess that led to nothing: most ways around what failed lead there.

    A function that gives values and then gave none has been led around, whatever the rule.
    """
    preview = fix.result.preview
    is_nothing = preview.text == "None" or preview.size.startswith("0 ")
    return fix.unanswered or (fix.likely <= GUESS and is_nothing)


def _may_be_preferred(best: Fix, others: Sequence[Fix]) -> bool:
    return (
        best.likely >= SURE_ENOUGH
        and is_reliable(best.rule, best.record)
        and not (best.hides or best.blamed or best.left or best.is_spoilt)
        and not any(_contradicts(best, other) for other in others)
    )


def _contradicts(best: Fix, other: Fix) -> bool:
    """Whether another one is about as good, and gives something else."""
    near = _RIVAL if other.rule != best.rule and is_reliable(other.rule, other.record) else _NEAR
    alike = other.passed == best.passed and other.likely >= best.likely - near
    return alike and not other.hides and other.result.preview != best.result.preview
