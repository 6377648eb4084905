"""Durations and sizes as sections write them: a number and its unit."""

import re

# Bounded, since a number of any length may be one that `int` refuses or `float` calls infinite.
_NUMBER = r"(\d{1,15}(?:\.\d{1,15})?)"
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
_BYTES = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
DURATION = re.compile(rf"{_NUMBER}\s*({'|'.join(_SECONDS)})")
_SIZE = re.compile(rf"{_NUMBER}\s*({'|'.join(_BYTES)})", re.IGNORECASE)


def seconds(text: str) -> float | None:
    """The seconds of a duration such as `500 ms`; None if it is none."""
    match = DURATION.fullmatch(text)
    return float(match[1]) * _SECONDS[match[2]] if match else None


def size(text: str) -> int | None:
    """The bytes of a size such as `2 GB`; None if it is none, or nothing."""
    match = _SIZE.fullmatch(text)
    return (int(float(match[1]) * _BYTES[match[2].upper()]) or None) if match else None
