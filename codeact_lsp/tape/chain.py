"""How the lines of a tape hang together: each is bound to all before it, and marked by its user.

A line ends in two members. `hash` is a digest of the line and of the one before it: whoever has the
tape can check that nothing in it was damaged, moved or left out. `mark` is made of that with the
user's own key: who does not have the key can make none, so a tape that somebody has rewritten from
its first line on is noticed by the user whose tape it was. What no chain can show is that lines are
missing at the end; a tape that was finished says so in its last line.
"""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

_BYTES = 16
_END = re.compile(rb',"hash":"([0-9a-f]{32})","mark":"([0-9a-f]{32})"\}$')


class BrokenChainError(ValueError):
    """A line that does not belong where it stands."""


@dataclass(slots=True)
class Chain:
    """Binds line to line, in writing and in reading.

    Attributes:
        key: The user's own key.
        last: The digest of the line before.
    """

    key: bytes
    last: str = ""

    @property
    def key_name(self) -> str:
        """What a key is called on a tape: it tells whose tape it is, and nothing of the key."""
        return blake2b(b"the name of a tape's key", key=self.key, digest_size=8).hexdigest()

    def sealed(self, data: Mapping[str, Any]) -> bytes:
        """The next line, with its line end."""
        body = json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
        self.last = self._digest(body)
        ending = f',"hash":"{self.last}","mark":"{self._mark()}"}}\n'
        return body[:-1] + ending.encode()

    def opened(self, line: bytes, *, is_own: bool) -> dict[str, Any]:
        """What the next line holds.

        Args:
            line: The line, without its line end.
            is_own: Whether it has to bear the mark of the user's own key.

        Raises:
            BrokenChainError: It is not what was written there.
        """
        if not (ending := _END.search(line)):
            raise BrokenChainError("it is no line of a tape")
        body = line[: ending.start()] + b"}"
        digest = self._digest(body)
        if not hmac.compare_digest(digest.encode(), ending[1]):
            raise BrokenChainError("it was changed, or does not follow the one before it")
        self.last = digest
        if is_own and not hmac.compare_digest(self._mark().encode(), ending[2]):
            raise BrokenChainError("it was not written with your key")
        return _object(body)

    def _digest(self, body: bytes) -> str:
        return blake2b(self.last.encode() + body, digest_size=_BYTES).hexdigest()

    def _mark(self) -> str:
        return blake2b(self.last.encode(), key=self.key, digest_size=_BYTES).hexdigest()


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BrokenChainError("it is no JSON") from error
    if not isinstance(data, dict):
        raise BrokenChainError("it is no JSON object")
    return data
