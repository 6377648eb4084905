"""Which input a value only handed on: as it was, or copied, cut or filtered."""

import itertools
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import expressions

_MOST_ITEMS = 10_000
_MOST_PARTS = 50_000
_MOST_LEVELS = 3
_ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes})
_LISTS = frozenset({list, tuple, set, frozenset})


def origin(parts: Sequence[Any], inputs: Mapping[str, Any]) -> str | None:
    """The one input that a bad part came with; None if its node may have made it.

    Args:
        parts: A value, what of it holds the bad part, and so on down to that part.
        inputs: The inputs of the node that returned the value.
    """
    givers = [name for name, given in inputs.items() if _gave(given, parts)]
    return givers[0] if len(givers) == 1 else None


def holds(owner: Any, value: Any) -> bool:
    """Whether `value` is somewhere in `owner`: that very object, or a character of a text."""
    if type(owner) is str:
        return type(value) is str and value in owner
    inside = itertools.islice(parts_of(owner), _MOST_PARTS)
    return any(part is value for part in inside)


def parts_of(owner: Any) -> Iterator[Any]:
    """What a value holds, what that holds and so on, as far as it takes no code to know."""
    pending = deque([(owner, _MOST_LEVELS)])
    while pending:
        part, levels = pending.popleft()
        for item in _items(part):
            yield item
            if levels > 1 and type(item) not in _ATOMS and len(pending) < _MOST_PARTS:
                pending.append((item, levels - 1))


def is_copy(value: Any, owner: Any) -> bool:
    """Whether a list or dictionary has no item, and no key, that `owner` does not have."""
    if type(value) is dict:
        return type(owner) is dict and _holds_all(owner.items(), value.items())
    if type(value) not in _LISTS:
        return False
    return type(owner) in _LISTS and _holds_all(owner, value)


def _gave(given: Any, parts: Sequence[Any]) -> bool:
    """An atom is told apart from its equals by what it stands among, anything else by itself."""
    if any(part is given for part in parts if type(part) not in _ATOMS):
        return True
    own = [part for part in parts if type(part) not in _ATOMS and not _is_shared(part)]
    if any(holds(given, part) for part in own):
        return True
    return len(parts) > 1 and is_copy(parts[0], given)


def _is_shared(part: Any) -> bool:
    """Whether Python may use one object wherever the plan writes this."""
    return part in ((), frozenset()) if type(part) in {tuple, frozenset} else False


def _items(owner: Any) -> Iterator[Any]:
    if type(owner) is dict:
        yield from owner
        yield from owner.values()
    elif type(owner) in _LISTS:
        yield from owner
    elif not isinstance(owner, type):
        members = expressions.members(owner)
        yield from members.values() if type(members) is dict else ()


def _holds_all(owner: Any, items: Any) -> bool:
    """Whether all items are in `owner`, each the same object or an equal atom of its type."""
    if len(items) > _MOST_ITEMS or len(owner) > _MOST_ITEMS:
        return False
    known = {_mark(item) for item in owner}
    return all(_mark(item) in known for item in items)


def _mark(item: Any) -> Any:
    if type(item) is tuple:
        return tuple(_mark(part) for part in item)
    return (type(item), item) if type(item) in _ATOMS else id(item)
