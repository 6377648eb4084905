"""Rules on what is done to files by calls in which Landlock has no say.

Who may write a file may make it a program that runs as its owner, and who cannot read it can read
what is noted beside it.
"""

import errno
from collections.abc import Iterator
from itertools import chain, product

from codeact_lsp.sandbox.call_rules import Condition, Rule, Test, has_flag, has_value

_LINKS_AND_NODES = ("symlink", "symlinkat", "mknod", "mknodat")
# They never cross mounts, so in a container they stay in one place that may be written; the C
# library makes each of its semaphores by one, and with that the locks of `multiprocessing`.
_HARD_LINKS = ("link", "linkat")
# Landlock has no say in these; in `truncate` from Linux 6.2 on.
_ATTRIBUTES_OF_OPEN_FILES = ("fchmod", "fchown", "fsetxattr", "fremovexattr")
_ATTRIBUTES = (
    "chmod", "fchmodat", "chown", "lchown", "fchownat", "utime", "utimes", "utimensat",
    "futimesat", "setxattr", "lsetxattr", "removexattr", "lremovexattr", "truncate",
)  # fmt: skip
# Up to this request they are about terminals and pipes. Above it file systems have theirs, and some
# change a file or a folder that is open for reading: generation, seals, folders within.
_LAST_OF_STREAMS = 0x5460
# Notes beside a file, which are there to be read where the file itself is closed.
_NOTES = ("getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr")
# Where the mode of a file stands, by call. Folders do not get these bits when they are made.
_MODES = {
    "chmod": 1, "fchmod": 1, "fchmodat": 2, "creat": 1, "open": 2, "openat": 3,
    "mknod": 1, "mknodat": 2,
}  # fmt: skip
_MADE_AS_NODES = frozenset({"mknod", "mknodat"})
_AS_OWNER, _AS_GROUP = 0o4000, 0o2000


def always(*, mknod: bool, private: bool) -> Iterator[Rule]:
    """What is refused to every node.

    Args:
        mknod: Whether it may make a node of a file system at all.
        private: Whether nobody else ever sees a file that it writes.
    """
    # As where a file system knows none, which libraries are prepared for.
    yield from (Rule(call, error=errno.EOPNOTSUPP) for call in _NOTES)
    # They would have the whole machine write; a file of one's own is still written by `fsync`.
    yield from (Rule(call, error=0) for call in ("sync", "syncfs"))
    if private:
        return
    # It has the mode in memory, where no rule sees it.
    yield Rule("openat2", error=errno.ENOSYS)
    for (call, argument), bit in product(_MODES.items(), (_AS_OWNER, _AS_GROUP)):
        if mknod or call not in _MADE_AS_NODES:
            yield Rule(call, has_flag(argument, bit))


def alone(*, mounts: bool) -> Iterator[Rule]:
    """What is refused to a node that starts no processes.

    Args:
        mounts: Whether all that it may not write is mounted read-only.
    """
    yield from map(Rule, _LINKS_AND_NODES)
    if mounts:
        yield from map(Rule, _ATTRIBUTES_OF_OPEN_FILES)
        yield Rule("utimensat", has_value(1, 0))  # Of an open file too.
    else:
        yield from map(Rule, chain(_ATTRIBUTES_OF_OPEN_FILES, _ATTRIBUTES, _HARD_LINKS))
        # As above.
        above = Condition(1, Test.IS_ABOVE, _LAST_OF_STREAMS)
        yield Rule("ioctl", above, errno.EOPNOTSUPP)
