"""What to say where a node lacks what programs mostly have: a user who types, other processes."""

from collections.abc import Iterator

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.sandbox.levels import Policy

_NOTHING_TYPED = "EOF when reading a line"
_NO_INPUT = (
    "Nobody is there to type: a node has no standard input. Make what it asks for a parameter of "
    "it, which is given by --input or in the plan's inputs file."
)
_NO_NAMES = (
    "A process that the node started has ended before it answered. `multiprocessing.Manager` and "
    "the start method 'forkserver' speak through sockets with names, which no node has; pools, "
    "queues, pipes, locks and shared arrays work."
)
_NO_PROCESSES = (
    "To the processes that a node starts /proc is closed. joblib reads it where psutil is "
    "installed: use threads, as by joblib.parallel_config('threading'), or n_jobs=1, or "
    "`concurrent.futures`."
)
_OF_MANAGERS = "/multiprocessing/connection.py:"
_OF_JOBLIB = "TerminatedWorkerError"


def of_a_node(error: CodeError, policy: Policy) -> Iterator[str]:
    """What explains a failure, if it is that.

    Args:
        error: Why a node failed.
        policy: What the node might do.
    """
    if error.type == EOFError.__name__ and error.message == _NOTHING_TYPED:
        yield _NO_INPUT
    if not policy.confined:
        return
    if error.type == EOFError.__name__ and _OF_MANAGERS in (error.surfaced or ""):
        yield _NO_NAMES
    if error.type == _OF_JOBLIB:
        yield _NO_PROCESSES
