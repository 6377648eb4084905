"""What a zygote is given to count with, and what it says that a call's processes have used."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codeact_lsp.engine.values import Usage
from codeact_lsp.sandbox.confinement import Confinement

_log = logging.getLogger(__name__)
_MOST_GROUPS = 64

Send = Callable[[dict[str, Any], Sequence[int]], None]
"""Sends a message to the zygote, with descriptors."""


@dataclass(frozen=True, slots=True)
class End:
    """How a call's process ended, in the kernel's words.

    Attributes:
        status: Its exit status; a negative one is the signal that ended it.
        usage: What it and all that it started used.
        killed: How many of these were ended since in sum they held too much memory.
        bystander: Whether it was ended along with its zygote, which could not end another call.
    """

    status: int
    usage: Usage
    killed: int = 0
    bystander: bool = False

    @classmethod
    def told(cls, message: Mapping[str, Any], wall: float) -> "End":
        """What a zygote said of a call that took that many seconds.

        Raises:
            KeyError, TypeError, ValueError: It is not what a zygote says.
        """
        counts = (message[name] for name in ("read", "written", "disk_read", "disk_written"))
        moved = (None if count is None else int(count) for count in counts)
        usage = Usage(wall, float(message["cpu"]), int(message["memory"]), *moved)
        return cls(int(message["status"]), usage, int(message["killed"]))


class NodeGroups:
    """The control groups of a zygote's nodes, within its own: one for each that is at work."""

    def __init__(self, confinement: Confinement, send: Send) -> None:
        self._group = confinement.group
        self._memory = confinement.memory
        self._send = send
        self._made = 0

    def provide(self, count: int) -> None:
        """Have the zygote know of that many; where there can be none, or no more, it does without.

        Raises:
            ZygoteError: The zygote is gone.
        """
        while self._group and self._made < min(count, _MOST_GROUPS):
            try:
                with self._group.account(self._memory) as account:
                    self._send({"op": "group", **account.told}, account.descriptors)
                self._made += 1
            except OSError as error:
                _log.info("nodes have no control groups of their own: %s", error)
                self._made = _MOST_GROUPS
