"""Sees that the blocks of a table of pandas fit it, once the table is loaded.

A block says which columns of its table it is. pandas believes that, and notes it in memory that is
as long as the table is wide: of a block for the billionth column it would write there, too.
"""

import pickle
from typing import Any, NoReturn

MANAGERS = frozenset({"BlockManager", "SingleBlockManager"})


class Blocks:
    """Makes what holds the blocks of tables, and looks at all of it in the end."""

    def __init__(self) -> None:
        """Begin with none."""
        self._made: list[tuple[Any, type]] = []

    def kind(self, manager: type) -> Any:
        """A kind of manager in the place of another, while a pickle is loaded."""
        made = self._made

        def begin(self: Any, *arguments: Any) -> None:
            super(kind, self).__init__(*arguments)
            _check(self)
            made.append((self, manager))

        def be_told(self: Any, state: Any) -> None:
            super(kind, self).__setstate__(state)  # type: ignore[misc]  # Each has one.
            _check(self)
            made.append((self, manager))

        parts = {"__slots__": (), "__init__": begin, "__setstate__": be_told}
        kind: Any = type(manager.__name__, (manager,), parts)
        return kind

    def check(self) -> None:
        """Look at all that was made: what it is made of may have been changed since.

        Raises:
            pickle.UnpicklingError: Blocks do not fit their table.
        """
        for made, manager in self._made:
            made.__class__ = manager
            _check(made)


def _check(manager: Any) -> None:
    *wide, long = [len(axis) for axis in manager.axes]
    for width in wide:
        places = [int(place) for block in manager.blocks for place in block.mgr_locs.as_array]
        if sorted(places) != list(range(width)):
            _refuse()
    for block in manager.blocks:
        high = [len(block.mgr_locs)] if wide else []
        if tuple(block.shape) != (*high, long):
            _refuse()
        _check_parts(block.values)


def _check_parts(values: Any) -> None:
    """Which elements are missing is noted beside them, and has to be as long."""
    data, mask = getattr(values, "_data", None), getattr(values, "_mask", None)
    if mask is not None and data is not None and mask.shape != data.shape:
        _refuse()


def _refuse() -> NoReturn:
    raise pickle.UnpicklingError("a table whose parts do not fit it is more than data")
