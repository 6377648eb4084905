"""Keeps secrets from a tape: what looks like one, and what is known to be one.

A tape is made to be looked at later, and by others. So it is not enough that the worker masked what
it tells of values: tasks, prompts, answers, code and what nodes print are masked too. A secret is
covered character by character, so that every place in a plan stays what it was.
"""

import os
import re
from collections.abc import Mapping
from typing import Any

from codeact_lsp.engine.workspace.redaction import secrets
from codeact_lsp.model.masking import Masker

COVER = "•"
# A shorter text is not looked at: see `secrets`.
_SHORTEST = 6
# No name that is shorter looks like a key.
_LONGEST_NAME = 16
_MASKED = re.compile(r"MASKED_SECRET_\d+")
# Digests and ids look like keys, and without its path nobody finds the plan again.
_KEPT = frozenset({"digest", "run", "file", "shown", "schema", "program"})


class Mask:
    """Covers the secrets of one tape.

    Args:
        named: Values by their names, such as the inputs of a run; those that are named as secrets
            are covered wherever they turn up. So are those of the environment.
    """

    def __init__(self, named: Mapping[str, Any] | None = None) -> None:
        known = secrets({**os.environ, **(named or {})})
        longest_first = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if known else None

    def text(self, text: str) -> str:
        """Any text that is no code, without secrets."""
        if len(text) < _SHORTEST or (len(text) < _LONGEST_NAME and text.isidentifier()):
            return text
        masker = Masker()
        return _covered(masker.text(self._without_known(text)), masker)

    def code(self, text: str) -> str:
        """Code without secrets."""
        masker = Masker()
        return _covered(masker.code(self._without_known(text)), masker)

    def data(self, data: Any) -> Any:
        """Plain data without secrets, in its texts and in the names of its members."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, Mapping):
            return {
                self.text(name): value
                if name in _KEPT and isinstance(value, str)
                else self.data(value)
                for name, value in data.items()
            }
        if isinstance(data, list | tuple):
            return [self.data(each) for each in data]
        return data

    def _without_known(self, text: str) -> str:
        return self._known.sub(lambda found: COVER * len(found[0]), text) if self._known else text


def _covered(text: str, masker: Masker) -> str:
    return _MASKED.sub(lambda found: COVER * len(masker.restored(found[0])), text)
