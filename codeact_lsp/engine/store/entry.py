"""A stored result, as text and back.

By hand, since a run begins with reading a thousand of them. Nothing is checked but their shape,
which names every field of every part: a text is read only once the user's own mark on it was found
right, so it was written by a version of ours, and one of the same shape wrote what we would.
"""

import json
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any

from codeact_lsp.engine.reuse.witness import Witness
from codeact_lsp.engine.values import Blob, Effect, Preview, Result, Usage

_PARTS = (Result, Blob, Preview, Usage, Effect, Witness)


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored result.

    Attributes:
        witnesses: What the node was seen to read.
        made: When it was stored, in seconds since the epoch.
    """

    result: Result
    witnesses: tuple[Witness, ...]
    made: float

    @classmethod
    def of_text(cls, text: str) -> "Entry":
        """What `text` was written of.

        Raises:
            ValueError: An entry of another shape, or none at all.
        """
        try:
            shape, result, witnesses, made = json.loads(text)
            if shape != _SHAPE:
                raise ValueError(shape)
            return cls(_result(*result), tuple(_witness(*each) for each in witnesses), made)
        except (TypeError, RecursionError) as error:
            raise ValueError(str(error)) from error

    @property
    def variant(self) -> str:
        """What the world looked like when the node ran, as far as it looked.

        Results of one call that rest on other files or variables stay beside each other: what was
        changed may be changed back.
        """
        # Not when a file was changed: what counts is what it holds.
        seen = [(each.path, each.what, each.digest or each.state) for each in self.witnesses]
        return blake2b(json.dumps(sorted(seen, key=str)).encode(), digest_size=16).hexdigest()

    def text(self) -> str:
        """The entry as it is stored."""
        result = self.result
        told = (
            *(_values(part) for part in (result.blob, result.preview, result.usage)),
            (result.returned, result.breach, result.broke, result.came_with),
            (result.carries, result.origin),
            [_values(effect) for effect in result.effects],
        )
        witnesses = [_values(witness) for witness in self.witnesses]
        return json.dumps((_SHAPE, told, witnesses, self.made))


def _result(blob: list[Any], preview: list[Any], usage: list[Any], *more: list[Any]) -> Result:
    (returned, breach, broke, came_with), (carries, origin), effects = more
    return Result(
        blob=Blob(*blob),
        preview=Preview(*preview),
        usage=Usage(*usage),
        returned=returned,
        breach=breach,
        broke=broke,
        came_with=came_with,
        carries=tuple(carries),
        origin=origin,
        effects=tuple(Effect(*effect) for effect in effects),
    )


def _witness(
    path: str, what: str, state: list[int] | None, digest: str, marks: list[int]
) -> Witness:
    return Witness(path, what, None if state is None else tuple(state), digest, tuple(marks))


def _names(kind: type[Any]) -> list[str]:
    return [field.name for field in fields(kind)]


def _values(part: Blob | Preview | Usage | Effect | Witness) -> list[Any]:
    return [getattr(part, name) for name in _NAMES[type(part)]]


_NAMES = {kind: _names(kind) for kind in _PARTS}
_TYPED = [
    [kind.__name__, *((field.name, str(field.type)) for field in fields(kind))] for kind in _PARTS
]
_SHAPE = blake2b(json.dumps(_TYPED).encode(), digest_size=8).hexdigest()
