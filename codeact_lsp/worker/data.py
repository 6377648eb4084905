"""Loads values of well-known kinds of data, and no others: those of nodes with fewer rights.

To load a pickle is to run what it names. A node that may do more than the one which made a value
must not run that one's code, so here a pickle may name only what makes numbers, texts, times,
collections, arrays and tables. The list is of those that do nothing but hold what they are given;
of what arrays are given, `arrays` sees first that it is what they hold, and of what tables are made
of, `blocks` sees in the end that it fits.
"""

import io
import pickle
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

from . import arrays, blocks

_NAMES: dict[str, frozenset[str]] = {
    module: frozenset(names.split())
    for module, names in {
        "builtins": "Ellipsis NotImplemented bool bytearray bytes complex dict float frozenset int "
        "list range set slice str tuple",
        "collections": "Counter OrderedDict defaultdict deque",
        "datetime": "date datetime time timedelta timezone",
        "decimal": "Decimal",
        "fractions": "Fraction",
        "ipaddress": "IPv4Address IPv4Network IPv6Address IPv6Network",
        "pathlib": "Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath",
        "uuid": "SafeUUID UUID",
        "zoneinfo": "ZoneInfo",
        "numpy": "dtype ndarray",
        "numpy.ma": "MaskedArray",
        "numpy.ma.core": "MaskedArray _mareconstruct",
        "pyarrow.lib": "_reconstruct_record_batch _reconstruct_table chunked_array decimal128 "
        "decimal256 dictionary duration field fixed_size_binary large_list list_ map_ py_buffer "
        "schema struct time32 time64 timestamp type_for_alias",
    }.items()
}
_PARTS = ("__bases__", "__code__", "__defaults__", "__kwdefaults__")
_NUMPY = re.compile(r"numpy\.(?:_core|core)\.(?:multiarray|numeric)")
_NUMPY_NAMES = frozenset({"_frombuffer", "_reconstruct", "scalar"})
_PANDAS = re.compile(
    r"pandas(?:\.core\.(?:frame|series|internals\.managers|indexes\.\w+|arrays\.[\w.]+"
    r"|dtypes\.dtypes)|\.arrays|\._libs\.(?:arrays|internals|interval|missing"
    r"|tslibs\.(?:nattype|offsets|period|timedeltas|timestamps)))?"
)
_PANDAS_NAMES = re.compile(
    # Those that are sparse believe what is said of which of their places are taken.
    r"(?!Sparse)(?:_new_\w*Index|__pyx_unpickle_\w+|_unpickle_\w+|_nat_unpickle"
    r"|_timedelta_unpickle|NA|NaT"
    r"|DataFrame|Series|Index|\w+Index|\w+Array|\w+Dtype|Categorical|BlockManager"
    r"|SingleBlockManager|Timestamp|Timedelta|Interval|Period|Day|Hour|Minute|Second|\w+(?:End|Begin))"
)


def load_data(data: Any, *, buffers: Iterable[Any]) -> Any:
    """Load a pickle that holds data of well-known kinds.

    Raises:
        pickle.UnpicklingError: It holds something else; the message names it.
    """
    parts = list(buffers)
    arrays.check(data, parts)
    return _Data(io.BytesIO(data), buffers=parts).load()


class _Data(pickle.Unpickler):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._before: dict[str, tuple[Any, dict[str, Any]]] = {}
        self._blocks = blocks.Blocks()

    def load(self) -> Any:
        value = super().load()
        self._blocks.check()
        for name, (named, before) in self._before.items():
            now = _state(named)
            if now.keys() != before.keys() or any(now[key] is not before[key] for key in now):
                raise pickle.UnpicklingError(f"to change {name} is more than data")
        return value

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _zone_maker
        if (module, name) == ("pyarrow.lib", "_restore_array"):
            return _checked(super().find_class(module, name))
        if not _is_data(module, name):
            raise pickle.UnpicklingError(f"{module}.{name} is more than data")
        found = super().find_class(module, name)
        self._before.setdefault(f"{module}.{name}", (found, _state(found)))
        return self._blocks.kind(found) if name in blocks.MANAGERS else found


def _state(named: Any) -> dict[str, Any]:
    """What a pickle could set of what it names, as it is now: what makes data is shared by all."""
    parts = {name: getattr(named, name, None) for name in _PARTS}
    return {**getattr(named, "__dict__", {}), **parts}


def _zone_maker(owner: Any, name: str) -> Any:
    """How a pickle calls that which makes a time zone: the one attribute that it may ask for."""
    zones = sys.modules.get("zoneinfo")
    if zones is None or owner is not zones.ZoneInfo or name != "_unpickle":
        raise pickle.UnpicklingError("builtins.getattr is more than data")
    return getattr(owner, name)


def _checked(restore: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Arrow believes what is said of where in memory an array's parts lie."""

    def restored(data: Any) -> Any:
        array = restore(data)
        array.validate(full=True)
        return array

    return restored


def _is_data(module: str, name: str) -> bool:
    if name in _NAMES.get(module, ()):
        return True
    if _NUMPY.fullmatch(module):
        return name in _NUMPY_NAMES
    return bool(_PANDAS.fullmatch(module) and _PANDAS_NAMES.fullmatch(name))
