"""Values as blobs: pickle protocol 5 with its large buffers out of band, mapped when loaded.

Layout: the pickle, then the buffers, each at a multiple of 64 bytes; then the length of the pickle,
the length of each buffer, the count of buffers, and the magic. So everything is written as it
comes, and what was not written to its end is no blob. Only workers write and read blobs; the server
moves them.
"""

import contextlib
import copyreg
import importlib
import mmap
import os
import pickle
import struct
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

_MAGIC = b"codeact2"
_ALIGNMENT = 64
_WRITTEN_TO = "The value cannot be stored: the node wrote to descriptors not its own."
_WORD = struct.Struct("<Q")


class NotStoredError(Exception):
    """The value cannot be written, through no fault of its own."""


def dump(value: Any, descriptor: int, module: str) -> list[str]:
    """Write `value` to a file descriptor.

    Returns:
        The names of the classes and functions of `module` that the value is made of: they are
        stored by name, and whoever loads the value must have them.

    Raises:
        NotStoredError: The file cannot be written, or somebody has written to it.
        Exception: Whatever the value's own pickling raises.
    """
    buffers: list[pickle.PickleBuffer] = []
    file = _File(descriptor)
    stored_by = pickler(file, buffers.append)
    stored_by.dump(value)
    lengths = [file.position]
    for buffer in buffers:
        with buffer.raw() as view:
            file.write(bytes(-file.position % _ALIGNMENT))
            lengths.append(file.write(view))
    file.write(b"".join(map(_WORD.pack, [*lengths, len(buffers)])) + _MAGIC)
    return sorted(_names_of(stored_by, module))


def pickler(file: Any, taken: Callable[[pickle.PickleBuffer], Any]) -> pickle.Pickler:
    """What writes a value to a file, and hands its large buffers over.

    Modules are written by name, as their functions are: results of SciPy's tests hold some.
    """
    made = pickle.Pickler(file, protocol=5, buffer_callback=taken)
    made.dispatch_table = {**copyreg.dispatch_table, types.ModuleType: _by_name}
    return made


def _by_name(module: types.ModuleType) -> tuple[Callable[..., Any], tuple[str]]:
    """How a module is made again, where that can only be the same one."""
    spec = module.__spec__
    if spec is None or sys.modules.get(spec.name) is not module:
        raise TypeError("cannot pickle 'module' object")
    return importlib.import_module, (spec.name,)


class _File:
    """Writes straight through: the pickler hands over large pieces, and must not hold copies."""

    def __init__(self, descriptor: int) -> None:
        self.position = 0
        self._descriptor = descriptor
        with _storing():
            if os.lseek(descriptor, 0, os.SEEK_CUR):
                raise NotStoredError(_WRITTEN_TO)

    def write(self, data: bytes | memoryview) -> int:
        left = memoryview(data)
        with _storing():
            while left:
                left = left[os.write(self._descriptor, left) :]
        self.position += len(data)
        return len(data)


@contextlib.contextmanager
def _storing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"The value cannot be stored: {error.strerror}."
        raise NotStoredError(message) from error


def _names_of(pickler: pickle.Pickler, module: str) -> set[str]:
    """The outermost names behind what was stored by name, which the memo has kept."""
    return {
        thing.__qualname__.partition(".")[0]
        for _, thing in pickler.memo.copy().values()
        if isinstance(thing, type | types.FunctionType) and thing.__module__ == module
    }


def load(descriptor: int, loads: Callable[..., Any] = pickle.loads) -> Any:
    """Read a value; its buffers are private copy-on-write maps of the file, not copies.

    Args:
        descriptor: The file.
        loads: What makes a value of a pickle and its buffers.

    Raises:
        ValueError: The file is not a blob.
        Exception: Whatever the value's own unpickling raises.
    """
    size = os.fstat(descriptor).st_size
    if size < 2 * _WORD.size + len(_MAGIC):
        raise ValueError("the stored value is truncated")
    mapped = memoryview(mmap.mmap(descriptor, size, access=mmap.ACCESS_COPY))
    if mapped[-len(_MAGIC) :] != _MAGIC:
        raise ValueError("the stored value is truncated, or not one of ours")
    data, *buffers = _parts(mapped[: -len(_MAGIC)])
    return loads(data, buffers=buffers)


def _parts(mapped: memoryview) -> Iterator[memoryview]:
    *_, count = _WORD.unpack(mapped[-_WORD.size :])
    words = (count + 2) * _WORD.size  # The pickle's length and the count are two more.
    position = 0
    for (length,) in _WORD.iter_unpack(mapped[-words : -_WORD.size]):
        position += -position % _ALIGNMENT
        yield mapped[position : position + length]
        position += length
    if position + words != len(mapped):
        raise ValueError("the stored value is damaged")
