"""What to say of a refusal: which level refused what, and the way out."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from codeact_lsp.engine.failures.alone import of_a_node
from codeact_lsp.engine.failures.elsewhere import (
    BY_MODE,
    SCRATCH,
    elsewhere,
    gone,
    is_closed_to_all,
    is_open,
    twin_of,
)
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.failures.hosts import is_granted, of_own_loopback, other_way
from codeact_lsp.engine.failures.limits import of_limits
from codeact_lsp.engine.failures.withheld import lacking, refused
from codeact_lsp.engine.outcomes.outcome import Denied, Outcome
from codeact_lsp.engine.permissions.offers import doubt, is_asked, offer, wanted
from codeact_lsp.engine.permissions.rights import grant_command, needs, refuse, surroundings
from codeact_lsp.plan import Plan
from codeact_lsp.plan.visible import visible
from codeact_lsp.sandbox.bubblewrap import TEMPORARY
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.needs import NeverGrantedError
from codeact_lsp.sandbox.protected import Surroundings

_BESIDE_WRITING = frozenset({"write", "links", "pipes", "attributes"})
_NEVER_THERE = (
    "it may be written, but where files stay no node makes links, pipes, sockets or devices, nor "
    "files that run as their owner or group; and mode, owner and times are changed by a file's "
    "path, not by a descriptor, from tier 2 on: `codeact doctor` says which tier this machine has."
)
_ONLY_IN_SCRATCH = (
    "No right gives that where files stay. In scratch, as in `tempfile.mkdtemp()`, "
    "'Needs: processes' does; to copy the file takes no more than to write the copy."
)
_TO_SHARE = (
    "It takes tier 3, where a node has namespaces of its own: `codeact doctor` says which tier "
    "this machine has. Threads, and their locks, work everywhere."
)
_IN_SCRATCH = (
    "In scratch it may, by the file's path and not by a descriptor, from tier 2 on: "
    "`codeact doctor` says which tier this machine has."
)
_TO_REACH = (
    "Which host that is, only the plan's code knows: 'Needs: network HOST' in the docstring of the "
    "node asks for one by its name, for `codeact grant` to give. To listen is given by nothing."
)
_ALONE = "No right gives that: a node speaks to no program that it has not started itself."
_IN_SCRATCH_IT_MAY = (
    "No right gives that where files stay. In scratch it may, as in `tempfile.mkdtemp()`; to copy "
    "the file takes no more than to write the copy."
)
_OF_THE_SYSTEM = (
    "No right gives that: such calls serve those who run a system, or reach into other programs. "
    "At level 'off' a node makes them with the rights of the user."
)
_NO_ENDING = (
    "What may be written is there before the node starts, and of a name without an ending a folder "
    "is made: write it in a folder, such as out/, or give it an ending."
)
_OF_OTHERS = "No right gives that. Those that a node starts, it may signal: 'Needs: processes'."
_TAKES_TIER = {"attributes": _IN_SCRATCH, "shared": _TO_SHARE}
_UNNAMED = {
    "network": _TO_REACH,
    "sockets": _ALONE,
    "signals": _OF_OTHERS,
    "calls": _OF_THE_SYSTEM,
}
_OWN_PLACES = (TEMPORARY, SCRATCH, "/dev/shm")  # noqa: S108 - only compared with.


def explained(
    error: CodeError, plan: Plan, file: Path, policy: Policy, outcome: Outcome | None = None
) -> CodeError:
    """The same error; if it is a refusal, with a note that says who refused and the way out.

    So it is where a limit explains it.

    A file that is missing for the node alone, which has folders of its own, is as good as refused.

    Args:
        error: Why a node failed.
        plan: Its plan.
        file: The plan's path.
        policy: What the node might do.
        outcome: What was seen of it, if anything.
    """
    found = _explained(error, plan, file, policy, outcome)
    # A path with a line break in it would begin a line of its own, which would pass for ours.
    added = map(visible, found.notes[len(error.notes) :])
    return replace(found, notes=(*error.notes, *added)) if found is not error else error


def _explained(
    error: CodeError, plan: Plan, file: Path, policy: Policy, outcome: Outcome | None
) -> CodeError:
    around = surroundings(file, policy.workspace or file.parent)
    if error.denied and error.denied.guessed and is_granted(error.denied, policy):
        error = replace(error, category="user", denied=None)  # It was reached, and said no itself.
    lacked = lacking(error, plan, outcome, policy) if outcome else None
    if error.denied is None and lacked and not twin_of(error):
        note = [*lacked.said, *_way_out(lacked.denied, error.node, plan, around)]
        category = "denied" if lacked.certain else error.category
        notes = (*error.notes, " ".join(note))
        return replace(error, category=category, denied=lacked.denied, notes=notes)
    denied = error.denied
    if denied and is_closed_to_all(denied):
        return replace(error, category="user", denied=None, notes=(*error.notes, BY_MODE))
    if denied and (known := _of_granted(denied, policy)):
        return replace(error, notes=(*error.notes, known))
    if denied:
        said = [refused(denied, policy), *_not_there(denied), *_overlooked(denied)]
        said += _of_many(error, denied)
    elif policy.confined and (twin := twin_of(error)):
        denied = Denied("read", str(twin))
        said = list(elsewhere(twin, error, policy))
        if is_open(twin, policy):
            return replace(error, notes=(*error.notes, " ".join(said)))
    else:
        found = (gone, of_own_loopback, of_limits, of_a_node)
        why = tuple(said for find in found for said in find(error, policy))
        return replace(error, notes=(*error.notes, *why)) if why else error
    if denied.right in {"links", "pipes"} and not _in_scratch(denied, policy):
        said.append(_ONLY_IN_SCRATCH if not policy.processes else _IN_SCRATCH_IT_MAY)
    else:
        said += _way_out(denied, error.node, plan, around)
    return replace(error, notes=(*error.notes, " ".join(said)))


def _of_granted(denied: Denied, policy: Policy) -> str:
    """What to say where the right was there; empty if it was not."""
    if is_granted(denied, policy):
        return other_way(denied.what)
    return f"{denied.what} is granted: {_NEVER_THERE}" if _may_be_written(denied, policy) else ""


def _may_be_written(denied: Denied, policy: Policy) -> bool:
    """Whether the right to write was there, and was not what was missing."""
    path = Path(denied.what)
    return denied.right in _BESIDE_WRITING and any(map(path.is_relative_to, policy.write))


def _in_scratch(denied: Denied, policy: Policy) -> bool:
    """Whether it is about a file that ends with the node."""
    path = Path(denied.what)
    if policy.workspace and path.is_relative_to(policy.workspace):
        return False
    return any(map(path.is_relative_to, _OWN_PLACES))


def _not_there(denied: Denied) -> Iterator[str]:
    """That the right alone would not help."""
    path = Path(denied.what)
    if denied.right == "read" and path.is_absolute() and not os.path.lexists(path):
        yield "As far as can be seen, there is none on this machine."


def _of_many(error: CodeError, denied: Denied) -> Iterator[str]:
    """That to grant this one would not do: what copies a folder goes on to the next."""
    if denied.right == "read" and error.message.count(os.strerror(errno.EACCES)) > 1:
        yield (
            "It is one of several that are closed: to leave them out, as "
            f"ignore=shutil.ignore_patterns('{Path(denied.what).name}', ...) does, takes no right."
        )


def _overlooked(denied: Denied) -> Iterator[str]:
    """That nobody wants it closed."""
    if denied.overlooked:
        yield (
            "The workspace has more folders than the 20,000 that are looked at for secrets, and "
            "what lies beyond those is closed: make a folder further down the workspace, by a "
            "pyproject.toml in it or by opening that one."
        )


def _way_out(denied: Denied, node: str, plan: Plan, around: Surroundings) -> Iterator[str]:
    need = offer(denied, around)
    if need is None:
        yield from _hard_way(denied, node, around)
    elif is_asked(need, needs(plan, node), around):
        yield f"It asks for that already; to grant it: {grant_command(need, around)}"
    else:
        yield (
            f"To allow it, add 'Needs: {need}' to the docstring of '{node}' and grant it: "
            f"{grant_command(need, around)}"
        )


def _hard_way(denied: Denied, node: str, around: Surroundings) -> Iterator[str]:
    """Why it cannot be granted, or not as easily."""
    if denied.right in _TAKES_TIER:
        yield _TAKES_TIER[denied.right]
    if denied.right in _UNNAMED and not (denied.what and denied.right == "network"):
        yield _UNNAMED[denied.right]
        return
    for need in wanted(denied, around):
        try:
            refuse(need, around)
        except NeverGrantedError as error:
            yield f"'{need}' is never granted: {error}."
            return
        if need.right == "network" and need.what not in denied.what:
            yield f"This machine is opened by its address alone: have the code name {need.what}."
        yield (
            f"{doubt(need, around)}: be sure that you want that before you add 'Needs: {need}' to "
            f"the docstring of '{node}' and grant it: {grant_command(need, around)}"
        )
        return
    if denied.right == "write" and not os.path.splitext(denied.what)[1]:  # noqa: PTH122 - of a text.
        yield _NO_ENDING
