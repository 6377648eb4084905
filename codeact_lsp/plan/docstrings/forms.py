"""The forms that a section's value can have: one reader a section.

A reader returns what the section asks for, or None if the value has no such form.
"""

import re
from collections.abc import Callable
from datetime import datetime

from codeact_lsp.plan.docstrings.directives import Directives, Section, Use, Wait, reference
from codeact_lsp.plan.docstrings.needs import read_need
from codeact_lsp.plan.docstrings.quantities import DURATION, seconds, size
from codeact_lsp.plan.source import Span


def read(section: Section) -> Directives | None:
    """What `section` alone asks for; None if it cannot be read."""
    return _READERS[section.name](section)


def accepts(name: str, value: str) -> bool:
    """Whether section `name` can have that value."""
    nowhere = Span(0, 0)
    return read(Section(name, nowhere, value, nowhere)) is not None


def _items(section: Section) -> list[tuple[str, Span]]:
    """What stands between the commas; nothing if there is nothing between two of them."""
    parts = list(re.finditer(r"(?:\A|(?<=,))[^,]*", section.value))
    texts = [part.group().strip() for part in parts]
    if not all(texts):
        return []
    starts = [
        section.value.index(text, part.start()) for text, part in zip(texts, parts, strict=True)
    ]
    return [
        (text, section.part(start, start + len(text)))
        for text, start in zip(texts, starts, strict=True)
    ]


def _after(section: Section) -> Directives | None:
    items = _items(section)
    if not items or not all(name.isidentifier() for name, _ in items):
        return None
    names = [reference(name, span, exact=section.exact) for name, span in items]
    return Directives(after=tuple(names))


def _uses(section: Section) -> Directives | None:
    uses: list[Use] = []
    for item, span in _items(section):
        match = re.fullmatch(r"([\w.-]+)(?:\s*:\s*([1-9]\d{0,8}))?", item)
        if match is None:
            return None
        amount = int(match[2]) if match[2] else None
        uses.append(Use(match[1], span, amount, section.exact))
    return Directives(uses=tuple(uses)) if uses else None


def _wait(section: Section) -> Directives | None:
    wait = _wait_after(section) or _wait_until(section.value)
    return Directives(waits=(wait,)) if wait else None


def _wait_after(section: Section) -> Wait | None:
    match = re.fullmatch(rf"({DURATION.pattern})\s+after\s+(\w+)", section.value)
    if match is None or (delay := seconds(match[1])) is None:
        return None
    return Wait(delay, reference(match[4], section.part(*match.span(4)), exact=section.exact))


def _wait_until(value: str) -> Wait | None:
    keyword, _, moment = value.partition(" ")
    try:
        until = datetime.fromisoformat(moment.strip()) if keyword == "until" else None
        # A calendar begins long before a clock does.
        return Wait(until=until) if until and until.timestamp() >= 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _timeout(section: Section) -> Directives | None:
    limit = seconds(section.value)
    return Directives(timeout=limit) if limit else None


def _retries(section: Section) -> Directives | None:
    if not re.fullmatch(r"[0-9]{1,3}", section.value):
        return None
    return Directives(retries=int(section.value))


def _memory(section: Section) -> Directives | None:
    memory = size(section.value)
    return Directives(memory=memory) if memory else None


def _cache(section: Section) -> Directives | None:
    if section.value not in {"on", "off"}:
        return None
    return Directives(cache=section.value == "on")


def _needs(section: Section) -> Directives | None:
    items = tuple(item for item, _ in _items(section))
    if not items or not all(read_need(item) for item in items):
        return None
    return Directives(needs=items)


_READERS: dict[str, Callable[[Section], Directives | None]] = {
    "After": _after,
    "Uses": _uses,
    "Wait": _wait,
    "Timeout": _timeout,
    "Retries": _retries,
    "Memory": _memory,
    "Cache": _cache,
    "Needs": _needs,
}
