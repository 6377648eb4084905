"""What led to an exception, and what a group of them holds."""

from collections.abc import Iterator
from itertools import islice

from . import exceptions

_MOST = 20
_MOST_MEMBERS = 5
_MOST_DEPTH = 5

Link = tuple[str, int, BaseException]
"""What it is (`member`, `cause` or `context`), how deep it lies, and the exception."""


def linked(error: BaseException) -> Iterator[Link]:
    """Members of a group, then causes and contexts; behind each, one deeper, what belongs to it."""
    return islice(_behind(error, 0, {id(error)}), _MOST)


def _behind(error: BaseException, depth: int, seen: set[int]) -> Iterator[Link]:
    yield from _members(error, depth, seen)
    while found := exceptions.before(error):
        how, error = found
        if id(error) in seen:
            return
        seen.add(id(error))
        yield how, depth, error
        yield from _members(error, depth + 1, seen)


def _members(group: BaseException, depth: int, seen: set[int]) -> Iterator[Link]:
    for member in exceptions.members(group)[:_MOST_MEMBERS]:
        if depth < _MOST_DEPTH and id(member) not in seen:
            seen.add(id(member))
            yield "member", depth, member
            yield from _behind(member, depth + 1, seen)
