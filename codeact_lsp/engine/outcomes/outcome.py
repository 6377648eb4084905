"""How a call ended: its value or its failure, what it looked at, and what it did beside."""

from dataclasses import dataclass, field

from codeact_lsp.engine.values import Effect, Preview, Usage

Place = tuple[int, int, int, int]
"""1-based line and 0-based UTF-8 column, of the start and of the end: as Python counts."""


@dataclass(frozen=True)
class RawFrame:
    """A call inside the plan."""

    function: str
    place: Place


@dataclass(frozen=True)
class RawValue:
    """The value of a part of the failing expression.

    `input` is the parameter that it is, `part_of` the one that holds it. What may explain the
    failure is a `suspect`; `bad` are the types and looks of what of it is then wrong, if known.
    """

    text: str
    place: Place
    value: str
    type: str
    input: str | None = None
    part_of: str | None = None
    suspect: bool = False
    bad: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class RawFact:
    """A name, attribute or key that does not exist, and those like it that do."""

    kind: str
    name: str
    options: list[str]
    place: Place | None = None


@dataclass(frozen=True)
class RawLinked:
    """A cause, a context, or a member of an exception group.

    What follows and is one deeper belongs to it.
    """

    how: str
    type: str
    message: str
    frames: list[RawFrame]
    depth: int = 0


@dataclass(frozen=True)
class RawSurface:
    """The library line that raised."""

    file: str
    line: int
    function: str


@dataclass(frozen=True)
class Denied:
    """A right that a node lacked, and what it needed it for: a path, an address, a program.

    Attributes:
        right: The right.
        what: What it needed it for.
        overlooked: Whether not all of the workspace was looked at, so that this may be closed for
            no other reason.
        guessed: Whether only the words of an error tell of it, of a node that has some such rights.
    """

    right: str
    what: str
    overlooked: bool = False
    guessed: bool = False


@dataclass(frozen=True)
class RawError:
    """A failure as the worker saw it."""

    type: str
    message: str
    category: str
    frames: list[RawFrame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: list[RawValue] = field(default_factory=list)
    linked: list[RawLinked] = field(default_factory=list)
    surfaced: RawSurface | None = None
    facts: RawFact | None = None
    focus: Place | None = None
    returned: int | None = None
    value: str = ""
    input: str | None = None
    denied: Denied | None = None


@dataclass(frozen=True)
class Read:
    """Something that the node looked at.

    Attributes:
        path: A file or folder; or the name of a variable of the environment, `*` for all.
        state: What it looked like, in numbers that `what` gives their meaning; None if there was no
            such file.
        what: `content` of a file or folder, with its size and modification time in ns; `variable`;
            else what was asked of a path (`kind`, `mode`, `size`, `status`), of a link itself if
            that begins with `link `; `target` of a link, with the length and the CRC of its text.
    """

    path: str
    state: tuple[int, ...] | None = None
    what: str = "content"


@dataclass(frozen=True)
class Outcome:
    """How a call ended. Exactly one of `preview` (it has a value) and `error` is set.

    Attributes:
        lines: The lines of the plan that ran, 1-based; empty if nobody asked.
    """

    preview: Preview | None = None
    error: RawError | None = None
    returned: int | None = None
    breach: str | None = None
    broke: str = ""
    came_with: str | None = None
    carries: tuple[str, ...] = ()
    reads: tuple[Read, ...] = ()
    effects: tuple[Effect, ...] = ()
    lines: tuple[int, ...] = ()
    usage: Usage = field(default_factory=Usage)
