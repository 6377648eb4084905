"""Answers that are long, and asked for at each keystroke: written as JSON by who makes them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

# In JSON, a quote inside a string bears a backslash: this is a key, and never a part of a text.
_LINE = re.compile(r'"line":(\d+)')
_ENCODER = json.JSONEncoder(allow_nan=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as its JSON, which goes to the client as it is.

    Of a plan with a thousand nodes it takes longer to put objects into JSON than to find out what
    to tell, and nearly all of it is what it was before.
    """

    json: str

    def answer(self, request: int | str) -> str:
        """The JSON of the message that answers a request."""
        return f'{{"jsonrpc":"2.0","id":{json.dumps(request)},"result":{self.json}}}'


@dataclass(frozen=True, slots=True)
class Movable:
    """The JSON of items about a piece, whatever the line on which the piece begins.

    So an edit elsewhere, which moves the piece up or down, costs next to nothing.
    """

    form: str
    lines: tuple[int, ...]

    @classmethod
    def of(cls, *items: object) -> "Movable":
        """Plain data in which lines are counted from the piece's first one."""
        text = written(items)[1:-1]
        lines = tuple(int(found[1]) for found in _LINE.finditer(text))
        return cls(_LINE.sub('"line":%d', text.replace("%", "%%")), lines)

    @classmethod
    def joined(cls, parts: Iterable[tuple[int, "Movable"]]) -> "Movable":
        """Several as one; each with the line on which it begins, counted from the first line."""
        known = [*parts]
        lines = (line + number for line, part in known for number in part.lines)
        return cls(",".join(part.form for _, part in known if part.form), tuple(lines))

    def at(self, line: int) -> str:
        """The JSON for a piece that begins on a line."""
        return self.form % tuple(line + number for number in self.lines)


def array(items: Iterable[str]) -> Written:
    """The list of what is written already."""
    return Written(f"[{','.join(items)}]")


def written(value: object) -> str:
    """The JSON of plain data."""
    return _ENCODER.encode(value)
