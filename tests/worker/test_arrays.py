"""What a pickle says of how arrays lie in memory: what NumPy says itself, and nothing else."""

import importlib
import io
import pickle
from typing import Any

import pytest

from codeact_lsp.worker.data import load_data

np: Any = importlib.import_module("numpy")
multiarray: Any = importlib.import_module("numpy._core.multiarray")
numeric: Any = importlib.import_module("numpy._core.numeric")
FIELDS = [("number", "i4"), ("name", "U3")]
TYPES = [
    *("f8", ">i4", "U5", "S3", "O", "?", "c16", "V7", "M8[ns]", ">m8[25s]", [], FIELDS),
    [("part", ("i4", (2, 3)))],
    [("outer", [("inner", "O"), ("other", ">f4")])],
    {"names": ["a", "b"], "formats": ["i2", "i2"], "offsets": [4, 0], "itemsize": 16},
    [(("title", "name"), "i4")],
]
PLAIN = ("V8", False, True)


class Said:
    """What is pickled as a call of a maker, and then what that is told, if it is told anything."""

    def __init__(self, maker: Any, arguments: tuple[Any, ...], *told: Any) -> None:
        self.said = (maker, arguments, *told[:1])

    def __reduce__(self) -> Any:
        return self.said


def fields(kind: str, offset: int, size: int = 8, flags: int = 0) -> tuple[Any, ...]:
    """What is said of a type with one field."""
    return (3, "|", None, ("a",), {"a": (np.dtype(kind), offset)}, size, 1, flags)


def type_of(state: tuple[Any, ...], code: str = "V8") -> Said:
    return Said(np.dtype, (code, False, True), state)


def array_of(kind: object) -> Said:
    return Said(numeric._frombuffer, (b"A" * 8, kind, (1,), "C"))


def loaded(value: Any) -> Any:
    buffers: list[pickle.PickleBuffer] = []
    return load_data(pickle.dumps(value, 5, buffer_callback=buffers.append), buffers=buffers)


@pytest.mark.parametrize("kind", TYPES, ids=repr)
@pytest.mark.parametrize("aligned", [False, True])
def test_arrays_of_all_types_arrive(kind: object, aligned: bool) -> None:
    dtype = np.dtype(kind, align=aligned)
    array = np.zeros((3, 2), dtype)
    assert loaded(dtype) == dtype
    for each in (array, array[::2], array.T, array[:0], np.ma.array(array)):
        found, usual = loaded(each), pickle.loads(pickle.dumps(each, 5))
        assert (found.dtype, found.shape) == (usual.dtype, each.shape)
        assert repr(found) == repr(usual)


def test_types_that_no_array_shows_arrive() -> None:
    assert loaded(np.dtype("M8")) == np.dtype("M8")
    assert loaded(np.dtype(("i4", (2,)))) == np.dtype(("i4", (2,)))
    assert loaded(np.dtype("f8", metadata={"unit": "EUR"})).metadata == {"unit": "EUR"}


@pytest.mark.parametrize(
    "state",
    [
        fields("O", 0),  # References that are said to be none: any number is one.
        fields("i8", 4096, flags=16),  # A field behind the end.
        fields("i8", -8, flags=16),
        fields("i8", 0, size=4, flags=16),
        (3, "|", None, None, None, -8, 1, 0),
        (3, "|", None, None, None, 4096, 1, 0),
        (3, "|", (np.dtype("i8"), (9,)), None, None, 8, 1, 0),
        (3, "|", None, ("a",), {}, 8, 1, 16),
    ],
    ids=repr,
)
def test_a_type_that_lies_is_not_loaded(state: tuple[Any, ...]) -> None:
    for value in (type_of(state), array_of(type_of(state))):
        with pytest.raises((pickle.UnpicklingError, ValueError, TypeError, KeyError)):
            loaded(value)


def test_a_type_does_not_become_another_one_in_use() -> None:
    kind = Said(np.dtype, PLAIN)  # Of which nothing more is said.
    with pytest.raises(pickle.UnpicklingError, match="used before it is known"):
        loaded([array_of(kind)])
    with pytest.raises(pickle.UnpicklingError, match="used before it is known"):
        loaded([kind])


def told(array: Any, *, times: int) -> bytes:
    """A pickle of an array that is told so often what it holds."""
    file = io.BytesIO()
    pickler: Any = pickle._Pickler(file, 4)
    maker, arguments, state = array.__reduce__()
    pickler.save_reduce(maker, arguments)
    for _ in range(times):
        pickler.save(state)
        pickler.write(pickle.BUILD)
    pickler.write(pickle.STOP)
    return file.getvalue()


def test_an_array_does_not_move_once_it_is_there() -> None:
    array = np.arange(3)
    assert load_data(told(array, times=1), buffers=[]).tolist() == [0, 1, 2]
    with pytest.raises(pickle.UnpicklingError, match="an array that is there already"):
        load_data(told(array, times=2), buffers=[])


def test_an_array_begins_with_nothing() -> None:
    state = (1, (1,), np.dtype("i8"), False, b"A" * 8)
    with pytest.raises(pickle.UnpicklingError, match="holds something before it is known"):
        loaded(Said(multiarray._reconstruct, (np.ndarray, (1000,), b"b"), state))
    made = Said(numeric._frombuffer, (b"A" * 8, np.dtype("i8"), (1,), "C"), state)
    with pytest.raises(pickle.UnpicklingError, match="an array that is there already"):
        loaded(made)


@pytest.mark.parametrize("kind", ["O", [("a", "O")], "i8"], ids=repr)
def test_no_array_is_made_of_memory_that_it_is_told_of(kind: Any) -> None:
    for maker in (np.ndarray, np.ma.MaskedArray):
        with pytest.raises(pickle.UnpicklingError, match="somebody else's memory"):
            loaded(Said(maker, ((1,), np.dtype(kind), b"A" * 8)))


def test_nothing_is_put_into_an_array_that_is_there() -> None:
    put = pickle.dumps([np.arange(3)], 4)[:-2] + b"K\0K\x07s" + b"a."
    assert pickle.loads(put)[0].tolist() == [7, 1, 2]
    with pytest.raises(pickle.UnpicklingError, match="put into an array"):
        load_data(put, buffers=[])
