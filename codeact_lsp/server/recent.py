"""The semantic tokens that a client was sent last, to tell it next time only what has changed."""

from array import array
from hashlib import blake2b

# A client asks for changes of what it has, or, after an answer it threw away, of what it had.
_KEPT = 3


class RecentTokens:
    """The last few answers about one document, by result ids that are digests of their content."""

    def __init__(self) -> None:
        self._known: dict[str, array[int]] = {}

    def remember(self, data: "array[int]") -> str:
        """Keep an answer, and name it."""
        name = blake2b(data.tobytes(), digest_size=12).hexdigest()
        self._known.pop(name, None)
        self._known[name] = data
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return name

    def recall(self, name: str) -> "array[int] | None":
        """The answer of that name; None if it is forgotten or was never given."""
        return self._known.get(name)
