"""The plan's own one-line docstring sections: order, resources, time and limits of a node.

They live in the docstring and not in decorators so that they are static by construction and a plan
needs no import of ours.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from codeact_lsp.plan.source import Span

_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
_BYTES = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
# Bounded, since a number of any length may be one that `int` refuses or `float` calls infinite.
_NUMBER = r"(\d{1,15}(?:\.\d{1,15})?)"
_DURATION = re.compile(rf"{_NUMBER}\s*({'|'.join(_SECONDS)})")
_SIZE = re.compile(rf"{_NUMBER}\s*({'|'.join(_BYTES)})", re.IGNORECASE)
_NEEDS = re.compile(r"(?:network|write|import|memory)\s+\S.*")


@dataclass(frozen=True, slots=True)
class Reference:
    """A name written in a docstring, with its place."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Use:
    """A claim on `amount` units of a named resource; None claims it alone."""

    name: str
    span: Span
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Start no earlier than `seconds` after node `after` ended, or than the time `until`."""

    seconds: float = 0.0
    after: Reference | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """A section that says nothing the plan understands."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directives:
    """All that a node's docstring asks of the engine. Times are seconds, sizes are bytes."""

    after: tuple[Reference, ...] = ()
    uses: tuple[Use, ...] = ()
    waits: tuple[Wait, ...] = ()
    timeout: float | None = None
    retries: int = 0
    memory: int | None = None
    cache: bool = True
    needs: tuple[str, ...] = ()
    malformed: tuple[Malformed, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """One `Name: value` line; both spans are relative to the piece."""

    name: str
    name_span: Span
    value: str
    value_span: Span


def directives(sections: tuple[Section, ...]) -> Directives:
    """Read all sections; a malformed one is reported and otherwise left out."""
    result = Directives()
    for section in sections:
        reader, accepted = _READERS[section.name]
        changed = reader(section, result)
        if changed is None:
            message = f"{section.name}: expects {accepted}."
            changed = _with(result, malformed=(*result.malformed, _bad(section, message)))
        result = changed
    return result


def _bad(section: Section, message: str) -> Malformed:
    place = section.value_span if section.value else section.name_span
    return Malformed(message, place)


def _with(current: Directives, **changes: object) -> Directives:
    return replace(current, **changes)  # type: ignore[arg-type]  # checked by the readers' tests


def _items(section: Section) -> Iterator[tuple[str, Span]]:
    for match in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", section.value):
        yield match.group(), Span(*match.span()).shifted(section.value_span.start)


def _after(section: Section, current: Directives) -> Directives | None:
    names = tuple(Reference(name, span) for name, span in _items(section))
    if not names or not all(reference.name.isidentifier() for reference in names):
        return None
    return _with(current, after=(*current.after, *names))


def _uses(section: Section, current: Directives) -> Directives | None:
    uses: list[Use] = []
    for item, span in _items(section):
        match = re.fullmatch(r"([\w.-]+)(?:\s*:\s*([1-9]\d{0,8}))?", item)
        if match is None:
            return None
        uses.append(Use(match[1], span, int(match[2]) if match[2] else None))
    return _with(current, uses=(*current.uses, *uses)) if uses else None


def _wait(section: Section, current: Directives) -> Directives | None:
    wait = _wait_after(section) or _wait_until(section.value)
    return _with(current, waits=(*current.waits, wait)) if wait else None


def _wait_after(section: Section) -> Wait | None:
    match = re.fullmatch(rf"({_DURATION.pattern})\s+after\s+(\w+)", section.value)
    if match is None or (seconds := _seconds(match[1])) is None:
        return None
    span = Span(*match.span(4)).shifted(section.value_span.start)
    return Wait(seconds, Reference(match[4], span))


def _wait_until(value: str) -> Wait | None:
    keyword, _, moment = value.partition(" ")
    try:
        until = datetime.fromisoformat(moment.strip()) if keyword == "until" else None
        # A calendar begins long before a clock does.
        return Wait(until=until) if until and until.timestamp() >= 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _timeout(section: Section, current: Directives) -> Directives | None:
    seconds = _seconds(section.value)
    return _with(current, timeout=seconds) if seconds else None


def _retries(section: Section, current: Directives) -> Directives | None:
    if not re.fullmatch(r"[0-9]{1,3}", section.value):
        return None
    return _with(current, retries=int(section.value))


def _memory(section: Section, current: Directives) -> Directives | None:
    match = _SIZE.fullmatch(section.value)
    size = int(float(match[1]) * _BYTES[match[2].upper()]) if match else 0
    return _with(current, memory=size) if size else None


def _cache(section: Section, current: Directives) -> Directives | None:
    if section.value not in {"on", "off"}:
        return None
    return _with(current, cache=section.value == "on")


def _needs(section: Section, current: Directives) -> Directives | None:
    items = tuple(item for item, _ in _items(section))
    if not items or not all(_NEEDS.fullmatch(item) for item in items):
        return None
    return _with(current, needs=(*current.needs, *items))


def _seconds(text: str) -> float | None:
    match = _DURATION.fullmatch(text)
    return float(match[1]) * _SECONDS[match[2]] if match else None


_Reader = Callable[[Section, Directives], Directives | None]
_DURATION_FORM = "a duration such as '500 ms', '30 s', '5 min' or '2 h'"
_READERS: dict[str, tuple[_Reader, str]] = {
    "After": (_after, "names of nodes, separated by commas"),
    "Uses": (_uses, "resources such as 'warehouse' or 'gpu:1', separated by commas"),
    "Wait": (_wait, "'5 s after NODE' or 'until 2026-12-01T09:00'"),
    "Timeout": (_timeout, _DURATION_FORM),
    "Retries": (_retries, "a whole number from 0 to 999"),
    "Memory": (_memory, "a size such as '512 MB' or '2 GB'"),
    "Cache": (_cache, "'on' or 'off'"),
    "Needs": (
        _needs,
        "'network HOST', 'write PATH', 'import NAME' or 'memory SIZE', separated by commas",
    ),
}
SECTION_NAMES = tuple(_READERS)
