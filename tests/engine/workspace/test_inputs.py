"""Inputs from the plan's `.toml` file and from the command line, as plain data."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.engine.workspace.inputs import (
    InputError,
    inputs_path,
    parse_assignments,
    read_inputs,
    spelt_out,
)
from codeact_lsp.plan import Plan


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("n=1", "1"),
        ("n: int = 1", "1"),
        ("n: float = -0.5", "-0.5"),
        ("n: str = 'a'", '"a"'),
        ("n=True", "true"),
        ("n=None", "null"),
        ("n: float = 1", None),  # If it is given 1, it comes as 1.0.
        ("n: Path = 'a'", None),
        ("n=LIMIT", None),
        ("n=[1]", None),
        ("n", None),
    ],
)
def test_a_default_is_known_if_it_is_spelt_out(parameter: str, value: str | None) -> None:
    plan = Plan.from_text(f"def a({parameter}): return n\n")
    (found,) = plan.table.nodes["a"].parameters
    assert spelt_out(found) == value


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return tmp_path / "sales.plan.py"


def test_the_file_lies_beside_the_plan(plan: Path) -> None:
    assert inputs_path(plan) == plan.parent / "sales.plan.toml"


def test_without_a_file_there_are_no_inputs(plan: Path) -> None:
    assert read_inputs(plan) == {}


def test_toml_types_decide_and_dates_become_text(plan: Path) -> None:
    inputs_path(plan).write_text(
        """
        day = 2026-11-25
        moment = 2026-11-25T09:00:00+01:00
        at = 09:30:00
        rate = 0.5
        count = 3
        full = true
        name = "größe"
        days = [2026-11-25, 2026-11-26]

        [limits]
        low = 1
        since = 2026-01-01
        """
    )
    assert read_inputs(plan) == {
        "day": "2026-11-25",
        "moment": "2026-11-25T09:00:00+01:00",
        "at": "09:30:00",
        "rate": 0.5,
        "count": 3,
        "full": True,
        "name": "größe",
        "days": ["2026-11-25", "2026-11-26"],
        "limits": {"low": 1, "since": "2026-01-01"},
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"rate = ", "sales.plan.toml: Invalid value (at end of document)"),
        (b"a = 1\na = 2", "sales.plan.toml: Cannot overwrite a value"),
        (b"name = '\xff'", "sales.plan.toml: 'utf-8' codec can't decode byte 0xff"),
        (b"n = " + b"9" * 5_000, "sales.plan.toml: a number in it has too many digits"),
        (b"n = " + b"[" * 5_000, "sales.plan.toml: "),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_that_names_it(
    plan: Path, content: bytes, message: str
) -> None:
    inputs_path(plan).write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_inputs(plan)
    assert str(raised.value).startswith(message)


def test_a_link_in_its_place_is_not_followed(plan: Path, tmp_path: Path) -> None:
    secret = tmp_path / ".env"
    secret.write_text("key = 's3cret'", encoding="ascii")
    inputs_path(plan).symlink_to(secret)
    with pytest.raises(InputError, match=r"sales\.plan\.toml: it is a link"):
        read_inputs(plan)


def test_a_file_that_has_other_names_is_not_read_for_one_of_those_may_be_a_secrets(
    plan: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secrets.toml"
    secret.write_text("key = 's3cret'", encoding="ascii")
    inputs_path(plan).hardlink_to(secret)
    with pytest.raises(InputError, match=r"sales\.plan\.toml: it is a hard link"):
        read_inputs(plan)


def test_a_folder_in_its_place_is_an_error(plan: Path) -> None:
    inputs_path(plan).mkdir()
    with pytest.raises(InputError, match=r"sales\.plan\.toml: "):
        read_inputs(plan)


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("n=3", 3),
        ("n=-0.5", -0.5),
        ("n=true", True),
        ("n=[1, 'two']", [1, "two"]),
        ("n={low = 1}", {"low": 1}),
        ("n='3'", "3"),
        ('n="3"', "3"),
        ("n=2026-11-25", "2026-11-25"),
        ("n=north", "north"),
        ("n=a=b", "a=b"),
        ("n=", ""),
        ("n=007", "007"),
        ("n=data/orders.csv", "data/orders.csv"),
        ("n=#fff", "#fff"),
        ("n=1\nm=2", "1\nm=2"),
        ("n=1\n[m]", "1\n[m]"),
        ("n=" + "9" * 5_000, "9" * 5_000),
        ("n=" + "[" * 5_000, "[" * 5_000),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_value_is_read_as_toml_and_else_taken_as_text(assignment: str, value: Any) -> None:
    assert parse_assignments([assignment]) == {"n": value}


@pytest.mark.parametrize(
    ("assignment", "value"),
    [("n=1.10", "1.10"), ("n=true", "true"), ("n='1.10'", "1.10"), ("n=", ""), ('n="x', '"x')],
)
def test_where_text_is_expected_it_is_taken_as_it_stands(assignment: str, value: str) -> None:
    assert parse_assignments([assignment], texts={"n"}) == {"n": value}


def test_the_last_of_several_values_counts() -> None:
    assert parse_assignments(["a=1", "b=2", "a=3"]) == {"a": 3, "b": 2}


@pytest.mark.parametrize("assignment", ["n", "", "=1", "a b=1", "2=1", "a-b=1"])
def test_what_is_no_assignment_is_an_error_that_shows_it(assignment: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_assignments([assignment])
    assert str(raised.value) == f"--input expects NAME=VALUE, not '{assignment}'."


@given(st.text())
def test_any_text_is_a_value_that_json_can_carry(text: str) -> None:
    values = parse_assignments([f"n={text}"])
    assert json.loads(json.dumps(values)).keys() == {"n"}


def test_a_link_to_something_endless_is_refused_unread(plan: Path) -> None:
    inputs_path(plan).symlink_to("/dev/zero")
    with pytest.raises(InputError, match="it is a link"):
        read_inputs(plan)


def test_a_pipe_is_refused_without_waiting_for_its_writer(plan: Path) -> None:
    os.mkfifo(inputs_path(plan))
    with pytest.raises(InputError, match="is not a file"):
        read_inputs(plan)


def test_a_file_of_unbearable_size_is_refused(plan: Path) -> None:
    inputs_path(plan).write_text("a = 1\n" * 200_000)
    with pytest.raises(InputError, match="larger than 1,000,000 bytes"):
        read_inputs(plan)


def test_an_input_that_takes_text_gets_it_as_it_was_typed() -> None:
    typed = ["version=1.10", 'name="1.10"', "count=3"]
    given = parse_assignments(typed, texts={"version", "name"})
    assert given == {"version": "1.10", "name": "1.10", "count": 3}
