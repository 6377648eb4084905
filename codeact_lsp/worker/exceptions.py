"""An exception as Python keeps it. Nothing is asked of its class, which may answer anything."""

import types
from typing import Any

_TRACEBACK: Any = BaseException.__dict__["__traceback__"]
_CAUSE: Any = BaseException.__dict__["__cause__"]
_CONTEXT: Any = BaseException.__dict__["__context__"]
_SUPPRESSES: Any = BaseException.__dict__["__suppress_context__"]
_MEMBERS: Any = BaseExceptionGroup.__dict__["exceptions"]
_OWN: Any = BaseException.__dict__["__dict__"]
_ARGUMENTS: Any = BaseException.__dict__["args"]
_OWNER: Any = AttributeError.__dict__["obj"]
_MISSING: Any = {kind: kind.__dict__["name"] for kind in (AttributeError, ImportError, NameError)}
_NUMBER: Any = OSError.__dict__["errno"]
_FILE: Any = OSError.__dict__["filename"]
_OTHER_FILE: Any = OSError.__dict__["filename2"]
_NAME: Any = type.__dict__["__name__"]
_MODULE: Any = type.__dict__["__module__"]


def is_a(value: Any, *kinds: type) -> bool:
    """Whether `value` is of one of these classes; what it says of its class does not count."""
    return not set(kinds).isdisjoint(type.__dict__["__mro__"].__get__(type(value)))


def class_name(value: Any) -> str:
    """The name that the class of `value` was made with."""
    name: str = _NAME.__get__(type(value))
    return name


def class_module(value: Any) -> str:
    """The module that the class of `value` says to be from; empty if that is no text."""
    name = _MODULE.__get__(type(value))
    return name if isinstance(name, str) else ""


def traceback(error: BaseException) -> types.TracebackType | None:
    """Where it was raised, and through which frames it came."""
    found: types.TracebackType | None = _TRACEBACK.__get__(error)
    return found


def before(error: BaseException) -> tuple[str, BaseException] | None:
    """What led to it, and whether that is its `cause` or its `context`."""
    cause: BaseException | None = _CAUSE.__get__(error)
    if cause is not None:
        return "cause", cause
    context: BaseException | None = _CONTEXT.__get__(error)
    return None if context is None or _SUPPRESSES.__get__(error) else ("context", context)


def members(error: BaseException) -> tuple[BaseException, ...]:
    """The exceptions that a group holds; none if it is no group."""
    found: tuple[BaseException, ...] = (
        _MEMBERS.__get__(error) if is_a(error, BaseExceptionGroup) else ()
    )
    return found


def behind(error: BaseException) -> list[BaseException]:
    """All that led to it or is held by it, what it says to have nothing to do with too."""
    found = (_CAUSE.__get__(error), _CONTEXT.__get__(error), *members(error))
    return [other for other in found if other is not None]


def of_the_system(error: BaseException) -> tuple[Any, Any, Any]:
    """The number of an error that the system gave, and the files that it names, the last first."""
    if not is_a(error, OSError):
        return None, None, None
    return _NUMBER.__get__(error), _OTHER_FILE.__get__(error), _FILE.__get__(error)


def owner(error: BaseException) -> Any:
    """The object that lacks an attribute; None if that was not said."""
    return _OWNER.__get__(error) if is_a(error, AttributeError) else None


def missing(error: BaseException) -> str | None:
    """The name that is not there, if that was said."""
    for kind, name in _MISSING.items():
        if is_a(error, kind):
            found = name.__get__(error)
            return found if isinstance(found, str) else None
    return None


def own(error: BaseException) -> dict[str, Any]:
    """What was set on it."""
    found: dict[str, Any] = _OWN.__get__(error)
    return found


def notes(error: BaseException) -> list[Any]:
    """What `add_note` added, or somebody put in its place."""
    found = own(error).get("__notes__")
    return list(found) if type(found) is list else []


def arguments(error: BaseException) -> tuple[Any, ...]:
    """What it was made with."""
    found: tuple[Any, ...] = _ARGUMENTS.__get__(error)
    return found
