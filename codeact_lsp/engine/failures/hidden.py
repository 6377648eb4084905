"""What a failure says of values that are not to be shown: messages quote them all the same."""

import re
from collections.abc import Iterator

from codeact_lsp.engine.failures.errors import CodeError

# What the worker writes in the place of a value whose name says that it is a secret.
_COVER = "••••••"
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
# A shorter text stands in too many places that are no secret.
_SHORTEST = 6


def hidden(error: CodeError, code: str) -> set[str]:
    """The texts in what a failure says that may be values which are hidden by their names.

    Args:
        error: The failure.
        code: The plan: what is written there is said there.
    """
    covered = [value for value in error.values if value.value == _COVER]
    if not covered:
        return set()
    said = [error.message, *error.notes, *(each.message for each in error.linked)]
    looks = [look for value in covered for _, look in value.bad]
    found = {text for each in (*said, *looks) for text in _quoted(each)}
    return {text for text in found if len(text) >= _SHORTEST and text not in code}


def _quoted(text: str) -> Iterator[str]:
    yield from (one or other for one, other in _QUOTED.findall(text))
