"""What to say of a failure that a limit may explain: which one it is, and where it is set.

What the kernel ended for a limit's sake is told of in `outcomes/overrun.py`; these are failures of
calls that it refused.
"""

import errno
import re
from collections.abc import Iterator

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.outcomes.overrun import MEMORY_LIMIT, WHERE
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.sandbox.levels import Limits, Policy

_NUMBER = re.compile(r"\[Errno (\d+)\]")
_NO_THREAD = "can't start new thread"


def of_limits(error: CodeError, policy: Policy) -> Iterator[str]:
    """What explains a failure, if a limit does.

    Args:
        error: Why a node failed.
        policy: What the node might do, and use up.
    """
    if not policy.confined:
        return
    limits = policy.limits
    if error.category == "memory" and error.type != MEMORY_LIMIT and limits.memory is not None:
        yield (
            f"A node may use {said_size(limits.memory)} of memory. The limit is 'Memory:' in the "
            f"docstring of the node, or else 'memory' {WHERE}."
        )
    for message in (error.message, *(linked.message for linked in error.linked)):
        if said := _of(message, limits):
            yield said
            return


def _of(message: str, limits: Limits) -> str | None:
    if _NO_THREAD in message:
        return (
            f"A node may have {limits.processes} processes and threads at once, and each takes "
            f"memory. The limits are 'processes' and 'memory' {WHERE}."
        )
    found = _NUMBER.search(message)
    match int(found[1]) if found else None:
        case errno.ENOSPC:
            return (
                f"The scratch files of a node may take {said_size(limits.scratch)}, and there may "
                f"be {limits.scratch_files:,}. "
                f"The limits are 'scratch' and 'scratch-files' {WHERE}."
            )
        case errno.EMFILE:
            return (
                f"A process may have {limits.open_files:,} files open at once. The limit is "
                f"'open-files' {WHERE}."
            )
        case errno.EFBIG:
            return (
                f"A file may be as large as {said_size(limits.file_size)}. The limit is "
                f"'file-size' {WHERE}."
            )
        case _:
            return None
