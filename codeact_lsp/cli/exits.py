"""Exit statuses of the command line. Of several files the worst decides: the largest number."""

import sys

from codeact_lsp.plan.visible import visible

DONE = 0
"""All was done; `check` found no problem of its `--level`."""
FAILED = 1
"""A node failed or was cancelled."""
PROBLEMS = 2
"""`check` found problems of its `--level`, or the plan has errors and was not run."""
USAGE = 3
"""The command, a file, an input or the workspace's configuration cannot be used, or no node may run
on this machine."""
CLOSED = 141
"""Whoever read the output closed it before its end; what ran was stopped. As shells tell it: 128
and the number of SIGPIPE."""
INTERRUPTED = 130
"""Ctrl-C, as shells tell it: 128 and the number of SIGINT."""


class UsageError(Exception):
    """The command was called in a way, or with a file or value, that it cannot use."""


def complain(error: UsageError) -> None:
    """Print what cannot be used, for people."""
    lines = map(visible, str(error).split("\n"))
    print("codeact:", "\n".join(lines), file=sys.stderr)
