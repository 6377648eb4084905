"""Where plain Python says that a function fails: PEP 657, in the units of the protocol."""

import asyncio
import inspect
from types import TracebackType
from typing import Any

_FILE = "<plan>"


def range_of_failure(text: str, function: str) -> dict[str, Any]:
    """The range of the innermost frame inside `text`, when `function` is called in it."""
    module: dict[str, Any] = {"__name__": "plan"}
    try:
        exec(compile(text, _FILE, "exec"), module)
        value = module[function]()
        if inspect.isawaitable(value):
            asyncio.run(_awaited(value))
    except BaseException as error:  # noqa: BLE001 - whatever ends the function is what it is about.
        return _range(text, _innermost(error.__traceback__))
    raise AssertionError(f"{function} does not fail")


async def _awaited(value: Any) -> Any:
    return await value


def _innermost(step: TracebackType | None) -> tuple[int, int, int, int]:
    """Lines from 1, columns from 0 in UTF-8: of the start and of the end."""
    found: list[tuple[int, int, int, int]] = []
    while step is not None:
        code = step.tb_frame.f_code
        line, end_line, column, end_column = list(code.co_positions())[step.tb_lasti // 2]
        if code.co_filename == _FILE:
            assert line
            assert end_line
            assert column is not None
            assert end_column is not None
            found.append((line, column, end_line, end_column))
        step = step.tb_next
    return found[-1]


def _range(text: str, place: tuple[int, int, int, int]) -> dict[str, Any]:
    line, column, end_line, end_column = place
    return {"start": _position(text, line, column), "end": _position(text, end_line, end_column)}


def _position(text: str, line: int, column: int) -> dict[str, int]:
    before = text.split("\n")[line - 1].encode()[:column].decode()
    return {"line": line - 1, "character": len(before.encode("utf-16-le")) // 2}
