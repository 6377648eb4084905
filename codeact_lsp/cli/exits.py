"""Exit statuses of the command line."""

DONE = 0
FAILED = 1
PROBLEMS = 2
USAGE = 3
INTERRUPTED = 130


class UsageError(Exception):
    """The command was called in a way, or with a file or value, that it cannot use."""
