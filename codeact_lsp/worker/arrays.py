"""Goes through a pickle before it is loaded, with a stand-in for all that it names.

NumPy believes what a pickle says of how an array lies in memory: where its fields are, how long an
element is, whether it refers to an object. Who uses an array of which that is said wrongly reads,
writes and calls whatever lies there. So NumPy may only be told what it says itself, and in that
order. That is seen here, while nothing is made.
"""

import importlib
import io
import pickle
import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

_MAKERS = frozenset({"_reconstruct", "_mareconstruct"})
# How large arrays are before it is said what they hold: nobody can have a part of nothing.
_NOTHING = (0,)
# Of pandas: what holds the arrays of a table, and what says how long they are.
_WHOLE = re.compile(r"Index$|^_unpickle_block$|^BlockManager$")
_TABLES = frozenset({"DataFrame", "Series"})
_SETTLED = frozenset({"numpy", "pandas"})
_IN_ORDER = frozenset("<>")
_TIMES = frozenset({"M8", "m8"})


def check(data: Any, buffers: Iterable[Any]) -> None:
    """Go through a pickle.

    Raises:
        pickle.UnpicklingError: It says of an array what NumPy would not say.
    """
    going = _Going(io.BytesIO(data), buffers=buffers)
    going.load()
    going.see_that_all_is_said()


class _Going(pickle.Unpickler):
    """Finds stand-ins.

    Attributes:
        begun: Types of elements of which it has yet to be said what they are.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.begun: list[_Type] = []

    def find_class(self, module: str, name: str) -> Any:
        library = module.partition(".")[0]
        told = {"going": self, "of_numpy": library == "numpy", "settled": library in _SETTLED}
        return _Named(name, (_kind(module, name),), told)

    def see_that_all_is_said(self) -> None:
        if self.begun:
            _refuse("a type that is used before it is known")


def _kind(module: str, name: str) -> type["_StandIn"]:
    if (module, name) == ("numpy", "dtype"):
        return _Type
    if name in _MAKERS:
        return _Array
    if module.startswith("numpy") and name.endswith("rray"):
        return _OnlyNamed
    if module.startswith("pandas"):
        return _Empty if name in _TABLES else _Whole if _WHOLE.search(name) else _StandIn
    return _StandIn


class _Named(type):
    """What a pickle names, as opposed to what it makes of that."""

    @property
    def __setstate__(cls) -> Any:  # noqa: PLE0302 - it makes the method.
        """To change that is no matter of arrays."""
        return lambda _: None


class _StandIn:
    """What a pickle makes of what it names: it takes everything, and holds nothing."""

    going: _Going | None = None
    of_numpy = False
    settled = False
    is_told = False

    def __new__(cls, *arguments: Any, **_named: Any) -> Any:
        made = super().__new__(cls)
        made.begin(arguments)
        return made

    def __init__(self, *_: Any, **__: Any) -> None:
        """All was taken already."""

    def __call__(self, *_: Any, **__: Any) -> Any:
        return _StandIn()

    def __setitem__(self, key: Any, value: Any) -> None:
        self.append(key, value)

    def append(self, *_: Any) -> None:
        """Take a part."""
        if self.settled:
            _refuse("a part that is put into an array or a table")

    extend = add = update = append

    def begin(self, _arguments: tuple[Any, ...]) -> None:
        if self.going:
            self.going.see_that_all_is_said()

    def __setstate__(self, state: Any) -> None:
        if self.going:
            self.going.see_that_all_is_said()
        if self.of_numpy or (self.settled and self.is_told):
            _refuse("an array that is there already")
        self.is_told = True


class _OnlyNamed(_StandIn):
    """A kind of array, which others make: called itself, it takes any memory for one."""

    def begin(self, _arguments: tuple[Any, ...]) -> None:
        _refuse("an array that is made of somebody else's memory")


class _Empty(_StandIn):
    """A table, which is made of nothing; it is told once what it holds."""

    def begin(self, arguments: tuple[Any, ...]) -> None:
        super().begin(())
        if arguments:
            _refuse("a table that is made of another one")


class _Whole(_StandIn):
    """A part of a table, or an index: to say more of it would make it fit its table no longer."""

    is_told = True


class _Array(_StandIn):
    """An array; only once is it said what it holds, since that moves it to another place."""

    is_known = False

    def begin(self, arguments: tuple[Any, ...]) -> None:
        super().begin(())
        *_, shape, _ = arguments
        if shape != _NOTHING:
            _refuse("an array that holds something before it is known")

    def __setstate__(self, state: Any) -> None:
        super().begin(())
        if self.is_known:
            _refuse("an array that is there already")
        self.is_known = True


class _Type(_StandIn):
    """A type of elements; all is said of it before anything else is."""

    def begin(self, arguments: tuple[Any, ...]) -> None:
        self.made: Any = None
        self._arguments = arguments
        if self.going:
            self.going.begun.append(self)

    def __setstate__(self, state: Any) -> None:
        if self.going is None or self.going.begun.pop(-1) is not self:
            _refuse("a type that is used before it is known")
        said = _with_types(state)
        for made in _types(self._arguments, said):
            _, arguments, honest = made.__reduce__()
            if arguments == self._arguments and honest == said:
                self.made = made
                return
        _refuse("a type of elements that is none of NumPy's")


def _types(arguments: tuple[Any, ...], state: Any) -> Iterator[Any]:
    """The types that NumPy could say this of."""
    dtype = importlib.import_module("numpy").dtype
    _, order, part, names, fields, size, _, _, *more = state
    if names is not None:
        each = [fields[name] for name in names]
        layout = {"names": list(names), "itemsize": size}
        layout |= {"formats": [field[0] for field in each], "offsets": [field[1] for field in each]}
        if any(len(field) > len(("type", "offset")) for field in each):
            layout["titles"] = [field[2] for field in each]
        yield from (dtype(layout, align=aligned) for aligned in (False, True))
    elif part is not None:
        yield dtype(part)
    else:
        code, notes = arguments[0], more[0] if more else None
        if code in _TIMES:
            notes, (unit, count, _, _) = more[0]
            code = code if unit == b"generic" else f"{code}[{count}{unit.decode('ascii')}]"
        made = dtype(code, metadata=notes) if notes else dtype(code)
        yield made.newbyteorder(order) if order in _IN_ORDER else made


def _with_types(part: Any) -> Any:
    """A part of what was said, with the types that stand-ins stand for."""
    if isinstance(part, _Type):
        return part.made
    if isinstance(part, tuple):
        return tuple(map(_with_types, part))
    if isinstance(part, dict):
        return {key: _with_types(each) for key, each in part.items()}
    return part


def _refuse(what: str) -> NoReturn:
    raise pickle.UnpicklingError(f"{what} is more than data")
