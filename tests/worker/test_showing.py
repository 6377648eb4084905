"""What is told of a value once it is stored: pictures too, and whatever the value does then."""

import base64
import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # no stubs here
import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.worker import previews
from codeact_lsp.worker.aside import aside
from codeact_lsp.worker.pictures import pictures
from codeact_lsp.worker.showing import line, shown
from tests.engine.running import run_plan
from tests.worker.confine.confined import confined, ending, filtered

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Figure:
    """Saves itself as matplotlib's figures do."""

    def __init__(self, picture: bytes = PIXEL) -> None:
        self.picture = picture

    def savefig(self, file: Any, *, format: str, dpi: int) -> None:  # noqa: A002 - their name.
        assert (format, dpi) == ("png", 80)
        file.write(self.picture)


class Image:
    def _repr_png_(self) -> bytes:
        return PIXEL


class Frame:
    """Shows itself as polars' tables do."""

    def _repr_html_(self) -> str:
        return "<table>…</table>"


class Pretends:
    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self, *_: Any, **__: Any) -> str:
        return "anything"


class Refuses:
    def _repr_html_(self) -> str:
        raise ValueError

    def savefig(self, *_: Any, **__: Any) -> None:
        raise MemoryError


class Breaks:
    """Shows itself in a way that costs a process its life, or its time."""

    def __init__(self, how: str) -> None:
        self.how = how

    def __repr__(self) -> str:
        if self.how == "exit":
            os._exit(0)
        elif self.how == "abort":
            os.abort()
        elif self.how == "memory":
            return "x" * 10**9
        elif self.how == "raise":
            raise SystemExit
        while True:
            time.sleep(3600)


class Slow:
    def __str__(self) -> str:
        time.sleep(5)
        return "late"


@pytest.mark.parametrize(
    ("value", "html", "png"),
    [
        (Frame(), "<table>…</table>", b""),
        (Figure(), "", PIXEL),
        (Image(), "", PIXEL),
        (PIXEL, "", PIXEL),
        (bytearray(PIXEL), "", PIXEL),
        (b"no picture", "", b""),
        (Figure(b"no picture"), "", b""),
        (Figure(PIXEL + bytes(10**6)), "", b""),
        (Figure(PIXEL[:16] + b"\0\1\0\0\0\1\0\0" + PIXEL[24:]), "", b""),
        (Figure(PIXEL[:20]), "", b""),
        (Pretends(), "", b""),
        (Refuses(), "", b""),
        (Frame, "", b""),
        (3, "", b""),
    ],
)
def test_a_value_is_shown_as_it_knows_to_show_itself(value: Any, html: str, png: bytes) -> None:
    found = pictures(value)
    assert (found["html"], base64.b64decode(found["png"])) == (html, png)


def test_a_table_is_shown_in_part() -> None:
    frame = pd.DataFrame({f"c{n}": range(1000) for n in range(100)})
    html = pictures(frame)["html"]
    assert html.startswith("<table")
    assert html.count("<tr") < 30
    assert len(html) < 64_000
    assert pictures(pd.DataFrame({"a": ["x" * 100_000]}))["html"].count("x") < 100


def test_the_bytes_of_a_picture_are_one_though_they_are_plain_data() -> None:
    told = shown(PIXEL, annotation=bytes)["preview"]
    assert (told["type"], base64.b64decode(told["png"])) == ("bytes", PIXEL)
    assert shown([PIXEL], annotation=list)["preview"]["png"] == ""


def test_what_is_shown_comes_from_another_process() -> None:
    assert aside(os.getpid) != os.getpid()


@pytest.mark.parametrize("how", ["exit", "abort", "memory"])
def test_a_value_that_cannot_bear_to_be_looked_at_is_told_of(how: str) -> None:
    told = shown(Breaks(how), annotation=Breaks)
    assert told["preview"]["type"] == "Breaks"
    assert told["preview"]["text"].startswith("<Breaks ")
    assert told["breach"] is None
    assert "<" in line([Breaks(how)])


def test_work_that_does_not_end_is_ended(tmp_path: Path) -> None:
    def work() -> str:
        (tmp_path / "process").write_text(str(os.getpid()))
        return repr(Breaks("wait"))

    assert aside(work, seconds=0.5) is None
    with pytest.raises(ChildProcessError):  # Nor is it left behind.
        os.waitpid(int((tmp_path / "process").read_text()), os.WNOHANG)


@pytest.fixture
def no_processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fork() -> int:
        raise PermissionError

    monkeypatch.setattr(os, "fork", fork)
    return iter([None])


@pytest.mark.usefixtures("no_processes")
def test_where_there_can_be_no_other_process_there_is_an_alarm() -> None:
    assert aside(os.getpid) == os.getpid()
    assert aside(lambda: repr(Breaks("wait")), seconds=0.1) is None
    assert aside(lambda: repr(Breaks("raise"))) is None


@pytest.mark.usefixtures("no_processes")
def test_of_several_that_do_not_end_none_is_waited_for_without_end() -> None:
    told = aside(lambda: [previews.message(Slow()) for _ in range(3)], seconds=0.1)
    assert told == ["<Slow that cannot be shown: TimeoutError>"] * 3


def test_who_cannot_even_be_alarmed_has_said_all_before_the_process_ends(tmp_path: Path) -> None:
    said = tmp_path / "said"

    def look() -> None:
        filtered()  # No other process can be started from here on.
        aside(lambda: max(itertools.repeat(1)), seconds=0.1, parting=said.touch)

    assert ending(look) == 1
    assert said.exists()


def test_who_can_be_shown_ends_nothing(tmp_path: Path) -> None:
    def look() -> list[object]:
        filtered()
        told: list[object] = []
        return [shown(Image(), None, parting=told.append), told]

    seen, (before,) = confined(look)
    assert seen["preview"]["png"]
    assert before["preview"]["text"].startswith("<Image that takes too long")


@pytest.mark.e2e
@pytest.mark.asyncio(loop_scope="module")
async def test_a_nodes_value_survives_its_own_preview(engine: Engine, tmp_path: Path) -> None:
    text = """
    import os

    class _Odd:
        def __repr__(self):
            os._exit(7)

    def a() -> int: return [_Odd()]
    def b(a): return len(a)
    """
    ran = await run_plan(engine, tmp_path, text)
    assert ran.value("b") == 1
    assert ran.results["a"].preview.line == "list"
