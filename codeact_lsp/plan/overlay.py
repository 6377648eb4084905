"""A large mapping with a few changes, so that an edit of it costs only its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")
_GONE: Final[Any] = object()
# Each further change copies those before it, so once there are many the whole is copied instead.
_MOST_CHANGES = 1_000


class Overlay(Mapping[_K, _V]):
    """The entries of a dictionary, which is shared, but for some changes; never changed itself."""

    def __init__(
        self,
        base: Mapping[_K, _V],
        changes: Mapping[_K, _V] | None = None,
        order: Callable[[], Iterable[_K]] | None = None,
    ) -> None:
        """Take in what makes it up.

        Args:
            base: Most of the entries; nobody changes them.
            changes: What stands under some keys instead, or that nothing does.
            order: Gives the keys as they come in an iteration; without it, they have no order.
        """
        self._base = base
        self._changes = changes or {}
        self._order = order

    @classmethod
    def over(cls, base: Mapping[_K, _V]) -> "Overlay[_K, _V]":
        """The same entries, ready to be edited."""
        return base if isinstance(base, Overlay) else Overlay(base)

    def edited(
        self,
        come: Mapping[_K, _V],
        gone: Iterable[_K] = (),
        order: Callable[[], Iterable[_K]] | None = None,
    ) -> "Overlay[_K, _V]":
        """The mapping in which some entries are new or others, and some keys have none."""
        if len(self._changes) > _MOST_CHANGES or "_whole" in vars(self):
            return Overlay(self._whole, {**dict.fromkeys(gone, _GONE), **come}, order)
        return Overlay(self._base, {**self._changes, **dict.fromkeys(gone, _GONE), **come}, order)

    @cached_property
    def _whole(self) -> Mapping[_K, _V]:
        """The entries as a dictionary, which is what it takes to go through all of them."""
        if self._order:
            return {key: self[key] for key in self._order()}
        merged = {**self._base, **self._changes}
        return {key: value for key, value in merged.items() if value is not _GONE}

    def __getitem__(self, key: _K) -> _V:
        """What stands under a key."""
        value = self._changes[key] if key in self._changes else self._base[key]
        if value is _GONE:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        """Whether something stands under a key."""
        if key in self._changes:
            return self._changes[key] is not _GONE  # type: ignore[index] # It is one of the keys.
        return key in self._base

    def __iter__(self) -> Iterator[_K]:
        """The keys."""
        return iter(self._whole)

    @cached_property
    def _length(self) -> int:
        more = ((value is not _GONE) - (key in self._base) for key, value in self._changes.items())
        return len(self._base) + sum(more)

    def __len__(self) -> int:
        """How many keys there are."""
        return self._length
