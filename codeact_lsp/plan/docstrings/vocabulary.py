"""The plan's own docstring sections in words: what each means, which forms it takes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One section.

    Attributes:
        accepted: The accepted forms, as they read behind "expects".
        meaning: What the engine does with it; one sentence.
        samples: Values that many plans want.
        adds_up: Whether several lines count together; else only one of them can hold.
    """

    name: str
    accepted: str
    meaning: str
    samples: tuple[str, ...] = ()
    adds_up: bool = False


_KINDS = (
    Kind(
        "After",
        "names of nodes, separated by commas",
        "Starts after these nodes have ended well, without taking their values.",
        adds_up=True,
    ),
    Kind(
        "Uses",
        "resources such as 'warehouse' or 'gpu:1', separated by commas",
        "Never runs at the same time as another node that needs the same resource.",
        adds_up=True,
    ),
    Kind(
        "Wait",
        "'5 s after NODE' or 'until 2026-12-01T09:00'",
        "Does not start earlier.",
        ("5 s after ", "until "),
        adds_up=True,
    ),
    Kind(
        "Timeout",
        "a duration such as '500 ms', '30 s', '5 min' or '2 h'",
        "Stops each attempt after that time.",
        ("10 s", "30 s", "5 min", "1 h"),
    ),
    Kind(
        "Retries",
        "a whole number from 0 to 999",
        "Tries again after a failure, that many times.",
        ("1", "2", "3", "5"),
    ),
    Kind(
        "Memory",
        "a size such as '512 MB' or '2 GB'",
        "Lets the process of the node use that much more memory.",
        ("512 MB", "1 GB", "2 GB", "8 GB"),
    ),
    Kind(
        "Cache",
        "'on' or 'off'",
        "With 'off' the node runs every time, and its result is not kept. With 'on' its result is "
        "reused even if it wrote files, or used the network, the clock or random numbers.",
        ("off", "on"),
    ),
    Kind(
        "Needs",
        "'network HOST', 'write PATH', 'read PATH', 'variable NAME', 'import NAME', "
        "'memory SIZE' or 'processes', separated by commas",
        "Asks for a right that the level does not give; only the user can grant it.",
        ("network ", "write ", "read ", "variable ", "import ", "memory ", "processes"),
        adds_up=True,
    ),
)
KINDS = {kind.name: kind for kind in _KINDS}
SECTION_NAMES = tuple(KINDS)
