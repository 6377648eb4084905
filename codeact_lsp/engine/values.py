"""What the engine knows of a value without ever loading it."""

import re
from dataclasses import dataclass, field

_MOST_SHORT = 24
_PLAIN = re.compile(r"[\w.+-]+")


@dataclass(frozen=True, slots=True)
class Blob:
    """A stored value: its content's digest and its size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A value as its worker described it.

    Attributes:
        size: As people say it.
        text: Capped.
        html: A fragment that whoever shows it must confine; empty if there is none.
        png: A picture, in base64; empty if there is none.
        data: A table or what is nested, as JSON; empty if it is neither, or does not fit.
    """

    type: str = ""
    size: str = ""
    text: str = ""
    html: str = ""
    png: str = ""
    data: str = ""

    @property
    def line(self) -> str:
        """Type and size on one line."""
        return f"{self.type} {self.size}".strip()

    @property
    def brief(self) -> str:
        """The same, with the value itself where that has no size and is as short."""
        if self.type == "NoneType":
            return self.text
        # More than digits and words is the text of an object, which tells its type once more.
        is_plain = 0 < len(self.text) <= _MOST_SHORT and _PLAIN.fullmatch(self.text)
        return f"{self.type} {self.text}" if is_plain and not self.size else self.line


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call took, in the kernel's words: the process of the node and all that it started.

    Attributes:
        wall: Seconds from its start until it had told how it ended; if it did not, to its end.
        cpu: Seconds of processor time; 0 if that is not known.
        memory: The most bytes of memory at once; 0 if that is not known.
        read: Bytes that it read from files, pipes and sockets; None if that is not known, as
            everything below.
        written: Bytes that it wrote to such.
        disk_read: Bytes that had to come from a disk.
        disk_written: Bytes that have to go to a disk.
    """

    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    read: int | None = None
    written: int | None = None
    disk_read: int | None = None
    disk_written: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that a node was seen to do besides making its value.

    Attributes:
        kind: `writes`, `network`, `clock`, `random`, `process`, or `reads` where it looked at more
            than can be kept an eye on.
        detail: What of that kind: a path, an address, a function, a program.
    """

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A node's value and what is known about how it came to be.

    Attributes:
        returned: Which of the node's own `return` statements ran; None where that is unknown.
        breach: How the value breaks the node's return annotation, in words; None if it does not.
        broke: The type of the part that does; empty if none does.
        came_with: The parameter that this part came with, if the node only handed it on.
        carries: Names of the plan's classes and functions that the value is made of.
        origin: "run", or "trial" when the value was made while a fix was tried.
        effects: What the node did besides making the value.
    """

    blob: Blob
    preview: Preview = field(default_factory=Preview)
    usage: Usage = field(default_factory=Usage)
    returned: int | None = None
    breach: str | None = None
    broke: str = ""
    came_with: str | None = None
    carries: tuple[str, ...] = ()
    origin: str = "run"
    effects: tuple[Effect, ...] = ()
