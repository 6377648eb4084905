"""Whether code is what it looks like to a person who reads it."""

import re

# They turn the direction of what follows, so that a comment can look like code, and code like one.
_TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_legible(code: str) -> bool:
    """Whether nothing in it is shown elsewhere than where it stands."""
    return not _TURNING.search(code)
