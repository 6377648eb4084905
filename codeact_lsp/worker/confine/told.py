"""What the server has told of the rights of a zygote's nodes."""

import os
from typing import Any

# What a node sees of the machine, by how it is told.
_SEEN = ("read", "write", "trees", "environments")


class Told:
    """That, as what follows from it.

    Attributes:
        told: What came on the command line; None confines nothing.
    """

    def __init__(self, told: dict[str, Any] | None) -> None:
        """Take it."""
        self.told = told

    @property
    def nested(self) -> bool:
        """Whether each node has a process namespace of its own."""
        return self.told is not None and bool(self.told["namespaces"])

    @property
    def alone(self) -> bool:
        """Whether a node may start no process."""
        return self.told is not None and not self.told["processes"]

    @property
    def visible(self) -> list[str] | None:
        """What a node sees of the machine, below these; None if that is all that there is."""
        if self.told is None:
            return None
        return [path for kind in _SEEN for path in self.told[kind]]

    @property
    def granted(self) -> list[str]:
        """Rights that are not about files."""
        told = self.told or {}
        return [right for right in ("network", "processes") if told.get(right)]

    @property
    def scratch(self) -> list[str]:
        """The folders of a node's own."""
        return [self.told["scratch"]["path"], *self.told["scratch"]["shared"]] if self.told else []

    @property
    def shelf(self) -> str | None:
        """A folder of a node's own for what the processes that it starts need; None if it may not.

        It is there once somebody makes it.
        """
        if self.told is None or not self.told["processes"]:
            return None
        return os.path.join(self.told["scratch"]["path"], ".plan")
