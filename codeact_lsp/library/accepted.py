"""Which options a run takes, and in which form: none that is misspelt is passed over in silence.

Options that are wrong are mistakes of the script, so they are Python's own `TypeError` and
`ValueError`, raised before anything begins.
"""

import math
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from codeact_lsp.engine.run.modes import MODES
from codeact_lsp.plan.spelling import closest, did_you_mean


@dataclass(frozen=True, slots=True)
class _Form:
    """What an option has to be.

    Attributes:
        words: The same in words, to be put behind "expected".
        read: Its value as the engine takes it; a bare `TypeError` or `ValueError` if it is none.
        choices: The values that there are, where they can be named.
    """

    words: str
    read: Callable[[Any], Any]
    choices: tuple[str, ...] = ()


def accepted(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options, each in the form in which the engine takes it.

    Raises:
        TypeError: There is no such option, or its value is of a wrong type.
        ValueError: A value of the right type cannot be used.
    """
    return {name: _read(name, value) for name, value in options.items()}


def require_names(nodes: Iterable[object]) -> None:
    """Refuse nodes that are named by anything but text.

    Raises:
        TypeError: One of them is no text.
    """
    for node in nodes:
        if not isinstance(node, str):
            message = (
                f"nodes are named one by one, as in run(plan, 'orders', 'total'), not by {node!r}"
            )
            raise TypeError(message)


def _read(name: str, value: object) -> object:
    form = _FORMS.get(name)
    if form is None:
        known = ", ".join(_FORMS)
        meant = did_you_mean(closest(name, _FORMS))
        message = f"'{name}' is no option of a run.{meant} There are {known}."
        raise TypeError(message)
    try:
        return form.read(value)
    except (TypeError, ValueError) as error:
        near = closest(value, form.choices) if isinstance(value, str) else None
        message = f"{name} is {value!r}; expected {form.words}.{did_you_mean(near)}"
        raise type(error)(message) from None


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError
    if value < 1:
        raise ValueError
    return int(value)


def _seconds(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError
    seconds = float(value)
    if not 0 < seconds < math.inf:
        raise ValueError
    return seconds


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise TypeError
    return dict(value)


def _counts(value: object) -> dict[str, int]:
    return {name: _count(amount) for name, amount in _mapping(value).items()}


def _texts(value: object) -> list[str]:
    # A text is iterable too, and would be taken for a list of its letters.
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise TypeError
    texts = list(value)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return texts


def _interpreter(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str | os.PathLike):
        raise TypeError
    return _text(os.fspath(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    if not value:
        raise ValueError
    return value


def _mode(value: object) -> str:
    if _text(value) not in MODES:
        raise ValueError
    return str(value)


_FORMS: Mapping[str, _Form] = {
    "inputs": _Form("a mapping of names to values, such as {'region': 'north'}", _mapping),
    "mode": _Form(f"one of {', '.join(MODES)}", _mode, MODES),
    "workers": _Form("a whole number above 0", _count),
    "timeout": _Form("seconds above 0, or None for no limit", _seconds),
    "reuse": _Form("True or False", _flag),
    "resources": _Form("a mapping of names to whole numbers above 0", _counts),
    "interpreter": _Form("the path of a Python, or None for the workspace's", _interpreter),
    "level": _Form("the name of a level, such as 'strict'", _text),
    "allow": _Form("a list of rights, such as ['write out/']", _texts),
}
