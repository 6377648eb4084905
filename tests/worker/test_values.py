"""Values as blobs: they come back as they were, and a reader cannot change what is stored."""

import array
import ctypes
import importlib.util
import os
import pickle
import tracemalloc
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.worker import values

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
plain = st.recursive(
    scalars | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=5,
)


@pytest.fixture
def blob(tmp_path: Path) -> Iterator[int]:
    descriptor = os.open(tmp_path / "blob", os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


@pytest.fixture(scope="module")
def reused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A blob for many values, one after another: each is written anew."""
    descriptor = os.open(tmp_path_factory.mktemp("blobs") / "blob", os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


def rewritten(descriptor: int, value: Any) -> Any:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    values.dump(value, descriptor, "plan")
    return values.load(descriptor)


@given(value=plain)
def test_any_value_comes_back_as_it_was(reused: int, value: Any) -> None:
    assert rewritten(reused, value) == value


@given(buffers=st.lists(st.binary(max_size=200), max_size=6))
def test_buffers_of_any_length_come_back_each_aligned(reused: int, buffers: list[bytes]) -> None:
    wrapped = [pickle.PickleBuffer(bytearray(buffer)) for buffer in buffers]
    loaded = rewritten(reused, wrapped)
    assert [bytes(part) for part in loaded] == buffers
    starts = [ctypes.addressof(ctypes.c_char.from_buffer(part)) for part in loaded if len(part)]
    assert {start % 64 for start in starts} <= {0}


def test_what_is_changed_after_loading_is_not_changed_in_the_blob(blob: int) -> None:
    values.dump(pickle.PickleBuffer(bytearray(b"original")), blob, "plan")
    loaded = memoryview(values.load(blob))
    loaded[:] = b"CHANGED!"
    assert bytes(values.load(blob)) == b"original"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the stored value is truncated"),
        (b"codeact2", "the stored value is truncated"),
        (b"something else entirely, and longer", "truncated, or not one of ours"),
        (b"n" * 64 + bytes(16) + b"codeact2", "the stored value is damaged"),
        (b"n" * 64 + b"\xff" * 16 + b"codeact2", "the stored value is damaged"),
    ],
)
def test_a_file_that_is_no_blob_is_refused(blob: int, content: bytes, message: str) -> None:
    os.write(blob, content)
    with pytest.raises(ValueError, match=message):
        values.load(blob)


@given(size=st.integers(0, 300))
def test_a_blob_that_was_cut_off_anywhere_is_refused(reused: int, size: int) -> None:
    rewritten(reused, [pickle.PickleBuffer(bytearray(100)), "text"])
    whole = os.fstat(reused).st_size
    os.ftruncate(reused, min(size, whole - 1))
    with pytest.raises(ValueError, match="truncated"):
        values.load(reused)


def test_a_large_value_is_written_without_a_copy_of_it(blob: int) -> None:
    content = b"x" * 50_000_000
    for value in (content, pickle.PickleBuffer(content)):
        os.lseek(blob, 0, os.SEEK_SET)
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        values.dump(value, blob, "plan")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most - before < 1_000_000


def test_what_pickling_raises_is_raised(blob: int) -> None:
    with pytest.raises((pickle.PicklingError, AttributeError), match="lambda"):
        values.dump(lambda: 1, blob, "plan")


def test_an_array_of_the_standard_library_comes_back(blob: int) -> None:
    assert rewritten(blob, array.array("d", [1.5, 2.5])) == array.array("d", [1.5, 2.5])


def test_a_file_to_which_somebody_else_has_written_takes_no_value(blob: int) -> None:
    os.write(blob, b"{}")
    with pytest.raises(values.NotStoredError, match="wrote to descriptors not its own"):
        values.dump(1, blob, "plan")


def test_a_module_is_stored_by_its_name(blob: int) -> None:
    assert rewritten(blob, {"module": os.path}) == {"module": os.path}


@pytest.mark.parametrize("name", ["nowhere", "os"])
def test_a_module_that_its_name_does_not_lead_to_is_not_stored(blob: int, name: str) -> None:
    made = types.ModuleType(name)
    made.__spec__ = importlib.util.spec_from_loader(name, loader=None) if name == "os" else None
    with pytest.raises(TypeError, match="cannot pickle 'module' object"):
        values.dump(made, blob, "plan")
