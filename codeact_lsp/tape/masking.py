"""Keeps secrets from a tape: what looks like one, and what is known to be one.

A tape is made to be looked at later, and by others. So it is not enough that the worker masked what
it tells of values: tasks, prompts, answers, code and what nodes print are masked too. A secret is
covered character by character, so that every place in a plan stays what it was.
"""

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

from codeact_lsp.engine.workspace.redaction import secrets
from codeact_lsp.model.masking import Masker, written

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
        self._known = _any_of(known)
        # Of the plan, and of what its failures quote: code may say the same of something else.
        self._said: set[str] = set()
        self._any_said = _any_of(self._said)

    def learn(self, said: Iterable[str]) -> None:
        """Cover these too, wherever they are said."""
        self._said.update(said)
        self._any_said = _any_of(self._said)

    def text(self, text: str) -> str:
        """Any text that is no code, without secrets."""
        if len(text) < _SHORTEST or (len(text) < _LONGEST_NAME and text.isidentifier()):
            return text
        masker = Masker()
        without = _without(self._any_said, _without(self._known, text))
        return _covered(masker.text(without), masker)

    def code(self, text: str) -> str:
        """Code without secrets; where they are said later, they are covered there, too."""
        self.learn(written(text))
        masker = Masker()
        return _covered(masker.code(_without(self._known, text)), masker)

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


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(texts, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _without(secrets: re.Pattern[str] | None, text: str) -> str:
    return secrets.sub(lambda found: COVER * len(found[0]), text) if secrets else text


def _covered(text: str, masker: Masker) -> str:
    return _MASKED.sub(lambda found: COVER * len(masker.restored(found[0])), text)
