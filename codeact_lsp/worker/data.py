"""Loads values of well-known kinds of data, and no others: those of nodes with fewer rights.

To load a pickle is to run what it names. A node that may do more than the one which made a value
must not run that one's code, so here a pickle may name only what makes numbers, texts, times,
collections, arrays and tables. The list is of those that do nothing but hold what they are given.
"""

import io
import pickle
import re
from collections.abc import Iterable
from typing import Any

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
    }.items()
}
_NUMPY = re.compile(r"numpy\.(?:_core|core)\.(?:multiarray|numeric)")
_NUMPY_NAMES = frozenset({"_frombuffer", "_reconstruct", "scalar"})
_PANDAS = re.compile(
    r"pandas(?:\.core\.(?:frame|series|internals\.managers|indexes\.\w+|arrays\.[\w.]+"
    r"|dtypes\.dtypes)|\.arrays|\._libs\.(?:arrays|internals|interval|missing|sparse"
    r"|tslibs\.(?:nattype|offsets|period|timedeltas|timestamps)))?"
)
_PANDAS_NAMES = re.compile(
    r"_new_\w*Index|__pyx_unpickle_\w+|_unpickle_\w+|_nat_unpickle|_timedelta_unpickle|NA|NaT"
    r"|DataFrame|Series|Index|\w+Index|\w+Array|\w+Dtype|Categorical|BlockManager"
    r"|SingleBlockManager|Timestamp|Timedelta|Interval|Period|Day|Hour|Minute|Second|\w+(?:End|Begin)"
)


def load_data(data: Any, *, buffers: Iterable[Any]) -> Any:
    """Load a pickle that holds data of well-known kinds.

    Raises:
        pickle.UnpicklingError: It holds something else; the message names it.
    """
    return _Data(io.BytesIO(data), buffers=buffers).load()


class _Data(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if not _is_data(module, name):
            raise pickle.UnpicklingError(f"{module}.{name} is more than data")
        return super().find_class(module, name)


def _is_data(module: str, name: str) -> bool:
    if name in _NAMES.get(module, ()):
        return True
    if _NUMPY.fullmatch(module):
        return name in _NUMPY_NAMES
    return bool(_PANDAS.fullmatch(module) and _PANDAS_NAMES.fullmatch(name))
