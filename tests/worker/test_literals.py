"""Inputs arrive as plain data and become what the annotation asks for, or stay as they are."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, Protocol, TypedDict

import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.worker.literals import converted, hints
from tests.engine.running import check_failure, run_plan

on_the_engine = pytest.mark.asyncio(loop_scope="module")


class Closes(Protocol):
    def close(self) -> None: ...


class Row(TypedDict):
    a: int


@pytest.mark.parametrize(
    ("given", "annotation", "made"),
    [
        ("orders.csv", Path, Path("orders.csv")),
        ("orders.csv", Path | None, Path("orders.csv")),
        ("orders.csv", Optional[Path], Path("orders.csv")),  # noqa: UP045 - plans may write it.
        ("2026-11-25", date, date(2026, 11, 25)),
        ("2026-11-25T09:00", datetime, datetime(2026, 11, 25, 9)),  # noqa: DTZ001 - as given.
        ("0.10", Decimal, Decimal("0.10")),
        (3, Decimal, Decimal(3)),
        (3, float, 3.0),
        (3, str, "3"),
        (0.5, str, "0.5"),
    ],
)
def test_a_value_becomes_what_is_asked_for(given: Any, annotation: Any, made: Any) -> None:
    found = converted(given, annotation)
    assert (found, type(found)) == (made, type(made))


@pytest.mark.parametrize(
    ("given", "annotation"),
    [
        ("text", str),
        ("text", str | Path),
        ("text", None),
        ("text", Any),
        ("text", Closes),
        ({"a": 1}, Row),
        ("text", Literal["text"]),
        ("text", "unresolved"),
        ("text", [int]),
        ("text", {"a": int}),
        (3, int),
        (3, int | str),
        (True, bool),
        (True, float),
        (None, Path | None),
        (None, int | None),
        ([1], list[int]),
        ({"a": "b"}, dict[str, Path]),
    ],
    ids=repr,
)
def test_where_nothing_certain_can_be_done_it_stays(given: Any, annotation: Any) -> None:
    assert converted(given, annotation) is given


@pytest.mark.parametrize(
    ("given", "annotation", "message"),
    [
        ("text", int, "the input is 'text', declared int"),
        (2.5, int, "the input is 2.5, declared int"),
        ("text", float | None, "the input is 'text', declared float | None"),
        (True, str, "the input is True, declared str"),
        ([1], str, "the input is [1], declared str"),
        (1, bool, "the input is 1, declared bool"),
    ],
)
def test_data_of_another_type_is_an_error(given: Any, annotation: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        converted(given, annotation)


@pytest.mark.parametrize(
    ("given", "annotation"), [("abc", date), ("25.11.2026", datetime), ("", date)]
)
def test_what_does_not_spell_a_value_is_an_error(given: str, annotation: Any) -> None:
    with pytest.raises(ValueError, match="Invalid isoformat string"):
        converted(given, annotation)


def test_annotations_are_resolved_and_those_that_cannot_be_are_none() -> None:
    def fine(day: "date", file: Annotated[Path, "of orders"]) -> "list[int]":
        return []

    def broken(day: "nowhere") -> None:  # type: ignore[name-defined]  # noqa: F821 - the subject
        pass

    assert hints(fine) == {"day": date, "file": Path, "return": list[int]}
    assert hints(broken) == {}


@pytest.mark.e2e
@on_the_engine
async def test_inputs_reach_a_node_as_it_wants_them(engine: Engine, tmp_path: Path) -> None:
    text = """
    from __future__ import annotations
    import datetime
    from pathlib import Path

    def a(file: Path, day: datetime.date, rates: dict, n: int = 2, since: datetime.date = None):
        return [type(given).__name__ for given in (file, day, rates, n, since)]
    """
    inputs = {"file": "x.csv", "day": "2026-11-25", "rates": {"a": [1, None]}}
    ran = await run_plan(engine, tmp_path, text, inputs=inputs)
    assert ran.value("a") == ["PosixPath", "date", "dict", "int", "NoneType"]


@pytest.mark.e2e
@on_the_engine
async def test_a_bad_input_is_marked_at_its_parameter(engine: Engine, tmp_path: Path) -> None:
    text = """
    from datetime import date

    def a(
        file="größe",
        *,
        «day»: date,
    ):
        return day
    """
    headline = "ValueError: Invalid isoformat string: 'abc'"
    error = await check_failure(engine, tmp_path, text, headline, "input", inputs={"day": "abc"})
    assert error.surfaced is None
    assert error.blame is None
