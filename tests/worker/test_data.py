"""Values of nodes with fewer rights: data arrives, and nothing is changed by loading it."""

import datetime as dt
import fractions
import importlib
import ipaddress
import pickle
import zoneinfo
from typing import Any

import pytest

from codeact_lsp.worker.data import load_data

pd: Any = importlib.import_module("pandas")
ZONE = zoneinfo.ZoneInfo("Europe/Berlin")


def loaded(value: Any) -> Any:
    """A value, handed on to a node with more rights."""
    buffers: list[pickle.PickleBuffer] = []
    return load_data(pickle.dumps(value, 5, buffer_callback=buffers.append), buffers=buffers)


def setting(module: str, name: str, attribute: str, value: bytes) -> bytes:
    """A pickle that sets an attribute of what it names."""
    word = attribute.encode()
    key = b"X" + len(word).to_bytes(4, "little") + word
    named = f"c{module}\n{name}\n".encode()
    return b"\x80\x04" + named + b"N}" + key + value + b"s\x86b0K\x01."


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(2026, 11, 26, 9, 0, tzinfo=ZONE),
        [fractions.Fraction(1, 3), ipaddress.ip_address("::1")],
        {"zone": ZONE},
    ],
)
def test_data_arrives(value: Any) -> None:
    assert loaded(value) == value


def test_a_table_with_texts_and_times_of_a_zone_arrives() -> None:
    times = pd.date_range("2026-11-26", periods=3, tz="Europe/Berlin")
    table = pd.DataFrame({"time": times, "name": ["a", None, "c"]})
    pd.testing.assert_frame_equal(loaded(table), table)


@pytest.mark.parametrize(
    ("module", "name", "attribute", "value"),
    [
        ("ipaddress", "IPv4Address", "is_private", b"\x89"),
        ("fractions", "Fraction", "__add__", b"cbuiltins\nset\n"),
        ("fractions", "Fraction", "new", b"K\x01"),
        ("pandas.core.indexes.base", "_new_Index", "__defaults__", b"K\x01\x85"),
    ],
)
def test_what_makes_data_cannot_be_changed(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str, attribute: str, value: bytes
) -> None:
    made = getattr(__import__(module, fromlist=[name]), name)
    # The test's own process lives on; undoing this restores what the pickle sets.
    monkeypatch.setattr(made, attribute, getattr(made, attribute, None), raising=False)
    with pytest.raises(pickle.UnpicklingError, match=f"to change {module}.{name} is more than"):
        load_data(setting(module, name, attribute, value), buffers=[])


@pytest.mark.parametrize(("owner", "name"), [("str", "format"), ("dict", "__class__")])
def test_no_other_attribute_can_be_asked_for(owner: str, name: str) -> None:
    asked = f"cbuiltins\ngetattr\n(cbuiltins\n{owner}\nX".encode()
    data = asked + len(name).to_bytes(4, "little") + name.encode() + b"tR."
    with pytest.raises(pickle.UnpicklingError, match="getattr is more than data"):
        load_data(data, buffers=[])
