"""Read the sections of a docstring, and say what is wrong with those that cannot be read."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from codeact_lsp.plan.docstrings.directives import Directives, Malformed, Section
from codeact_lsp.plan.docstrings.forms import accepts, read
from codeact_lsp.plan.docstrings.meant import meant_values
from codeact_lsp.plan.docstrings.vocabulary import KINDS
from codeact_lsp.plan.spelling import did_you_mean

_NOTHING = Directives()


def directives(sections: tuple[Section, ...]) -> Directives:
    """Read all sections; a malformed one is reported and otherwise left out."""
    if not sections:
        return _NOTHING
    malformed = list(_repeated(sections))
    good: list[Directives] = []
    last: dict[str, Directives] = {}
    for section in sections:
        asked = None if section.rest_span else read(section)
        if asked is None:
            malformed.append(_bad(section))
        else:
            good.append(asked)
            last[section.name] = asked
    return Directives(
        after=tuple(chain.from_iterable(asked.after for asked in good)),
        uses=tuple(chain.from_iterable(asked.uses for asked in good)),
        waits=tuple(chain.from_iterable(asked.waits for asked in good)),
        timeout=last.get("Timeout", _NOTHING).timeout,
        retries=last.get("Retries", _NOTHING).retries,
        memory=last.get("Memory", _NOTHING).memory,
        cache=last.get("Cache", _NOTHING).cache,
        needs=tuple(chain.from_iterable(asked.needs for asked in good)),
        malformed=tuple(malformed),
    )


def corrected(name: str, value: str) -> str | None:
    """A value that section `name` accepts and `value` was probably meant to be."""
    return next((meant for meant in meant_values(name, value) if accepts(name, meant)), None)


def _repeated(sections: tuple[Section, ...]) -> Iterator[Malformed]:
    left = Counter(section.name for section in sections)
    for section in sections:
        left[section.name] -= 1
        if left[section.name] and not KINDS[section.name].adds_up:
            message = f"{section.name}: is given again below, and the last one holds. Remove one."
            yield Malformed(message, section.span, "repeated")


def _bad(section: Section) -> Malformed:
    accepted = KINDS[section.name].accepted
    if section.rest_span:
        message = f"{section.name}: takes one line. It expects {accepted}."
        return Malformed(message, section.rest_span, "continued")
    message = f"{section.name}: expects {accepted}."
    if not section.value:
        return Malformed(message, section.name_span, "empty")
    replacement = corrected(section.name, section.value)
    message += did_you_mean(replacement)
    return Malformed(
        message, section.value_span, "bad-value", replacement if section.exact else None
    )
