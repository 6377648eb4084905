"""The setting about tapes, which counts only where the user alone can have made it.

A workspace that could say where tapes go and how many are kept would have files written, and
deleted, wherever it likes.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_KEPT = 200


@dataclass(frozen=True, slots=True)
class TapeSettings:
    """Which tapes are kept of what an editor runs.

    Attributes:
        runs: Whether each run has a tape; an agent always has one.
        folder: Where they go; empty is `tapes` in the folder of the user's data.
        keep: How many stay there; the oldest make room.
    """

    runs: bool = False
    folder: str = ""
    keep: int = _KEPT


def tape_settings(value: Any) -> TapeSettings:
    """What the user says; what is not named is as usual.

    Raises:
        ValueError: It cannot be used, or has a name that means nothing.
        TypeError: Something in it is of a wrong type.
    """
    usual = asdict(TapeSettings())
    if not isinstance(value, Mapping) or value.keys() - usual.keys():
        raise ValueError
    if any(type(each) is not type(usual[name]) for name, each in value.items()):
        raise TypeError
    said = TapeSettings(**{**usual, **value})
    if said.keep < 1 or (said.folder and not Path(said.folder).expanduser().is_absolute()):
        raise ValueError
    return said
