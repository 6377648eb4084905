"""What a plan may do, and what this machine can really enforce: two different things."""

from enum import Enum


class Level(Enum):
    """What the user allows a node to do."""

    OFF = "off"


class Tier(Enum):
    """What this machine has been proven to enforce."""

    SEPARATE_PROCESS = "T0"

    @property
    def promise(self) -> str:
        """What the tier protects, and what it does not."""
        return (
            "Each node runs in a process of its own with the rights of the user: it cannot harm "
            "the server, but it can read and change what the user can."
        )
