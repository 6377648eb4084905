"""A worker's report is a claim: whatever it says is either understood or told to be not."""

import itertools
import json
from typing import Any

import pytest
from cattrs import BaseValidationError
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.engine.failures.errors import code_error
from codeact_lsp.engine.outcomes.outcome import Outcome, RawError, RawFrame, Read
from codeact_lsp.engine.outcomes.reading import MOST_OUTCOME_BYTES, read_outcome
from codeact_lsp.engine.outcomes.strict import describe, structure
from codeact_lsp.engine.values import Preview, Usage
from codeact_lsp.plan import Plan

FILE = "/plans/x.plan.py"
USAGE = Usage(1.0, 0.5, 1_000)
PLAN = Plan.from_text("def a(orders):\n    größe = 1\n    return orders / 0\n")
NOT_UNDERSTOOD = Outcome(
    error=RawError(
        "",
        "The worker's report was not understood: the node wrote to descriptors not its own.",
        "crash",
    ),
    usage=USAGE,
)
ERROR = {
    "type": "KeyError",
    "message": "'x'",
    "category": "user",
    "frames": [{"function": "a", "place": [3, 4, 3, 21]}],
    "notes": ["a note"],
    "values": [
        {"text": "orders", "place": [3, 11, 3, 17], "value": "{}", "type": "dict", "input": None}
    ],
    "linked": [{"how": "cause", "type": "ValueError", "message": "", "frames": []}],
    "surfaced": {"file": "/lib/json.py", "line": 5, "function": "loads"},
    "facts": {"kind": "key", "name": "x", "options": ["y"], "place": [3, 11, 3, 17]},
    "returned": 0,
    "value": "",
    "input": "orders",
}
FAILED = {"ok": False, "error": ERROR, "reads": [["/a.csv", [3, 4]], ["/b.csv", None]]}
RETURNED = {
    "ok": True,
    "preview": {"type": "int", "size": "", "text": "1"},
    "returned": 0,
    "breach": None,
    "carries": ["_Order"],
    "reads": [],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def outcome(claim: Any, status: int = 0) -> Outcome:
    data = claim if isinstance(claim, bytes) else json.dumps(claim).encode()
    return read_outcome(data, status, USAGE, FILE)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Ways to every part of a JSON value."""
    parts: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [path, *(found for key, part in parts for found in paths(part, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


def check(read: Outcome) -> None:
    """An outcome that the rest of the engine can work with: it can be placed, and sent as JSON."""
    assert (read.preview is None) != (read.error is None)
    assert read.usage == USAGE
    if read.error:
        error = code_error(PLAN, "a", read.error)
        assert 0 <= error.span.start <= error.span.end <= len(PLAN.source.text)
        error.headline.encode()


def test_a_value_is_read() -> None:
    assert outcome(RETURNED) == Outcome(
        preview=Preview("int", "", "1"), returned=0, carries=("_Order",), usage=USAGE
    )


def test_a_failure_is_read() -> None:
    read = outcome(FAILED)
    assert read.error is not None
    assert read.error.frames == [RawFrame("a", (3, 4, 3, 21))]
    assert read.reads == (Read("/a.csv", (3, 4)), Read("/b.csv", None))


@given(JSON)
def test_any_json_is_an_outcome(claim: Any) -> None:
    check(outcome(claim))


@given(st.binary())
def test_any_bytes_are_an_outcome(data: bytes) -> None:
    check(outcome(data))


@given(st.sampled_from([RETURNED, FAILED]), st.data(), JSON)
def test_any_change_of_a_report_is_an_outcome(
    report: dict[str, Any], data: st.DataObject, new: Any
) -> None:
    path = data.draw(st.sampled_from(paths(report)))
    check(outcome(replaced(report, path, new)))


@given(st.lists(st.integers(), min_size=4, max_size=4))
def test_any_place_lies_in_the_text(place: list[int]) -> None:
    read = outcome(replaced(FAILED, ("error", "frames", 0, "place"), place))
    assert read.error is not None
    assert read.error.frames[0].place == tuple(place)
    check(read)


NO_REPORTS: dict[str, Any] = {
    "a list": [],
    "empty": {},
    "text": "text",
    "a value without a preview": {"ok": True},
    "a failure without an error": {"ok": False},
    "neither": {"ok": "yes", "preview": RETURNED["preview"]},
    "no preview": {**RETURNED, "preview": None},
    "a preview of numbers": {**RETURNED, "preview": {"type": 5}},
    "a picture that is none": {**RETURNED, "preview": {"png": "R0lGODlh"}},
    "a picture without a size": {**RETURNED, "preview": {"png": "iVBORw0KGgoAAAANSUhEUgAA"}},
    "a picture of 65,536 by 65,536": {
        **RETURNED,
        "preview": {"png": "iVBORw0KGgoAAAANSUhEUgABAAAAAQAA"},
    },
    "a picture that is not base64": {**RETURNED, "preview": {"png": "<svg>"}},
    "an endless preview": {**RETURNED, "preview": {"html": "x" * 200_000}},
    "data that are no JSON": {**RETURNED, "preview": {"data": "<table>"}},
    "data that are a list": {**RETURNED, "preview": {"data": "[]"}},
    "data without an end": {**RETURNED, "preview": {"data": "[" * 90_000}},
    "a fraction of a return": {**RETURNED, "returned": 1.5},
    "a truth for a number": {**RETURNED, "returned": True},
    "half a read": {**RETURNED, "reads": [["/a.csv"]]},
    "a read of fractions": {**RETURNED, "reads": [["/a.csv", [1.0, 2]]]},
    "depth": b"[" * 100_000,
    "depth inside": b'{"ok": true, "preview": ' + b"[" * 100_000,
    "no number": b'{"ok": true, "ok": NaN}',
    "two reports": json.dumps(RETURNED).encode() * 2,
    "too long": b" " * (MOST_OUTCOME_BYTES + 1),
    "no text": b"\xff\xfe",
    "many digits": b"9" * 10_000,
}


@pytest.mark.parametrize("claim", NO_REPORTS.values(), ids=NO_REPORTS.keys())
def test_what_is_no_report_is_told_to_be_none(claim: Any) -> None:
    assert outcome(claim) == NOT_UNDERSTOOD


def test_text_is_made_sendable() -> None:
    read = outcome({**RETURNED, "preview": {"type": "str", "text": "a\ud800b"}})
    assert read.preview == Preview("str", "", "a?b")


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [
        (0, "ProcessExit", "The process exited with status 0 before the node returned"),
        (7, "ProcessExit", "The process exited with status 7 before the node returned"),
        (-11, "SIGSEGV", "The process was ended by SIGSEGV."),
        (-9, "SIGKILL", "The process was ended by SIGKILL. The system may have run out of memory."),
        (-62, "signal 62", "The process was ended by signal 62."),
    ],
)
def test_a_process_that_ended_without_a_word_is_told_by_its_status(
    status: int, kind: str, message: str
) -> None:
    error = outcome(b"", status).error
    assert error is not None
    assert (error.type, error.category, error.frames) == (kind, "crash", [])
    assert error.message.startswith(message)


def test_a_report_of_a_process_that_then_failed_is_not_believed() -> None:
    assert outcome(RETURNED, status=1).preview is None


def test_what_was_said_before_the_value_was_looked_at_holds_if_the_process_ends_itself() -> None:
    parting = json.dumps(RETURNED).encode() + b"\n"
    for status, half in itertools.product((1, 9), (b"", b'{"ok": tr')):
        read = outcome(parting + half, status=status)
        assert read.preview == Preview("int", "", "1")
    assert outcome(parting, status=0).preview == Preview("int", "", "1")
    assert outcome(parting, status=-9).preview is None


def test_what_was_seen_of_the_value_counts_more_than_what_was_said_before() -> None:
    seen = {**RETURNED, "preview": {"type": "int", "size": "", "text": "2"}}
    read = outcome(b"\n".join(json.dumps(each).encode() for each in (RETURNED, seen)))
    assert read.preview == Preview("int", "", "2")


def test_the_words_of_the_fault_handler_tell_the_place() -> None:
    words = f"""Fatal Python error: Segmentation fault

Current thread 0x00007f (most recent call first):
  File "/usr/lib/python3.11/ctypes/__init__.py", line 519 in string_at
  File "{FILE}", line 3 in _read
  File "/other{FILE}", line 9 in other
  File "{FILE}", line 1 in a
"""
    error = outcome(words.encode(), -11).error
    assert error is not None
    assert error.frames == [RawFrame("a", (1, 0, 1, 0)), RawFrame("_read", (3, 0, 3, 0))]
    span = code_error(PLAN, "a", error).span
    assert PLAN.source.text[span.start : span.end] == "return orders / 0"


@pytest.mark.parametrize(
    ("written", "status", "kind"),
    [
        ("Aborted", -6, "SIGABRT"),
        ("Aborted", -11, "SIGABRT"),  # What abort() comes to in the first process of a namespace.
        ("Aborted", 0, "SIGABRT"),  # It went on, as such a process does, and returned.
        ("Floating point exception", 0, "SIGFPE"),
        ("Floating-point exception", 0, "SIGFPE"),
        ("Something new", -11, "SIGSEGV"),
    ],
)
def test_the_first_words_of_the_fault_handler_tell_the_signal(
    written: str, status: int, kind: str
) -> None:
    words = f"Fatal Python error: {written}\n\nCurrent thread 0x00007f (most recent call first):\n"
    error = outcome(words.encode() + json.dumps(RETURNED).encode(), status).error
    assert error is not None
    assert (error.type, error.category) == (kind, "crash")


@pytest.mark.parametrize("file", ["/größe/x.plan.py", "/\u4e16/x.plan.py", "/\U0001d6fc/x.plan.py"])
def test_the_fault_handler_spells_a_path_in_ascii(file: str) -> None:
    spelt = file.encode("ascii", "backslashreplace").decode()
    error = read_outcome(f'  File "{spelt}", line 1 in a\n'.encode(), -11, USAGE, file).error
    assert error is not None
    assert error.frames == [RawFrame("a", (1, 0, 1, 0))]


@pytest.mark.parametrize(
    ("value", "kind", "wrong"),
    [
        ("1", int, "expected a whole number, not str"),
        (True, int, "expected a whole number, not bool"),
        (1, str, "expected text, not int"),
        (1, bool, "expected true or false, not int"),
    ],
)
def test_nothing_is_coerced(value: Any, kind: Any, wrong: str) -> None:
    with pytest.raises(TypeError, match=wrong):
        structure(value, kind)


@pytest.mark.parametrize(
    ("value", "kind", "place"),
    [({"type": 1}, Preview, "expected str @ claim.type"), ([1, "x"], list[int], "@ claim[1]")],
)
def test_what_is_wrong_with_data_is_said_with_its_place(value: Any, kind: Any, place: str) -> None:
    with pytest.raises(BaseValidationError) as raised:
        structure(value, kind)
    assert describe(raised.value, "claim").endswith(place)


def test_a_kind_of_failure_that_there_is_not_is_not_understood() -> None:
    claim = {**FAILED, "error": {**ERROR, "category": "\u202e[run](command:x)"}}
    assert outcome(claim) == NOT_UNDERSTOOD
