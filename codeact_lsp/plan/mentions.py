"""Who mentions which name in a plan, while an edit of it is worked out."""

from collections.abc import Iterable, Mapping

from codeact_lsp.plan.overlay import Overlay


class Mentions:
    """For each name those who mention it: as it was, and what an edit changes of that."""

    def __init__(self, before: Mapping[str, frozenset[str]]) -> None:
        """Take in who mentioned each name before the edit."""
        self._before = before
        self._changed: dict[str, frozenset[str]] = {}

    def note(self, name: str, no_more: Iterable[str], now: Iterable[str]) -> None:
        """Note which others `name` no longer mentions, and which it now does."""
        self._changed |= {other: self.of(other) - {name} for other in no_more}
        self._changed |= {other: self.of(other) | {name} for other in now}

    def of(self, name: str) -> frozenset[str]:
        """Who mentions a name."""
        return self._changed[name] if name in self._changed else self._before.get(name, frozenset())

    @property
    def come(self) -> list[str]:
        """The names that nobody mentioned before."""
        return [name for name in self._changed if self._changed[name] and name not in self._before]

    @property
    def gone(self) -> list[str]:
        """The names that nobody mentions any more."""
        return [name for name in self._changed if name in self._before and not self._changed[name]]

    def all(self) -> Mapping[str, frozenset[str]]:
        """For each name that is mentioned, who does."""
        held = {name: users for name, users in self._changed.items() if users}
        return Overlay.over(self._before).edited(held, self.gone)
