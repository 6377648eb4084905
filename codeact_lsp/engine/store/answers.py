"""What the store answers, and what it has to tell people of its own state."""

from collections.abc import Callable
from dataclasses import dataclass, field

from codeact_lsp.engine.reuse.witness import Witness
from codeact_lsp.engine.values import Result

_REUSED_BECAUSE = {
    "run": "its code, its inputs and the files it read are unchanged",
    "trial": "it ran while a fix was tried",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """The store holds a value that still holds.

    Attributes:
        made: When it was stored, in seconds since the epoch.
        witnesses: What the node was seen to read.
    """

    result: Result
    made: float = field(default=0.0, compare=False)
    witnesses: tuple[Witness, ...] = field(default=(), compare=False, repr=False)

    @property
    def why(self) -> str:
        """Why it is right to take it."""
        return _REUSED_BECAUSE.get(self.result.origin, "")


@dataclass(frozen=True, slots=True)
class Miss:
    """The store holds no such value, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One result that the store holds.

    Attributes:
        file: The plan's path.
        made: When it was stored, in seconds since the epoch.
        used: When a run last took or made its value, in seconds since the epoch.
    """

    file: str
    node: str
    result: Result
    made: float
    used: float


class Troubles:
    """What people should know of the store, in words, each thing once."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._new: list[str] = []

    def note(self, message: str) -> None:
        """Have something told, unless it was before."""
        self.note_once(message, lambda: message)

    def note_once(self, about: str, message: Callable[[], str]) -> None:
        """Have something told unless that was told before, whatever its words would be now."""
        if about not in self._told:
            self._told.add(about)
            self._new.append(message())

    def take(self) -> list[str]:
        """What has been noted since the last time."""
        taken, self._new = self._new, []
        return taken
