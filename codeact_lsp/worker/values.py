"""Values as blobs: pickle protocol 5 with its large buffers out of band, mapped when loaded.

Layout: magic, count of buffers, length of the pickle, length of each buffer, the pickle, then the
buffers, each at a multiple of 64 bytes. Only workers write and read blobs; the server moves them.
"""

import io
import mmap
import os
import pickle
import struct
import types
from collections.abc import Iterator
from typing import Any

_MAGIC = b"codeact1"
_ALIGNMENT = 64
_WORD = struct.Struct("<Q")


class NotStoredError(Exception):
    """The value cannot be written, through no fault of its own."""


def dump(value: Any, descriptor: int, module: str) -> list[str]:
    """Write `value` to a file descriptor.

    Returns:
        The names of the classes and functions of `module` that the value is made of: they are
        stored by name, and whoever loads the value must have them.

    Raises:
        NotStoredError: The file cannot be written.
        Exception: Whatever the value's own pickling raises.
    """
    buffers: list[pickle.PickleBuffer] = []
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=5, buffer_callback=buffers.append)
    pickler.dump(value)
    data = stream.getbuffer()
    views = [buffer.raw() for buffer in buffers]
    head = _MAGIC + b"".join(map(_WORD.pack, [len(views), len(data), *map(len, views)]))
    try:
        _write(descriptor, [head, data], views)
    except OSError as error:
        message = f"The value cannot be stored: {error.strerror}."
        raise NotStoredError(message) from error
    return sorted(_names_of(pickler, module))


def _write(descriptor: int, start: list[Any], views: list[memoryview]) -> None:
    with os.fdopen(os.dup(descriptor), "wb") as file:
        position = sum(file.write(part) for part in start)
        for view in views:
            position += file.write(bytes(-position % _ALIGNMENT))
            position += file.write(view)


def _names_of(pickler: pickle.Pickler, module: str) -> set[str]:
    """The outermost names behind what was stored by name, which the memo has kept."""
    return {
        thing.__qualname__.partition(".")[0]
        for _, thing in pickler.memo.copy().values()
        if isinstance(thing, type | types.FunctionType) and thing.__module__ == module
    }


def load(descriptor: int) -> Any:
    """Read a value; its buffers are private copy-on-write maps of the file, not copies.

    Raises:
        ValueError: The file is not a blob.
        Exception: Whatever the value's own unpickling raises.
    """
    size = os.fstat(descriptor).st_size
    if size < len(_MAGIC) + 2 * _WORD.size:
        message = "the stored value is truncated"
        raise ValueError(message)
    mapped = memoryview(mmap.mmap(descriptor, size, access=mmap.ACCESS_COPY))
    if mapped[: len(_MAGIC)] != _MAGIC:
        message = "the stored value is not one of ours"
        raise ValueError(message)
    data, *buffers = _parts(mapped)
    return pickle.loads(data, buffers=buffers)


def _parts(mapped: memoryview) -> Iterator[memoryview]:
    position = len(_MAGIC)
    (count,) = _WORD.unpack_from(mapped, position)
    lengths = [
        _WORD.unpack_from(mapped, position + _WORD.size * (1 + index))[0]
        for index in range(count + 1)
    ]
    position += _WORD.size * (2 + count)
    yield mapped[position : position + lengths[0]]
    position += lengths[0]
    for length in lengths[1:]:
        position += -position % _ALIGNMENT
        yield mapped[position : position + length]
        position += length
