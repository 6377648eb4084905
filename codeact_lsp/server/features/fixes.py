"""Fixes that were tried: of failures by a run, of code that does not parse by parsing it."""

from collections.abc import Iterator

from lsprotocol import types as lsp

from codeact_lsp.plan import Problem
from codeact_lsp.plan.corrections import Correction, combined
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.parted import relocated, together
from codeact_lsp.repair.syntax import mends
from codeact_lsp.server.board import Seen
from codeact_lsp.server.edits import workspace_edit
from codeact_lsp.server.snapshot import Snapshot

# A plan that is broken everywhere is none; each place takes some milliseconds.
_MOST_MENDED = 20


def of_failure(snapshot: Snapshot, seen: Seen) -> Iterator[Correction]:
    """The fixes of a failure that were run with the functions as they are now."""
    for fix in seen.fixes:
        if edits := relocated(seen.plan, snapshot.plan, fix.edit):
            yield Correction(fix.title, edits, preferred=fix.preferred)


def of_problem(snapshot: Snapshot, problem: Problem) -> Iterator[Correction]:
    """The ways to have a statement parse."""
    if problem.code == "syntax":
        for mend in mends(snapshot.plan, problem.span):
            yield Correction(mend.title, (mend.edit,), preferred=mend.preferred)


def all_preferred(snapshot: Snapshot) -> tuple[TextEdit, ...]:
    """The edits of all fixes that are preferred, and of all corrections that are certain."""
    broken = [problem for problem in snapshot.problems if problem.code == "syntax"]
    offers = [
        *(each for seen in snapshot.seen.values() for each in of_failure(snapshot, seen)),
        *(each for problem in broken[:_MOST_MENDED] for each in of_problem(snapshot, problem)),
    ]
    certain = combined(snapshot.plan, snapshot.problems)
    preferred = [offer.edits for offer in offers if offer.preferred]
    return together([*([edit] for edit in certain), *preferred])


def fix_all(snapshot: Snapshot) -> lsp.WorkspaceEdit | None:
    """All of them as one edit of the plan; None if there are none."""
    edits = all_preferred(snapshot)
    return workspace_edit(snapshot, edits) if edits else None
