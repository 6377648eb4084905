"""What a section that the plan does not understand was probably meant to be."""

import re
from collections.abc import Iterator
from functools import lru_cache

from codeact_lsp.plan.docstrings.vocabulary import SECTION_NAMES
from codeact_lsp.plan.spelling import closest

# Words of their own, however close they are to the name of a section.
_PROSE = frozenset({"used", "user", "users", "want", "feeds", "seeds"})
_OTHER_WORDS = {
    "After": "depends dependson dependency dependencies requires runafter startafter follows",
    "Uses": "resource resources using locks",
    "Wait": "waits waitfor delay sleep",
    "Timeout": "timelimit deadline maxtime expires",
    "Retries": "retry attempts tries maxretries repeat",
    "Memory": "mem ram memorylimit maxmemory",
    "Cache": "cached caching memoize",
    "Needs": "permissions permission rights allow grants",
}
_KNOWN = {name.lower(): name for name in SECTION_NAMES} | {
    word: name for name, words in _OTHER_WORDS.items() for word in words.split()
}
_UNITS = {
    "ms": "msec msecs millis millisecond milliseconds",
    "s": "sec secs second seconds",
    "min": "m mins minute minutes",
    "h": "hr hrs hour hours",
}
_DURATION_UNITS = {word: unit for unit, words in _UNITS.items() for word in [unit, *words.split()]}
_SWITCH = {
    **dict.fromkeys(("yes", "true", "enabled", "always", "1", "on"), "on"),
    **dict.fromkeys(("no", "false", "disabled", "never", "none", "0", "off"), "off"),
}
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]*)(?=\s|$)(.*)")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG])i?(?:B|bytes?|Bs)?", re.IGNORECASE)
_COUNT = re.compile(r"(\d+)\s*(?:x|times?|retries|attempts?)", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def meant_name(name: str) -> str | None:
    """The section that `name` may stand for: misspelt, in other case, or another word for it."""
    plain = re.sub(r"[\s_-]", "", name).lower()
    if plain in _PROSE:
        return None
    return _KNOWN.get(plain) or closest(plain.capitalize(), SECTION_NAMES)


def meant_values(name: str, value: str) -> Iterator[str]:
    """What `value`, which section `name` does not accept, may have been meant to be; best first."""
    value = value.rstrip(" \t.,;")
    yield value
    yield from _READERS.get(name, _names)(value)


def _duration(value: str) -> Iterator[str]:
    if match := _DURATION.fullmatch(value):
        number, unit, rest = match.groups()
        if known := _DURATION_UNITS.get(unit.lower() or "s"):
            yield f"{number} {known}{rest}"


def _size(value: str) -> Iterator[str]:
    if match := _SIZE.fullmatch(value):
        yield f"{match[1]} {match[2].upper()}B"


def _switch(value: str) -> Iterator[str]:
    if known := _SWITCH.get(value.lower()):
        yield known


def _count(value: str) -> Iterator[str]:
    if match := _COUNT.fullmatch(value):
        yield match[1]
    elif value.lower() in _NUMBERS:
        yield str(_NUMBERS.index(value.lower()))


def _names(value: str) -> Iterator[str]:
    yield ", ".join(part for part in re.split(r"\s*(?:,|;|&|\band\b)\s*", value) if part)


_READERS = {
    "Timeout": _duration,
    "Wait": _duration,
    "Memory": _size,
    "Cache": _switch,
    "Retries": _count,
}
