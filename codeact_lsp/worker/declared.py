"""What an annotation says about a value, and about the parts of one."""

import dataclasses
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_KEY_AND_ITEM = 2
_SEQUENCES = (list, set, frozenset)
_NUMBERS = frozenset({bool, int, float, complex})
_ATOMS = frozenset({bool, int, float, complex, str, bytes})

Step = tuple[str, Any]
"""From a value to a part of it: a `field` by its name, a `key`, or the `item` at a key or index."""


def keeps(value: Any, annotation: Any) -> bool:
    """Whether the value's outermost type fits; True for all that is not plainly checkable."""
    if annotation is None:
        return value is None
    if _alternatives(annotation):
        return any(keeps(value, part) for part in _alternatives(annotation))
    kind = typing.get_origin(annotation) or annotation
    if typing.is_typeddict(kind):
        kind = dict
    if not isinstance(kind, type) or getattr(kind, "_is_protocol", False):
        return True
    if kind in _NUMBERS and hasattr(value, "dtype"):
        return True
    kinds = (int, float, kind) if kind in {float, complex} else kind
    return isinstance(value, kinds) and not _has_another_length(value, annotation)


def holds_atoms(value: Any, annotation: Any) -> bool:
    """Whether it is a list or a set whose items were declared to have no parts."""
    arguments = typing.get_args(annotation)
    return isinstance(value, _SEQUENCES) and len(arguments) == 1 and arguments[0] in _ATOMS


def parts(value: Any, annotation: Any) -> Iterable[tuple[Step, Any, Any]]:
    """What a value holds: the step to it, itself, and what it was declared to be."""
    if _alternatives(annotation):
        meant = [kind for kind in _alternatives(annotation) if keeps(value, kind)]
        return parts(value, meant[0]) if len(meant) == 1 else ()
    if typing.is_typeddict(annotation):
        return _of_keys(value, annotation)
    return _of_collection(value, typing.get_args(annotation)) or _of_record(value)


def _of_collection(
    value: Any, arguments: tuple[Any, ...]
) -> Iterable[tuple[Step, Any, Any]] | None:
    if isinstance(value, Mapping) and len(arguments) == _KEY_AND_ITEM:
        return _of_mapping(value, *arguments)
    if isinstance(value, _SEQUENCES) and len(arguments) == 1:
        return ((("item", index), item, arguments[0]) for index, item in enumerate(value))
    if isinstance(value, tuple) and arguments:
        return _of_tuple(value, arguments)
    return None


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    is_union = typing.get_origin(annotation) in {typing.Union, types.UnionType}
    return typing.get_args(annotation) if is_union else ()


def _has_another_length(value: Any, annotation: Any) -> bool:
    """Whether it is a tuple with more or fewer items than `tuple[str, int]` has."""
    arguments = typing.get_args(annotation)
    is_fixed = typing.get_origin(annotation) is tuple and arguments and ... not in arguments
    return bool(is_fixed) and type(value) is tuple and len(value) != len(arguments)


def _of_mapping(value: Mapping[Any, Any], key: Any, item: Any) -> Iterator[tuple[Step, Any, Any]]:
    for name, part in value.items():
        yield ("key", name), name, key
        yield ("item", name), part, item


def _of_tuple(value: tuple[Any, ...], kinds: tuple[Any, ...]) -> Iterator[tuple[Step, Any, Any]]:
    each = kinds[:1] * len(value) if ... in kinds else kinds
    for index, (part, kind) in enumerate(zip(value, each, strict=False)):
        yield ("item", index), part, kind


def _of_keys(value: Mapping[str, Any], kind: Any) -> Iterator[tuple[Step, Any, Any]]:
    for name, declared in typing.get_type_hints(kind).items():
        if name in value:
            yield ("item", name), value[name], declared


def _of_record(value: Any) -> Iterator[tuple[Step, Any, Any]]:
    """The fields of a dataclass or of a named tuple, read without asking its class."""
    kind = type(value)
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
    elif issubclass(kind, tuple) and hasattr(kind, "__annotations__"):
        names = list(getattr(kind, "_fields", ()))
    else:
        return
    hints = typing.get_type_hints(kind)
    for name in names:
        if name in hints:
            try:
                yield ("field", name), object.__getattribute__(value, name), hints[name]
            except AttributeError:  # It was not set.
                continue
