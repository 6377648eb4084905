"""Which input a value only handed on: as it was, or copied, cut or filtered."""

import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from . import expressions

_MOST_ITEMS = 10_000
_MOST_PARTS = 50_000
_MOST_LEVELS = 5
_WITH_OWNER = 2
_ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes})
_LISTS = frozenset({list, tuple, set, frozenset})
_HOLDERS = _LISTS | {dict}


class Taken(NamedTuple):
    """What a node took.

    Attributes:
        inputs: The values by name, as the node left them.
        anew: Makes one of them once more, as the node got it; it may refuse to.
    """

    inputs: Mapping[str, Any]
    anew: Callable[[str], Any]

    def as_it_came(self, name: str) -> Any:
        """A value as the node got it; as it was left where that cannot be told any more."""
        try:
            return self.anew(name)
        except Exception:
            return self.inputs[name]


NOTHING = Taken({}, lambda _name: None)
"""What is taken where nothing is."""


def origin(parts: Sequence[Any], taken: Taken) -> str | None:
    """The one input that a bad part came with; None if its node may have made it.

    Args:
        parts: A value, what of it holds the bad part, and so on down to that part.
        taken: What the node took that returned the value.
    """
    givers = [name for name, given in taken.inputs.items() if _gave(given, parts)]
    if len(givers) != 1:
        return None
    try:
        return givers[0] if _was_in(taken.as_it_came(givers[0]), parts) else None
    except Exception:  # Keys compare as the plan's code wants.
        return givers[0]


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


def is_gathered(value: Any, owner: Any, came: Any) -> bool:
    """Whether all items of a list or dictionary are somewhere in an input.

    Args:
        value: The list or dictionary.
        owner: The input as the node left it.
        came: The same as it came.
    """
    kind = type(value)
    items = value.values() if kind is dict else value if kind in _LISTS else ()
    if not items or type(owner) not in _HOLDERS or len(items) > _MOST_ITEMS:
        return False
    own, atoms = ({*map(_mark, itertools.islice(parts_of(o), _MOST_PARTS))} for o in (owner, came))
    return all(_mark(item) in (atoms if type(item) in _ATOMS else own) for item in items)


def has_lost(given: Any, left: Any) -> bool:
    """Whether a list or dictionary lacks something that it held when it came."""
    if type(given) is not type(left) or type(left) not in _HOLDERS:
        return False
    if len(left) < len(given):
        return True
    # An object that was stored and read again is another one, and need not be equal.
    return type(left) is dict and any(type(key) in _ATOMS and key not in left for key in given)


def has_gained(given: Any, value: Any) -> bool:
    """Whether an atom is in none of the places of an input as it came."""
    if type(value) not in _ATOMS or type(given) is str:
        return False
    inside = itertools.islice(itertools.chain([given], parts_of(given)), _MOST_PARTS)
    return not any(_is_equal(part, value) for part in inside)


def _gave(given: Any, parts: Sequence[Any]) -> bool:
    """An atom is told apart from its equals by what it stands among, anything else by itself."""
    if any(part is given for part in parts if type(part) not in _ATOMS):
        return True
    own = [part for part in parts if type(part) not in _ATOMS and not _is_shared(part)]
    if any(holds(given, part) for part in own):
        return True
    return len(parts) > 1 and is_copy(parts[0], given)


def _was_in(given: Any, parts: Sequence[Any]) -> bool:
    """Whether something in an input, as it came, held the bad part in the place that holds it."""
    if len(parts) < _WITH_OWNER:
        return True  # The whole is bad: what is in it does not matter.
    owner, bad = parts[-2:]
    places = [place for place, part in _placed(owner) if part is bad]
    for other in itertools.islice(itertools.chain([given], parts_of(given)), _MOST_PARTS):
        if _is_like(other, owner) and any(
            place in places and _is_equal(part, bad) for place, part in _placed(other)
        ):
            return True
    return False


def _placed(owner: Any) -> Iterable[tuple[Any, Any]]:
    """What a value holds, each with its key or name; in a list the place says nothing."""
    if type(owner) in _LISTS:
        return ((None, item) for item in owner)
    if type(owner) is dict:
        return itertools.chain(owner.items(), ((None, key) for key in owner))
    return () if isinstance(owner, type) else expressions.members(owner).items()


def _is_like(other: Any, owner: Any) -> bool:
    return type(other) is type(owner) or {type(other), type(owner)} <= _LISTS


def _is_equal(part: Any, bad: Any) -> bool:
    """Whether two parts are of one type, and equal if they are atoms."""
    if type(part) is not type(bad):
        return False
    is_nan = type(bad) is float and math.isnan(bad) and math.isnan(part)
    return type(bad) not in _ATOMS or part == bad or is_nan


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
