"""Tables that a pickle makes: their parts fit them, or they are not loaded."""

import importlib
import io
import pickle
from typing import Any

import pytest

from codeact_lsp.worker import blocks
from codeact_lsp.worker.data import load_data

np: Any = importlib.import_module("numpy")
pd: Any = importlib.import_module("pandas")
internals: Any = importlib.import_module("pandas._libs.internals")
managers: Any = importlib.import_module("pandas.core.internals.managers")
sparse: Any = importlib.import_module("pandas._libs.sparse")


class Said:
    """What is pickled as a call of a maker, and then what that is told, if it is told anything."""

    def __init__(self, maker: Any, arguments: tuple[Any, ...], *told: Any) -> None:
        self.said = (maker, arguments, *told[:1])

    def __reduce__(self) -> Any:
        return self.said


def loaded(value: Any) -> Any:
    buffers: list[pickle.PickleBuffer] = []
    return load_data(pickle.dumps(value, 5, buffer_callback=buffers.append), buffers=buffers)


def table(place: Any, values: Any = None, rows: int = 3) -> Said:
    """A table of one column, which says which column that is."""
    made = np.zeros((1, 3)) if values is None else values
    block = Said(internals._unpickle_block, (made, place, 2))
    return Said(managers.BlockManager, ((block,), [pd.Index(["a"]), pd.RangeIndex(rows)]))


TABLES = [
    pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [1.5, None], "d": [True, False]}),
    pd.DataFrame({"a": pd.Categorical(["x"]), "b": pd.period_range("2026", periods=1, freq="M")}),
    pd.DataFrame({"a": pd.array([1, None]), "b": pd.array([True, None]), "c": pd.array(["x", ""])}),
    pd.DataFrame({"a": pd.interval_range(0, 2), "b": pd.to_timedelta([1, 2])}),
    pd.DataFrame({"a": [1, 2]}, index=pd.MultiIndex.from_product([["x"], [1, 2]])),
    pd.DataFrame(index=pd.date_range("2026", periods=3, tz="UTC")),
    pd.DataFrame(columns=["a", "b"]),
    pd.DataFrame(),
    pd.DataFrame({f"c{number}": [number] for number in range(40)})[["c30", "c2", "c7"]],
    pd.DataFrame({"a": [1, 2], "b": [1.5, 2.5]}).T,
]  # fmt: skip


@pytest.mark.parametrize("frame", TABLES, ids=range(len(TABLES)))
def test_tables_arrive(frame: Any) -> None:
    pd.testing.assert_frame_equal(loaded(frame), frame)
    pd.testing.assert_index_equal(loaded(frame.index), frame.index)
    for name in frame:
        pd.testing.assert_series_equal(loaded(frame[name]), frame[name])


@pytest.mark.parametrize(
    ("place", "values", "rows"),
    [
        (slice(10**9, 10**9 + 1), None, 3),
        (np.array([10**9]), None, 3),
        (np.array([-5]), None, 3),
        (slice(0, 1), None, 10**9),
        (slice(0, 1), np.zeros((2, 3)), 3),
    ],
)
def test_a_table_whose_parts_do_not_fit_it_is_not_loaded(
    place: Any, values: Any, rows: int
) -> None:
    with pytest.raises((pickle.UnpicklingError, ValueError, AssertionError)):
        loaded(table(place, values, rows))


@pytest.mark.parametrize("state", [(b"", None), (b"", ([], {}))])
def test_what_holds_a_table_is_not_told_twice(state: Any) -> None:
    block = Said(internals._unpickle_block, (np.zeros((1, 3)), slice(0, 1), 2))
    axes = [pd.Index(["a"]), pd.RangeIndex(3)]
    for made in (block, Said(managers.BlockManager, ((block,), axes))):
        with pytest.raises(pickle.UnpicklingError, match="there already"):
            loaded(Said(*made.said, state))


def test_a_table_still_fits_when_all_is_loaded() -> None:
    data = pickle.dumps([table(slice(0, 1)), []], 4)
    assert load_data(data, buffers=[])[0].shape == (1, 3)
    kept = blocks.Blocks()
    manager = kept.kind(managers.BlockManager)
    block = internals._unpickle_block(np.zeros((1, 3)), slice(0, 1), 2)
    made = manager((block,), [pd.Index(["a"]), pd.RangeIndex(3)])
    kept.check()
    assert type(made) is managers.BlockManager
    made.axes[0] = pd.Index([])
    with pytest.raises(pickle.UnpicklingError, match="do not fit"):
        kept.check()


@pytest.mark.parametrize("maker", [pd.DataFrame, pd.Series])
def test_a_table_is_made_of_nothing(maker: Any) -> None:
    with pytest.raises(pickle.UnpicklingError, match="made of another one"):
        loaded(Said(maker, (pd.DataFrame({"a": [1]}),)))


def test_what_is_sparse_is_no_data() -> None:
    for value in (
        Said(sparse.BlockIndex, (20, np.array([0, 100], "i4"), np.array([90, -88], "i4"))),
        pd.arrays.SparseArray([0, 1]),
    ):
        with pytest.raises(pickle.UnpicklingError, match="more than data"):
            loaded(value)


def told(value: Any, *, times: int) -> bytes:
    """A pickle of something that is told so often what it holds."""
    file = io.BytesIO()
    pickler: Any = pickle._Pickler(file, 4)
    maker, arguments, state, *_ = value.__reduce_ex__(4)
    pickler.save_reduce(maker, arguments, obj=value)
    for _ in range(times):
        pickler.save(state)
        pickler.write(pickle.BUILD)
    pickler.write(pickle.STOP)
    return file.getvalue()


def test_what_a_column_holds_is_not_exchanged() -> None:
    column = pd.array([1, None])
    assert load_data(told(column, times=1), buffers=[])[0] == 1
    with pytest.raises(pickle.UnpicklingError, match="there already"):
        load_data(told(column, times=2), buffers=[])
